/* Convolution of channels-last maps by gathering patches: any kernel, any stride. */
#pragma once

#include "core/base/tsn-pool.h"
#include "core/ops/tsn-gemm.h"

G_BEGIN_DECLS

/**
 * TsnDirectConv:
 * @kernel: k; the padding is k / 2
 * @stride: 1 or 2
 * @weights: [k k C, columns], row (ky k + kx) C + c for input channel c of C
 */
typedef struct
{
  size_t kernel;
  size_t stride;
  TsnPacked weights;
} TsnDirectConv;

void tsn_direct_conv_init (TsnDirectConv *conv,
                           const TsnConvWeights *weights,
                           size_t stride,
                           TsnPool *pool);
size_t tsn_direct_conv_scratch (const TsnDirectConv *conv, const TsnMap *y);
void tsn_direct_conv_forward (const TsnDirectConv *conv,
                              const TsnKernels *kernels,
                              const TsnMap *x,
                              const TsnEpilogue *epilogue,
                              const TsnMap *y,
                              float *scratch,
                              TsnPool *pool);

G_END_DECLS
