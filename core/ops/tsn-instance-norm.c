#include "core/ops/tsn-instance-norm.h"

#include "core/ops/tsn-batch-norm.h"

#include <math.h>

typedef struct
{
  size_t channels;
  size_t pixels;
  const float *x;
  const float *gamma;
  const float *beta;
  float *y;
} Job;

/* Two passes, in double: the maps are small beside the convolutions and a mean far from zero must
 * not eat the variance. */
static void
measure (const float *x, size_t n, double *mean, double *variance)
{
  double sum = 0, squares = 0;

  for (size_t i = 0; i < n; i++)
    sum += x[i];
  *mean = sum / n;
  for (size_t i = 0; i < n; i++)
    squares += (x[i] - *mean) * (x[i] - *mean);
  *variance = squares / n;
}

static void
instance_norm_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;

  for (size_t i = first; i < last; i++)
    {
      const float *x = job->x + i * job->pixels;
      float *y = job->y + i * job->pixels;
      size_t c = i % job->channels;
      double mean, variance;
      float scale, shift;

      measure (x, job->pixels, &mean, &variance);
      scale = job->gamma[c] / sqrt (variance + TSN_NORM_EPS);
      shift = job->beta[c] - mean * scale;
      for (size_t j = 0; j < job->pixels; j++)
        y[j] = scale * x[j] + shift;
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
  Job job = { channels, pixels, x, gamma, beta, y };

  tsn_pool_for (pool, n * channels, 1, instance_norm_cb, &job);
}
