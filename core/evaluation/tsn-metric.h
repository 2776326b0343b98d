/* Which metrics judge a kind of task, and its first metric from sums over photos. */
#pragma once

#include "core/model/tsn-task.h"

G_BEGIN_DECLS

/**
 * TsnMetric:
 * @name: as tables call it
 * @unit: what it is printed in: "%", "deg", "m" or ""
 * @factor: from the metric's value to what is printed in @unit: 100 for shares
 * @decimals: printed digits behind the point
 * @lower_is_better: whether it is an error
 */
typedef struct
{
  const char *name;
  const char *unit;
  double factor;
  guint decimals;
  gboolean lower_is_better;
} TsnMetric;

const TsnMetric *tsn_metric_list (TsnTaskKind kind, guint *n_metrics);
char *tsn_metric_get_title (const TsnMetric *metric);

guint tsn_metric_get_n_sums (TsnTaskKind kind, guint n);
double tsn_metric_from_sums (TsnTaskKind kind, const double *sums, guint n_sums);

G_END_DECLS
