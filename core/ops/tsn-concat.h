/* Concatenation over channels. */
#pragma once

#include "core/base/tsn-pool.h"

G_BEGIN_DECLS

void tsn_concat_forward (size_t n,
                         size_t channels_a,
                         size_t channels_b,
                         size_t pixels,
                         const float *a,
                         const float *b,
                         float *y,
                         TsnPool *pool);
void tsn_concat_backward (size_t n,
                          size_t channels_a,
                          size_t channels_b,
                          size_t pixels,
                          const float *dy,
                          float *da,
                          float *db,
                          TsnPool *pool);

G_END_DECLS
