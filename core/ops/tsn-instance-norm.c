#include "core/ops/tsn-instance-norm.h"

#include "core/ops/tsn-train-kernels.h"

#include <math.h>

typedef struct
{
  const TsnInstanceNorm *norm;
  const TsnTrainKernels *kernels;
} Job;

static void
instance_norm_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;
  const TsnInstanceNorm *norm = job->norm;
  size_t pixels = norm->shape.pixels;

  for (size_t i = first; i < last; i++)
    {
      const float *x = norm->x + i * pixels;
      size_t c = i % norm->shape.channels;
      double mean = job->kernels->row_sum (x, pixels) / pixels;
      double variance = job->kernels->row_squares (x, pixels, mean) / pixels;
      float scale = norm->gamma[c] / sqrt (variance + TSN_NORM_EPS);
      TsnRowNorm row = { mean, scale, norm->beta[c], norm->slope, 0, 0 };

      job->kernels->row_activate (&row, x, pixels, norm->y + i * pixels);
      if (norm->statistics != NULL)
        {
          norm->statistics[2 * i] = mean;
          norm->statistics[2 * i + 1] = variance;
        }
    }
}

/**
 * tsn_instance_norm_activate:
 *
 * tsn_instance_norm_forward() and the activation after it, in one pass over each plane.
 */
void
tsn_instance_norm_activate (const TsnInstanceNorm *norm, TsnPool *pool)
{
  Job job = { norm, tsn_train_kernels_get (tsn_cpu_get_isa ()) };

  tsn_pool_for (pool, norm->shape.n * norm->shape.channels, 1, instance_norm_cb, &job);
}

/**
 * tsn_instance_norm_forward:
 * @x: [N, C, pixels]
 * @gamma, @beta: [C], the same for all images
 * @y: (out): [N, C, pixels]; may be @x
 *
 * y = gamma (x - mean) / sqrt(variance + 1e-5) + beta with the mean and the biased variance of
 * each channel of each image.
 */
void
tsn_instance_norm_forward (size_t n,
                           size_t channels,
                           size_t pixels,
                           const float *x,
                           const float *gamma,
                           const float *beta,
                           float *y,
                           TsnPool *pool)
{
  tsn_instance_norm_train (&(TsnPlaneShape){ n, channels, pixels }, x, gamma, beta, y, NULL, pool);
}

/**
 * tsn_instance_norm_train:
 * @statistics: (nullable) (out): [N, C, 2], mean and biased variance of every plane
 *
 * tsn_instance_norm_forward() that keeps what tsn_instance_norm_backward() needs.
 */
void
tsn_instance_norm_train (const TsnPlaneShape *shape,
                         const float *x,
                         const float *gamma,
                         const float *beta,
                         float *y,
                         float *statistics,
                         TsnPool *pool)
{
  TsnInstanceNorm norm = { *shape, x, gamma, beta, 1, y, statistics };

  tsn_instance_norm_activate (&norm, pool);
}

typedef struct
{
  const TsnInstanceNormBackward *backward;
  const TsnTrainKernels *kernels;
} BackwardJob;

/* Gradients of one plane; adds to those of gamma and beta. */
static void
plane_backward (const BackwardJob *job, size_t plane, size_t c, double *dgamma, double *dbeta)
{
  const TsnInstanceNormBackward *backward = job->backward;
  size_t pixels = backward->shape.pixels;
  const float *x = backward->x + plane * pixels, *dy = backward->dy + plane * pixels;
  double mean = backward->statistics[2 * plane], variance = backward->statistics[2 * plane + 1];
  float gamma = backward->gamma[c], scale = gamma / sqrt (variance + TSN_NORM_EPS);
  TsnRowNorm row = { .mean = mean, .scale = scale, .slope = 1 };
  TsnNormSlope slope;
  double sums[2];

  if (backward->beta != NULL)
    {
      row.shift = backward->beta[c];
      row.slope = backward->slope;
    }
  job->kernels->row_slopes (&row, x, dy, pixels, sums);
  slope = tsn_norm_slope (sums[0] + mean * sums[1], sums[1], gamma, mean, variance, pixels);
  row.factor = slope.factor;
  row.offset = slope.offset;
  job->kernels->row_gradient (&row, x, dy, pixels, backward->dx + plane * pixels);
  *dgamma += slope.dweight;
  *dbeta += slope.dbias;
}

static void
instance_norm_backward_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const BackwardJob *job = data;
  const TsnInstanceNormBackward *backward = job->backward;

  for (size_t c = first; c < last; c++)
    {
      double dgamma = 0, dbeta = 0;

      for (size_t i = 0; i < backward->shape.n; i++)
        plane_backward (job, i * backward->shape.channels + c, c, &dgamma, &dbeta);
      backward->dgamma[c] = dgamma;
      backward->dbeta[c] = dbeta;
    }
}

/**
 * tsn_instance_norm_backward:
 *
 * Gradients of tsn_instance_norm_train() or tsn_instance_norm_activate(); gamma and beta are shared
 * by all images.
 */
void
tsn_instance_norm_backward (const TsnInstanceNormBackward *backward, TsnPool *pool)
{
  BackwardJob job = { backward, tsn_train_kernels_get (tsn_cpu_get_isa ()) };

  tsn_pool_for (pool, backward->shape.channels, 1, instance_norm_backward_cb, &job);
}
