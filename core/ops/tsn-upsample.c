#include "core/ops/tsn-upsample.h"

#include <string.h>

typedef struct
{
  size_t height;
  size_t width;
  const float *x;
  float *y;
} Job;

/**
 * tsn_upsample_position:
 * @length: length of the small side
 * @i: position on the large side, below 2 @length
 * @low, @high: (out): the two positions on the small side that it lies between
 * @fraction: (out): weight of @high; that of @low is 1 - @fraction
 *
 * With aligned corners the first and the last positions of both sides coincide:
 * i (length - 1) / (2 length - 1).
 */
void
tsn_upsample_position (size_t length, size_t i, size_t *low, size_t *high, float *fraction)
{
  /* In float, as PyTorch computes it: the golden files were made with its rounding. */
  float scale = (float) (length - 1) / (float) (2 * length - 1), at = scale * (float) i;

  *low = MIN ((size_t) at, length - 1);
  *high = MIN (*low + 1, length - 1);
  *fraction = at - (float) *low;
}

static void
upsample_row (const Job *job, const float *a, const float *b, float fy, float *y)
{
  for (size_t ox = 0; ox < 2 * job->width; ox++)
    {
      size_t low, high;
      float fx;

      tsn_upsample_position (job->width, ox, &low, &high, &fx);
      y[ox]
          = (1 - fy) * ((1 - fx) * a[low] + fx * a[high]) + fy * ((1 - fx) * b[low] + fx * b[high]);
    }
}

static void
upsample_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;

  for (size_t i = first; i < last; i++)
    for (size_t oy = 0; oy < 2 * job->height; oy++)
      {
        const float *x = job->x + i * job->height * job->width;
        size_t low, high;
        float fy;

        tsn_upsample_position (job->height, oy, &low, &high, &fy);
        upsample_row (job, x + low * job->width, x + high * job->width, fy,
                      job->y + (i * 2 * job->height + oy) * 2 * job->width);
      }
}

/**
 * tsn_upsample_forward:
 * @planes: N x C
 * @x: [planes, H, W]
 * @y: (out): [planes, 2 H, 2 W]
 */
void
tsn_upsample_forward (
    size_t planes, size_t height, size_t width, const float *x, float *y, TsnPool *pool)
{
  Job job = { height, width, x, y };

  tsn_pool_for (pool, planes, 1, upsample_cb, &job);
}

/* Adds one row of the large side to the two rows of the small side that it was made of. */
static void
downsample_row (const Job *job, const float *dy, float fy, float *a, float *b)
{
  for (size_t ox = 0; ox < 2 * job->width; ox++)
    {
      size_t low, high;
      float fx;

      tsn_upsample_position (job->width, ox, &low, &high, &fx);
      a[low] += (1 - fy) * (1 - fx) * dy[ox];
      a[high] += (1 - fy) * fx * dy[ox];
      b[low] += fy * (1 - fx) * dy[ox];
      b[high] += fy * fx * dy[ox];
    }
}

static void
upsample_backward_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;
  size_t width = job->width, plane = job->height * width;

  for (size_t i = first; i < last; i++)
    {
      float *dx = job->y + i * plane;

      memset (dx, 0, plane * sizeof (float));
      for (size_t oy = 0; oy < 2 * job->height; oy++)
        {
          size_t low, high;
          float fy;

          tsn_upsample_position (job->height, oy, &low, &high, &fy);
          downsample_row (job, job->x + 4 * i * plane + oy * 2 * width, fy, dx + low * width,
                          dx + high * width);
        }
    }
}

/**
 * tsn_upsample_backward:
 * @dy: [planes, 2 H, 2 W]
 * @dx: (out): [planes, H, W]
 *
 * The adjoint of tsn_upsample_forward().
 */
void
tsn_upsample_backward (
    size_t planes, size_t height, size_t width, const float *dy, float *dx, TsnPool *pool)
{
  Job job = { height, width, dy, dx };

  tsn_pool_for (pool, planes, 1, upsample_backward_cb, &job);
}
