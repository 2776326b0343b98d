/* Feature maps as pictures and numbers. */
#include "core/figure/tsn-colour-map.h"
#include "core/figure/tsn-feature.h"

#include <math.h>

/* [1, 3, 2, 4]: channel c of pixel i is c 10 + i, the last channel negative. */
static TsnTensor *
make_map (void)
{
  TsnTensor *map = tsn_tensor_new_nchw (1, 3, 2, 4);

  for (guint c = 0; c < 3; c++)
    for (guint i = 0; i < 8; i++)
      map->data[c * 8 + i] = (c == 2 ? -1.0f : 1.0f) * (c * 10 + i);
  return map;
}

static void
test_reductions (void)
{
  g_autoptr (TsnTensor) map = make_map ();
  float plane[8];

  tsn_feature_reduce (map, TSN_FEATURE_CHANNEL, 1, plane);
  g_assert_cmpfloat (plane[3], ==, 13);
  tsn_feature_reduce (map, TSN_FEATURE_MEAN, 0, plane);
  g_assert_cmpfloat_with_epsilon (plane[4], (4 + 14 - 24) / 3.0, 1e-5);
  tsn_feature_reduce (map, TSN_FEATURE_ENERGY, 0, plane);
  g_assert_cmpfloat_with_epsilon (plane[2], sqrt (4 + 144 + 484), 1e-4);
}

/* One wild pixel of a thousand does not take the colours; a constant has a range of its own. */
static void
test_range_is_robust (void)
{
  g_autofree float *plane = g_new (float, 1000), *flat = g_new0 (float, 1000);
  const float *both[2] = { plane, flat };
  TsnFeatureRange range;
  guint8 rgb[3], middle[3];

  for (guint i = 0; i < 1000; i++)
    plane[i] = i / 1000.0f;
  plane[500] = 1e9f;
  plane[501] = NAN;
  tsn_feature_find_range (&both[0], 1, 1000, &range);
  g_assert_cmpfloat_with_epsilon (range.low, 0.01, 0.003);
  g_assert_cmpfloat_with_epsilon (range.high, 0.99, 0.003);
  tsn_feature_find_range (&both[1], 1, 1000, &range);
  g_assert_cmpfloat (range.low, ==, 0);
  g_assert_cmpfloat (range.high, ==, 0);
  tsn_feature_colour (flat, 1, &range, rgb);
  tsn_colour_map_look_up (TSN_COLOUR_MAP_VIRIDIS, 0.5f, middle);
  g_assert_cmpmem (rgb, 3, middle, 3);
  flat[7] = 4;
  tsn_feature_find_range (&both[1], 1, 1000, &range);
  g_assert_cmpfloat (range.high, ==, 4);
}

/* Several maps share one scale: equal numbers have equal colours. */
static void
test_range_is_joint (void)
{
  const float low[4] = { 0, 1, 2, 3 }, high[4] = { 3, 8, 9, 10 };
  const float *planes[2] = { low, high };
  TsnFeatureRange range;
  guint8 a[12], b[12];

  tsn_feature_find_range (planes, 2, 4, &range);
  g_assert_cmpfloat (range.low, ==, 0);
  g_assert_cmpfloat (range.high, ==, 10);
  tsn_feature_colour (low, 4, &range, a);
  tsn_feature_colour (high, 4, &range, b);
  g_assert_cmpmem (a + 9, 3, b, 3);
}

static void
test_ranks_by_energy (void)
{
  g_autoptr (TsnTensor) map = make_map ();
  g_autofree guint *order = tsn_feature_rank (&map, 1);

  g_assert_cmpuint (order[0], ==, 2);
  g_assert_cmpuint (order[1], ==, 1);
  g_assert_cmpuint (order[2], ==, 0);
}

static void
test_tiles (void)
{
  g_autoptr (TsnTensor) map = tsn_tensor_new_nchw (1, 2, 6, 10);
  g_autoptr (TsnFeatureTiles) whole = NULL, small = NULL;
  const guint order[] = { 1, 0 };
  guint8 first[3], last[3];

  for (guint i = 0; i < 120; i++)
    map->data[i] = i % 10 < 5 ? 0 : 1;
  whole = tsn_feature_tiles_new (map, NULL, 64);
  g_assert_cmpuint (whole->n, ==, 2);
  g_assert_cmpuint (whole->width, ==, 10);
  g_assert_cmpuint (whole->height, ==, 6);
  small = tsn_feature_tiles_new (map, order, 5);
  g_assert_cmpuint (small->width, ==, 5);
  g_assert_cmpuint (small->height, ==, 3);
  g_assert_cmpuint (small->channels[0], ==, 1);
  tsn_colour_map_look_up (TSN_COLOUR_MAP_VIRIDIS, 0, first);
  tsn_colour_map_look_up (TSN_COLOUR_MAP_VIRIDIS, 1, last);
  g_assert_cmpmem (small->rgb, 3, first, 3);
  g_assert_cmpmem (small->rgb + 3 * 14, 3, last, 3);
}

static void
test_stats (void)
{
  const float values[8] = { 0, 0, -1, 1, 2, 2, 3, 1 };
  TsnFeatureStats stats;
  double sum = 0;

  tsn_feature_measure (values, 8, &stats);
  g_assert_cmpfloat (stats.min, ==, -1);
  g_assert_cmpfloat (stats.max, ==, 3);
  g_assert_cmpfloat (stats.mean, ==, 1);
  g_assert_cmpfloat_with_epsilon (stats.deviation, sqrt (12 / 8.0), 1e-12);
  g_assert_cmpfloat (stats.zeros, ==, 0.25);
  g_assert_cmpfloat (stats.negative, ==, 0.125);
  for (guint i = 0; i < TSN_FEATURE_BINS; i++)
    sum += stats.bins[i];
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (stats.bins[0], 0.125, 1e-12);
  g_assert_cmpfloat_with_epsilon (stats.bins[TSN_FEATURE_BINS / 4], 0.25, 1e-12);
}

static void
test_distances (void)
{
  g_autoptr (TsnTensor) a = make_map (), b = make_map ();
  g_autofree double *distances = NULL;
  const float x[2] = { 1, 0 }, y[2] = { 0, 1 }, z[2] = { -1, 0 }, zero[2] = { 0, 0 };

  g_assert_cmpfloat (tsn_feature_distance (x, x, 2), ==, 0);
  g_assert_cmpfloat_with_epsilon (tsn_feature_distance (x, y, 2), sqrt (2), 1e-12);
  g_assert_cmpfloat (tsn_feature_distance (x, z, 2), ==, 2);
  g_assert_cmpfloat (tsn_feature_distance (zero, zero, 2), ==, 0);
  for (guint i = 0; i < 8; i++)
    b->data[8 + i] *= -1;
  distances = tsn_feature_channel_distances (a, b);
  g_assert_cmpfloat (distances[0], ==, 0);
  g_assert_cmpfloat (distances[1], ==, 2);
  g_assert_cmpfloat (distances[2], ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/feature/reductions", test_reductions);
  g_test_add_func ("/figure/feature/range/robust", test_range_is_robust);
  g_test_add_func ("/figure/feature/range/joint", test_range_is_joint);
  g_test_add_func ("/figure/feature/rank", test_ranks_by_energy);
  g_test_add_func ("/figure/feature/tiles", test_tiles);
  g_test_add_func ("/figure/feature/stats", test_stats);
  g_test_add_func ("/figure/feature/distances", test_distances);
  return g_test_run ();
}
