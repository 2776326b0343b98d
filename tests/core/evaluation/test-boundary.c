#include "core/base/tsn-error.h"
#include "core/base/tsn-random.h"
#include "core/evaluation/tsn-boundary-match.h"
#include "core/evaluation/tsn-boundary.h"
#include "core/data/tsn-thin.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A photo with wobbly lines, two annotators and a soft map that follows them roughly. */
typedef struct
{
  guint width;
  guint height;
  double *map;
  TsnBoundaryTruth *truth;
} Photo;

static void
draw_line (Photo *photo, TsnBitmap **annotators, TsnRandom *random)
{
  double y = tsn_random_uniform (random) * photo->height, slope = tsn_random_uniform (random) - 0.5;
  double strength = tsn_random_uniform (random);

  for (guint x = 0; x < photo->width; x++, y += slope)
    for (int dy = -2; dy <= 2; dy++)
      {
        int row = (int)y + dy;
        size_t i = (size_t)row * photo->width + x;

        if (row < 0 || row >= (int)photo->height)
          continue;
        photo->map[i] = MAX (photo->map[i], strength * (1 - abs (dy) / 3.0)
                                                * (0.8 + 0.2 * tsn_random_uniform (random)));
        if (dy == (int)tsn_random_below (random, 2))
          tsn_bitmap_set (annotators[0], x, row);
        if (dy == 1 - (int)(x / 8 % 3))
          tsn_bitmap_set (annotators[1], x, row);
      }
}

static void
photo_init (Photo *photo, TsnRandom *random, guint width, guint height)
{
  TsnBitmap **annotators = g_new (TsnBitmap *, 2);

  photo->width = width;
  photo->height = height;
  photo->map = g_new0 (double, width *height);
  annotators[0] = tsn_bitmap_new (width, height);
  annotators[1] = tsn_bitmap_new (width, height);
  for (int i = 0; i < 4; i++)
    draw_line (photo, annotators, random);
  photo->truth = tsn_boundary_truth_new (annotators, 2);
}

static void
photo_clear (Photo *photo)
{
  g_free (photo->map);
  tsn_boundary_truth_unref (photo->truth);
}

static gboolean
add_photo (TsnBoundary *boundary, const Photo *photo)
{
  return tsn_boundary_add (boundary, photo->map, photo->width, photo->height, photo->truth, NULL);
}

/* A perfect prediction of one line. */
static void
test_boundary_perfect (void)
{
  TsnBoundaryOptions options = TSN_BOUNDARY_OPTIONS_INIT;
  g_autoptr (TsnBoundary) boundary = tsn_boundary_new (&options, NULL);
  TsnBitmap **annotators = g_new (TsnBitmap *, 1);
  g_autoptr (TsnBoundaryTruth) truth = NULL;
  g_autofree double *map = g_new0 (double, 200 * 100);
  TsnBoundaryResult result;

  annotators[0] = tsn_bitmap_new (200, 100);
  for (guint x = 10; x < 190; x++)
    {
      tsn_bitmap_set (annotators[0], x, 50);
      map[50 * 200 + x] = 1;
    }
  truth = tsn_boundary_truth_new (annotators, 1);
  g_assert_true (tsn_boundary_add (boundary, map, 200, 100, truth, NULL));
  tsn_boundary_result (boundary, &result);
  g_assert_cmpuint (result.images, ==, 1);
  g_assert_cmpfloat (result.ods.f, ==, 1);
  g_assert_cmpfloat (result.ois.f, ==, 1);
  g_assert_cmpfloat (result.r50, ==, 1);
  g_assert_cmpuint (tsn_boundary_get_image_counts (boundary, 0)[98].matched_truth, ==, 180);
  g_assert_cmpfloat (tsn_boundary_get_image (boundary, 0).f, ==, 1);
}

