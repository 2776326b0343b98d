#include "core/ops/tsn-batch-norm.h"

#include "core/ops/tsn-row.h"
#include "core/ops/tsn-train-kernels.h"

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
  const TsnAffine *affine;
  const TsnTrainKernels *kernels;
} Job;

static void
affine_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;
  const TsnAffine *affine = job->affine;
  size_t pixels = affine->shape.pixels;

  for (size_t i = first; i < last; i++)
    {
      size_t c = i % affine->shape.channels;
      TsnRowNorm row = { 0, affine->scale[c], affine->shift[c], affine->slope, 0, 0 };

      job->kernels->row_activate (&row, affine->x + i * pixels, pixels, affine->y + i * pixels);
    }
}

/**
 * tsn_affine_activate:
 *
 * tsn_affine_forward() and the activation after it, in one pass.
 */
void
tsn_affine_activate (const TsnAffine *affine, TsnPool *pool)
{
  Job job = { affine, tsn_train_kernels_get (tsn_cpu_get_isa ()) };

  tsn_pool_for (pool, affine->shape.n * affine->shape.channels, 1, affine_cb, &job);
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
  TsnAffine affine = { { n, channels, pixels }, x, scale, shift, 1, y };

  tsn_affine_activate (&affine, pool);
}

typedef struct
{
  const TsnPlaneShape *shape;
  const TsnTrainKernels *kernels;
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
        sum += job->kernels->row_sum (job->x + i * step + c * pixels, pixels);
      for (size_t i = 0; i < job->shape->n; i++)
        squares += job->kernels->row_squares (job->x + i * step + c * pixels, pixels, sum / count);
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
  Measure job = { shape, tsn_train_kernels_get (tsn_cpu_get_isa ()), x, mean, variance };

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

typedef struct
{
  const TsnBatchNormBackward *backward;
  const TsnTrainKernels *kernels;
} BackwardJob;

/* The sums over all images of one channel that #TsnTrainKernels.row_slopes makes. */
static void
sum_slopes (const BackwardJob *job, size_t channel, const TsnRowNorm *row, double *sums)
{
  const TsnBatchNormBackward *backward = job->backward;
  const TsnPlaneShape *shape = &backward->shape;

  sums[0] = sums[1] = 0;
  for (size_t i = 0; i < shape->n; i++)
    {
      size_t at = (i * shape->channels + channel) * shape->pixels;
      double plane[2];

      job->kernels->row_slopes (row, backward->x + at, backward->dy + at, shape->pixels, plane);
      sums[0] += plane[0];
      sums[1] += plane[1];
    }
}

static void
channel_backward (const BackwardJob *job, size_t c)
{
  const TsnBatchNormBackward *backward = job->backward;
  const TsnPlaneShape *shape = &backward->shape;
  double mean = backward->mean[c], variance = backward->variance[c], sums[2];
  TsnRowNorm row = { .mean = mean,
                     .scale = backward->weight[c] / sqrtf (variance + TSN_NORM_EPS),
                     .slope = 1 };
  TsnNormSlope slope;

  if (backward->bias != NULL)
    {
      row.shift = backward->bias[c];
      row.slope = backward->slope;
    }
  sum_slopes (job, c, &row, sums);
  slope = tsn_norm_slope (sums[0] + mean * sums[1], sums[1], backward->weight[c], mean, variance,
                          shape->n * shape->pixels);
  backward->dweight[c] = slope.dweight;
  backward->dbias[c] = slope.dbias;
  row.factor = slope.factor;
  row.offset = slope.offset;
  for (size_t i = 0; i < shape->n; i++)
    {
      size_t at = (i * shape->channels + c) * shape->pixels;

      job->kernels->row_gradient (&row, backward->x + at, backward->dy + at, shape->pixels,
                                  backward->dx + at);
    }
}

static void
batch_norm_backward_cb (gpointer data, size_t first, size_t last, guint thread)
{
  for (size_t c = first; c < last; c++)
    channel_backward (data, c);
}

/**
 * tsn_batch_norm_backward:
 *
 * Gradients of batch norm in training, where the statistics are those of the batch itself.
 */
void
tsn_batch_norm_backward (const TsnBatchNormBackward *backward, TsnPool *pool)
{
  BackwardJob job = { backward, tsn_train_kernels_get (tsn_cpu_get_isa ()) };

  tsn_pool_for (pool, backward->shape.channels, 1, batch_norm_backward_cb, &job);
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
