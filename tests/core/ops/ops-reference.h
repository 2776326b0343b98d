/* Plain double-precision versions of every operation, straight from their definitions. */
#pragma once

#include "core/ops/tsn-conv.h"

void reference_conv (const TsnConv *conv,
                     size_t n,
                     const float *x,
                     const float *weight,
                     const float *bias,
                     double *y);
void reference_norm (size_t n,
                     size_t channels,
                     size_t pixels,
                     const float *x,
                     const float *gamma,
                     const float *beta,
                     double *y);
void reference_max_pool (size_t planes, size_t height, size_t width, const float *x, double *y);
void reference_upsample (size_t planes, size_t height, size_t width, const float *x, double *y);
void reference_channel_pool (
    size_t n, size_t channels, size_t bins, size_t pixels, const float *x, double *y);