/* Nothing predicted, nothing annotated, no photo at all. */
static void
test_boundary_nothing (void)
{
  TsnBoundaryOptions options = TSN_BOUNDARY_OPTIONS_INIT;
  g_autoptr (TsnBoundary) boundary = tsn_boundary_new (&options, NULL);
  TsnBitmap **annotators = g_new (TsnBitmap *, 1);
  g_autoptr (TsnBoundaryTruth) truth = NULL;
  double map[30] = { 0 };
  TsnBoundaryResult result;

  tsn_boundary_result (boundary, &result);
  g_assert_cmpuint (result.images, ==, 0);
  g_assert_cmpfloat (result.ods.f, ==, 0);
  annotators[0] = tsn_bitmap_new (6, 5);
  truth = tsn_boundary_truth_new (annotators, 1);
  g_assert_true (tsn_boundary_add (boundary, map, 6, 5, truth, NULL));
  map[7] = 0.5;
  g_assert_true (tsn_boundary_add (boundary, map, 6, 5, truth, NULL));
  tsn_boundary_result (boundary, &result);
  g_assert_cmpuint (result.images, ==, 2);
  g_assert_cmpfloat (result.ods.f, ==, 0);
  g_assert_cmpfloat (result.average_precision, ==, 0);
  g_assert_cmpuint (tsn_boundary_get_image_counts (boundary, 1)[49].predicted, ==, 1);
  g_assert_cmpuint (tsn_boundary_get_image_counts (boundary, 1)[50].predicted, ==, 0);
}

