#include "core/base/tsn-random.h"
#include "core/data/tsn-thin.h"

#include <string.h>

/* A drawing of rows of '#' and '.'. */
static TsnBitmap *
parse (const char *const *rows)
{
  guint height = g_strv_length ((char **)rows), width = strlen (rows[0]);
  TsnBitmap *bitmap = tsn_bitmap_new (width, height);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      if (rows[y][x] == '#')
        tsn_bitmap_set (bitmap, x, y);
  return bitmap;
}

static void
assert_thins_to (const char *const *before, const char *const *after)
{
  g_autoptr (TsnBitmap) bitmap = parse (before);
  g_autoptr (TsnBitmap) expected = parse (after);

  tsn_bitmap_thin (bitmap);
  for (guint y = 0; y < expected->height; y++)
    for (guint x = 0; x < expected->width; x++)
      g_assert_cmpint (tsn_bitmap_get (bitmap, x, y), ==, tsn_bitmap_get (expected, x, y));
}

/* Neighbour k = 1..8 of a pixel: the east one first, counter-clockwise. */
static int
neighbour (const TsnBitmap *map, int x, int y, int k)
{
  static const int dx[] = { 1, 1, 0, -1, -1, -1, 0, 1 };
  static const int dy[] = { 0, -1, -1, -1, 0, 1, 1, 1 };

  x += dx[(k - 1) % 8];
  y += dy[(k - 1) % 8];
  return x >= 0 && y >= 0 && x < (int)map->width && y < (int)map->height
         && tsn_bitmap_get (map, x, y);
}

/* The conditions, literally. */
static gboolean
goes (const TsnBitmap *map, int x, int y, gboolean second)
{
  int n[10], crossings = 0, n1 = 0, n2 = 0;

  for (int k = 1; k <= 9; k++)
    n[k] = neighbour (map, x, y, k);
  for (int i = 1; i <= 4; i++)
    {
      crossings += !n[2 * i - 1] && (n[2 * i] || n[2 * i + 1]);
      n1 += n[2 * i - 1] || n[2 * i];
      n2 += n[2 * i] || n[2 * i + 1];
    }
  if (crossings != 1 || MIN (n1, n2) < 2 || MIN (n1, n2) > 3)
    return FALSE;
  return second ? !((n[6] || n[7] || !n[4]) && n[5]) : !((n[2] || n[3] || !n[8]) && n[1]);
}

static TsnBitmap *
thin_literally (const TsnBitmap *bitmap)
{
  TsnBitmap *map = tsn_bitmap_copy (bitmap);
  gboolean changed = TRUE;

  while (changed)
    {
      changed = FALSE;
      for (int second = 0; second <= 1; second++)
        {
          g_autoptr (TsnBitmap) old = tsn_bitmap_copy (map);

          for (guint y = 0; y < old->height; y++)
            for (guint x = 0; x < old->width; x++)
              if (tsn_bitmap_get (old, x, y) && goes (old, x, y, second))
                {
                  map->words[y * map->stride + x / 64] &= ~(G_GUINT64_CONSTANT (1) << x % 64);
                  changed = TRUE;
                }
        }
    }
  return map;
}

static void
test_thin_lines_stay (void)
{
  static const char *const lines[] = { "#......", ".#...#.", "..#..#.", "...#.#.",
                                       ".......", "#######", NULL };

  assert_thins_to (lines, lines);
}

static void
test_thin_bar_becomes_its_middle (void)
{
  static const char *const bar[] = { ".........", ".#######.", ".#######.",
                                     ".#######.", ".........", NULL };
  static const char *const middle[] = { ".........", ".........", "..#####..",
                                        ".........", ".........", NULL };

  assert_thins_to (bar, middle);
}

static void
test_thin_square_becomes_its_centre (void)
{
  static const char *const square[] = { "###", "###", "###", NULL };
  static const char *const centre[] = { "...", ".#.", "...", NULL };

  assert_thins_to (square, centre);
}

static void
test_thin_ring_keeps_its_hole (void)
{
  static const char *const ring[] = { "#######", "#######", "##...##", "##...##",
                                      "##...##", "#######", "#######", NULL };
  g_autoptr (TsnBitmap) bitmap = parse (ring);

  tsn_bitmap_thin (bitmap);
  g_assert_false (tsn_bitmap_get (bitmap, 3, 3));
  g_assert_cmpuint (tsn_bitmap_count (bitmap), >=, 12);
  g_assert_cmpuint (tsn_bitmap_count (bitmap), <=, 20);
}

static void
test_thin_nothing_and_one_pixel (void)
{
  static const char *const nothing[] = { "..", "..", NULL };
  static const char *const pixel[] = { "#", NULL };

  assert_thins_to (nothing, nothing);
  assert_thins_to (pixel, pixel);
}

static void
fill_blobs (TsnBitmap *bitmap, TsnRandom *random, double density)
{
  guint n = (guint)(density * bitmap->width * bitmap->height / 9) + 1;

  for (guint i = 0; i < n; i++)
    {
      guint x = tsn_random_below (random, bitmap->width), w = tsn_random_below (random, 9);
      guint y = tsn_random_below (random, bitmap->height), h = tsn_random_below (random, 6);

      for (guint v = y; v < MIN (y + h, bitmap->height); v++)
        for (guint u = x; u < MIN (x + w, bitmap->width); u++)
          tsn_bitmap_set (bitmap, u, v);
    }
}

static void
test_thin_equals_literal (void)
{
  static const guint widths[] = { 1, 2, 3, 31, 63, 64, 65, 127, 128, 129, 200 };
  TsnRandom random;

  tsn_random_init (&random, 3);
  for (guint round = 0; round < 40; round++)
    for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
      {
        g_autoptr (TsnBitmap) bitmap =
            tsn_bitmap_new (widths[i], 1 + tsn_random_below (&random, 40));
        g_autoptr (TsnBitmap) expected = NULL;

        fill_blobs (bitmap, &random, 0.1 + tsn_random_uniform (&random));
        expected = thin_literally (bitmap);
        tsn_bitmap_thin (bitmap);
        g_assert_true (tsn_bitmap_equal (bitmap, expected));
      }
}

static void
test_thin_full_map (void)
{
  g_autoptr (TsnBitmap) bitmap = tsn_bitmap_new (150, 90);
  g_autoptr (TsnBitmap) expected = NULL;

  for (guint y = 0; y < 90; y++)
    for (guint x = 0; x < 150; x++)
      tsn_bitmap_set (bitmap, x, y);
  expected = thin_literally (bitmap);
  tsn_bitmap_thin (bitmap);
  g_assert_true (tsn_bitmap_equal (bitmap, expected));
  g_assert_cmpuint (tsn_bitmap_count (bitmap), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/thin/lines-stay", test_thin_lines_stay);
  g_test_add_func ("/thin/bar-becomes-its-middle", test_thin_bar_becomes_its_middle);
  g_test_add_func ("/thin/square-becomes-its-centre", test_thin_square_becomes_its_centre);
  g_test_add_func ("/thin/ring-keeps-its-hole", test_thin_ring_keeps_its_hole);
  g_test_add_func ("/thin/nothing-and-one-pixel", test_thin_nothing_and_one_pixel);
  g_test_add_func ("/thin/equals-literal", test_thin_equals_literal);
  g_test_add_func ("/thin/full-map", test_thin_full_map);
  return g_test_run ();
}
