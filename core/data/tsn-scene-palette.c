#include "core/data/tsn-scene-palette.h"

static const guint32 cloths[]
    = { 0x3f5e78, 0x7a4b3a, 0x5d6b4f, 0x8a8378, 0x9c5a3c, 0x37474f, 0x6b5b7b, 0xb08a4e };
static const guint32 accents[] = { 0xd9a441, 0xc8553d, 0xe8e2d0, 0x2f6f6b, 0xb5446e, 0x4a7fb0 };
static const guint32 woods[] = { 0x8a5a33, 0x6b4226, 0xb98a58, 0x4e3524, 0xa8754a };

/**
 * tsn_palette_choose_cloth:
 *
 * Returns: a quiet colour, 0xRRGGBB, for what is large.
 */
guint32
tsn_palette_choose_cloth (TsnBuilder *builder)
{
  return tsn_builder_choose (builder, cloths, G_N_ELEMENTS (cloths));
}

/**
 * tsn_palette_choose_accent:
 *
 * Returns: a lively colour, 0xRRGGBB, for what is small.
 */
guint32
tsn_palette_choose_accent (TsnBuilder *builder)
{
  return tsn_builder_choose (builder, accents, G_N_ELEMENTS (accents));
}

/**
 * tsn_palette_darken:
 *
 * Returns: a tone three quarters as bright on a screen.
 */
guint32
tsn_palette_darken (guint32 rgb)
{
  return (rgb >> 1 & 0x7f7f7f) + (rgb >> 2 & 0x3f3f3f);
}

/**
 * tsn_palette_paint_wood:
 * @gloss: strength of mirror images
 *
 * Makes the next shapes of a wood chosen by chance.
 */
void
tsn_palette_paint_wood (TsnBuilder *builder, double gloss)
{
  guint32 wood = tsn_builder_choose (builder, woods, G_N_ELEMENTS (woods));
  const TsnMaterial material = {
    .pattern = TSN_PATTERN_GRAIN,
    .colour = tsn_colour_from_srgb (wood),
    .other = tsn_colour_from_srgb (tsn_palette_darken (wood)),
    .size = 1,
    .gloss = gloss,
  };

  tsn_builder_paint (builder, &material);
}
