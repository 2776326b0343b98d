/* Two-dimensional convolution. */
#pragma once

#include "core/base/tsn-pool.h"

G_BEGIN_DECLS

/**
 * TsnConv:
 * @in_channels: Ci
 * @out_channels: Co
 * @height: H of the input
 * @width: W of the input
 * @kernel: k, odd; the padding is k / 2
 * @stride: 1 or 2
 *
 * Shape of a convolution of [N, Ci, H, W] with a [Co, Ci, k, k] weight.
 */
typedef struct
{
  size_t in_channels;
  size_t out_channels;
  size_t height;
  size_t width;
  size_t kernel;
  size_t stride;
} TsnConv;

size_t tsn_conv_out_height (const TsnConv *conv);
size_t tsn_conv_out_width (const TsnConv *conv);

size_t tsn_conv_scratch (const TsnConv *conv, guint threads);
void tsn_conv_forward (const TsnConv *conv,
                       size_t n,
                       const float *x,
                       const float *weight,
                       const float *bias,
                       float *y,
                       float *scratch,
                       TsnPool *pool);

size_t tsn_conv_backward_scratch (const TsnConv *conv, guint threads);
void tsn_conv_backward_data (const TsnConv *conv,
                             size_t n,
                             const float *weight,
                             const float *dy,
                             float *dx,
                             float *scratch,
                             TsnPool *pool);
void tsn_conv_backward_weight (const TsnConv *conv,
                               size_t n,
                               const float *x,
                               const float *dy,
                               float *dweight,
                               float *scratch,
                               TsnPool *pool);
void tsn_conv_backward_bias (
    const TsnConv *conv, size_t n, const float *dy, float *dbias, TsnPool *pool);

G_END_DECLS
