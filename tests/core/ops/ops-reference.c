#include "ops-reference.h"

#include <math.h>

static double
pixel (const float *plane, gssize height, gssize width, gssize y, gssize x, double outside)
{
  return y < 0 || x < 0 || y >= height || x >= width ? outside : plane[y * width + x];
}

void
reference_conv (const TsnConv *conv,
                size_t n,
                const float *x,
                const float *weight,
                const float *bias,
                double *y)
{
  gssize height = conv->height, width = conv->width, k = conv->kernel, s = conv->stride;
  size_t oh = (height + 2 * (k / 2) - k) / s + 1, ow = (width + 2 * (k / 2) - k) / s + 1;

  for (size_t i = 0; i < n; i++)
    for (size_t o = 0; o < conv->out_channels; o++)
      for (size_t p = 0; p < oh * ow; p++)
        {
          double sum = bias != NULL ? bias[o] : 0;

          for (size_t c = 0; c < conv->in_channels; c++)
            for (gssize t = 0; t < k * k; t++)
              sum += weight[(o * conv->in_channels + c) * k * k + t]
                     * pixel (x + (i * conv->in_channels + c) * height * width, height, width,
                              (gssize) (p / ow) * s + t / k - k / 2,
                              (gssize) (p % ow) * s + t % k - k / 2, 0);
          y[(i * conv->out_channels + o) * oh * ow + p] = sum;
        }
}

void
reference_norm (size_t n,
                size_t channels,
                size_t pixels,
                const float *x,
                const float *gamma,
                const float *beta,
                double *y)
{
  for (size_t i = 0; i < n * channels; i++)
    {
      long double mean = 0, variance = 0;

      for (size_t j = 0; j < pixels; j++)
        mean += x[i * pixels + j];
      mean /= pixels;
      for (size_t j = 0; j < pixels; j++)
        variance += (x[i * pixels + j] - mean) * (x[i * pixels + j] - mean);
      variance /= pixels;
      for (size_t j = 0; j < pixels; j++)
        y[i * pixels + j] = gamma[i % channels] * (x[i * pixels + j] - mean)
                                / sqrtl (variance + 1e-5L)
                            + beta[i % channels];
    }
}

void
reference_max_pool (size_t planes, size_t height, size_t width, const float *x, double *y)
{
  for (size_t i = 0; i < planes; i++)
    for (size_t oy = 0; oy < (height + 1) / 2; oy++)
      for (size_t ox = 0; ox < (width + 1) / 2; ox++)
        {
          double max = -INFINITY;

          for (int t = 0; t < 9; t++)
            max = fmax (max, pixel (x + i * height * width, height, width,
                                    (gssize) (2 * oy) + t / 3 - 1, (gssize) (2 * ox) + t % 3 - 1,
                                    -INFINITY));
          *y++ = max;
        }
}

static double
line (const float *x, size_t stride, size_t length, double at)
{
  size_t low = MIN ((size_t) floor (at), length - 1), high = MIN (low + 1, length - 1);

  return x[low * stride] + (at - low) * (x[high * stride] - (double) x[low * stride]);
}

void
reference_upsample (size_t planes, size_t height, size_t width, const float *x, double *y)
{
  for (size_t i = 0; i < planes; i++)
    for (size_t oy = 0; oy < 2 * height; oy++)
      for (size_t ox = 0; ox < 2 * width; ox++)
        {
          const float *plane = x + i * height * width;
          double ay = oy * (height - 1.0) / (2 * height - 1), ax = ox * (width - 1.0) / (2 * width - 1);
          size_t low = MIN ((size_t) ay, height - 1), high = MIN (low + 1, height - 1);
          double a = line (plane + low * width, 1, width, ax);
          double b = line (plane + high * width, 1, width, ax);

          *y++ = a + (ay - low) * (b - a);
        }
}

void
reference_channel_pool (
    size_t n, size_t channels, size_t bins, size_t pixels, const float *x, double *y)
{
  for (size_t i = 0; i < n; i++)
    for (size_t b = 0; b < bins; b++)
      for (size_t j = 0; j < pixels; j++)
        {
          size_t first = floor ((double) b * channels / bins);
          size_t last = ceil ((b + 1.0) * channels / bins);
          double sum = 0;

          for (size_t c = first; c < last; c++)
            sum += x[(i * channels + c) * pixels + j];
          y[(i * bins + b) * pixels + j] = sum / (last - first);
        }
}
