/* The scorer of every kind, and reports as JSON. */
#include "core/evaluation/tsn-scorer.h"

#include "core/base/tsn-error.h"
#include "core/base/tsn-random.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define WIDTH 24
#define HEIGHT 18
#define PIXELS (WIDTH * HEIGHT)
#define PHOTOS 5

static const TsnBoundaryOptions plain = TSN_BOUNDARY_OPTIONS_INIT;

static TsnTask *
make_task (TsnTaskKind kind)
{
  static const guint channels[] = { 4, 1, 1, 3, 1 };

  return tsn_task_new (tsn_task_kind_get_name (kind), kind, channels[kind]);
}

static void
fill_prediction (TsnEstimate *prediction, TsnRandom *random)
{
  guint planes = prediction->kind == TSN_TASK_NORMALS ? 3 : 1;

  for (guint i = 0; prediction->classes != NULL && i < PIXELS; i++)
    prediction->classes[i] = tsn_random_below (random, 4);
  for (guint i = 0; prediction->shares != NULL && i < PIXELS; i++)
    prediction->shares[i] = tsn_random_below (random, 9) == 0 ? tsn_random_uniform (random) : 0;
  for (guint i = 0; prediction->planes != NULL && i < planes * PIXELS; i++)
    prediction->planes[i] = tsn_random_uniform (random);
}

static TsnGroundTruth *
make_boundaries (TsnRandom *random)
{
  TsnGroundTruth *truth = g_new0 (TsnGroundTruth, 1);
  TsnBitmap **annotators = g_new (TsnBitmap *, 2);

  for (guint a = 0; a < 2; a++)
    {
      annotators[a] = tsn_bitmap_new (WIDTH, HEIGHT);
      for (guint i = 0; i < PIXELS / 9; i++)
        tsn_bitmap_set (annotators[a], tsn_random_below (random, WIDTH),
                        tsn_random_below (random, HEIGHT));
    }
  truth->width = WIDTH;
  truth->height = HEIGHT;
  truth->boundaries = tsn_boundary_truth_new (annotators, 2);
  return truth;
}

static TsnGroundTruth *
make_truth (TsnTaskKind kind, TsnRandom *random)
{
  TsnGroundTruth *truth;
  float *label;

  if (kind == TSN_TASK_EDGE)
    return make_boundaries (random);
  truth = g_new0 (TsnGroundTruth, 1);
  truth->width = WIDTH;
  truth->height = HEIGHT;
  truth->label = tsn_truth_new (kind, WIDTH, HEIGHT);
  label = truth->label->label->data;
  for (guint i = 0; i < (kind == TSN_TASK_NORMALS ? 3 : 1) * PIXELS; i++)
    if (kind == TSN_TASK_CLASSES)
      label[i] = i % 7 == 0 ? 255 : tsn_random_below (random, 4);
    else if (kind == TSN_TASK_SALIENCY)
      label[i] = tsn_random_below (random, 2);
    else
      label[i] = tsn_random_uniform (random);
  return truth;
}

static TsnTaskScore *
score_random (TsnTaskKind kind)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (2);
  g_autoptr (TsnTask) task = make_task (kind);
  g_autoptr (TsnScorer) scorer = tsn_scorer_new (task, &plain, pool);
  g_autoptr (GError) error = NULL;
  TsnTaskScore *score;
  TsnRandom random;

  tsn_random_init (&random, 11 + kind);
  for (guint i = 0; i < PHOTOS; i++)
    {
      g_autoptr (TsnEstimate) prediction = tsn_estimate_new (kind, WIDTH, HEIGHT);
      g_autoptr (TsnGroundTruth) truth = make_truth (kind, &random);
      g_autofree char *id = g_strdup_printf ("photo %u \"é\"", i);

      fill_prediction (prediction, &random);
      tsn_scorer_add (scorer, id, prediction, truth, &error);
      g_assert_no_error (error);
    }
  score = tsn_scorer_finish (scorer, &error);
  g_assert_no_error (error);
  return score;
}

/* What the bootstrap resamples is, over all photos once, what the metric itself says. */
static void
test_sums_give_the_metric (void)
{
  for (guint kind = 0; kind <= TSN_TASK_DEPTH; kind++)
    {
      g_autoptr (TsnTaskScore) score = score_random (kind);
      g_autofree double *sums = g_new (double, score->n_sums);
      double metric;

      tsn_task_score_sum (score, sums);
      metric = tsn_metric_from_sums (kind, sums, score->n_sums);
      g_test_message ("%s: %g", score->task, metric);
      g_assert_cmpuint (score->images->len, ==, PHOTOS);
      g_assert_true (isfinite (metric) && metric > 0);
      g_assert_cmpfloat_with_epsilon (metric, score->values[0], 1e-12);
    }
}

