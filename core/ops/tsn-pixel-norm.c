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
