/* A blend of tasks as plain data. */
#pragma once

#include "core/figure/tsn-study.h"
#include "ui/tsn-blend.h"

G_BEGIN_DECLS

void tsn_blend_get_study (TsnBlend *self, TsnStudy *study);
void tsn_blend_set_study (TsnBlend *self, const TsnStudy *study);

G_END_DECLS
