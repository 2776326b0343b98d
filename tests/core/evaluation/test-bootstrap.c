/* Intervals of differences, and comparisons of whole reports. */
#include "core/evaluation/tsn-comparison.h"

#include "core/base/tsn-error.h"
#include "core/base/tsn-random.h"

#include <math.h>
#include <string.h>

/* Sums of depth: 1 and the RMSE of each photo. */
static TsnInterval
run_depth (const double *a, const double *b, guint n, guint threads, guint64 seed)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (threads);
  g_autofree double *rows_a = g_new (double, 2 * n);
  g_autofree double *rows_b = g_new (double, 2 * n);
  const TsnBootstrap bootstrap = {
    .kind = TSN_TASK_DEPTH,
    .n_photos = n,
    .n_sums = 2,
    .a = rows_a,
    .b = rows_b,
    .resamples = TSN_BOOTSTRAP_RESAMPLES,
    .level = TSN_BOOTSTRAP_LEVEL,
    .seed = seed,
    .pool = pool,
  };

  for (guint i = 0; i < n; i++)
    {
      rows_a[2 * i] = rows_b[2 * i] = 1;
      rows_a[2 * i + 1] = a[i];
      rows_b[2 * i + 1] = b[i];
    }
  return tsn_bootstrap_run (&bootstrap);
}

/* Photos differ by much, the networks always by the same: pairing finds that out. */
static void
test_constant_difference (void)
{
  const double a[] = { 1, 9, 4, 2, 100 }, b[] = { 1.5, 9.5, 4.5, 2.5, 100.5 };
  TsnInterval interval = run_depth (a, b, 5, 1, 1);

  g_assert_cmpfloat_with_epsilon (interval.low, 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (interval.high, 0.5, 1e-12);
}

/* Of two photos a quarter of the resamples is one of them twice, so both ends are single photos. */
static void
test_two_photos (void)
{
  const double a[] = { 1, 1 }, b[] = { 0.75, 2 };
  TsnInterval interval = run_depth (a, b, 2, 1, 1);

  g_assert_cmpfloat (interval.low, ==, -0.25);
  g_assert_cmpfloat (interval.high, ==, 1);
}

/* The mean of many: the interval is that of the normal distribution, +-1.96 standard errors. */
static void
test_many_photos (void)
{
  double a[400], b[400], sum = 0, squares = 0, mean, error;
  TsnInterval interval;
  TsnRandom random;

  tsn_random_init (&random, 5);
  for (guint i = 0; i < 400; i++)
    {
      double difference = 0.1 * tsn_random_normal (&random) + 0.02;

      a[i] = 1 + tsn_random_uniform (&random);
      b[i] = a[i] + difference;
      sum += difference;
      squares += difference * difference;
    }
  mean = sum / 400;
  error = sqrt ((squares / 400 - mean * mean) / 400);
  interval = run_depth (a, b, 400, 2, 1);
  g_assert_cmpfloat_with_epsilon (interval.low, mean - 1.96 * error, 0.1 * error);
  g_assert_cmpfloat_with_epsilon (interval.high, mean + 1.96 * error, 0.1 * error);
}

static void
test_deterministic (void)
{
  const double a[] = { 1, 9, 4, 2, 7 }, b[] = { 2, 8, 4, 5, 3 };
  TsnInterval one = run_depth (a, b, 5, 1, 3);
  TsnInterval three = run_depth (a, b, 5, 3, 3);

  g_assert_cmpfloat (one.low, ==, three.low);
  g_assert_cmpfloat (one.high, ==, three.high);
}

static void
test_nothing_labelled (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  const double zeros[4] = { 0 };
  const TsnBootstrap bootstrap = { TSN_TASK_DEPTH, 2, 2, zeros, zeros, 10, 0.95, 1, pool };
  TsnInterval interval = tsn_bootstrap_run (&bootstrap);

  g_assert_true (isnan (interval.low));
  g_assert_true (isnan (interval.high));
}

/* The metric over the drawn photos, not a mean of the photos' own: with IoU = 1/2 and 10/10, what
 * is drawn twice decides between 1/2, 11/12 and 1. */
static void
test_metric_of_the_set (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  const double a[] = { 0, 1, 1, 0, 1, 1 }; /* one class: IoU 0 */
  const double b[] = { 1, 2, 1, 10, 10, 10 };
  TsnBootstrap bootstrap = { TSN_TASK_CLASSES, 2, 3, a, b, 1000, 0.5, 1, pool };
  TsnInterval interval = tsn_bootstrap_run (&bootstrap);

  g_assert_cmpfloat_with_epsilon (interval.low, 11 / 12.0, 0.42);
  bootstrap.level = 0.2; /* the middle half is all 11/12 */
  interval = tsn_bootstrap_run (&bootstrap);
  g_assert_cmpfloat_with_epsilon (interval.low, 11 / 12.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (interval.high, 11 / 12.0, 1e-12);
}

static TsnTaskScore *
add_score (TsnReport *report, const char *task, TsnTaskKind kind, double value)
{
  TsnTaskScore *score = tsn_task_score_new (task, task, kind);

  score->dataset = g_strdup ("set");
  score->split = g_strdup ("val");
  score->values[0] = value;
  score->n_sums = tsn_metric_get_n_sums (kind, 0);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);
      TsnImageScore *image = tsn_task_score_add_image (score, id);

      image->value = value;
      image->sums[0] = 1;
      image->sums[1] = value;
    }
  g_ptr_array_add (report->scores, score);
  return score;
}

