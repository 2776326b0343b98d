#include "core/ops/tsn-instance-norm.h"

#include "core/ops/tsn-row.h"

#include <math.h>

typedef struct
{
  size_t channels;
  size_t pixels;
  const float *x;
  const float *gamma;
  const float *beta;
  float *y;
  float *statistics;
} Job;

static void
instance_norm_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;

  for (size_t i = first; i < last; i++)
    {
      const float *x = job->x + i * job->pixels;
      float *y = job->y + i * job->pixels;
      size_t c = i % job->channels;
      double mean = tsn_row_sum (x, job->pixels) / job->pixels;
      double variance = tsn_row_squares (x, job->pixels, mean) / job->pixels;
      float scale = job->gamma[c] / sqrt (variance + TSN_NORM_EPS);
      float shift = job->beta[c] - mean * scale;

      for (size_t j = 0; j < job->pixels; j++)
        y[j] = scale * x[j] + shift;
      if (job->statistics != NULL)
        {
          job->statistics[2 * i] = mean;
          job->statistics[2 * i + 1] = variance;
        }
    }
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
  Job job = { shape->channels, shape->pixels, x, gamma, beta, y, statistics };

  tsn_pool_for (pool, shape->n * shape->channels, 1, instance_norm_cb, &job);
}

/* Gradients of one plane; adds to those of gamma and beta. */
static void
plane_backward (
    const TsnInstanceNormBackward *job, size_t plane, float gamma, double *dgamma, double *dbeta)
{
  size_t pixels = job->shape.pixels;
  const float *x = job->x + plane * pixels, *dy = job->dy + plane * pixels;
  float *dx = job->dx + plane * pixels;
  double mean = job->statistics[2 * plane], variance = job->statistics[2 * plane + 1];
  TsnNormSlope slope = tsn_norm_slope (tsn_row_dot (x, dy, pixels), tsn_row_sum (dy, pixels), gamma,
                                       mean, variance, pixels);
  float scale = gamma / sqrt (variance + TSN_NORM_EPS);
  float factor = slope.factor, offset = slope.offset;

  for (size_t j = 0; j < pixels; j++)
    dx[j] = scale * dy[j] + (factor * x[j] + offset);
  *dgamma += slope.dweight;
  *dbeta += slope.dbias;
}

static void
instance_norm_backward_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const TsnInstanceNormBackward *job = data;

  for (size_t c = first; c < last; c++)
    {
      double dgamma = 0, dbeta = 0;

      for (size_t i = 0; i < job->shape.n; i++)
        plane_backward (job, i * job->shape.channels + c, job->gamma[c], &dgamma, &dbeta);
      job->dgamma[c] = dgamma;
      job->dbeta[c] = dbeta;
    }
}

/**
 * tsn_instance_norm_backward:
 *
 * Gradients of tsn_instance_norm_train(); gamma and beta are shared by all images.
 */
void
tsn_instance_norm_backward (const TsnInstanceNormBackward *backward, TsnPool *pool)
{
  tsn_pool_for (pool, backward->shape.channels, 1, instance_norm_backward_cb, (gpointer) backward);
}
