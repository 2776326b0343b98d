/* Instance normalisation (Ulyanov et al., 2016), and AdaIN on top of it (Huang and Belongie, 2017).
 */
#pragma once

#include "core/base/tsn-pool.h"

G_BEGIN_DECLS

void tsn_instance_norm_forward (size_t n,
                                size_t channels,
                                size_t pixels,
                                const float *x,
                                const float *gamma,
                                const float *beta,
                                float *y,
                                TsnPool *pool);

G_END_DECLS