static TsnReport *
make_report (const char *name, double rmse, double angle, double iou)
{
  TsnReport *report = tsn_report_new (name);

  report->params = 1000000;
  add_score (report, "depth", TSN_TASK_DEPTH, rmse);
  add_score (report, "normals", TSN_TASK_NORMALS, angle);
  add_score (report, "saliency", TSN_TASK_SALIENCY, iou);
  return report;
}

/* -10 % of an error is as good as +10 % of a share. */
static void
test_average_drop (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  const TsnComparisonOptions options = { 100, 1, pool };
  g_autoptr (TsnReport) a = make_report ("a", 1, 20, 0.5);
  g_autoptr (TsnReport) b = make_report ("b", 0.9, 22, 0.6);
  g_autoptr (TsnComparison) comparison = tsn_comparison_new (a, b, &options, NULL);
  const TsnComparisonTask *tasks = (const TsnComparisonTask *) comparison->tasks->data;

  g_assert_cmpuint (comparison->tasks->len, ==, 3);
  g_assert_cmpfloat_with_epsilon (tasks[0].change, 10, 1e-9);
  g_assert_cmpfloat_with_epsilon (tasks[1].change, -10, 1e-9);
  g_assert_cmpfloat_with_epsilon (tasks[2].change, 20, 1e-9);
  g_assert_cmpfloat_with_epsilon (comparison->drop, 20 / 3.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (tasks[0].difference, -0.1, 1e-12);
  g_assert_cmpfloat_with_epsilon (tasks[0].interval.low, -0.1, 1e-12);
  g_assert_cmpuint (tasks[0].paired, ==, 4);
  g_assert_cmpuint (comparison->notes->len, ==, 0);
}

static void
test_other_photos (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  const TsnComparisonOptions options = { 100, 1, pool };
  g_autoptr (TsnReport) a = make_report ("a", 1, 20, 0.5);
  g_autoptr (TsnReport) b = make_report ("b", 1, 20, 0.5);
  g_autoptr (TsnComparison) comparison = NULL;

  g_ptr_array_set_size (((TsnTaskScore *) g_ptr_array_index (b->scores, 0))->images, 3);
  g_ptr_array_set_size (b->scores, 2);
  comparison = tsn_comparison_new (a, b, &options, NULL);
  g_assert_cmpuint (comparison->tasks->len, ==, 2);
  g_assert_cmpuint (comparison->notes->len, ==, 2);
  g_assert_nonnull (strstr (g_ptr_array_index (comparison->notes, 0), "3 are the same"));
  g_assert_nonnull (strstr (g_ptr_array_index (comparison->notes, 1), "saliency"));
}

static void
test_nothing_in_common (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  const TsnComparisonOptions options = { 100, 1, pool };
  g_autoptr (TsnReport) a = tsn_report_new ("first");
  g_autoptr (TsnReport) b = tsn_report_new ("second");
  g_autoptr (GError) error = NULL;

  add_score (a, "depth", TSN_TASK_DEPTH, 1);
  add_score (b, "normals", TSN_TASK_NORMALS, 1);
  g_assert_null (tsn_comparison_new (a, b, &options, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "first"));
  g_assert_nonnull (strstr (error->message, "second"));
}

static void
test_merge (void)
{
  TsnReport *more = tsn_report_new ("edges");
  g_autoptr (TsnReport) report = make_report ("rest", 1, 20, 0.5);
  g_autoptr (GError) error = NULL;

  more->params = 5;
  add_score (more, "other", TSN_TASK_DEPTH, 0.3);
  g_assert_true (tsn_report_merge (report, more, &error));
  g_assert_cmpuint (report->params, ==, 1000005);
  g_assert_cmpuint (report->scores->len, ==, 4);
  g_assert_false (tsn_report_merge (report, make_report ("again", 1, 1, 1), &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
  g_assert_cmpuint (report->scores->len, ==, 4);
}

static void
test_table_of_methods (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  const TsnComparisonOptions options = { 100, 1, pool };
  g_autoptr (TsnReport) a = make_report ("single-task", 1, 20, 0.5);
  g_autoptr (TsnReport) b = make_report ("tsn", 0.9, 22, 0.6);
  g_autoptr (TsnReport) c = make_report ("ts-in", 1, 20, 0.5);
  g_autoptr (TsnComparison) first = tsn_comparison_new (a, b, &options, NULL);
  g_autoptr (TsnComparison) second = tsn_comparison_new (a, c, &options, NULL);
  g_autoptr (TsnTable) table
      = tsn_comparison_tabulate_methods ((TsnComparison *[]){ first, second }, 2);

  g_assert_cmpuint (tsn_table_get_n_rows (table), ==, 3);
  g_assert_cmpstr (tsn_table_get_cell (table, 1, 0), ==, "tsn");
  g_assert_cmpstr (tsn_table_get_cell (table, 1, 1), ==, "1.00");
  g_assert_cmpstr (tsn_table_get_cell (table, 1, 2), ==, "0.900");
  g_assert_cmpstr (tsn_table_get_cell (table, 1, 4), ==, "60.0");
  g_assert_cmpstr (tsn_table_get_cell (table, 0, 5), ==, "");
  g_assert_cmpstr (tsn_table_get_cell (table, 1, 5), ==, "+6.67");
  g_assert_cmpstr (tsn_table_get_cell (table, 2, 5), ==, "+0.00");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evaluation/bootstrap/constant-difference", test_constant_difference);
  g_test_add_func ("/evaluation/bootstrap/two-photos", test_two_photos);
  g_test_add_func ("/evaluation/bootstrap/many-photos", test_many_photos);
  g_test_add_func ("/evaluation/bootstrap/deterministic", test_deterministic);
  g_test_add_func ("/evaluation/bootstrap/nothing-labelled", test_nothing_labelled);
  g_test_add_func ("/evaluation/bootstrap/metric-of-the-set", test_metric_of_the_set);
  g_test_add_func ("/evaluation/comparison/average-drop", test_average_drop);
  g_test_add_func ("/evaluation/comparison/other-photos", test_other_photos);
  g_test_add_func ("/evaluation/comparison/nothing-in-common", test_nothing_in_common);
  g_test_add_func ("/evaluation/comparison/merge", test_merge);
  g_test_add_func ("/evaluation/comparison/table-of-methods", test_table_of_methods);
  return g_test_run ();
}
