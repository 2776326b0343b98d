/* Bilinear upsampling by two with aligned corners. */
#pragma once

#include "core/base/tsn-pool.h"

G_BEGIN_DECLS

void tsn_upsample_position (size_t length, size_t i, size_t *low, size_t *high, float *fraction);
void tsn_upsample_forward (
    size_t planes, size_t height, size_t width, const float *x, float *y, TsnPool *pool);
void tsn_upsample_backward (
    size_t planes, size_t height, size_t width, const float *dy, float *dx, TsnPool *pool);

G_END_DECLS
