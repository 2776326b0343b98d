/* What the solids of scenes look like. */
#pragma once

#include <glib.h>

#include "core/data/tsn-vec3.h"

G_BEGIN_DECLS

/**
 * TsnPattern:
 * @TSN_PATTERN_PLAIN: one colour
 * @TSN_PATTERN_MOTTLED: two colours in soft clouds: plaster, leather, skin, fur
 * @TSN_PATTERN_WOVEN: a colour in fine threads: cloth
 * @TSN_PATTERN_PLANKS: boards of wood along z
 * @TSN_PATTERN_GRAIN: wood in one piece, along x
 * @TSN_PATTERN_STRIPES: bands across x
 * @TSN_PATTERN_RUG: a border and diamonds, seen from above
 * @TSN_PATTERN_PAINTING: hills under a sun, on the x-y plane
 * @TSN_PATTERN_FILM: what is on television, likewise
 *
 * How the colour depends on the place.
 */
typedef enum
{
  TSN_PATTERN_PLAIN,
  TSN_PATTERN_MOTTLED,
  TSN_PATTERN_WOVEN,
  TSN_PATTERN_PLANKS,
  TSN_PATTERN_GRAIN,
  TSN_PATTERN_STRIPES,
  TSN_PATTERN_RUG,
  TSN_PATTERN_PAINTING,
  TSN_PATTERN_FILM,
} TsnPattern;

/**
 * TsnMaterial:
 * @pattern: how the colour depends on the place
 * @colour: share of the light that is thrown back, linear RGB
 * @other: the pattern's second colour
 * @size: of what repeats, in metres; for pictures half of their width
 * @gloss: strength of mirror images, 0 for none
 * @glow: light that it gives, as a multiple of its colour
 *
 * The surface of a solid.
 */
typedef struct
{
  TsnPattern pattern;
  TsnVec3 colour;
  TsnVec3 other;
  double size;
  double gloss;
  double glow;
} TsnMaterial;

TsnVec3 tsn_material_get_colour (const TsnMaterial *material, TsnVec3 local);
TsnVec3 tsn_sky_get_colour (TsnVec3 direction);
TsnVec3 tsn_colour_from_srgb (guint32 rgb);
double tsn_noise (TsnVec3 point);

G_END_DECLS
