#include "core/evaluation/tsn-metric.h"

#include "core/evaluation/tsn-boundary-curve.h"
#include "core/evaluation/tsn-saliency-score.h"

#include <math.h>

#define SHARE "%", 100, 1

static const TsnMetric class_metrics[] = {
  { "mIoU", SHARE, FALSE },
  { "mIoU of present classes", SHARE, FALSE },
  { "pixel accuracy", SHARE, FALSE },
};

static const TsnMetric edge_metrics[] = {
  { "ODS-F", SHARE, FALSE },
  { "OIS-F", SHARE, FALSE },
  { "AP", SHARE, FALSE },
  { "R50", SHARE, FALSE },
};

static const TsnMetric saliency_metrics[] = {
  { "max mIoU", SHARE, FALSE },
  { "max F", SHARE, FALSE },
};

static const TsnMetric normal_metrics[] = {
  { "mean error", "deg", 1, 2, TRUE }, { "median error", "deg", 1, 2, TRUE },
  { "RMS error", "deg", 1, 2, TRUE },  { "within 11.25 deg", SHARE, FALSE },
  { "within 22.5 deg", SHARE, FALSE }, { "within 30 deg", SHARE, FALSE },
};

static const TsnMetric depth_metrics[] = {
  { "RMSE", "m", 1, 3, TRUE },
  { "log RMSE", "", 1, 3, TRUE },
  { "abs rel", "", 1, 3, TRUE },
  { "delta < 1.25", SHARE, FALSE },
};

#define LIST(metrics)                                                                              \
  *n_metrics = G_N_ELEMENTS (metrics);                                                             \
  return metrics

/**
 * tsn_metric_list:
 * @n_metrics: (out): how many
 *
 * Returns: (array length=n_metrics): the metrics of a kind of task.  The first is the one that
 *   networks are compared by.
 */
const TsnMetric *
tsn_metric_list (TsnTaskKind kind, guint *n_metrics)
{
  switch (kind)
    {
    case TSN_TASK_CLASSES:
      LIST (class_metrics);
    case TSN_TASK_EDGE:
      LIST (edge_metrics);
    case TSN_TASK_SALIENCY:
      LIST (saliency_metrics);
    case TSN_TASK_NORMALS:
      LIST (normal_metrics);
    case TSN_TASK_DEPTH:
    default:
      LIST (depth_metrics);
    }
}

/**
 * tsn_metric_get_title:
 *
 * Returns: (transfer full): the metric's name with its unit and an arrow to where it is better.
 */
char *
tsn_metric_get_title (const TsnMetric *metric)
{
  const char *arrow = metric->lower_is_better ? "↓" : "↑";

  return metric->unit[0] == '\0'
             ? g_strdup_printf ("%s %s", metric->name, arrow)
             : g_strdup_printf ("%s (%s) %s", metric->name, metric->unit, arrow);
}

/* Numbers per threshold of the boundary benchmark. */
#define EDGE_COUNTS 4

/* Numbers per class: intersection, predicted, labelled. */
#define CLASS_COUNTS 3

/**
 * tsn_metric_get_n_sums:
 * @n: of a task with classes how many, of edges how many thresholds; else nothing
 *
 * Returns: how many numbers of a photo determine, summed over photos, the first metric:
 *   for each class pixels in the intersection, predicted and labelled;
 *   for each threshold the four numbers of #TsnBoundaryCount;
 *   for saliency 1 and the IoU at each of 15 thresholds;
 *   for normals the number of pixels and the sum of their angles;
 *   for depth 1 and the RMSE, both 0 where nothing is labelled.
 */
guint
tsn_metric_get_n_sums (TsnTaskKind kind, guint n)
{
  switch (kind)
    {
    case TSN_TASK_CLASSES:
      return CLASS_COUNTS * n;
    case TSN_TASK_EDGE:
      return EDGE_COUNTS * n;
    case TSN_TASK_SALIENCY:
      return 1 + TSN_SALIENCY_THRESHOLDS;
    case TSN_TASK_NORMALS:
    case TSN_TASK_DEPTH:
    default:
      return 2;
    }
}

static double
mean_iou (const double *sums, guint n_sums)
{
  double sum = 0;
  guint present = 0;

  for (guint i = 0; i + 2 < n_sums; i += CLASS_COUNTS)
    {
      double either = sums[i + 1] + sums[i + 2] - sums[i];

      if (either <= 0)
        continue;
      sum += sums[i] / either;
      present++;
    }
  return present > 0 ? sum / present : NAN;
}

static double
best_f (const double *sums, guint n_sums)
{
  guint n = n_sums / EDGE_COUNTS;
  g_autofree TsnBoundaryPoint *points = NULL;

  if (n == 0 || sums[1] <= 0)
    return NAN;
  points = g_new (TsnBoundaryPoint, n);
  for (guint t = 0; t < n; t++)
    {
      const double *at = sums + EDGE_COUNTS * t;
      TsnBoundaryCount count = { at[0], at[1], at[2], at[3] };

      points[t] = tsn_boundary_count_to_point (&count, tsn_boundary_threshold (n, t));
    }
  return tsn_boundary_curve_best (points, n).f;
}

static double
best_iou (const double *sums, guint n_sums)
{
  double best = 0;

  for (guint t = 1; t < n_sums; t++)
    best = MAX (best, sums[t]);
  return sums[0] > 0 ? best / sums[0] : NAN;
}

/**
 * tsn_metric_from_sums:
 * @sums: (array length=n_sums): the numbers of tsn_metric_get_n_sums() of one photo, or summed
 *   over photos
 *
 * Returns: the first metric of these photos, NaN when they say nothing.  Of classes the mean is
 *   over those that are in these photos at all, predicted or labelled.
 */
double
tsn_metric_from_sums (TsnTaskKind kind, const double *sums, guint n_sums)
{
  switch (kind)
    {
    case TSN_TASK_CLASSES:
      return mean_iou (sums, n_sums);
    case TSN_TASK_EDGE:
      return best_f (sums, n_sums);
    case TSN_TASK_SALIENCY:
      return best_iou (sums, n_sums);
    case TSN_TASK_NORMALS:
      return sums[0] > 0 ? sums[1] / sums[0] : NAN;
    case TSN_TASK_DEPTH:
    default:
      return sums[0] > 0 ? sums[1] / sums[0] : NAN;
    }
}
