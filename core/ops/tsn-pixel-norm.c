#include "core/ops/tsn-pixel-norm.h"

#include <math.h>

/**
 * tsn_pixel_norm_forward:
 * @y: (out): may be @x
 *
 * y = x / sqrt(mean(x^2) + 1e-8).
 */
void
tsn_pixel_norm_forward (size_t length, const float *x, float *y)
{
  double squares = 0, factor;

  for (size_t i = 0; i < length; i++)
    squares += (double) x[i] * x[i];
  factor = 1.0 / sqrt (squares / length + TSN_PIXEL_NORM_EPS);
  for (size_t i = 0; i < length; i++)
    y[i] = x[i] * factor;
}

/**
 * tsn_pixel_norm_backward:
 * @dx: (out): may be @dy
 *
 * dx = f dy - f^3 x mean(x dy) with f = 1 / sqrt(mean(x^2) + 1e-8).
 */
void
tsn_pixel_norm_backward (size_t length, const float *x, const float *dy, float *dx)
{
  double squares = 0, dot = 0, factor, pull;

  for (size_t i = 0; i < length; i++)
    {
      squares += (double) x[i] * x[i];
      dot += (double) x[i] * dy[i];
    }
  factor = 1.0 / sqrt (squares / length + TSN_PIXEL_NORM_EPS);
  pull = factor * factor * factor * dot / length;
  for (size_t i = 0; i < length; i++)
    dx[i] = factor * dy[i] - pull * x[i];
}
