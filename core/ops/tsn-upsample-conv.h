/* 3x3 convolution of a bilinearly upsampled map, most of it done before the upsampling. */
#pragma once

#include "core/base/tsn-pool.h"
#include "core/ops/tsn-gemm.h"

G_BEGIN_DECLS

/**
 * TsnUpsampleConv:
 * @weights: [C, 9 x columns]; panel 9 j + t holds tap t of output channels 32 j .. 32 j + 31
 *
 * Upsampling is linear and treats all channels alike, so it commutes with mixing channels: the
 * nine taps are multiplied with the small map, and the products are upsampled, shifted and added.
 * That is a quarter of the multiplications of the plain order, and the upsampled map is never
 * made.  (Winograd's F(4x4, 3x3) saves as much, but has to transform the large map first.)
 */
typedef struct
{
  TsnPacked weights;
} TsnUpsampleConv;

/**
 * TsnUpsampleItem:
 * @x: small map
 * @activation: applied to @x before anything else
 * @y: (inout): map of twice the size
 * @sums: (out): [2, channels] sums, then sums of squares, over the pixels of the final @y: what an
 *   instance norm needs
 *
 * One of the maps that are convolved together, so that the weights are read once for all.
 */
typedef struct
{
  const TsnMap *x;
  TsnActivation activation;
  const TsnMap *y;
  double *sums;
} TsnUpsampleItem;

void tsn_upsample_conv_init (TsnUpsampleConv *conv, const TsnConvWeights *weights, TsnPool *pool);
void tsn_upsample_conv_clear (TsnUpsampleConv *conv);
void tsn_upsample_weights (size_t length, size_t position, float *weights);
size_t tsn_upsample_conv_scratch (const TsnUpsampleConv *conv, const TsnMap *x, guint threads);
void tsn_upsample_conv_forward (const TsnUpsampleConv *conv,
                                const TsnKernels *kernels,
                                const TsnUpsampleItem *items,
                                size_t n_items,
                                gboolean add,
                                float *scratch,
                                TsnPool *pool);

G_END_DECLS
