/* 3x3 stride-1 convolution of maps in NCHW by Winograd's F(4x4, 3x3) (Lavin and Gray, CVPR 2016),
 * forward and backward: 36 products per 4x4 tile instead of 144. */
#pragma once

#include "core/ops/tsn-conv.h"

G_BEGIN_DECLS

gboolean tsn_conv_winograd_suits (const TsnConv *conv);

size_t tsn_conv_winograd_scratch (const TsnConv *conv, size_t n, guint threads);
void tsn_conv_winograd_forward (const TsnConv *conv,
                                size_t n,
                                const float *x,
                                const float *weight,
                                const float *bias,
                                float *y,
                                float *scratch,
                                TsnPool *pool);
void tsn_conv_winograd_backward_data (const TsnConv *conv,
                                      size_t n,
                                      const float *weight,
                                      const float *dy,
                                      float *dx,
                                      float *scratch,
                                      TsnPool *pool);
void tsn_conv_winograd_backward_weight (const TsnConv *conv,
                                        size_t n,
                                        const float *x,
                                        const float *dy,
                                        float *dweight,
                                        float *scratch,
                                        TsnPool *pool);

/*< private >*/
size_t tsn_conv_winograd_weight_scratch (const TsnConv *conv, size_t n, guint threads);

G_END_DECLS
