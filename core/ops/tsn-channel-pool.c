#include "core/ops/tsn-channel-pool.h"

#include <string.h>

/**
 * tsn_channel_pool_bin:
 * @first, @last: (out): bin @bin averages the channels from @first to @last - 1
 *
 * Bin i of k covers channels [floor(i C / k), ceil((i + 1) C / k)).
 */
void
tsn_channel_pool_bin (size_t channels, size_t bins, size_t bin, size_t *first, size_t *last)
{
  *first = bin * channels / bins;
  *last = ((bin + 1) * channels + bins - 1) / bins;
}

typedef struct
{
  size_t channels;
  size_t bins;
  size_t pixels;
  const float *x;
  float *y;
} Job;

static void
channel_pool_cb (gpointer data, size_t begin, size_t end, guint thread)
{
  const Job *job = data;

  for (size_t i = begin; i < end; i++)
    {
      size_t image = i / job->bins, first, last;
      float *y = job->y + i * job->pixels, share;

      tsn_channel_pool_bin (job->channels, job->bins, i % job->bins, &first, &last);
      share = 1.0f / (last - first);
      memset (y, 0, job->pixels * sizeof (float));
      for (size_t c = first; c < last; c++)
        {
          const float *x = job->x + (image * job->channels + c) * job->pixels;

          for (size_t j = 0; j < job->pixels; j++)
            y[j] += x[j];
        }
      for (size_t j = 0; j < job->pixels; j++)
        y[j] *= share;
    }
}

/**
 * tsn_channel_pool_forward:
 * @x: [N, channels, pixels]
 * @y: (out): [N, bins, pixels]
 */
void
tsn_channel_pool_forward (
    size_t n, size_t channels, size_t bins, size_t pixels, const float *x, float *y, TsnPool *pool)
{
  Job job = { channels, bins, pixels, x, y };

  tsn_pool_for (pool, n * bins, 1, channel_pool_cb, &job);
}

/* dx of one channel: it has a share of every bin that covers it. */
static void
channel_pool_backward_cb (gpointer data, size_t begin, size_t end, guint thread)
{
  const Job *job = data;

  for (size_t i = begin; i < end; i++)
    {
      size_t image = i / job->channels, c = i % job->channels;
      float *dx = job->y + i * job->pixels;

      memset (dx, 0, job->pixels * sizeof (float));
      for (size_t b = 0; b < job->bins; b++)
        {
          const float *dy = job->x + (image * job->bins + b) * job->pixels;
          size_t first, last;

          tsn_channel_pool_bin (job->channels, job->bins, b, &first, &last);
          if (c < first || c >= last)
            continue;
          for (size_t j = 0; j < job->pixels; j++)
            dx[j] += dy[j] / (last - first);
        }
    }
}

/**
 * tsn_channel_pool_backward:
 * @dy: [N, bins, pixels]
 * @dx: (out): [N, channels, pixels]
 */
void
tsn_channel_pool_backward (size_t n,
                           size_t channels,
                           size_t bins,
                           size_t pixels,
                           const float *dy,
                           float *dx,
                           TsnPool *pool)
{
  Job job = { channels, bins, pixels, dy, dx };

  tsn_pool_for (pool, n * channels, 1, channel_pool_backward_cb, &job);
}
