#include "core/ops/tsn-batch-norm.h"

#include "core/ops/tsn-row.h"

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

typedef struct
{
  const TsnPlaneShape *shape;
  const float *x;
  float *mean;
  float *variance;
} Measure;

static void
measure_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Measure *job = data;
  size_t pixels = job->shape->pixels, step = job->shape->channels * pixels;
  double count = (double) job->shape->n * pixels;

  for (size_t c = first; c < last; c++)
    {
      double sum = 0, squares = 0;

      for (size_t i = 0; i < job->shape->n; i++)
        sum += tsn_row_sum (job->x + i * step + c * pixels, pixels);
      for (size_t i = 0; i < job->shape->n; i++)
        squares += tsn_row_squares (job->x + i * step + c * pixels, pixels, sum / count);
      job->mean[c] = sum / count;
      job->variance[c] = squares / count;
    }
}

/**
 * tsn_batch_norm_measure:
 * @x: [N, C, pixels]
 * @mean: (out): [C], over images and pixels
 * @variance: (out): [C], biased: what normalises
 */
void
tsn_batch_norm_measure (
    const TsnPlaneShape *shape, const float *x, float *mean, float *variance, TsnPool *pool)
{
  Measure job = { shape, x, mean, variance };

  tsn_pool_for (pool, shape->channels, 1, measure_cb, &job);
}

/**
 * tsn_batch_norm_track:
 * @mean, @variance: [C], of a batch
 * @running_mean, @running_variance: (inout): [C], moved toward the batch by a tenth, the variance
 *   toward the unbiased one, as PyTorch does
 */
void
tsn_batch_norm_track (const TsnPlaneShape *shape,
                      const float *mean,
                      const float *variance,
                      float *running_mean,
                      float *running_variance)
{
  double count = (double) shape->n * shape->pixels, unbiased = count / MAX (count - 1, 1);

  for (size_t c = 0; c < shape->channels; c++)
    {
      running_mean[c] += TSN_NORM_MOMENTUM * (mean[c] - running_mean[c]);
      running_variance[c] += TSN_NORM_MOMENTUM * (variance[c] * unbiased - running_variance[c]);
    }
}

/**
 * tsn_norm_slope:
 * @dscale, @dshift: gradients of scale and shift
 * @weight: of the channel
 * @mean, @variance: of its @count numbers, the variance biased
 *
 * The chain rule through scale and shift down to the parameters and to x.
 */
TsnNormSlope
tsn_norm_slope (
    double dscale, double dshift, double weight, double mean, double variance, size_t count)
{
  double r = 1 / sqrt (variance + TSN_NORM_EPS);
  double centred = dscale - mean * dshift;
  double dmean = -dshift * weight * r;
  TsnNormSlope slope = { .dweight = centred * r, .dbias = dshift };

  /* dvariance = -r^3 weight centred / 2, and dvariance / dx = 2 (x - mean) / count. */
  slope.factor = -r * r * r * weight * centred / count;
  slope.offset = dmean / count - slope.factor * mean;
  return slope;
}

static void
sum_gradients (const TsnPlaneShape *shape,
               size_t channel,
               const float *x,
               const float *dy,
               double *dscale,
               double *dshift)
{
  *dscale = 0;
  *dshift = 0;
  for (size_t i = 0; i < shape->n; i++)
    {
      size_t at = (i * shape->channels + channel) * shape->pixels;

      *dscale += tsn_row_dot (x + at, dy + at, shape->pixels);
      *dshift += tsn_row_sum (dy + at, shape->pixels);
    }
}

static void
batch_norm_backward_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const TsnBatchNormBackward *job = data;
  const TsnPlaneShape *shape = &job->shape;

  for (size_t c = first; c < last; c++)
    {
      double dscale, dshift;
      TsnNormSlope slope;
      float scale = job->weight[c] / sqrtf (job->variance[c] + TSN_NORM_EPS), factor, offset;

      sum_gradients (shape, c, job->x, job->dy, &dscale, &dshift);
      slope = tsn_norm_slope (dscale, dshift, job->weight[c], job->mean[c], job->variance[c],
                              shape->n * shape->pixels);
      job->dweight[c] = slope.dweight;
      job->dbias[c] = slope.dbias;
      factor = slope.factor;
      offset = slope.offset;
      for (size_t i = 0; i < shape->n; i++)
        {
          size_t at = (i * shape->channels + c) * shape->pixels;

          for (size_t j = at; j < at + shape->pixels; j++)
            job->dx[j] = scale * job->dy[j] + (factor * job->x[j] + offset);
        }
    }
}

/**
 * tsn_batch_norm_backward:
 *
 * Gradients of batch norm in training, where the statistics are those of the batch itself.
 */
void
tsn_batch_norm_backward (const TsnBatchNormBackward *backward, TsnPool *pool)
{
  tsn_pool_for (pool, backward->shape.channels, 1, batch_norm_backward_cb, (gpointer) backward);
}

static void
affine_backward_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const TsnAffineBackward *job = data;
  const TsnPlaneShape *shape = &job->shape;

  for (size_t c = first; c < last; c++)
    {
      double dscale, dshift;

      sum_gradients (shape, c, job->x, job->dy, &dscale, &dshift);
      job->dscale[c] = dscale;
      job->dshift[c] = dshift;
      for (size_t i = 0; i < shape->n; i++)
        {
          size_t at = (i * shape->channels + c) * shape->pixels;

          for (size_t j = at; j < at + shape->pixels; j++)
            job->dx[j] = job->scale[c] * job->dy[j];
        }
    }
}

/**
 * tsn_affine_backward:
 *
 * Gradients of tsn_affine_forward().
 */
void
tsn_affine_backward (const TsnAffineBackward *backward, TsnPool *pool)
{
  tsn_pool_for (pool, backward->shape.channels, 1, affine_backward_cb, (gpointer) backward);
}
