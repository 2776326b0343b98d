#include "core/data/tsn-scene-material.h"

static double
srgb_to_linear (guint value)
{
  double v = value / 255.0;

  return v <= 0.04045 ? v / 12.92 : pow ((v + 0.055) / 1.055, 2.4);
}

/**
 * tsn_colour_from_srgb:
 * @rgb: 0xRRGGBB as on a screen
 *
 * Returns: the colour in linear light.
 */
TsnVec3
tsn_colour_from_srgb (guint32 rgb)
{
  return tsn_vec3 (srgb_to_linear (rgb >> 16 & 0xff), srgb_to_linear (rgb >> 8 & 0xff),
                   srgb_to_linear (rgb & 0xff));
}

/* A number in [0, 1) for each point of the integer grid. */
static double
hash_cell (int x, int y, int z)
{
  guint32 h = (guint32) x * 0x8da6b343u ^ (guint32) y * 0xd8163841u ^ (guint32) z * 0xcb1ab31fu;

  h = (h ^ h >> 15) * 0x2c1b3c6du;
  h = (h ^ h >> 12) * 0x297a2d39u;
  return (h ^ h >> 15) / 4294967296.0;
}

static double
ease (double t)
{
  return t * t * (3 - 2 * t);
}

static double
mix (double a, double b, double k)
{
  return a + k * (b - a);
}

/**
 * tsn_noise:
 *
 * Returns: a smooth random number in [0, 1) that changes over distances of 1: value noise in two
 *   octaves.
 */
double
tsn_noise (TsnVec3 point)
{
  double sum = 0, weight = 2.0 / 3;

  for (int octave = 0; octave < 2; octave++)
    {
      TsnVec3 p = tsn_vec3_scale (point, octave == 0 ? 1 : 2.17);
      int x = (int) floor (p.x), y = (int) floor (p.y), z = (int) floor (p.z);
      double fx = ease (p.x - x), fy = ease (p.y - y), fz = ease (p.z - z), layer[2];

      for (int k = 0; k < 2; k++)
        layer[k] = mix (mix (hash_cell (x, y, z + k), hash_cell (x + 1, y, z + k), fx),
                        mix (hash_cell (x, y + 1, z + k), hash_cell (x + 1, y + 1, z + k), fx), fy);
      sum += weight * mix (layer[0], layer[1], fz);
      weight /= 2;
    }
  return sum;
}

static TsnVec3
planks (const TsnMaterial *m, TsnVec3 p)
{
  double across = p.x / m->size;
  int row = (int) floor (across);
  double along = p.z / (8 * m->size) + hash_cell (row, 7, 0);
  int board = (int) floor (along);
  double tone = hash_cell (row, board, 1);
  double grain = tsn_noise (tsn_vec3 (p.x * 60 / (8 * m->size), row * 9 + board, p.z * 4));
  double in_x = across - row, in_z = (along - board) * 8;
  gboolean gap = in_x < 0.025 || in_z < 0.02;
  TsnVec3 colour = tsn_vec3_mix (m->colour, m->other, 0.6 * tone + 0.4 * grain);

  return gap ? tsn_vec3_scale (colour, 0.45) : colour;
}

static TsnVec3
grain (const TsnMaterial *m, TsnVec3 p)
{
  double warp = tsn_noise (tsn_vec3_scale (p, 3));
  double rings = tsn_noise (tsn_vec3 (p.x * 2 + warp, p.y * 45 + 3 * warp, p.z * 45 + 3 * warp));

  return tsn_vec3_mix (m->colour, m->other, rings);
}

static TsnVec3
woven (const TsnMaterial *m, TsnVec3 p)
{
  double u = sin (p.x * 900) * sin (p.y * 900) * sin (p.z * 900 + 1);
  double cloud = tsn_noise (tsn_vec3_scale (p, 14));

  return tsn_vec3_scale (m->colour, 0.9 + 0.06 * u + 0.18 * (cloud - 0.5));
}

static TsnVec3
rug (const TsnMaterial *m, TsnVec3 p)
{
  double u = fabs (p.x) / m->size, v = fabs (p.z) / (0.68 * m->size);
  double diamond = fmod (fabs (p.x) / 0.17 + fabs (p.z) / 0.17, 2.0);
  double pile = 0.85 + 0.3 * tsn_noise (tsn_vec3_scale (p, 70));
  gboolean border = fmax (u, v) > 0.82 && fmax (u, v) < 0.9;
  gboolean inner = fmax (u, v) < 0.78 && diamond < 0.55;

  return tsn_vec3_scale (border || inner ? m->other : m->colour, pile);
}

