/* Runs a model over a data set and judges it. */
#pragma once

#include <gio/gio.h>

#include "core/base/tsn-pool.h"
#include "core/data/tsn-dataset.h"
#include "core/evaluation/tsn-boundary.h"
#include "core/evaluation/tsn-report.h"
#include "core/model/tsn-model.h"

G_BEGIN_DECLS

/**
 * TsnEvaluatorOptions:
 * @model: the model
 * @pool: threads
 * @tasks: (nullable) (array zero-terminated=1): names of the tasks to judge; %NULL for all that
 *   the data set has labels for
 * @size: shorter side of the network's input in pixels, 0 for the model's own
 * @limit: judge at most that many photos, evenly spread over the split; 0 for all
 * @boundary: how edges are judged; a largest distance of 0 stands for what
 *   tsn_scorer_get_max_distance() says
 * @transfer: decode every task with the embedding of every task, not only with its own
 * @progress: (nullable): called before each photo with how many of how many are done
 * @data: for @progress
 */
typedef struct
{
  TsnModel *model;
  TsnPool *pool;
  const char *const *tasks;
  guint size;
  guint limit;
  TsnBoundaryOptions boundary;
  gboolean transfer;
  void (*progress) (gpointer data, guint done, guint total, const char *photo);
  gpointer data;
} TsnEvaluatorOptions;

gboolean tsn_evaluator_run (const TsnEvaluatorOptions *options,
                            TsnDataset *dataset,
                            TsnReport *report,
                            GCancellable *cancellable,
                            GError **error);
void tsn_report_describe_model (TsnReport *report, const TsnModel *model, guint size);

G_END_DECLS
