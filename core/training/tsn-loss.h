/* The losses of the tasks: value and gradient. */
#pragma once

#include "core/base/tsn-pool.h"
#include "core/data/tsn-batch.h"
#include "core/model/tsn-task.h"

G_BEGIN_DECLS

/**
 * TsnLoss:
 * @kind: of the task, which decides the formula
 * @channels: of the task
 * @weight: factor on value and gradient
 * @edge_weight: share w of the positive pixels of edges: 0.95 for PASCAL, 0.8 for NYUD
 *
 * How far a prediction is from a label; see tsn_loss_value() for the formulas.
 */
typedef struct
{
  TsnTaskKind kind;
  guint channels;
  double weight;
  double edge_weight;
} TsnLoss;

#define TSN_LOSS_EDGE_WEIGHT_PASCAL 0.95
#define TSN_LOSS_EDGE_WEIGHT_NYUD 0.8

double tsn_loss_default_weight (const TsnTask *task);
gboolean tsn_loss_check (const TsnBatch *batch, const TsnTask *task, GError **error);
double tsn_loss_value (
    const TsnLoss *loss, const TsnBatch *batch, const float *y, float *dy, TsnPool *pool);

G_END_DECLS