static void
test_boundary_refuses (void)
{
  TsnBoundaryOptions options = TSN_BOUNDARY_OPTIONS_INIT;
  g_autoptr (TsnBoundary) boundary = tsn_boundary_new (&options, NULL);
  TsnBitmap **annotators = g_new (TsnBitmap *, 1);
  g_autoptr (TsnBoundaryTruth) truth = NULL;
  g_autoptr (GError) error = NULL;
  double map[4] = { 0, NAN, 0, 0 };
  TsnBoundaryResult result;

  annotators[0] = tsn_bitmap_new (2, 2);
  truth = tsn_boundary_truth_new (annotators, 1);
  g_assert_false (tsn_boundary_add (boundary, map, 2, 2, truth, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "(1, 0)"));
  g_clear_error (&error);
  map[1] = 2;
  g_assert_false (tsn_boundary_add (boundary, map, 2, 2, truth, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (tsn_boundary_add (boundary, map, 4, 1, truth, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
  tsn_boundary_result (boundary, &result);
  g_assert_cmpuint (result.images, ==, 0);
}

/* Each threshold judged on its own, without what the benchmark shares between them. */
static void
assert_counts_alone (const Photo *photo,
                     const TsnBoundaryOptions *options,
                     const TsnBoundaryCount *counts)
{
  double radius = options->max_distance * hypot (photo->width, photo->height);

  for (guint t = 0; t < options->thresholds; t++)
    {
      g_autoptr (TsnBitmap) map = tsn_bitmap_new (photo->width, photo->height);
      size_t matched = 0, truth = 0;

      for (guint y = 0; y < photo->height; y++)
        for (guint x = 0; x < photo->width; x++)
          if (photo->map[y * photo->width + x] >= tsn_boundary_threshold (options->thresholds, t))
            tsn_bitmap_set (map, x, y);
      tsn_bitmap_thin (map);
      for (guint a = 0; a < photo->truth->n_annotators; a++)
        {
          const TsnBitmap *annotator = photo->truth->annotators[a];
          g_autoptr (TsnBoundaryMatch) match = tsn_boundary_match_new (map, annotator, radius);

          tsn_boundary_match_update (match, map);
          matched += tsn_boundary_match_get_count (match);
          truth += tsn_bitmap_count (annotator);
        }
      g_assert_cmpuint (counts[t].predicted, ==, tsn_bitmap_count (map));
      g_assert_cmpuint (counts[t].matched_truth, ==, matched);
      g_assert_cmpuint (counts[t].truth, ==, truth);
      g_assert_cmpuint (counts[t].matched_predicted, <=, counts[t].predicted);
      g_assert_cmpuint (2 * counts[t].matched_predicted, >=, matched);
    }
}

static void
test_boundary_thresholds_alone (void)
{
  TsnBoundaryOptions options = TSN_BOUNDARY_OPTIONS_INIT;
  TsnRandom random;

  tsn_random_init (&random, 30);
  options.max_distance = 0.02;
  for (int round = 0; round < 4; round++)
    {
      g_autoptr (TsnBoundary) boundary = tsn_boundary_new (&options, NULL);
      Photo photo;

      photo_init (&photo, &random, 100, 70);
      g_assert_true (add_photo (boundary, &photo));
      assert_counts_alone (&photo, &options, tsn_boundary_get_image_counts (boundary, 0));
      photo_clear (&photo);
    }
}

/* A predicted pixel counts once, however many annotators agree with it. */
static void
test_boundary_any_annotator (void)
{
  TsnBoundaryOptions options = TSN_BOUNDARY_OPTIONS_INIT;
  g_autoptr (TsnBoundary) boundary = tsn_boundary_new (&options, NULL);
  TsnBitmap **annotators = g_new (TsnBitmap *, 3);
  g_autoptr (TsnBoundaryTruth) truth = NULL;
  g_autofree double *map = g_new0 (double, 300);
  const TsnBoundaryCount *count;

  for (int i = 0; i < 3; i++)
    annotators[i] = tsn_bitmap_new (30, 10);
  tsn_bitmap_set (annotators[0], 5, 5);
  tsn_bitmap_set (annotators[1], 5, 5);
  tsn_bitmap_set (annotators[2], 20, 5);
  truth = tsn_boundary_truth_new (annotators, 3);
  map[5 * 30 + 5] = 1;
  map[5 * 30 + 25] = 1;
  g_assert_true (tsn_boundary_add (boundary, map, 30, 10, truth, NULL));
  count = &tsn_boundary_get_image_counts (boundary, 0)[0];
  g_assert_cmpuint (count->truth, ==, 3);
  g_assert_cmpuint (count->matched_truth, ==, 2);
  g_assert_cmpuint (count->predicted, ==, 2);
  g_assert_cmpuint (count->matched_predicted, ==, 1);
}

/* As many photos as need several rounds of the queue: the same counts with any threads. */
static void
test_boundary_threads_agree (void)
{
  enum
  {
    PHOTOS = 37
  };
  TsnBoundaryOptions options = TSN_BOUNDARY_OPTIONS_INIT;
  g_autoptr (TsnPool) pool = tsn_pool_new (4);
  g_autoptr (TsnBoundary) alone = tsn_boundary_new (&options, NULL);
  g_autoptr (TsnBoundary) together = tsn_boundary_new (&options, pool);
  TsnBoundaryResult a, b;
  TsnRandom random;

  tsn_random_init (&random, 31);
  for (int i = 0; i < PHOTOS; i++)
    {
      Photo photo;

      photo_init (&photo, &random, 60 + i, 50);
      g_assert_true (add_photo (alone, &photo));
      g_assert_true (add_photo (together, &photo));
      photo_clear (&photo);
    }
  for (int i = 0; i < PHOTOS; i++)
    g_assert_cmpmem (tsn_boundary_get_image_counts (alone, i),
                     options.thresholds * sizeof (TsnBoundaryCount),
                     tsn_boundary_get_image_counts (together, i),
                     options.thresholds * sizeof (TsnBoundaryCount));
  tsn_boundary_result (alone, &a);
  tsn_boundary_result (together, &b);
  g_assert_cmpfloat (a.ods.f, ==, b.ods.f);
  g_assert_cmpfloat (a.ois.f, ==, b.ois.f);
  g_assert_cmpfloat (a.ods.f, >, 0.3);
  g_assert_cmpfloat (a.ois.f, >=, a.ods.f - 0.01);
}

/* Photos judged before and after asking for a result make the same set. */
static void
test_boundary_streams (void)
{
  TsnBoundaryOptions options = TSN_BOUNDARY_OPTIONS_INIT;
  g_autoptr (TsnPool) pool = tsn_pool_new (2);
  g_autoptr (TsnBoundary) often = tsn_boundary_new (&options, pool);
  g_autoptr (TsnBoundary) once = tsn_boundary_new (&options, pool);
  TsnBoundaryResult a, b;
  TsnRandom random;

  tsn_random_init (&random, 32);
  for (int i = 0; i < 5; i++)
    {
      Photo photo;

      photo_init (&photo, &random, 64, 64);
      g_assert_true (add_photo (often, &photo));
      g_assert_true (add_photo (once, &photo));
      tsn_boundary_result (often, &a);
      g_assert_cmpuint (a.images, ==, i + 1);
      photo_clear (&photo);
    }
  tsn_boundary_result (once, &b);
  g_assert_cmpfloat (a.ods.f, ==, b.ods.f);
  g_assert_cmpfloat (a.average_precision, ==, b.average_precision);
}

/* A wide ridge becomes a line along its crest. */
static void
test_boundary_nms_keeps_crests (void)
{
  enum
  {
    SIZE = 60
  };
  TsnBoundaryNms nms = TSN_BOUNDARY_NMS_INIT;
  double map[SIZE * SIZE];

  for (int y = 0; y < SIZE; y++)
    for (int x = 0; x < SIZE; x++)
      map[y * SIZE + x] = 0.9 * exp (-pow (x - 30 - 0.5 * (y - 30), 2) / 18);
  tsn_boundary_nms (map, SIZE, SIZE, &nms);
  for (int y = 10; y < SIZE - 10; y++)
    {
      int kept = 0;

      for (int x = 0; x < SIZE; x++)
        if (map[y * SIZE + x] > 0.3)
          {
            kept++;
            g_assert_cmpfloat (fabs (x - 30 - 0.5 * (y - 30)), <=, 1.2);
          }
      g_assert_cmpint (kept, >=, 1);
      g_assert_cmpint (kept, <=, 2);
    }
  for (int i = 0; i < SIZE; i++)
    g_assert_cmpfloat (map[i], ==, 0);
}

static void
test_boundary_nms_tiny_maps (void)
{
  TsnBoundaryNms nms = TSN_BOUNDARY_NMS_INIT;
  double one[1] = { 0.5 }, row[3] = { 0, 1, 0 };

  tsn_boundary_nms (one, 1, 1, &nms);
  g_assert_cmpfloat (one[0], ==, 0.5);
  tsn_boundary_nms (row, 3, 1, &nms);
  for (int i = 0; i < 3; i++)
    g_assert_true (row[i] >= 0 && row[i] <= 1);
}

static void
test_boundary_suppresses_if_asked (void)
{
  TsnBoundaryOptions options = TSN_BOUNDARY_OPTIONS_INIT;
  g_autoptr (TsnBoundary) soft = NULL;
  g_autoptr (TsnBoundary) raw = NULL;
  TsnRandom random;
  Photo photo;

  tsn_random_init (&random, 33);
  photo_init (&photo, &random, 90, 80);
  raw = tsn_boundary_new (&options, NULL);
  options.suppress = TRUE;
  soft = tsn_boundary_new (&options, NULL);
  g_assert_true (add_photo (raw, &photo));
  g_assert_true (add_photo (soft, &photo));
  g_assert_cmpuint (tsn_boundary_get_image_counts (raw, 0)[0].predicted, !=,
                    tsn_boundary_get_image_counts (soft, 0)[0].predicted);
  photo_clear (&photo);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/boundary/perfect", test_boundary_perfect);
  g_test_add_func ("/boundary/nothing", test_boundary_nothing);
  g_test_add_func ("/boundary/refuses", test_boundary_refuses);
  g_test_add_func ("/boundary/thresholds-alone", test_boundary_thresholds_alone);
  g_test_add_func ("/boundary/any-annotator", test_boundary_any_annotator);
  g_test_add_func ("/boundary/threads-agree", test_boundary_threads_agree);
  g_test_add_func ("/boundary/streams", test_boundary_streams);
  g_test_add_func ("/boundary/nms-keeps-crests", test_boundary_nms_keeps_crests);
  g_test_add_func ("/boundary/nms-tiny-maps", test_boundary_nms_tiny_maps);
  g_test_add_func ("/boundary/suppresses-if-asked", test_boundary_suppresses_if_asked);
  return g_test_run ();
}
