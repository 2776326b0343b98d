/* Sums over rows of numbers, in double; private to core/ops. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Four sums side by side: an addition takes as long as four that do not wait for each other. */

static inline double
tsn_row_sum (const float *x, size_t n)
{
  double sum[4] = { 0 };
  size_t i = 0;

  for (; i + 4 <= n; i += 4)
    for (int j = 0; j < 4; j++)
      sum[j] += x[i + j];
  for (; i < n; i++)
    sum[0] += x[i];
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static inline double
tsn_row_dot (const float *x, const float *y, size_t n)
{
  double sum[4] = { 0 };
  size_t i = 0;

  for (; i + 4 <= n; i += 4)
    for (int j = 0; j < 4; j++)
      sum[j] += (double) x[i + j] * y[i + j];
  for (; i < n; i++)
    sum[0] += (double) x[i] * y[i];
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

G_END_DECLS
