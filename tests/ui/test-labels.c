/* Labels of a data set: read, shown, and what the network says judged by them. */
#include "sources-fixture.h"

#include "tests/core/data/data-fixture.h"
#include "ui/tsn-styler.h"

#include <math.h>

static void
test_reads_and_judges_labels (Sources *fixture, gconstpointer data)
{
  TsnJudge *judge = tsn_document_get_judge (fixture->document);
  const TsnPrediction *depth;

  sources_load_model (fixture);
  sources_add_dataset (fixture, 15);
  sources_open (fixture);
  g_assert_cmphex (tsn_judge_get_labelled (judge), ==,
                   1 << SEMSEG | 1 << EDGE | 1 << SALIENCY | 1 << DEPTH);
  for (guint t = 0; t <= DEPTH; t++)
    {
      const TsnVerdict *verdict = tsn_judge_get_verdict (judge, t);

      g_assert_true ((verdict != NULL) == tsn_document_shows_truth_of (fixture->document, t));
      g_assert_true ((verdict != NULL) == (tsn_document_get_truth (fixture->document, t) != NULL));
      if (verdict == NULL)
        continue;
      g_assert_true (isfinite (verdict->value));
      g_assert_cmpfloat (verdict->value, >=, 0);
    }
  /* The label has the colours of the prediction's legend. */
  depth = tsn_document_get_prediction (fixture->document, DEPTH);
  g_assert_cmpfloat (tsn_document_get_truth (fixture->document, DEPTH)->low, ==,
                     depth->legend->low);
  tsn_document_set_show_truth (fixture->document, FALSE);
  g_assert_false (tsn_document_shows_truth_of (fixture->document, DEPTH));
}

/* The root mean square error of a constant is what the definition says. */
static void
test_scores_by_the_definition (Sources *fixture, gconstpointer data)
{
  const TsnPrediction *prediction;
  double sum = 0;

  sources_load_model (fixture);
  sources_add_dataset (fixture, 0);
  sources_open (fixture);
  prediction = tsn_document_get_prediction (fixture->document, DEPTH);
  for (guint y = 1; y < SOURCES_HEIGHT; y++)
    for (guint x = 0; x < SOURCES_WIDTH; x++)
      {
        TsnResultSample sample;

        tsn_result_sample (prediction->result, x, y, &sample);
        sum += (sample.value - 1.5) * (sample.value - 1.5);
      }
  g_assert_cmpfloat_with_epsilon (
      tsn_judge_get_verdict (tsn_document_get_judge (fixture->document), DEPTH)->value,
      sqrt (sum / (SOURCES_WIDTH * (SOURCES_HEIGHT - 1))), 1e-3);
}

static gboolean
is_scored (gpointer data)
{
  Sources *fixture = data;
  TsnCompare *compare = tsn_document_get_compare (fixture->document);

  return sources_are_idle (fixture->document) && tsn_compare_get_verdict (compare, SEMSEG) != NULL
         && tsn_compare_get_verdict (compare, EDGE) != NULL
         && tsn_compare_get_verdict (compare, SALIENCY) != NULL;
}

static void
test_scores_two_models (Sources *fixture, gconstpointer data)
{
  TsnCompare *compare = tsn_document_get_compare (fixture->document);
  TsnJudge *judge = tsn_document_get_judge (fixture->document);

  sources_load_model (fixture);
  sources_add_dataset (fixture, 15);
  sources_open (fixture);
  g_assert_null (tsn_compare_get_verdict (compare, SALIENCY));
  /* The same model gets the same scores. */
  tsn_compare_load (compare, fixture->files.model);
  tsn_compare_set_enabled (compare, TRUE);
  g_assert_true (ui_wait (is_scored, fixture));
  g_assert_cmpfloat (tsn_compare_get_verdict (compare, SALIENCY)->value, ==,
                     tsn_judge_get_verdict (judge, SALIENCY)->value);
  /* Its twin gets others, and none for the task that it lacks or that has no labels. */
  tsn_compare_load (compare, fixture->files.twin);
  g_assert_true (ui_wait (sources_are_idle, fixture->document));
  g_assert_true (ui_wait (is_scored, fixture));
  g_assert_cmpfloat (tsn_compare_get_verdict (compare, SALIENCY)->value, !=,
                     tsn_judge_get_verdict (judge, SALIENCY)->value);
  g_assert_null (tsn_compare_get_verdict (compare, DEPTH));
  g_assert_null (tsn_compare_get_verdict (compare, NORMALS));
  /* Without a comparison nothing is scored. */
  tsn_compare_set_enabled (compare, FALSE);
  g_assert_null (tsn_compare_get_verdict (compare, SALIENCY));
}

static void
stop_judging_cb (Sources *fixture)
{
  if (tsn_judge_is_working (tsn_document_get_judge (fixture->document)))
    tsn_document_cancel (fixture->document);
}

static gboolean
has_score (gpointer judge)
{
  return tsn_judge_get_verdict (judge, SALIENCY) != NULL;
}

static void
test_stops_judging (Sources *fixture, gconstpointer data)
{
  TsnJudge *judge = tsn_document_get_judge (fixture->document);
  gulong stopping;

  sources_load_model (fixture);
  sources_add_dataset (fixture, 15);
  sources_open (fixture);
  g_assert_true (ui_wait (has_score, judge));
  g_assert_false (tsn_document_is_working (fixture->document));
  stopping
      = g_signal_connect_swapped (judge, "busy-changed", G_CALLBACK (stop_judging_cb), fixture);
  sources_load_model (fixture);
  g_assert_true (ui_wait (sources_are_idle, fixture->document));
  g_assert_false (tsn_document_is_working (fixture->document));
  g_assert_false (has_score (judge));
  g_signal_handler_disconnect (judge, stopping);
  tsn_document_rerun (fixture->document);
  g_assert_true (ui_wait (has_score, judge));
}

