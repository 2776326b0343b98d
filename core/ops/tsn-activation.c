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

typedef struct
{
  const float *y;
  float slope;
  const float *dy;
  float *dx;
} Backward;

static void
activation_backward_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Backward *job = data;

  for (size_t i = first; i < last; i++)
    job->dx[i] = job->y[i] > 0 ? job->dy[i] : job->slope * job->dy[i];
}

/**
 * tsn_activation_backward:
 * @y: what tsn_activation_forward() made; it is positive where x is
 * @dx: (out): may be @dy
 */
void
tsn_activation_backward (
    size_t length, const float *y, float slope, const float *dy, float *dx, TsnPool *pool)
{
  Backward job = { y, slope, dy, dx };

  tsn_pool_for (pool, length, GRAIN, activation_backward_cb, &job);
}