/* Three ranges of hills, each a little more hazy, under a sky with a sun. */
static TsnVec3
landscape (double u, double v, TsnVec3 ground, TsnVec3 sky)
{
  double sun = hypot (u - 0.35, v - 0.45);
  TsnVec3 colour = tsn_vec3_mix (sky, tsn_vec3 (0.95, 0.75, 0.5), fmax (0.4 - v, 0) * 0.8);

  if (sun < 0.14)
    colour = tsn_vec3 (1, 0.85, 0.55);
  for (int i = 2; i >= 0; i--)
    {
      double ridge = -0.45 + 0.22 * i + 0.2 * sin (u * (2.1 + i) + 1.7 * i)
                     + 0.12 * tsn_noise (tsn_vec3 (u * 3 + 10 * i, i, 0));

      if (v < ridge)
        colour = tsn_vec3_mix (ground, sky, 0.28 * i);
    }
  return colour;
}

static TsnVec3
film (const TsnMaterial *m, TsnVec3 p)
{
  double u = p.x / m->size, v = p.y / m->size;
  TsnVec3 colour = landscape (u * 1.2, v * 1.4, m->colour, m->other);
  double ball = hypot (u + 0.35, (v + 0.12) * 1.1);

  if (ball < 0.2)
    colour = tsn_vec3_mix (tsn_vec3 (0.9, 0.25, 0.1), tsn_vec3 (0.5, 0.06, 0.05), ball * 5);
  return colour;
}

/**
 * tsn_material_get_colour:
 * @local: the point in the frame of its shape, in metres
 *
 * Returns: the share of light that is thrown back there, linear RGB.
 */
TsnVec3
tsn_material_get_colour (const TsnMaterial *m, TsnVec3 local)
{
  switch (m->pattern)
    {
    case TSN_PATTERN_MOTTLED:
      return tsn_vec3_mix (m->colour, m->other, tsn_noise (tsn_vec3_scale (local, 1 / m->size)));
    case TSN_PATTERN_WOVEN:
      return woven (m, local);
    case TSN_PATTERN_PLANKS:
      return planks (m, local);
    case TSN_PATTERN_GRAIN:
      return grain (m, local);
    case TSN_PATTERN_STRIPES:
      return fmod (fabs (local.x + 100 * m->size), 2 * m->size) < m->size ? m->colour : m->other;
    case TSN_PATTERN_RUG:
      return rug (m, local);
    case TSN_PATTERN_PAINTING:
      return landscape (local.x / m->size, local.y / m->size, m->colour, m->other);
    case TSN_PATTERN_FILM:
      return film (m, local);
    default:
      return m->colour;
    }
}

/**
 * tsn_sky_get_colour:
 * @direction: of length 1
 *
 * Returns: what is seen outside: sky with a few clouds over a row of trees and a meadow.
 */
TsnVec3
tsn_sky_get_colour (TsnVec3 direction)
{
  double up = direction.y;
  double turn = atan2 (direction.x, -direction.z);
  double trees = 0.06 + 0.09 * tsn_noise (tsn_vec3 (turn * 9, 0, 0))
                 + 0.03 * tsn_noise (tsn_vec3 (turn * 40, 5, 0));
  TsnVec3 sky = tsn_vec3_mix (tsn_vec3 (0.80, 0.90, 1.0), tsn_vec3 (0.28, 0.5, 0.92),
                              sqrt (CLAMP (up, 0, 1)));
  double cloud = tsn_noise (tsn_vec3 (turn * 4, up * 9, 3));

  if (up < -0.02)
    return tsn_vec3_scale (tsn_vec3 (0.32, 0.42, 0.12), 0.8 + 0.4 * cloud);
  if (up < trees)
    {
      double leaf = tsn_noise (tsn_vec3 (turn * 60, up * 80, 1));

      return tsn_vec3_mix (tsn_vec3 (0.05, 0.12, 0.04), tsn_vec3 (0.22, 0.36, 0.10), leaf);
    }
  return tsn_vec3_mix (sky, tsn_vec3 (1, 1, 1), CLAMP ((cloud - 0.5) * 2.4, 0, 0.9));
}
