#include "core/ops/tsn-max-pool.h"

#include <math.h>
#include <string.h>

typedef struct
{
  size_t height;
  size_t width;
  const float *x;
  float *y;
} Job;

static float
window_max (const float *x, size_t height, size_t width, size_t oy, size_t ox)
{
  size_t top = oy > 0 ? 2 * oy - 1 : 0, bottom = MIN (2 * oy + 2, height);
  size_t left = ox > 0 ? 2 * ox - 1 : 0, right = MIN (2 * ox + 2, width);
  float max = -INFINITY;

  for (size_t i = top; i < bottom; i++)
    for (size_t j = left; j < right; j++)
      max = MAX (max, x[i * width + j]);
  return max;
}

static void
max_pool_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;
  size_t height = (job->height + 1) / 2, width = (job->width + 1) / 2;

  for (size_t i = first; i < last; i++)
    for (size_t oy = 0; oy < height; oy++)
      for (size_t ox = 0; ox < width; ox++)
        job->y[(i * height + oy) * width + ox]
            = window_max (job->x + i * job->height * job->width, job->height, job->width, oy, ox);
}

/**
 * tsn_max_pool_forward:
 * @planes: N x C
 * @x: [planes, H, W]
 * @y: (out): [planes, ceil(H / 2), ceil(W / 2)]
 */
void
tsn_max_pool_forward (
    size_t planes, size_t height, size_t width, const float *x, float *y, TsnPool *pool)
{
  Job job = { height, width, x, y };

  tsn_pool_for (pool, planes, 1, max_pool_cb, &job);
}

typedef struct
{
  size_t height;
  size_t width;
  const float *x;
  const float *dy;
  float *dx;
} Backward;

/* Where the first of the largest values of a window is, as PyTorch decides ties. */
static size_t
window_argmax (const float *x, size_t height, size_t width, size_t oy, size_t ox)
{
  size_t top = oy > 0 ? 2 * oy - 1 : 0, bottom = MIN (2 * oy + 2, height);
  size_t left = ox > 0 ? 2 * ox - 1 : 0, right = MIN (2 * ox + 2, width);
  size_t best = top * width + left;

  for (size_t i = top; i < bottom; i++)
    for (size_t j = left; j < right; j++)
      if (x[i * width + j] > x[best])
        best = i * width + j;
  return best;
}

static void
max_pool_backward_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Backward *job = data;
  size_t height = (job->height + 1) / 2, width = (job->width + 1) / 2;

  for (size_t i = first; i < last; i++)
    {
      const float *x = job->x + i * job->height * job->width, *dy = job->dy + i * height * width;
      float *dx = job->dx + i * job->height * job->width;

      memset (dx, 0, job->height * job->width * sizeof (float));
      for (size_t oy = 0; oy < height; oy++)
        for (size_t ox = 0; ox < width; ox++)
          dx[window_argmax (x, job->height, job->width, oy, ox)] += dy[oy * width + ox];
    }
}

/**
 * tsn_max_pool_backward:
 * @x: [planes, H, W]
 * @dy: [planes, ceil(H / 2), ceil(W / 2)]
 * @dx: (out): [planes, H, W]
 */
void
tsn_max_pool_backward (size_t planes,
                       size_t height,
                       size_t width,
                       const float *x,
                       const float *dy,
                       float *dx,
                       TsnPool *pool)
{
  Backward job = { height, width, x, dy, dx };

  tsn_pool_for (pool, planes, 1, max_pool_backward_cb, &job);
}
