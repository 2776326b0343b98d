/* Pixel norm of a vector (Karras et al., 2018). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TSN_PIXEL_NORM_EPS 1e-8

void tsn_pixel_norm_forward (size_t length, const float *x, float *y);
void tsn_pixel_norm_backward (size_t length, const float *x, const float *dy, float *dx);

G_END_DECLS
