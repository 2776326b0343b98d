/* Scaled ("equalised learning rate") linear layer (Karras et al., 2018). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void tsn_linear_forward (size_t fan_in,
                         size_t fan_out,
                         const float *x,
                         const float *weight,
                         const float *bias,
                         float scale,
                         float *y);

/**
 * TsnLinearBackward:
 * @fan_in, @fan_out: of the layer
 * @scale: of the layer
 * @x: [fan_in]
 * @weight: [fan_out, fan_in]
 * @dy: [fan_out]
 * @dx: (out) (nullable): [fan_in]
 * @dweight: (out): [fan_out, fan_in]
 * @dbias: (out): [fan_out]
 */
typedef struct
{
  size_t fan_in;
  size_t fan_out;
  float scale;
  const float *x;
  const float *weight;
  const float *dy;
  float *dx;
  float *dweight;
  float *dbias;
} TsnLinearBackward;

void tsn_linear_backward (const TsnLinearBackward *backward);

G_END_DECLS
