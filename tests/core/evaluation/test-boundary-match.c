#include "core/base/tsn-random.h"
#include "core/evaluation/tsn-boundary-match.h"

#include "brute.h"

#include <math.h>

typedef struct
{
  int x;
  int y;
} Point;

static GArray *
list_points (const TsnBitmap *bitmap)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (Point));

  for (guint y = 0; y < bitmap->height; y++)
    for (guint x = 0; x < bitmap->width; x++)
      if (tsn_bitmap_get (bitmap, x, y))
        g_array_append_val (points, ((Point){ x, y }));
  return points;
}

/* Every pair of pixels, by the definition. */
static void
match_by_brute_force (
    const TsnBitmap *predicted, const TsnBitmap *truth, double radius, size_t *count, gint64 *cost)
{
  g_autoptr (GArray) left = list_points (predicted);
  g_autoptr (GArray) right = list_points (truth);
  g_autofree gint32 *table = g_new (gint32, MAX (1, left->len * right->len));

  for (guint i = 0; i < left->len; i++)
    for (guint j = 0; j < right->len; j++)
      {
        Point a = g_array_index (left, Point, i), b = g_array_index (right, Point, j);
        double d = hypot (a.x - b.x, a.y - b.y);

        table[i * right->len + j] = d <= radius ? (gint32)rint (100 * d) : -1;
      }
  brute_match (table, left->len, right->len, (gint32)ceil (100 * 100 * radius), count, cost);
}

static TsnBitmap *
scatter (guint width, guint height, TsnRandom *random, double density)
{
  TsnBitmap *bitmap = tsn_bitmap_new (width, height);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      if (tsn_random_uniform (random) < density)
        tsn_bitmap_set (bitmap, x, y);
  return bitmap;
}

static void
assert_optimal (TsnBoundaryMatch *match,
                const TsnBitmap *predicted,
                const TsnBitmap *truth,
                double radius)
{
  g_autoptr (TsnBitmap) matched = tsn_bitmap_new (truth->width, truth->height);
  size_t count;
  gint64 cost;

  match_by_brute_force (predicted, truth, radius, &count, &cost);
  g_assert_cmpuint (tsn_boundary_match_get_count (match), ==, count);
  g_assert_cmpint (tsn_boundary_match_get_cost (match), ==, cost);
  tsn_boundary_match_mark (match, matched);
  g_assert_cmpuint (tsn_bitmap_count (matched), ==, count);
  tsn_bitmap_or (matched, predicted);
  g_assert_true (tsn_bitmap_equal (matched, predicted));
}

static void
test_match_is_optimal (void)
{
  TsnRandom random;

  tsn_random_init (&random, 8);
  for (int round = 0; round < 3000; round++)
    {
      guint width = 1 + tsn_random_below (&random, 12), height = 1 + tsn_random_below (&random, 12);
      double radius = 0.5 + 4 * tsn_random_uniform (&random);
      double density = tsn_random_uniform (&random) * 0.4;
      g_autoptr (TsnBitmap) truth = scatter (width, height, &random, density);
      g_autoptr (TsnBitmap) predicted = scatter (width, height, &random, 0.2);
      g_autoptr (TsnBoundaryMatch) match = tsn_boundary_match_new (predicted, truth, radius);

      tsn_boundary_match_update (match, predicted);
      assert_optimal (match, predicted, truth, radius);
    }
}

/* Pixels on either side of word borders, and windows that span several words. */
static void
test_match_wide_maps (void)
{
  TsnRandom random;

  tsn_random_init (&random, 9);
  for (int round = 0; round < 40; round++)
    {
      double radius = round % 2 ? 70 * tsn_random_uniform (&random) : 3.3;
      g_autoptr (TsnBitmap) truth = scatter (193, 5, &random, 0.06);
      g_autoptr (TsnBitmap) predicted = scatter (193, 5, &random, 0.06);
      g_autoptr (TsnBoundaryMatch) match = tsn_boundary_match_new (predicted, truth, radius);

      tsn_boundary_match_update (match, predicted);
      assert_optimal (match, predicted, truth, radius);
    }
}

static void
test_match_follows_changes (void)
{
  TsnRandom random;

  tsn_random_init (&random, 10);
  for (int round = 0; round < 60; round++)
    {
      g_autoptr (TsnBitmap) all = tsn_bitmap_new (70, 9);
      g_autoptr (TsnBitmap) truth = scatter (70, 9, &random, 0.1);
      g_autoptr (TsnBoundaryMatch) match = NULL;
      TsnBitmap *steps[6];

      for (int i = 0; i < 6; i++)
        {
          steps[i] = scatter (70, 9, &random, 0.15 * tsn_random_uniform (&random));
          tsn_bitmap_or (all, steps[i]);
        }
      match = tsn_boundary_match_new (all, truth, 2.9);
      for (int i = 0; i < 6; i++)
        {
          tsn_boundary_match_update (match, steps[i]);
          assert_optimal (match, steps[i], truth, 2.9);
          tsn_bitmap_free (steps[i]);
        }
    }
}

/* A radius of exactly the distance still matches; a hair less does not. */
static void
test_match_radius_is_inclusive (void)
{
  g_autoptr (TsnBitmap) a = tsn_bitmap_new (10, 10);
  g_autoptr (TsnBitmap) b = tsn_bitmap_new (10, 10);
  g_autoptr (TsnBoundaryMatch) far = NULL;
  g_autoptr (TsnBoundaryMatch) near = NULL;

  tsn_bitmap_set (a, 1, 1);
  tsn_bitmap_set (b, 4, 5);
  near = tsn_boundary_match_new (a, b, 5.0);
  tsn_boundary_match_update (near, a);
  g_assert_cmpuint (tsn_boundary_match_get_count (near), ==, 1);
  g_assert_cmpint (tsn_boundary_match_get_cost (near), ==, 500);
  far = tsn_boundary_match_new (a, b, 4.99);
  tsn_boundary_match_update (far, a);
  g_assert_cmpuint (tsn_boundary_match_get_count (far), ==, 0);
}

/* One predicted pixel between two annotated ones matches one of them only. */
static void
test_match_is_one_to_one (void)
{
  g_autoptr (TsnBitmap) a = tsn_bitmap_new (5, 1);
  g_autoptr (TsnBitmap) b = tsn_bitmap_new (5, 1);
  g_autoptr (TsnBoundaryMatch) match = NULL;

  tsn_bitmap_set (a, 2, 0);
  tsn_bitmap_set (b, 1, 0);
  tsn_bitmap_set (b, 3, 0);
  match = tsn_boundary_match_new (a, b, 2);
  tsn_boundary_match_update (match, a);
  g_assert_cmpuint (tsn_boundary_match_get_count (match), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/boundary-match/is-optimal", test_match_is_optimal);
  g_test_add_func ("/boundary-match/wide-maps", test_match_wide_maps);
  g_test_add_func ("/boundary-match/follows-changes", test_match_follows_changes);
  g_test_add_func ("/boundary-match/radius-is-inclusive", test_match_radius_is_inclusive);
  g_test_add_func ("/boundary-match/is-one-to-one", test_match_is_one_to_one);
  return g_test_run ();
}
