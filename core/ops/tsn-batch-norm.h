/* Batch normalisation with running statistics (Ioffe and Szegedy, 2015). */
#pragma once

#include "core/base/tsn-pool.h"

G_BEGIN_DECLS

/** Epsilon of every batch norm and instance norm. */
#define TSN_NORM_EPS 1e-5f

void tsn_batch_norm_fold (size_t channels,
                          const float *weight,
                          const float *bias,
                          const float *mean,
                          const float *variance,
                          float *scale,
                          float *shift);
void tsn_affine_forward (size_t n,
                         size_t channels,
                         size_t pixels,
                         const float *x,
                         const float *scale,
                         const float *shift,
                         float *y,
                         TsnPool *pool);

G_END_DECLS
