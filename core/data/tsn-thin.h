/* Morphological thinning of binary maps. */
#pragma once

#include "core/data/tsn-bitmap.h"

G_BEGIN_DECLS

void tsn_bitmap_thin (TsnBitmap *bitmap);

G_END_DECLS
