/* Every metric on cases worked by hand, and on random data against its formula written out. */
#include "core/base/tsn-error.h"
#include "core/base/tsn-random.h"
#include "core/evaluation/tsn-angular-error.h"
#include "core/evaluation/tsn-average-drop.h"
#include "core/evaluation/tsn-depth-error.h"
#include "core/evaluation/tsn-mean-iou.h"
#include "core/evaluation/tsn-median.h"
#include "core/evaluation/tsn-saliency-score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define assert_near(a, b) g_assert_cmpfloat_with_epsilon ((a), (b), 1e-9)

static void
test_mean_iou_by_hand (void)
{
  static const guint8 prediction[] = { 0, 0, 1, 1, 2, 2, 0, 1 };
  static const guint8 label[] = { 0, 1, 1, 1, 2, 0, 255, 255 };
  g_autoptr (TsnMeanIou) iou = tsn_mean_iou_new (4, FALSE);
  TsnMeanIouResult image, set;

  g_assert_true (tsn_mean_iou_add (iou, prediction, label, 8, &image, NULL));
  tsn_mean_iou_result (iou, &set);
  /* Class 0: 1 of 3; class 1: 2 of 3; class 2: 1 of 2; class 3 is nowhere. */
  assert_near (tsn_mean_iou_get_class (iou, 0).iou, 1.0 / 3);
  assert_near (tsn_mean_iou_get_class (iou, 1).iou, 2.0 / 3);
  assert_near (tsn_mean_iou_get_class (iou, 2).iou, 0.5);
  g_assert_true (isnan (tsn_mean_iou_get_class (iou, 3).iou));
  assert_near (set.mean, 1.5 / 4);
  assert_near (set.mean_present, 0.5);
  assert_near (set.accuracy, 4.0 / 6);
  assert_near (image.mean_present, 0.5);
}

static void
test_mean_iou_nothing (void)
{
  static const guint8 prediction[] = { 1, 1 }, ignored[] = { 255, 255 };
  g_autoptr (TsnMeanIou) iou = tsn_mean_iou_new (2, FALSE);
  TsnMeanIouResult result;

  g_assert_true (tsn_mean_iou_add (iou, prediction, ignored, 2, &result, NULL));
  g_assert_true (isnan (result.mean_present));
  g_assert_true (tsn_mean_iou_add (iou, prediction, ignored, 0, NULL, NULL));
  tsn_mean_iou_result (iou, &result);
  g_assert_cmpuint (result.images, ==, 0);
  g_assert_cmpuint (result.skipped, ==, 2);
  g_assert_true (isnan (result.mean));
}

static void
test_mean_iou_skips_nobody (void)
{
  static const guint8 prediction[] = { 1, 0, 0 };
  static const guint8 nobody[] = { 0, 0, 0 }, mixed[] = { 0, 255, 0 }, person[] = { 1, 0, 255 };
  g_autoptr (TsnMeanIou) iou = tsn_mean_iou_new (2, TRUE);
  TsnMeanIouResult result;

  g_assert_true (tsn_mean_iou_add (iou, prediction, nobody, 3, NULL, NULL));
  g_assert_true (tsn_mean_iou_add (iou, prediction, mixed, 3, NULL, NULL));
  g_assert_true (tsn_mean_iou_add (iou, prediction, person, 3, NULL, NULL));
  tsn_mean_iou_result (iou, &result);
  g_assert_cmpuint (result.images, ==, 1);
  g_assert_cmpuint (result.skipped, ==, 2);
  assert_near (result.mean, 1);
}

