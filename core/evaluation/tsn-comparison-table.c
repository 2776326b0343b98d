/* Comparisons as tables and JSON. */
#include "core/evaluation/tsn-comparison.h"

#include <json-glib/json-glib.h>
#include <math.h>

static const TsnComparisonTask *
get_task (const TsnComparison *comparison, guint index)
{
  return &g_array_index (comparison->tasks, TsnComparisonTask, index);
}

static const TsnMetric *
get_metric (const TsnTaskScore *score)
{
  guint n;

  return tsn_metric_list (score->kind, &n);
}

static gboolean
is_clear (const TsnInterval *interval)
{
  return interval->low > 0 || interval->high < 0;
}

static void
add_interval (TsnTable *table, const TsnComparisonTask *task)
{
  const TsnMetric *metric = get_metric (task->a);
  int decimals = metric->decimals;

  if (isfinite (task->interval.low))
    tsn_table_add_cell (table, "%+.*f to %+.*f%s", decimals, metric->factor * task->interval.low,
                        decimals, metric->factor * task->interval.high,
                        is_clear (&task->interval) ? " *" : "");
  else
    tsn_table_add_cell (table, "%s", "");
}

static void
add_signed (TsnTable *table, double value, int decimals)
{
  if (isfinite (value))
    tsn_table_add_cell (table, "%+.*f", decimals, value);
  else
    tsn_table_add_cell (table, "%s", "");
}

static void
add_task_row (TsnTable *table, const TsnComparisonTask *task)
{
  const TsnMetric *metric = get_metric (task->a);
  g_autofree char *title = tsn_metric_get_title (metric);
  g_autofree char *place = tsn_task_score_get_place (task->a);

  tsn_table_add_row (table);
  tsn_table_add_cell (table, "%s", task->a->task);
  tsn_table_add_cell (table, "%s", place);
  tsn_table_add_cell (table, "%s", title);
  tsn_table_add_number (table, metric->factor * task->a->values[0], metric->decimals);
  tsn_table_add_number (table, metric->factor * task->b->values[0], metric->decimals);
  add_signed (table, metric->factor * task->difference, metric->decimals);
  add_interval (table, task);
  add_signed (table, task->change, 2);
}

/**
 * tsn_comparison_tabulate:
 *
 * Returns: (transfer full): a row per task: both values, the difference with its interval (a star
 *   where it leaves out 0), the change in per cent; and the average drop below.
 */
TsnTable *
tsn_comparison_tabulate (const TsnComparison *comparison)
{
  const char *titles[]
      = { "task",       "data set",      "metric",       comparison->a->name, comparison->b->name,
          "difference", "95 % interval", "better by (%)" };
  TsnTable *table = tsn_table_new ();

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    tsn_table_add_column (table, titles[i], i > 2);
  for (guint i = 0; i < comparison->tasks->len; i++)
    add_task_row (table, get_task (comparison, i));
  tsn_table_add_rule (table);
  tsn_table_add_row (table);
  tsn_table_add_cell (table, "mean");
  for (guint i = 1; i + 1 < G_N_ELEMENTS (titles); i++)
    tsn_table_add_cell (table, "%s", "");
  add_signed (table, comparison->drop, 2);
  return table;
}

/**
 * tsn_comparison_tabulate_numbers:
 *
 * Returns: (transfer full): the same for programs to read, every number in full.
 */
TsnTable *
tsn_comparison_tabulate_numbers (const TsnComparison *comparison)
{
  static const char *const titles[]
      = { "task", "dataset", "split",  "metric",        "a", "b", "difference",
          "low",  "high",    "photos", "change_percent" };
  TsnTable *table = tsn_table_new ();

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    tsn_table_add_column (table, titles[i], i > 3);
  for (guint i = 0; i < comparison->tasks->len; i++)
    {
      const TsnComparisonTask *task = get_task (comparison, i);

      tsn_table_add_row (table);
      tsn_table_add_cell (table, "%s", task->a->task);
      tsn_table_add_cell (table, "%s", task->a->dataset != NULL ? task->a->dataset : "");
      tsn_table_add_cell (table, "%s", task->a->split != NULL ? task->a->split : "");
      tsn_table_add_cell (table, "%s", get_metric (task->a)->name);
      tsn_table_add_number (table, task->a->values[0], 9);
      tsn_table_add_number (table, task->b->values[0], 9);
      tsn_table_add_number (table, task->difference, 9);
      tsn_table_add_number (table, task->interval.low, 9);
      tsn_table_add_number (table, task->interval.high, 9);
      tsn_table_add_cell (table, "%u", task->paired);
      tsn_table_add_number (table, task->change, 6);
    }
  return table;
}

