#include "core/ops/tsn-activation.h"

#define GRAIN 16384

typedef struct
{
  const float *x;
  float slope;
  float *y;
} Job;

static void
activation_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;

  for (size_t i = first; i < last; i++)
    job->y[i] = job->x[i] > 0 ? job->x[i] : job->slope * job->x[i];
}

/**
 * tsn_activation_forward:
 * @slope: for values below zero; 0 makes it ReLU
 * @y: (out): may be @x
 *
 * y = x where x is positive, slope x elsewhere.
 */
void
tsn_activation_forward (size_t length, const float *x, float slope, float *y, TsnPool *pool)
{
  Job job = { x, slope, y };

  tsn_pool_for (pool, length, GRAIN, activation_cb, &job);
}
