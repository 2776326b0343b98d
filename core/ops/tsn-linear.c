#include "core/ops/tsn-linear.h"

/**
 * tsn_linear_forward:
 * @x: [fan_in]
 * @weight: [fan_out, fan_in]
 * @bias: [fan_out]
 * @y: (out): [fan_out]; must not overlap @x
 *
 * y = scale weight x + bias.
 */
void
tsn_linear_forward (size_t fan_in,
                    size_t fan_out,
                    const float *x,
                    const float *weight,
                    const float *bias,
                    float scale,
                    float *y)
{
  for (size_t o = 0; o < fan_out; o++)
    {
      double sum = 0;

      for (size_t i = 0; i < fan_in; i++)
        sum += (double) weight[o * fan_in + i] * x[i];
      y[o] = scale * sum + bias[o];
    }
}

/**
 * tsn_linear_backward:
 *
 * Gradients of tsn_linear_forward().
 */
void
tsn_linear_backward (const TsnLinearBackward *backward)
{
  size_t fan_in = backward->fan_in;

  for (size_t o = 0; o < backward->fan_out; o++)
    {
      float factor = backward->scale * backward->dy[o];

      backward->dbias[o] = backward->dy[o];
      for (size_t i = 0; i < fan_in; i++)
        backward->dweight[o * fan_in + i] = factor * backward->x[i];
    }
  if (backward->dx == NULL)
    return;
  for (size_t i = 0; i < fan_in; i++)
    {
      double sum = 0;

      for (size_t o = 0; o < backward->fan_out; o++)
        sum += (double) backward->weight[o * fan_in + i] * backward->dy[o];
      backward->dx[i] = backward->scale * sum;
    }
}
