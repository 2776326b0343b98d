/* Colours of numbers. */
#include "core/figure/tsn-colour-map.h"

#include <math.h>
#include <stdlib.h>

/* Some of the 256 colours of the published viridis table. */
static const struct
{
  guint index;
  guint8 rgb[3];
} published[] = {
  { 0, { 68, 1, 84 } },      { 32, { 71, 45, 123 } },   { 64, { 59, 82, 139 } },
  { 100, { 42, 118, 142 } }, { 128, { 33, 145, 140 } }, { 150, { 33, 165, 133 } },
  { 200, { 112, 207, 87 } }, { 230, { 189, 223, 38 } }, { 255, { 253, 231, 37 } },
};

static void
test_viridis_is_viridis (void)
{
  guint8 rgb[3];

  for (guint i = 0; i < G_N_ELEMENTS (published); i++)
    {
      tsn_colour_map_look_up (TSN_COLOUR_MAP_VIRIDIS, published[i].index / 255.0f, rgb);
      for (guint c = 0; c < 3; c++)
        g_assert_cmpint (abs (rgb[c] - published[i].rgb[c]), <=, 2);
    }
}

static void
test_viridis_grows_lighter (void)
{
  double last = 0;
  guint8 rgb[3];

  for (guint i = 0; i < 256; i++)
    {
      double lightness;

      tsn_colour_map_look_up (TSN_COLOUR_MAP_VIRIDIS, i / 255.0f, rgb);
      lightness = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
      g_assert_cmpfloat (lightness, >=, last - 0.75);
      last = lightness;
    }
}

static void
test_grey_is_exact (void)
{
  guint8 rgb[3];

  for (guint i = 0; i < 256; i++)
    {
      tsn_colour_map_look_up (TSN_COLOUR_MAP_GREY, i / 255.0f, rgb);
      for (guint c = 0; c < 3; c++)
        g_assert_cmpuint (rgb[c], ==, i);
    }
}

static void
test_outside_the_scale (void)
{
  const float below[] = { -1, -INFINITY, NAN, -1e-30f };
  const float above[] = { 1.5f, INFINITY, 1e30f };
  guint8 rgb[3];

  for (guint i = 0; i < G_N_ELEMENTS (below); i++)
    {
      tsn_colour_map_look_up (TSN_COLOUR_MAP_VIRIDIS, below[i], rgb);
      g_assert_cmpuint (rgb[2], ==, 84);
    }
  for (guint i = 0; i < G_N_ELEMENTS (above); i++)
    {
      tsn_colour_map_look_up (TSN_COLOUR_MAP_GREY, above[i], rgb);
      g_assert_cmpuint (rgb[2], ==, 255);
    }
}

static void
test_normals (void)
{
  const float toward[3] = { 0, 0, 1 };
  const float left_up[3] = { -1, 1, 0 };
  guint8 rgb[3];

  tsn_colour_map_normal (toward, rgb);
  g_assert_cmpuint (rgb[0], ==, 128);
  g_assert_cmpuint (rgb[1], ==, 128);
  g_assert_cmpuint (rgb[2], ==, 255);
  tsn_colour_map_normal (left_up, rgb);
  g_assert_cmpuint (rgb[0], ==, 0);
  g_assert_cmpuint (rgb[1], ==, 255);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/colour-map/viridis", test_viridis_is_viridis);
  g_test_add_func ("/figure/colour-map/lightness", test_viridis_grows_lighter);
  g_test_add_func ("/figure/colour-map/grey", test_grey_is_exact);
  g_test_add_func ("/figure/colour-map/outside", test_outside_the_scale);
  g_test_add_func ("/figure/colour-map/normals", test_normals);
  return g_test_run ();
}
