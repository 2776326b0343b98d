#include "core/evaluation/tsn-bootstrap.h"

#include "core/base/tsn-random.h"
#include "core/evaluation/tsn-metric.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  const TsnBootstrap *bootstrap;
  double *differences; /* per resample */
} Loop;

/* Scratch of one thread's share. */
typedef struct
{
  guint *times; /* how often each photo was drawn */
  double *sums_a;
  double *sums_b;
} Draw;

static void
draw_photos (const TsnBootstrap *bootstrap, guint64 resample, Draw *draw)
{
  TsnRandom random;

  tsn_random_init (&random, bootstrap->seed + resample);
  memset (draw->times, 0, bootstrap->n_photos * sizeof *draw->times);
  for (guint i = 0; i < bootstrap->n_photos; i++)
    draw->times[tsn_random_below (&random, bootstrap->n_photos)]++;
}

static double
measure (const TsnBootstrap *bootstrap, const double *rows, const guint *times, double *sums)
{
  guint n = bootstrap->n_sums;

  memset (sums, 0, n * sizeof *sums);
  for (guint p = 0; p < bootstrap->n_photos; p++)
    for (guint i = 0; times[p] > 0 && i < n; i++)
      sums[i] += times[p] * rows[(size_t) p * n + i];
  return tsn_metric_from_sums (bootstrap->kind, sums, n);
}

static void
resample_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Loop *loop = data;
  const TsnBootstrap *bootstrap = loop->bootstrap;
  g_autofree guint *times = g_new (guint, bootstrap->n_photos);
  g_autofree double *sums_a = g_new (double, bootstrap->n_sums);
  g_autofree double *sums_b = g_new (double, bootstrap->n_sums);
  Draw draw = { times, sums_a, sums_b };

  for (size_t r = first; r < last; r++)
    {
      draw_photos (bootstrap, r, &draw);
      loop->differences[r] = measure (bootstrap, bootstrap->b, draw.times, draw.sums_b)
                             - measure (bootstrap, bootstrap->a, draw.times, draw.sums_a);
    }
}

static int
compare_numbers (const void *a, const void *b)
{
  double p = *(const double *) a, q = *(const double *) b;

  return (p > q) - (p < q);
}

static guint
drop_unknown (double *values, guint n)
{
  guint kept = 0;

  for (guint i = 0; i < n; i++)
    if (isfinite (values[i]))
      values[kept++] = values[i];
  return kept;
}

static double
quantile (const double *sorted, guint n, double q)
{
  double at = q * (n - 1);
  guint below = MIN ((guint) at, n - 1);
  guint above = MIN (below + 1, n - 1);

  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/**
 * tsn_bootstrap_run:
 *
 * Draws as many photos as there are, with replacement, the same for both networks, computes the
 * first metric of the kind of each over what was drawn, and their difference; and so on for every
 * resample.  The interval lies between the quantiles of these differences that leave the same
 * share out at either end (the percentile method of Efron and Tibshirani, "An introduction to the
 * bootstrap", 1993, chapter 13).  What is resampled is the metric over the set, such as the mean
 * IoU or the ODS-F, not a mean of the photos' own.
 *
 * Returns: the interval of the second's metric minus the first's.
 */
TsnInterval
tsn_bootstrap_run (const TsnBootstrap *bootstrap)
{
  g_autofree double *differences = g_new (double, bootstrap->resamples);
  Loop loop = { bootstrap, differences };
  double outside = (1 - bootstrap->level) / 2;
  guint n;

  g_return_val_if_fail (bootstrap->n_photos > 0 && bootstrap->resamples > 0,
                        ((TsnInterval){ NAN, NAN }));

  tsn_pool_for (bootstrap->pool, bootstrap->resamples, 64, resample_cb, &loop);
  n = drop_unknown (differences, bootstrap->resamples);
  if (n == 0)
    return (TsnInterval){ NAN, NAN };
  qsort (differences, n, sizeof *differences, compare_numbers);
  return (TsnInterval){ quantile (differences, n, outside),
                        quantile (differences, n, 1 - outside) };
}
