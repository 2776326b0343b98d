#include "core/evaluation/tsn-boundary-curve.h"

#include <math.h>
#include <stdlib.h>

/* How many points between two thresholds are tried for the best F, both included. */
#define INTERPOLATION_STEPS 100

/**
 * tsn_boundary_threshold:
 * @n: number of thresholds, at least 1
 * @i: which one, from 0
 *
 * The thresholds (i + 1) / (n + 1).  They are computed as the benchmark's evenly spaced range is,
 * from 1 / (n + 1) to 1 - 1 / (n + 1), to fall on the same side of the 8-bit values they meet.
 *
 * Returns: the threshold; a pixel is predicted when its value is not below it.
 */
double
tsn_boundary_threshold (guint n, guint i)
{
  double first = 1.0 / (n + 1.0), last = 1.0 - first;

  if (n < 2 || i == n - 1)
    return n < 2 ? first : last;
  return first + i * (last - first) / (n - 1.0);
}

/**
 * tsn_boundary_f:
 *
 * Returns: the harmonic mean of recall and precision; 0 where both are.
 */
double
tsn_boundary_f (double recall, double precision)
{
  double sum = precision + recall;

  return 2 * precision * recall / (sum == 0 ? 1 : sum);
}

/**
 * tsn_boundary_count_to_point:
 *
 * Returns: recall, precision and F; a share of nothing is 0.
 */
TsnBoundaryPoint
tsn_boundary_count_to_point (const TsnBoundaryCount *count, double threshold)
{
  double recall = (double)count->matched_truth / MAX (count->truth, 1);
  double precision = (double)count->matched_predicted / MAX (count->predicted, 1);

  return (TsnBoundaryPoint){ threshold, recall, precision, tsn_boundary_f (recall, precision) };
}

static TsnBoundaryPoint
mix (const TsnBoundaryPoint *a, const TsnBoundaryPoint *b, double d)
{
  TsnBoundaryPoint point = { .threshold = b->threshold * d + a->threshold * (1 - d),
                             .recall = b->recall * d + a->recall * (1 - d),
                             .precision = b->precision * d + a->precision * (1 - d) };

  point.f = tsn_boundary_f (point.recall, point.precision);
  return point;
}

/**
 * tsn_boundary_curve_best:
 * @points: (array length=n): by ascending threshold
 * @n: at least 1
 *
 * Returns: the point of the greatest F, recall and precision interpolated linearly at a hundred
 *   places between neighbouring thresholds; the first of equals.
 */
TsnBoundaryPoint
tsn_boundary_curve_best (const TsnBoundaryPoint *points, guint n)
{
  TsnBoundaryPoint best = points[0];

  for (guint i = 1; i < n; i++)
    for (guint step = 0; step < INTERPOLATION_STEPS; step++)
      {
        double d = step / (INTERPOLATION_STEPS - 1.0);
        TsnBoundaryPoint point = mix (&points[i - 1], &points[i], d);

        if (point.f > best.f)
          best = point;
      }
  return best;
}

/**
 * tsn_boundary_curve_best_index:
 * @points: (array length=n): by ascending threshold
 * @n: at least 1
 *
 * Returns: the index of the point of the greatest F, without interpolation; the first of equals.
 */
guint
tsn_boundary_curve_best_index (const TsnBoundaryPoint *points, guint n)
{
  guint best = 0;

  for (guint i = 1; i < n; i++)
    if (points[i].f > points[best].f)
      best = i;
  return best;
}

/* A table of a function for linear interpolation: distinct arguments, ascending. */
typedef struct
{
  double x;
  double y;
  guint order; /* of two entries with the same x the lower one is kept */
} Sample;

static int
compare_samples (const void *a, const void *b)
{
  const Sample *p = a, *q = b;

  if (p->x != q->x)
    return p->x < q->x ? -1 : 1;
  return p->order < q->order ? -1 : 1;
}

static guint
make_table (Sample *samples, guint n)
{
  guint kept = 0;

  qsort (samples, n, sizeof *samples, compare_samples);
  for (guint i = 0; i < n; i++)
    if (kept == 0 || samples[i].x != samples[kept - 1].x)
      samples[kept++] = samples[i];
  return kept;
}

static double
interpolate (const Sample *table, guint n, double x)
{
  guint i = 0;

  if (!(x >= table[0].x && x <= table[n - 1].x))
    return NAN;
  if (n == 1)
    return table[0].y;
  while (i + 2 < n && table[i + 1].x <= x)
    i++;
  return table[i].y
         + (x - table[i].x) * (table[i + 1].y - table[i].y) / (table[i + 1].x - table[i].x);
}

/**
 * tsn_boundary_curve_area:
 * @points: (array length=n): by ascending threshold
 * @n: at least 1
 *
 * The benchmark's average precision: precision as a function of recall, interpolated linearly at
 * recall 0, 0.01, ..., 1 and 0 where the curve does not reach, summed and divided by 100.  Of
 * points with the same recall the one of the lowest threshold counts.
 *
 * Returns: the area; 0 for a curve of a single recall.
 */
double
tsn_boundary_curve_area (const TsnBoundaryPoint *points, guint n)
{
  g_autofree Sample *table = g_new (Sample, n);
  double sum = 0;
  guint kept;

  for (guint i = 0; i < n; i++)
    table[i] = (Sample){ points[i].recall, points[i].precision, i };
  kept = make_table (table, n);
  if (kept < 2)
    return 0;
  for (guint i = 0; i <= 100; i++)
    {
      double precision = interpolate (table, kept, i * 0.01);

      sum += isnan (precision) ? 0 : precision;
    }
  return sum * 0.01;
}

/**
 * tsn_boundary_curve_r50:
 * @points: (array length=n): by ascending threshold
 * @n: at least 1
 *
 * Recall at a precision of one half: recall as a function of precision, interpolated linearly (at
 * the lowest precision, if that is above one half).  Of points with the same precision the one of
 * the greatest recall counts (P. Dollar and C. L. Zitnick, "Fast edge detection using structured
 * forests", PAMI 2015).
 *
 * Returns: the recall; NaN when no precision reaches one half.
 */
double
tsn_boundary_curve_r50 (const TsnBoundaryPoint *points, guint n)
{
  g_autofree Sample *by_recall = g_new (Sample, n);
  g_autofree Sample *table = g_new (Sample, n);
  guint kept;

  for (guint i = 0; i < n; i++)
    by_recall[i] = (Sample){ points[i].recall, points[i].precision, i };
  kept = make_table (by_recall, n);
  for (guint i = 0; i < kept; i++)
    table[i] = (Sample){ by_recall[i].y, by_recall[i].x, kept - i };
  kept = make_table (table, kept);
  return interpolate (table, kept, MAX (table[0].x, 0.5));
}
