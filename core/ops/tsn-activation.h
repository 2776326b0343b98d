/* ReLU and LeakyReLU. */
#pragma once

#include "core/base/tsn-pool.h"

G_BEGIN_DECLS

void tsn_activation_forward (size_t length, const float *x, float slope, float *y, TsnPool *pool);
void tsn_activation_backward (
    size_t length, const float *y, float slope, const float *dy, float *dx, TsnPool *pool);

G_END_DECLS