static void
add_method (TsnTable *table, const TsnReport *reference, const TsnReport *report, double drop)
{
  tsn_table_add_row (table);
  tsn_table_add_cell (table, "%s", report->name);
  if (report->params > 0)
    tsn_table_add_cell (table, "%.2f", report->params / 1e6);
  else
    tsn_table_add_cell (table, "%s", "");
  for (guint i = 0; i < reference->scores->len; i++)
    {
      const TsnTaskScore *score
          = tsn_report_find (report, g_ptr_array_index (reference->scores, i));
      const TsnMetric *metric = get_metric (g_ptr_array_index (reference->scores, i));

      tsn_table_add_number (table, score != NULL ? metric->factor * score->values[0] : NAN,
                            metric->decimals);
    }
  add_signed (table, drop, 2);
}

/* Whether several data sets judge the task, so that its name alone does not say which. */
static gboolean
is_ambiguous (const TsnReport *report, const TsnTaskScore *score)
{
  guint same = 0;

  for (guint i = 0; i < report->scores->len; i++)
    same += g_str_equal (((const TsnTaskScore *) g_ptr_array_index (report->scores, i))->task,
                         score->task);
  return same > 1;
}

/**
 * tsn_comparison_tabulate_methods:
 * @comparisons: (array length=n): comparisons of several networks with the same one
 * @n: at least 1
 *
 * Returns: (transfer full): the table of results as papers print it: a row per network, a column
 *   per task, the parameters in millions and the average drop against the first row.
 */
TsnTable *
tsn_comparison_tabulate_methods (TsnComparison *const *comparisons, guint n)
{
  const TsnReport *reference = comparisons[0]->a;
  TsnTable *table = tsn_table_new ();

  tsn_table_add_column (table, "method", FALSE);
  tsn_table_add_column (table, "parameters (M)", TRUE);
  for (guint i = 0; i < reference->scores->len; i++)
    {
      const TsnTaskScore *score = g_ptr_array_index (reference->scores, i);
      gboolean ambiguous = is_ambiguous (reference, score);
      g_autofree char *metric = tsn_metric_get_title (get_metric (score));
      g_autofree char *title
          = g_strdup_printf ("%s%s%s, %s", score->task, ambiguous ? " on " : "",
                             ambiguous && score->dataset != NULL ? score->dataset : "", metric);

      tsn_table_add_column (table, title, TRUE);
    }
  tsn_table_add_column (table, "mean change (%)", TRUE);
  add_method (table, reference, reference, NAN);
  for (guint i = 0; i < n; i++)
    add_method (table, reference, comparisons[i]->b, comparisons[i]->drop);
  return table;
}

static void
build_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
build_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value != NULL ? value : "");
}

static void
build_task (JsonBuilder *builder, const TsnComparisonTask *task)
{
  json_builder_begin_object (builder);
  build_text (builder, "task", task->a->task);
  build_text (builder, "dataset", task->a->dataset);
  build_text (builder, "split", task->a->split);
  build_text (builder, "metric", get_metric (task->a)->name);
  build_text (builder, "better", get_metric (task->a)->lower_is_better ? "lower" : "higher");
  build_number (builder, "a", task->a->values[0]);
  build_number (builder, "b", task->b->values[0]);
  build_number (builder, "difference", task->difference);
  build_number (builder, "low", task->interval.low);
  build_number (builder, "high", task->interval.high);
  build_number (builder, "change_percent", task->change);
  build_number (builder, "photos", task->paired);
  json_builder_end_object (builder);
}

static void
build_comparison (JsonBuilder *builder, const TsnComparison *comparison)
{
  json_builder_begin_object (builder);
  build_text (builder, "a", comparison->a->name);
  build_text (builder, "b", comparison->b->name);
  build_number (builder, "parameters_a", comparison->a->params);
  build_number (builder, "parameters_b", comparison->b->params);
  build_number (builder, "mean_change_percent", comparison->drop);
  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < comparison->notes->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (comparison->notes, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "tasks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < comparison->tasks->len; i++)
    build_task (builder, get_task (comparison, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/**
 * tsn_comparison_to_json:
 * @comparisons: (array length=n): comparisons
 *
 * Returns: (transfer full): all that they found, as an array.
 */
char *
tsn_comparison_to_json (TsnComparison *const *comparisons, guint n)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    build_comparison (builder, comparisons[i]);
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}