static void
test_mean_iou_out_of_range (void)
{
  static const guint8 good[] = { 0, 1 }, bad[] = { 0, 2 }, ignored[] = { 0, 255 };
  g_autoptr (TsnMeanIou) iou = tsn_mean_iou_new (2, FALSE);
  g_autoptr (GError) error = NULL;
  TsnMeanIouResult result;

  g_assert_false (tsn_mean_iou_add (iou, good, bad, 2, NULL, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (tsn_mean_iou_add (iou, bad, good, 2, NULL, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "prediction"));
  g_assert_true (tsn_mean_iou_add (iou, bad, ignored, 2, NULL, NULL));
  tsn_mean_iou_result (iou, &result);
  g_assert_cmpuint (result.images, ==, 1);
  assert_near (tsn_mean_iou_get_class (iou, 0).iou, 1);
}

static void
test_mean_iou_random (void)
{
  enum
  {
    CLASSES = 7,
    PIXELS = 501,
    IMAGES = 20
  };
  g_autoptr (TsnMeanIou) iou = tsn_mean_iou_new (CLASSES, FALSE);
  double tp[CLASSES] = { 0 }, fp[CLASSES] = { 0 }, fn[CLASSES] = { 0 }, sum = 0;
  TsnMeanIouResult result;
  TsnRandom random;

  tsn_random_init (&random, 20);
  for (int image = 0; image < IMAGES; image++)
    {
      guint8 is[PIXELS], should[PIXELS];

      for (int i = 0; i < PIXELS; i++)
        {
          is[i] = tsn_random_below (&random, CLASSES);
          should[i] = tsn_random_below (&random, CLASSES + 1);
          should[i] = should[i] == CLASSES ? 255 : should[i];
        }
      for (int c = 0; c < CLASSES; c++)
        for (int i = 0; i < PIXELS; i++)
          if (should[i] != 255)
            {
              tp[c] += is[i] == c && should[i] == c;
              fp[c] += is[i] == c && should[i] != c;
              fn[c] += is[i] != c && should[i] == c;
            }
      g_assert_true (tsn_mean_iou_add (iou, is, should, PIXELS, NULL, NULL));
    }
  for (int c = 0; c < CLASSES; c++)
    sum += tp[c] / MAX (tp[c] + fp[c] + fn[c], 1e-8);
  tsn_mean_iou_result (iou, &result);
  assert_near (result.mean, sum / CLASSES);
}

static void
test_median (void)
{
  TsnRandom random;

  tsn_random_init (&random, 21);
  for (size_t n = 1; n < 40; n++)
    {
      g_autoptr (TsnMedian) kept = tsn_median_new (0);
      g_autoptr (TsnMedian) spilled = tsn_median_new (3);
      GArray *sorted = g_array_new (FALSE, FALSE, sizeof (double));
      double a, b, expected;

      for (size_t i = 0; i < n; i++)
        {
          double value = n % 3 ? tsn_random_uniform (&random) * 180 : tsn_random_below (&random, 3);
          guint at = 0;

          while (at < sorted->len && g_array_index (sorted, double, at) < value)
            at++;
          g_array_insert_val (sorted, at, value);
          g_assert_true (tsn_median_add (kept, &value, 1, NULL));
          g_assert_true (tsn_median_add (spilled, &value, 1, NULL));
          g_assert_true (tsn_median_result (spilled, &a, NULL));
        }
      expected =
          (g_array_index (sorted, double, (n - 1) / 2) + g_array_index (sorted, double, n / 2)) / 2;
      g_assert_true (tsn_median_result (kept, &a, NULL));
      g_assert_true (tsn_median_result (spilled, &b, NULL));
      g_assert_cmpfloat (a, ==, expected);
      g_assert_cmpfloat (b, ==, expected);
      g_array_unref (sorted);
    }
}

static void
test_median_of_nothing (void)
{
  g_autoptr (TsnMedian) median = tsn_median_new (0);
  double value;

  g_assert_true (tsn_median_result (median, &value, NULL));
  g_assert_true (isnan (value));
}

/* Right, at right angles, opposite, without length, and a label that is unknown. */
static void
test_angular_error_by_hand (void)
{
  static const float is[] = { 0, 5, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, -1, 0, 0 };
  static const float should[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0 };
  g_autoptr (TsnAngularError) angular = tsn_angular_error_new (0);
  TsnAngularErrorResult image, set;

  g_assert_true (tsn_angular_error_add (angular, is, should, 5, &image, NULL));
  g_assert_true (tsn_angular_error_result (angular, &set, NULL));
  g_assert_cmpuint (set.pixels, ==, 4);
  assert_near (set.mean, (0 + 90 + 180 + 90) / 4.0);
  assert_near (set.median, 90);
  assert_near (set.rms, sqrt ((90 * 90 + 180 * 180 + 90 * 90) / 4.0));
  assert_near (set.within_11, 0.25);
  assert_near (set.within_30, 0.25);
  assert_near (image.mean, set.mean);
  assert_near (image.median, set.median);
}

static void
test_angular_error_nothing (void)
{
  static const float is[] = { 0, 0, 1 }, should[] = { 0.1f, 0, 0 };
  g_autoptr (TsnAngularError) angular = tsn_angular_error_new (0.2);
  TsnAngularErrorResult result;

  g_assert_true (tsn_angular_error_add (angular, is, should, 1, &result, NULL));
  g_assert_cmpuint (result.images, ==, 0);
  g_assert_true (tsn_angular_error_result (angular, &result, NULL));
  g_assert_cmpuint (result.images, ==, 0);
  g_assert_true (isnan (result.mean));
  g_assert_true (isnan (result.median));
}

static void
test_angular_error_nan (void)
{
  static const float is[] = { 0, NAN, 1 }, should[] = { 0, 0, 1 };
  g_autoptr (TsnAngularError) angular = tsn_angular_error_new (0);
  g_autoptr (GError) error = NULL;

  g_assert_false (tsn_angular_error_add (angular, is, should, 1, NULL, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static void
test_angular_error_random (void)
{
  enum
  {
    PIXELS = 301,
    IMAGES = 11,
    ALL = PIXELS * IMAGES
  };
  g_autoptr (TsnAngularError) angular = tsn_angular_error_new (0);
  double angle[ALL], sum = 0, squares = 0, within[3] = { 0 };
  TsnAngularErrorResult result;
  TsnRandom random;
  int n = 0;

  tsn_random_init (&random, 22);
  for (int image = 0; image < IMAGES; image++)
    {
      float is[3 * PIXELS], should[3 * PIXELS];

      for (int i = 0; i < 3 * PIXELS; i++)
        {
          should[i] = (float)tsn_random_normal (&random);
          is[i] = should[i] + 0.4f * (float)tsn_random_normal (&random);
        }
      for (int i = 0; i < PIXELS; i++)
        {
          const float *p = is + i, *l = should + i;
          double dot = 0, np = 0, nl = 0;

          for (int k = 0; k < 3 * PIXELS; k += PIXELS)
            {
              dot += (double)p[k] * l[k];
              np += (double)p[k] * p[k];
              nl += (double)l[k] * l[k];
            }
          angle[n++] = acos (dot / sqrt (np) / sqrt (nl)) * 180 / G_PI;
        }
      g_assert_true (tsn_angular_error_add (angular, is, should, PIXELS, NULL, NULL));
    }
  qsort (angle, ALL, sizeof *angle, compare_doubles);
  for (int i = 0; i < ALL; i++)
    {
      sum += angle[i];
      squares += angle[i] * angle[i];
      within[0] += angle[i] < 11.25;
      within[1] += angle[i] < 22.5;
      within[2] += angle[i] < 30;
    }
  g_assert_true (tsn_angular_error_result (angular, &result, NULL));
  g_assert_cmpuint (result.images, ==, IMAGES);
  assert_near (result.mean, sum / ALL);
  assert_near (result.median, (angle[(ALL - 1) / 2] + angle[ALL / 2]) / 2);
  assert_near (result.rms, sqrt (squares / ALL));
  assert_near (result.within_11, within[0] / ALL);
  assert_near (result.within_22, within[1] / ALL);
  assert_near (result.within_30, within[2] / ALL);
}

static void
test_depth_error_by_hand (void)
{
  static const float is[] = { 2, 3, 9 }, should[] = { 1, 3, 0 };
  static const float one[] = { 4 }, five[] = { 5 };
  g_autoptr (TsnDepthError) depth = tsn_depth_error_new ();
  TsnDepthErrorResult image, set;

  g_assert_true (tsn_depth_error_add (depth, is, should, 3, &image, NULL));
  assert_near (image.rmse, sqrt (0.5));
  assert_near (image.log_rmse, sqrt (log (2) * log (2) / 2));
  assert_near (image.abs_rel, 0.5);
  assert_near (image.delta_1, 0.5);
  g_assert_true (tsn_depth_error_add (depth, one, five, 1, &image, NULL));
  assert_near (image.delta_1, 0); /* 5 / 4 is not below 1.25 */
  tsn_depth_error_result (depth, &set);
  g_assert_cmpuint (set.images, ==, 2);
  assert_near (set.rmse, (sqrt (0.5) + 1) / 2);
  assert_near (set.abs_rel, (0.5 + 0.2) / 2);
}

static void
test_depth_error_nothing (void)
{
  static const float is[] = { 1, NAN }, unknown[] = { 0, 0 }, known[] = { 1, 1 };
  g_autoptr (TsnDepthError) depth = tsn_depth_error_new ();
  g_autoptr (GError) error = NULL;
  TsnDepthErrorResult result;

  g_assert_true (tsn_depth_error_add (depth, is, unknown, 2, &result, NULL));
  g_assert_true (isnan (result.rmse));
  g_assert_false (tsn_depth_error_add (depth, is, known, 2, NULL, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
  tsn_depth_error_result (depth, &result);
  g_assert_cmpuint (result.images, ==, 0);
  g_assert_true (isnan (result.rmse));
}

static void
test_depth_error_random (void)
{
  enum
  {
    PIXELS = 400,
    IMAGES = 9
  };
  g_autoptr (TsnDepthError) depth = tsn_depth_error_new ();
  double rmse = 0, log_rmse = 0, abs_rel = 0, delta = 0;
  TsnDepthErrorResult result;
  TsnRandom random;

  tsn_random_init (&random, 23);
  for (int image = 0; image < IMAGES; image++)
    {
      float is[PIXELS], should[PIXELS];
      double a = 0, b = 0, c = 0, d = 0, n = 0;

      for (int i = 0; i < PIXELS; i++)
        {
          should[i] = i % 5 ? 0.5f + 9 * (float)tsn_random_uniform (&random) : 0;
          is[i] = should[i] + (float)tsn_random_normal (&random);
          if (should[i] > 0)
            {
              double p = is[i] <= 0 ? 1e-9 : is[i], l = should[i];

              a += (l - p) * (l - p);
              b += pow (log (l) - log (p), 2);
              c += fabs (p - l) / l;
              d += fmax (p / l, l / p) < 1.25;
              n++;
            }
        }
      rmse += sqrt (a / n) / IMAGES;
      log_rmse += sqrt (b / n) / IMAGES;
      abs_rel += c / n / IMAGES;
      delta += d / n / IMAGES;
      g_assert_true (tsn_depth_error_add (depth, is, should, PIXELS, NULL, NULL));
    }
  tsn_depth_error_result (depth, &result);
  assert_near (result.rmse, rmse);
  assert_near (result.log_rmse, log_rmse);
  assert_near (result.abs_rel, abs_rel);
  assert_near (result.delta_1, delta);
}

static void
test_saliency_by_hand (void)
{
  static const float is[] = { 0.95f, 0.5f, 0.5f, 0.1f };
  static const guint8 should[] = { 1, 1, 0, 1 };
  g_autoptr (TsnSaliencyScore) score = tsn_saliency_score_new ();
  TsnSaliencyResult image;
  TsnSaliencyPoint low, high;

  g_assert_true (tsn_saliency_score_add (score, is, should, 4, &image, NULL));
  low = tsn_saliency_score_get_point (score, 0);
  high = tsn_saliency_score_get_point (score, TSN_SALIENCY_THRESHOLDS - 1);
  assert_near (low.threshold, 0.2);
  assert_near (low.iou, 0.5);
  assert_near (low.precision, 2.0 / 3);
  assert_near (low.recall, 2.0 / 3);
  assert_near (high.threshold, 0.9);
  assert_near (high.iou, 1.0 / 3);
  assert_near (high.precision, 1);
  assert_near (image.max_iou.iou, 0.5);
  assert_near (image.max_f.f, 2.0 / 3);
  assert_near (image.max_f.threshold, 0.2);
}

static void
test_saliency_nothing (void)
{
  static const float none[] = { 0, 0 }, broken[] = { 0, NAN };
  static const guint8 nothing[] = { 0, 0 };
  g_autoptr (TsnSaliencyScore) score = tsn_saliency_score_new ();
  g_autoptr (GError) error = NULL;
  TsnSaliencyResult result;

  tsn_saliency_score_result (score, &result);
  g_assert_true (isnan (result.max_iou.iou));
  g_assert_true (tsn_saliency_score_add (score, none, nothing, 2, NULL, NULL));
  tsn_saliency_score_result (score, &result);
  assert_near (result.max_iou.iou, 1);
  assert_near (result.max_f.f, 0);
  g_assert_false (tsn_saliency_score_add (score, broken, nothing, 2, NULL, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
  tsn_saliency_score_result (score, &result);
  g_assert_cmpuint (result.images, ==, 1);
}

/* A value equal to a threshold is not above it, as it is in the 8-bit pictures it comes from. */
static void
test_saliency_ties (void)
{
  static const guint levels[] = { 51, 102, 153, 204 };
  static const guint at[] = { 0, 4, 8, 12 };

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      g_autoptr (TsnSaliencyScore) score = tsn_saliency_score_new ();
      float is = (float)levels[i] / 255;
      guint8 should = 1;

      g_assert_true (tsn_saliency_score_add (score, &is, &should, 1, NULL, NULL));
      assert_near (tsn_saliency_score_get_point (score, at[i]).iou, 0);
      if (at[i] > 0)
        assert_near (tsn_saliency_score_get_point (score, at[i] - 1).iou, 1);
    }
}

static void
test_saliency_random (void)
{
  enum
  {
    PIXELS = 300,
    IMAGES = 8
  };
  g_autoptr (TsnSaliencyScore) score = tsn_saliency_score_new ();
  float is[IMAGES][PIXELS];
  guint8 should[IMAGES][PIXELS];
  double max_iou = 0, max_f = 0;
  TsnSaliencyResult result;
  TsnRandom random;

  tsn_random_init (&random, 24);
  for (int image = 0; image < IMAGES; image++)
    {
      for (int i = 0; i < PIXELS; i++)
        {
          should[image][i] = tsn_random_uniform (&random) < 0.3;
          is[image][i] = (float)(0.3 * should[image][i] + 0.7 * tsn_random_uniform (&random));
        }
      g_assert_true (tsn_saliency_score_add (score, is[image], should[image], PIXELS, NULL, NULL));
    }
  for (int t = 0; t < 15; t++)
    {
      double iou = 0, precision = 0, recall = 0;

      for (int image = 0; image < IMAGES; image++)
        {
          double tp = 0, fp = 0, fn = 0;

          for (int i = 0; i < PIXELS; i++)
            {
              gboolean above = is[image][i] > 0.2 + 0.05 * t;

              tp += above && should[image][i];
              fp += above && !should[image][i];
              fn += !above && should[image][i];
            }
          iou += tp / (tp + fp + fn) / IMAGES;
          precision += tp / (tp + fp + 1e-12) / IMAGES;
          recall += tp / (tp + fn + 1e-12) / IMAGES;
        }
      max_iou = MAX (max_iou, iou);
      max_f = MAX (max_f, 2 * precision * recall / (precision + recall + 1e-12));
    }
  tsn_saliency_score_result (score, &result);
  assert_near (result.max_iou.iou, max_iou);
  assert_near (result.max_f.f, max_f);
}

/* The published numbers of the method against single-task networks. */
static void
test_average_drop (void)
{
  static const double single[] = { 71.3, 64.3, 55.5, 16.3, 62.9 };
  static const double multi[] = { 70.6, 64.2, 55.0, 16.4, 63.3 };
  g_autoptr (TsnAverageDrop) drop = tsn_average_drop_new ();
  double sum = 0, change;

  g_assert_true (isnan (tsn_average_drop_result (drop)));
  for (int i = 0; i < 5; i++)
    {
      g_assert_true (tsn_average_drop_add (drop, multi[i], single[i], i == 3, &change, NULL));
      sum += (i == 3 ? -1 : 1) * (multi[i] - single[i]) / single[i];
      g_assert_true (i == 4 ? change > 0 : change < 0);
    }
  assert_near (tsn_average_drop_result (drop), 100 * sum / 5);
}

static void
test_average_drop_without_base (void)
{
  g_autoptr (TsnAverageDrop) drop = tsn_average_drop_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (tsn_average_drop_add (drop, 1, 0, FALSE, NULL, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (tsn_average_drop_add (drop, NAN, 1, FALSE, NULL, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
  g_assert_true (isnan (tsn_average_drop_result (drop)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mean-iou/by-hand", test_mean_iou_by_hand);
  g_test_add_func ("/mean-iou/nothing", test_mean_iou_nothing);
  g_test_add_func ("/mean-iou/skips-nobody", test_mean_iou_skips_nobody);
  g_test_add_func ("/mean-iou/out-of-range", test_mean_iou_out_of_range);
  g_test_add_func ("/mean-iou/random", test_mean_iou_random);
  g_test_add_func ("/median/exact", test_median);
  g_test_add_func ("/median/of-nothing", test_median_of_nothing);
  g_test_add_func ("/angular-error/by-hand", test_angular_error_by_hand);
  g_test_add_func ("/angular-error/nothing", test_angular_error_nothing);
  g_test_add_func ("/angular-error/nan", test_angular_error_nan);
  g_test_add_func ("/angular-error/random", test_angular_error_random);
  g_test_add_func ("/depth-error/by-hand", test_depth_error_by_hand);
  g_test_add_func ("/depth-error/nothing", test_depth_error_nothing);
  g_test_add_func ("/depth-error/random", test_depth_error_random);
  g_test_add_func ("/saliency/by-hand", test_saliency_by_hand);
  g_test_add_func ("/saliency/nothing", test_saliency_nothing);
  g_test_add_func ("/saliency/ties", test_saliency_ties);
  g_test_add_func ("/saliency/random", test_saliency_random);
  g_test_add_func ("/average-drop/by-hand", test_average_drop);
  g_test_add_func ("/average-drop/without-base", test_average_drop_without_base);
  return g_test_run ();
}