static void
test_describes_labels (Sources *fixture, gconstpointer data)
{
  g_autofree char *classes = NULL;
  g_autofree char *there = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *saliency = NULL;
  TsnAnnotation *truth;

  sources_load_model (fixture);
  sources_add_dataset (fixture, 15);
  sources_open (fixture);
  truth = tsn_document_get_truth (fixture->document, SEMSEG);
  classes = tsn_annotation_describe (truth);
  g_assert_cmpstr (classes, ==, "person 100 %");
  there = tsn_annotation_describe_at (truth, 5, 5);
  g_assert_cmpstr (there, ==, "person");
  nothing = tsn_annotation_describe_at (truth, 5, 0);
  g_assert_cmpstr (nothing, ==, "not labelled");
  saliency = tsn_annotation_describe (tsn_document_get_truth (fixture->document, SALIENCY));
  g_assert_cmpstr (saliency, ==, "50 % of the photo are salient");
}

static guint32
get_pixel (const TsnPicture *picture, int x, int y)
{
  cairo_rectangle_int_t area = { x, y, 1, 1 };
  cairo_surface_t *surface = tsn_picture_crop_surface (picture, 0, &area);
  guint32 pixel = *(guint32 *) cairo_image_surface_get_data (surface) & 0xffffff;

  cairo_surface_destroy (surface);
  return pixel;
}

/* One class that stands out and the patterns are those of predictions; what nobody labelled stays
 * striped. */
static void
test_draws_labels_otherwise (Sources *fixture, gconstpointer data)
{
  TsnRenderOptions other = { .isolate = TRUE, .isolated = 1 }, hatched = { .hatch = 8 };
  g_autoptr (TsnStyler) styler = tsn_styler_new ();
  TsnAnnotation *truth;
  TsnPicture *picture;
  TsnTask *task;
  guint lines = 0;

  sources_load_model (fixture);
  sources_add_dataset (fixture, 15);
  sources_open (fixture);
  truth = tsn_document_get_truth (fixture->document, SEMSEG);
  task = truth->task;
  g_assert_true (tsn_styler_get_label_picture (styler, 0, truth, &(TsnRenderOptions){ 0 })
                 == truth->picture);
  g_assert_true (tsn_styler_get_label_picture (styler, 0, truth, &other) == truth->picture);
  while ((picture = tsn_styler_get_label_picture (styler, 0, truth, &other)) == truth->picture)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (task->class_names[1], !=, "person");
  g_assert_cmphex (get_pixel (picture, 5, 5), !=, get_pixel (truth->picture, 5, 5));
  g_assert_cmphex (get_pixel (picture, 5, 0), ==, get_pixel (truth->picture, 5, 0));
  for (guint c = 0; c < task->channels; c++)
    if (g_str_equal (task->class_names[c], "person"))
      other.isolated = c;
  while (tsn_styler_get_label_picture (styler, 0, truth, &other) == picture)
    g_main_context_iteration (NULL, TRUE);
  picture = tsn_styler_get_label_picture (styler, 0, truth, &other);
  g_assert_cmphex (get_pixel (picture, 5, 5), ==, get_pixel (truth->picture, 5, 5));
  picture = tsn_annotation_draw (truth, &hatched);
  for (int x = 0; x < SOURCES_WIDTH; x++)
    lines += get_pixel (picture, x, 5) != get_pixel (truth->picture, x, 5);
  g_assert_cmpuint (lines, >, 0);
  g_assert_cmpuint (lines, <, SOURCES_WIDTH / 2);
  g_assert_cmphex (get_pixel (picture, 5, 0), ==, get_pixel (truth->picture, 5, 0));
  tsn_picture_unref (picture);
}

static void
test_says_why_labels_do_not_fit (Sources *fixture, gconstpointer data)
{
  TsnJudge *judge = tsn_document_get_judge (fixture->document);

  sources_load_model (fixture);
  sources_add_dataset (fixture, 30);
  sources_open (fixture);
  g_assert_cmphex (tsn_judge_get_labelled (judge) & 1 << SEMSEG, ==, 0);
  g_assert_nonnull (strstr (tsn_judge_get_objection (judge, SEMSEG), "class"));
  /* The second photo has a label of another size. */
  tsn_document_step (fixture->document, 1);
  g_assert_true (ui_wait (sources_are_idle, fixture->document));
  g_assert_cmphex (tsn_judge_get_labelled (judge), ==, 0);
  g_assert_nonnull (strstr (tsn_judge_get_objection (judge, SALIENCY), "48"));
}

static void
add (const char *path, void (*test) (Sources *, gconstpointer))
{
  g_test_add (path, Sources, NULL, sources_set_up, test, sources_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/labels/judged", test_reads_and_judges_labels);
  add ("/labels/definition", test_scores_by_the_definition);
  add ("/labels/two-models", test_scores_two_models);
  add ("/labels/stopped", test_stops_judging);
  add ("/labels/described", test_describes_labels);
  add ("/labels/looks", test_draws_labels_otherwise);
  add ("/labels/other-classes", test_says_why_labels_do_not_fit);
  return g_test_run ();
}
