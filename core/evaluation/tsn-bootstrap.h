/* How sure a difference between two networks is: the paired bootstrap. */
#pragma once

#include "core/base/tsn-pool.h"
#include "core/model/tsn-task.h"

G_BEGIN_DECLS

/**
 * TsnBootstrap:
 * @kind: of the task, which decides on the metric
 * @n_photos: how many photos both networks were judged on, at least 1
 * @n_sums: how many numbers each photo has, see tsn_metric_get_n_sums()
 * @a: (array): @n_photos rows of @n_sums numbers of the first network
 * @b: (array): the same photos of the second
 * @resamples: how many times photos are drawn
 * @level: probability that the interval is to have, such as 0.95
 * @seed: of the random numbers; the same seed gives the same interval on any number of threads
 * @pool: threads
 *
 * What is to be compared.
 */
typedef struct
{
  TsnTaskKind kind;
  guint n_photos;
  guint n_sums;
  const double *a;
  const double *b;
  guint resamples;
  double level;
  guint64 seed;
  TsnPool *pool;
} TsnBootstrap;

#define TSN_BOOTSTRAP_RESAMPLES 10000
#define TSN_BOOTSTRAP_LEVEL 0.95

/**
 * TsnInterval:
 * @low: lower end
 * @high: upper end
 *
 * An interval of the difference, second minus first; NaN where no resample has a difference.
 */
typedef struct
{
  double low;
  double high;
} TsnInterval;

TsnInterval tsn_bootstrap_run (const TsnBootstrap *bootstrap);

G_END_DECLS
