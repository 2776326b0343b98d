/* Scaled ("equalised learning rate") linear layer (Karras et al., 2018). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void tsn_linear_forward (size_t fan_in,
                         size_t fan_out,
                         const float *x,
                         const float *weight,
                         const float *bias,
                         float scale,
                         float *y);

G_END_DECLS
