/* Legends say what is in a result. */
#include "ui/tsn-class-legend.h"
#include "ui/tsn-scale-legend.h"
#include "ui/tsn-sphere-legend.h"
#include "ui/tsn-task-text.h"

static TsnPrediction *
predict (TsnTask *task, const float *planes, size_t height, size_t width)
{
  g_autoptr (TsnTask) owned = task;
  g_autoptr (TsnTensor) output = tsn_tensor_new_nchw (1, owned->channels, height, width);
  g_autoptr (TsnResult) result = NULL;

  memcpy (output->data, planes, owned->channels * height * width * sizeof (float));
  result = tsn_result_new (owned, output, 8 * width, 8 * height);
  return tsn_prediction_new (result);
}

/* A quarter cat, three quarters dog, no cow. */
static TsnPrediction *
predict_classes (void)
{
  static const char *const names[] = { "cow", "cat", "dog", NULL };
  static const float logits[12] = { 0, 0, 0, 0, 9, 0, 0, 0, 1, 9, 9, 9 };

  return predict (tsn_task_new_classes ("semseg", names), logits, 2, 2);
}

static GtkWidget *
child_at (GtkWidget *parent, int index)
{
  GtkWidget *child = gtk_widget_get_first_child (parent);

  for (; child != NULL && index > 0; index--)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* What a row of the legend says: the name, what is remarked below it (or ""), the share. */
static void
assert_row (GtkWidget *legend, int row, const char *name, const char *remark, const char *share)
{
  GtkWidget *content = gtk_button_get_child (GTK_BUTTON (child_at (legend, row)));
  GtkWidget *title = child_at (content, 1), *below = child_at (title, 1);

  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (child_at (title, 0))), ==, name);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (below)), ==, remark);
  g_assert_true (gtk_widget_get_visible (below) == (*remark != '\0'));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (child_at (content, 2))), ==, share);
}

static void
list (GtkWidget *legend, const TsnPrediction *prediction, int isolated)
{
  const TsnClassSources sources = { .prediction = prediction, .isolated = isolated };

  tsn_class_legend_set_sources (TSN_CLASS_LEGEND (legend), &sources);
}

static void
test_lists_classes_by_share (void)
{
  g_autoptr (TsnPrediction) prediction = predict_classes ();
  GtkWidget *legend = g_object_ref_sink (g_object_new (TSN_TYPE_CLASS_LEGEND, NULL));

  for (guint again = 0; again < 2; again++)
    {
      list (legend, prediction, -1);
      assert_row (legend, 0, "dog", "", "75 %");
      assert_row (legend, 1, "cat", "", "25 %");
      g_assert_null (child_at (legend, 2));
    }
  list (legend, NULL, -1);
  g_assert_null (gtk_widget_get_first_child (legend));
  g_object_unref (legend);
}

/* Half cow, a quarter cat, the rest not labelled. */
static TsnAnnotation *
annotate (const TsnTask *task)
{
  static const float classes[] = { 0, 0, 1, 0 }, valid[] = { 1, 1, 1, 0 };
  TsnGroundTruth *truth = g_new0 (TsnGroundTruth, 1);

  truth->width = truth->height = 2;
  truth->label = tsn_truth_new (TSN_TASK_CLASSES, 2, 2);
  memcpy (truth->label->label->data, classes, sizeof classes);
  memcpy (truth->label->valid->data, valid, sizeof valid);
  return tsn_annotation_new (task, truth);
}

/* What is in the label or in the second model's result alone has a name, too. */
static void
test_lists_what_others_show (void)
{
  static const float logits[12] = { 9, 0, 0, 0, 0, 9, 9, 9, 0, 0, 0, 0 };
  static const char *const names[] = { "cow", "cat", "dog", NULL };
  g_autoptr (TsnPrediction) prediction = predict_classes ();
  g_autoptr (TsnPrediction) second = predict (tsn_task_new_classes ("semseg", names), logits, 2, 2);
  g_autoptr (TsnAnnotation) truth = annotate (prediction->result->task);
  GtkWidget *legend = g_object_ref_sink (g_object_new (TSN_TYPE_CLASS_LEGEND, NULL));
  TsnClassSources sources = { prediction, truth, NULL, -1 };

  tsn_class_legend_set_sources (TSN_CLASS_LEGEND (legend), &sources);
  assert_row (legend, 1, "cat", "", "25 %");
  assert_row (legend, 2, "cow", "Truth: 67 %", "0.0 %");
  sources.second = second;
  tsn_class_legend_set_sources (TSN_CLASS_LEGEND (legend), &sources);
  assert_row (legend, 2, "cow", "Truth: 67 %, B: 25 %", "0.0 %");
  sources.truth = NULL;
  tsn_class_legend_set_sources (TSN_CLASS_LEGEND (legend), &sources);
  assert_row (legend, 2, "cow", "B: 25 %", "0.0 %");
  list (legend, prediction, -1);
  g_assert_null (child_at (legend, 2));
  g_object_unref (legend);
}

