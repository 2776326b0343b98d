#include "core/figure/tsn-colour-map.h"

#define N_KNOTS 33

/* Knots of the piecewise linear curve that fits the 256 colours of viridis best (least squares). */
static const guint8 viridis[N_KNOTS][3] = {
  { 68, 1, 84 },    { 71, 13, 96 },   { 72, 24, 106 },  { 72, 35, 116 },  { 71, 45, 123 },
  { 69, 54, 129 },  { 66, 64, 134 },  { 63, 73, 137 },  { 59, 82, 139 },  { 55, 90, 141 },
  { 51, 99, 141 },  { 47, 106, 142 }, { 44, 114, 142 }, { 41, 122, 142 }, { 38, 129, 142 },
  { 35, 137, 142 }, { 33, 144, 141 }, { 31, 152, 139 }, { 30, 159, 136 }, { 33, 166, 133 },
  { 39, 174, 128 }, { 49, 181, 123 }, { 61, 188, 116 }, { 76, 194, 108 }, { 92, 201, 99 },
  { 110, 206, 88 }, { 129, 212, 76 }, { 150, 216, 64 }, { 171, 220, 50 }, { 192, 223, 36 },
  { 213, 226, 25 }, { 234, 229, 25 }, { 253, 231, 36 },
};

/* Ends of the diverging scale. */
static const guint8 cold[3] = { 33, 102, 172 };
static const guint8 warm[3] = { 217, 94, 3 };

/* The negated comparison also sends a NaN to 0. */
static float
unit (float t)
{
  return !(t > 0) ? 0 : MIN (t, 1);
}

static void
look_up_diverging (float t, guint8 rgb[3])
{
  const guint8 *end = t < 0.5f ? cold : warm;
  float weight = t < 0.5f ? 1 - 2 * t : 2 * t - 1;

  for (guint c = 0; c < 3; c++)
    rgb[c] = 255 * (1 - weight) + end[c] * weight + 0.5f;
}

static void
look_up_viridis (float t, guint8 rgb[3])
{
  float at = t * (N_KNOTS - 1);
  guint knot = MIN ((guint) at, N_KNOTS - 2);
  float weight = at - knot;

  for (guint c = 0; c < 3; c++)
    rgb[c] = viridis[knot][c] * (1 - weight) + viridis[knot + 1][c] * weight + 0.5f;
}

/**
 * tsn_colour_map_look_up:
 * @t: place on the scale; below 0 (and NaN) is taken as 0, above 1 as 1
 * @rgb: (out): the colour, sRGB
 */
void
tsn_colour_map_look_up (TsnColourMap map, float t, guint8 rgb[3])
{
  switch (map)
    {
    case TSN_COLOUR_MAP_GREY:
      rgb[0] = rgb[1] = rgb[2] = unit (t) * 255 + 0.5f;
      break;
    case TSN_COLOUR_MAP_DIVERGING:
      look_up_diverging (unit (t), rgb);
      break;
    case TSN_COLOUR_MAP_VIRIDIS:
    default:
      look_up_viridis (unit (t), rgb);
      break;
    }
}

/**
 * tsn_colour_map_normal:
 * @normal: a vector of length at most 1: x right, y up, z toward the viewer
 * @rgb: (out): (v + 1) x 127.5 of each component, as the data sets store normals
 */
void
tsn_colour_map_normal (const float normal[3], guint8 rgb[3])
{
  for (guint c = 0; c < 3; c++)
    rgb[c] = unit ((normal[c] + 1) / 2) * 255 + 0.5f;
}
