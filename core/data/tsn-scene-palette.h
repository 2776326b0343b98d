/* Colours that go together in a living room. */
#pragma once

#include "core/data/tsn-scene-builder.h"

G_BEGIN_DECLS

guint32 tsn_palette_choose_cloth (TsnBuilder *builder);
guint32 tsn_palette_choose_accent (TsnBuilder *builder);
guint32 tsn_palette_darken (guint32 rgb);
void tsn_palette_paint_wood (TsnBuilder *builder, double gloss);

G_END_DECLS