/* Else nothing would let it go. */
static void
test_keeps_the_isolated_class (void)
{
  g_autoptr (TsnPrediction) prediction = predict_classes ();
  GtkWidget *legend = g_object_ref_sink (g_object_new (TSN_TYPE_CLASS_LEGEND, NULL));

  list (legend, prediction, 0);
  assert_row (legend, 2, "cow", "Not in this result", "0.0 %");
  list (legend, prediction, 1);
  assert_row (legend, 1, "cat", "", "25 %");
  g_assert_null (child_at (legend, 2));
  g_object_unref (legend);
}

static void
test_names_the_ends_of_the_scale (void)
{
  static const float metres[4] = { 1.25, 2, 3, 4.75 }, logits[4] = { -5, -5, -5, 5 };
  g_autoptr (TsnPrediction) depth
      = predict (tsn_task_new ("depth", TSN_TASK_DEPTH, 1), metres, 2, 2);
  g_autoptr (TsnPrediction) edge = predict (tsn_task_new ("edge", TSN_TASK_EDGE, 1), logits, 2, 2);
  TsnScaleLegend *legend = g_object_ref_sink (g_object_new (TSN_TYPE_SCALE_LEGEND, NULL));

  tsn_scale_legend_set_prediction (legend, depth);
  g_assert_cmpstr (tsn_scale_legend_get_low (legend), ==, "1.2 m");
  g_assert_cmpstr (tsn_scale_legend_get_high (legend), ==, "4.8 m");
  tsn_scale_legend_set_prediction (legend, edge);
  g_assert_cmpstr (tsn_scale_legend_get_low (legend), ==, "0 %");
  g_assert_cmpstr (tsn_scale_legend_get_high (legend), ==, "100 %");
  g_object_unref (legend);
}

static void
test_draws_the_sphere (void)
{
  GtkWidget *legend = g_object_ref_sink (g_object_new (TSN_TYPE_SPHERE_LEGEND, NULL));

  g_object_add_weak_pointer (G_OBJECT (legend), (gpointer *) &legend);
  g_object_unref (legend);
  g_assert_null (legend);
}

static void
test_describes_in_words (void)
{
  static const float metres[4] = { 1, 1, 3, 3 }, logits[4] = { -5, -5, -5, 5 };
  g_autoptr (TsnPrediction) classes = predict_classes ();
  g_autoptr (TsnPrediction) depth
      = predict (tsn_task_new ("depth", TSN_TASK_DEPTH, 1), metres, 2, 2);
  g_autoptr (TsnPrediction) edge = predict (tsn_task_new ("edge", TSN_TASK_EDGE, 1), logits, 2, 2);
  g_autofree char *of_classes = tsn_prediction_describe (classes);
  g_autofree char *of_depth = tsn_prediction_describe (depth);
  g_autofree char *of_edge = tsn_prediction_describe (edge);
  g_autofree char *near = tsn_prediction_describe_at (depth, 0, 0);
  g_autofree char *outside = tsn_prediction_describe_at (depth, 1e9, 1e9);
  g_autofree char *cat = tsn_prediction_describe_at (classes, 0, 0);

  g_assert_cmpstr (of_classes, ==, "dog 75 %, cat 25 %");
  g_assert_cmpstr (of_depth, ==, "From 1.0 m to 3.0 m");
  g_assert_cmpstr (of_edge, ==, "25 % of the photo are edges");
  g_assert_cmpstr (near, ==, "1.00 m");
  g_assert_cmpstr (outside, ==, "3.00 m");
  g_assert_true (g_str_has_prefix (cat, "cat "));
}

static void
test_writes_percentages (void)
{
  const struct
  {
    double share;
    const char *text;
  } cases[] = { { 0, "0.0 %" },       { 0.0049, "0.5 %" }, { 0.0994, "9.9 %" }, { 0.0996, "10 %" },
                { 0.9967, "99.7 %" }, { 0.9996, "100 %" }, { 1, "100 %" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = tsn_task_text_percent (cases[i].share);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/legend/classes", test_lists_classes_by_share);
  g_test_add_func ("/legend/classes/others", test_lists_what_others_show);
  g_test_add_func ("/legend/classes/isolated", test_keeps_the_isolated_class);
  g_test_add_func ("/legend/scale", test_names_the_ends_of_the_scale);
  g_test_add_func ("/legend/sphere", test_draws_the_sphere);
  g_test_add_func ("/legend/words", test_describes_in_words);
  g_test_add_func ("/legend/percent", test_writes_percentages);
  return g_test_run ();
}
