/* Adaptive average pooling over channels: how a narrow task reads a wide head. */
#pragma once

#include "core/base/tsn-pool.h"

G_BEGIN_DECLS

void tsn_channel_pool_bin (size_t channels, size_t bins, size_t bin, size_t *first, size_t *last);
void tsn_channel_pool_forward (
    size_t n, size_t channels, size_t bins, size_t pixels, const float *x, float *y, TsnPool *pool);
void tsn_channel_pool_backward (size_t n,
                                size_t channels,
                                size_t bins,
                                size_t pixels,
                                const float *dy,
                                float *dx,
                                TsnPool *pool);

G_END_DECLS
