/* Max pooling, 3x3 with stride 2 and padding 1, as after the first convolution of a ResNet. */
#pragma once

#include "core/base/tsn-pool.h"

G_BEGIN_DECLS

void tsn_max_pool_forward (
    size_t planes, size_t height, size_t width, const float *x, float *y, TsnPool *pool);
void tsn_max_pool_backward (size_t planes,
                            size_t height,
                            size_t width,
                            const float *x,
                            const float *dy,
                            float *dx,
                            TsnPool *pool);

G_END_DECLS
