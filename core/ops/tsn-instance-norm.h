/* Instance normalisation (Ulyanov et al., 2016), and AdaIN on top of it (Huang and Belongie, 2017).
 */
#pragma once

#include "core/ops/tsn-batch-norm.h"

G_BEGIN_DECLS

void tsn_instance_norm_forward (size_t n,
                                size_t channels,
                                size_t pixels,
                                const float *x,
                                const float *gamma,
                                const float *beta,
                                float *y,
                                TsnPool *pool);
void tsn_instance_norm_train (const TsnPlaneShape *shape,
                              const float *x,
                              const float *gamma,
                              const float *beta,
                              float *y,
                              float *statistics,
                              TsnPool *pool);

/**
 * TsnInstanceNorm:
 * @shape: of the maps
 * @x: [N, C, pixels]
 * @gamma, @beta: [C], the same for all images
 * @slope: of the activation for values below zero, in [0, 1]; 1 for no activation
 * @y: (out): [N, C, pixels]; may be @x
 * @statistics: (nullable) (out): [N, C, 2], mean and biased variance of every plane
 */
typedef struct
{
  TsnPlaneShape shape;
  const float *x;
  const float *gamma;
  const float *beta;
  float slope;
  float *y;
  float *statistics;
} TsnInstanceNorm;

void tsn_instance_norm_activate (const TsnInstanceNorm *norm, TsnPool *pool);

/**
 * TsnInstanceNormBackward:
 * @shape: of the maps
 * @x: [N, C, pixels]
 * @statistics: [N, C, 2], as the forward pass stored them
 * @gamma: [C]
 * @dy: [N, C, pixels]
 * @dx: (out): [N, C, pixels]; may be @dy
 * @dgamma, @dbeta: (out): [C]
 * @beta: (nullable): [C]; where @dy is the gradient after an activation, whose kink it tells
 * @slope: of that activation
 */
typedef struct
{
  TsnPlaneShape shape;
  const float *x;
  const float *statistics;
  const float *gamma;
  const float *dy;
  float *dx;
  float *dgamma;
  float *dbeta;
  const float *beta;
  float slope;
} TsnInstanceNormBackward;

void tsn_instance_norm_backward (const TsnInstanceNormBackward *backward, TsnPool *pool);

G_END_DECLS
