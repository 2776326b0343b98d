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
 * TsnInstanceNormBackward:
 * @shape: of the maps
 * @x: [N, C, pixels]
 * @statistics: [N, C, 2], as tsn_instance_norm_train() stored them
 * @gamma: [C]
 * @dy: [N, C, pixels]
 * @dx: (out): [N, C, pixels]; may be @dy
 * @dgamma, @dbeta: (out): [C]
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
} TsnInstanceNormBackward;

void tsn_instance_norm_backward (const TsnInstanceNormBackward *backward, TsnPool *pool);

G_END_DECLS
