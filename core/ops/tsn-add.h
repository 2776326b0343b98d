/* Sum of two maps. */
#pragma once

#include "core/base/tsn-pool.h"

G_BEGIN_DECLS

void tsn_add_forward (size_t length, const float *a, const float *b, float *y, TsnPool *pool);

G_END_DECLS