static void
test_ranks (void)
{
  for (guint kind = 0; kind <= TSN_TASK_DEPTH; kind++)
    {
      g_autoptr (TsnTaskScore) score = score_random (kind);
      g_autoptr (GPtrArray) ranked = tsn_task_score_rank (score);
      const TsnImageScore *worst = g_ptr_array_index (ranked, 0);
      const TsnImageScore *best = g_ptr_array_index (ranked, PHOTOS - 1);

      if (kind == TSN_TASK_NORMALS || kind == TSN_TASK_DEPTH)
        g_assert_cmpfloat (worst->value, >, best->value);
      else
        g_assert_cmpfloat (worst->value, <, best->value);
    }
}

static void
test_wrong_size (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  g_autoptr (TsnTask) task = make_task (TSN_TASK_DEPTH);
  g_autoptr (TsnScorer) scorer = tsn_scorer_new (task, &plain, pool);
  g_autoptr (TsnEstimate) prediction = tsn_estimate_new (TSN_TASK_DEPTH, 3, 2);
  g_autoptr (TsnGroundTruth) truth = NULL;
  g_autoptr (GError) error = NULL;
  TsnRandom random;

  tsn_random_init (&random, 1);
  truth = make_truth (TSN_TASK_DEPTH, &random);
  g_assert_false (tsn_scorer_add (scorer, "x", prediction, truth, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "24 x 18"));
  g_assert_nonnull (strstr (error->message, "3 x 2"));
}

static void
test_not_finite (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  g_autoptr (TsnTask) task = make_task (TSN_TASK_DEPTH);
  g_autoptr (TsnScorer) scorer = tsn_scorer_new (task, &plain, pool);
  g_autoptr (TsnEstimate) prediction = tsn_estimate_new (TSN_TASK_DEPTH, WIDTH, HEIGHT);
  g_autoptr (TsnGroundTruth) truth = NULL;
  g_autoptr (GError) error = NULL;
  TsnRandom random;

  tsn_random_init (&random, 1);
  truth = make_truth (TSN_TASK_DEPTH, &random);
  prediction->planes[7] = NAN;
  g_assert_false (tsn_scorer_add (scorer, "photo", prediction, truth, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "'photo'"));
  g_assert_nonnull (strstr (error->message, "nan"));
}

static TsnReport *
make_report (void)
{
  TsnReport *report = tsn_report_new ("a \\ \"model\"\n");

  report->network = g_strdup ("tsn");
  report->params = 18258805;
  report->size = 256;
  tsn_report_add_note (report, "%d classes\tare others", 3);
  for (guint kind = 0; kind <= TSN_TASK_DEPTH; kind++)
    {
      TsnTaskScore *score = score_random (kind);

      score->dataset = g_strdup ("set");
      score->split = g_strdup ("val");
      g_ptr_array_add (report->scores, score);
    }
  return report;
}

