/* What the two halves of the verb bench share. */
#pragma once

#include "app/cli/tsn-cli.h"

#include "core/base/tsn-pool.h"
#include "core/model/tsn-model.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Runs before those that count. */
#define TSN_BENCH_WARM_UP 2

/**
 * TsnBenchOptions:
 * @sizes: (nullable): sides of the input, as typed
 * @width: of a network with random weights; 0 for a model
 * @threads: 0 for the usual number
 * @repeats: to take the median of
 * @nodes: whether to add a table of nodes
 * @json: whether to write JSON
 * @train: whether to measure training
 * @batch: images of a training step
 */
typedef struct
{
  char **sizes;
  double width;
  int threads;
  int repeats;
  gboolean nodes;
  gboolean json;
  gboolean train;
  int batch;
} TsnBenchOptions;

double tsn_bench_median (GArray *values);
void tsn_bench_begin_json (JsonBuilder *builder, const TsnModel *model, guint threads);
void tsn_bench_add_number (JsonBuilder *builder, const char *name, double value);
void tsn_bench_end_json (JsonBuilder *builder);

TsnExit tsn_bench_training (TsnModel *model,
                            TsnPool *pool,
                            const TsnBenchOptions *options,
                            const guint *sizes,
                            guint n);

G_END_DECLS
