#include "core/ops/tsn-batch-norm.h"

#include <math.h>

/**
 * tsn_batch_norm_fold:
 * @weight, @bias, @mean, @variance: [C]; @mean and @variance are the running statistics
 * @scale: (out): [C], weight / sqrt(variance + eps)
 * @shift: (out): [C], bias - mean scale
 *
 * Turns batch norm in evaluation into y = scale x + shift.
 */
void
tsn_batch_norm_fold (size_t channels,
                     const float *weight,
                     const float *bias,
                     const float *mean,
                     const float *variance,
                     float *scale,
                     float *shift)
{
  for (size_t c = 0; c < channels; c++)
    {
      scale[c] = weight[c] / sqrtf (variance[c] + TSN_NORM_EPS);
      shift[c] = bias[c] - mean[c] * scale[c];
    }
}

typedef struct
{
  size_t channels;
  size_t pixels;
  const float *x;
  const float *scale;
  const float *shift;
  float *y;
} Job;

static void
affine_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;

  for (size_t i = first; i < last; i++)
    {
      const float *x = job->x + i * job->pixels;
      float *y = job->y + i * job->pixels;
      float scale = job->scale[i % job->channels], shift = job->shift[i % job->channels];

      for (size_t j = 0; j < job->pixels; j++)
        y[j] = scale * x[j] + shift;
    }
}

/**
 * tsn_affine_forward:
 * @x: [N, C, pixels]
 * @scale, @shift: [C]
 * @y: (out): [N, C, pixels]; may be @x
 *
 * y = scale x + shift, channel by channel.
 */
void
tsn_affine_forward (size_t n,
                    size_t channels,
                    size_t pixels,
                    const float *x,
                    const float *scale,
                    const float *shift,
                    float *y,
                    TsnPool *pool)
{
  Job job = { channels, pixels, x, scale, shift, y };

  tsn_pool_for (pool, n * channels, 1, affine_cb, &job);
}