static TsnReport *
load_text (const char *text, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("tsn-report-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "report.json", NULL);
  TsnReport *report;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  report = tsn_report_load (path, error);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return report;
}

static void
assert_same_score (const TsnTaskScore *a, const TsnTaskScore *b)
{
  g_assert_cmpstr (a->task, ==, b->task);
  g_assert_cmpstr (a->dataset, ==, b->dataset);
  g_assert_cmpstr (a->note, ==, b->note);
  g_assert_cmpmem (a->values, a->n_metrics * sizeof (double), b->values,
                   b->n_metrics * sizeof (double));
  g_assert_cmpuint (a->n_classes, ==, b->n_classes);
  g_assert_cmpuint (a->images->len, ==, b->images->len);
  for (guint i = 0; i < a->images->len; i++)
    {
      const TsnImageScore *p = g_ptr_array_index (a->images, i);
      const TsnImageScore *q = g_ptr_array_index (b->images, i);

      g_assert_cmpstr (p->id, ==, q->id);
      g_assert_cmpfloat (p->value, ==, q->value);
      g_assert_cmpmem (p->sums, a->n_sums * sizeof (double), q->sums, b->n_sums * sizeof (double));
    }
}

/* Every number comes back to the last bit. */
static void
test_json_round_trip (void)
{
  g_autoptr (TsnReport) report = make_report ();
  g_autofree char *text = tsn_report_to_json (report);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnReport) back = load_text (text, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (back->name, ==, report->name);
  g_assert_cmpuint (back->params, ==, report->params);
  g_assert_cmpuint (back->scores->len, ==, report->scores->len);
  for (guint i = 0; i < back->scores->len; i++)
    assert_same_score (g_ptr_array_index (back->scores, i), g_ptr_array_index (report->scores, i));
  again = tsn_report_to_json (back);
  g_assert_cmpstr (again, ==, text);
}

/* NaN is null in JSON. */
static void
test_json_of_nothing (void)
{
  g_autoptr (TsnReport) report = make_report ();
  TsnTaskScore *score = g_ptr_array_index (report->scores, TSN_TASK_DEPTH);
  g_autofree char *text = NULL;
  g_autoptr (TsnReport) back = NULL;

  score->values[0] = NAN;
  text = tsn_report_to_json (report);
  g_assert_nonnull (strstr (text, "null"));
  back = load_text (text, NULL);
  score = g_ptr_array_index (back->scores, TSN_TASK_DEPTH);
  g_assert_true (isnan (score->values[0]));
}

static void
test_damaged_json (void)
{
  static const char *const bad[] = {
    "",
    "[]",
    "{}",
    "{\"format\": \"tsn-evaluation\", \"version\": 2}",
    "{\"format\": \"tsn-evaluation\", \"version\": 1}",
    "{\"format\": \"tsn-evaluation\", \"version\": 1, \"parameters\": -1, \"size\": 0}",
    "{\"format\": \"tsn-evaluation\", \"version\": 1, \"parameters\": 1, \"size\": 0, "
    "\"results\": [3]}",
    "{\"format\": \"tsn-evaluation\", \"version\": 1, \"parameters\": 1, \"size\": 0, "
    "\"results\": [{\"task\": \"depth\", \"kind\": \"weather\"}]}",
    "{\"format\": \"tsn-evaluation\", \"version\": 1, \"parameters\": 1, \"size\": 0, "
    "\"results\": [{\"task\": \"depth\", \"kind\": \"depth\", \"metrics\": []}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (load_text (bad[i], &error));
      g_assert_error (error, TSN_ERROR, TSN_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, "report.json"));
    }
}

/* Whatever is cut off or turned, nothing but a report or an error comes of it. */
static void
test_mutated_json (void)
{
  g_autoptr (TsnReport) report = make_report ();
  g_autofree char *text = NULL;
  size_t length;
  TsnRandom random;

  g_ptr_array_remove_index (report->scores, TSN_TASK_EDGE); /* long, and no different */
  text = tsn_report_to_json (report);
  length = strlen (text);
  tsn_random_init (&random, 2);
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *copy = g_strdup (text);
      g_autoptr (GError) error = NULL;
      g_autoptr (TsnReport) back = NULL;

      copy[tsn_random_below (&random, length)] = " 9-e,:[]{}\"n"[tsn_random_below (&random, 12)];
      if (i % 3 == 0)
        copy[tsn_random_below (&random, length)] = '\0';
      back = load_text (copy, &error);
      g_assert_true ((back == NULL) == (error != NULL));
    }
}

static void
test_tables (void)
{
  g_autoptr (TsnReport) report = make_report ();
  g_autoptr (TsnTable) table = tsn_report_tabulate (report);
  g_autoptr (TsnTable) images = tsn_report_tabulate_images (report);
  g_autoptr (TsnTable) extremes = tsn_report_tabulate_extremes (report, 9);
  g_autoptr (TsnTable) numbers = tsn_report_tabulate_numbers (report);

  g_assert_cmpuint (tsn_table_get_n_rows (table), ==, 3 + 4 + 2 + 6 + 4);
  g_assert_cmpuint (tsn_table_get_n_rows (numbers), ==, 3 + 4 + 4 + 2 + 6 + 4);
  g_assert_cmpuint (tsn_table_get_n_rows (images), ==, 5 * PHOTOS);
  g_assert_cmpuint (tsn_table_get_n_rows (extremes), ==, 5 * 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evaluation/scorer/sums-give-the-metric", test_sums_give_the_metric);
  g_test_add_func ("/evaluation/scorer/ranks", test_ranks);
  g_test_add_func ("/evaluation/scorer/wrong-size", test_wrong_size);
  g_test_add_func ("/evaluation/scorer/not-finite", test_not_finite);
  g_test_add_func ("/evaluation/report/json-round-trip", test_json_round_trip);
  g_test_add_func ("/evaluation/report/json-of-nothing", test_json_of_nothing);
  g_test_add_func ("/evaluation/report/damaged-json", test_damaged_json);
  g_test_add_func ("/evaluation/report/mutated-json", test_mutated_json);
  g_test_add_func ("/evaluation/report/tables", test_tables);
  return g_test_run ();
}
