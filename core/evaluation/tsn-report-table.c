/* Reports as tables. */
#include "core/evaluation/tsn-report.h"

#include <math.h>

static void
add_place (TsnTable *table, const TsnTaskScore *score)
{
  g_autofree char *place = tsn_task_score_get_place (score);

  tsn_table_add_cell (table, "%s", score->task);
  tsn_table_add_cell (table, "%s", place);
}

/**
 * tsn_report_tabulate:
 *
 * Returns: (transfer full): a row for every metric of every task.
 */
TsnTable *
tsn_report_tabulate (const TsnReport *report)
{
  TsnTable *table = tsn_table_new ();

  tsn_table_add_column (table, "task", FALSE);
  tsn_table_add_column (table, "data set", FALSE);
  tsn_table_add_column (table, "photos", TRUE);
  tsn_table_add_column (table, "metric", FALSE);
  tsn_table_add_column (table, "value", TRUE);
  for (guint i = 0; i < report->scores->len; i++)
    {
      const TsnTaskScore *score = g_ptr_array_index (report->scores, i);
      guint n;
      const TsnMetric *metrics = tsn_metric_list (score->kind, &n);

      tsn_table_add_rule (table);
      for (guint m = 0; m < n; m++)
        {
          g_autofree char *title = tsn_metric_get_title (&metrics[m]);

          tsn_table_add_row (table);
          add_place (table, score);
          tsn_table_add_cell (table, "%u", score->images->len);
          tsn_table_add_cell (table, "%s", title);
          tsn_table_add_number (table, metrics[m].factor * score->values[m], metrics[m].decimals);
        }
    }
  return table;
}

/**
 * tsn_report_tabulate_numbers:
 *
 * Returns: (transfer full): the same for programs to read: every number in full, without a unit,
 *   and the classes, too.
 */
TsnTable *
tsn_report_tabulate_numbers (const TsnReport *report)
{
  static const char *const titles[] = { "task", "dataset", "split", "photos", "metric", "value" };
  TsnTable *table = tsn_table_new ();

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    tsn_table_add_column (table, titles[i], i == 3 || i == 5);
  for (guint i = 0; i < report->scores->len; i++)
    {
      const TsnTaskScore *score = g_ptr_array_index (report->scores, i);
      guint n;
      const TsnMetric *metrics = tsn_metric_list (score->kind, &n);

      for (guint m = 0; m < n + score->n_classes; m++)
        {
          tsn_table_add_row (table);
          tsn_table_add_cell (table, "%s", score->task);
          tsn_table_add_cell (table, "%s", score->dataset != NULL ? score->dataset : "");
          tsn_table_add_cell (table, "%s", score->split != NULL ? score->split : "");
          tsn_table_add_cell (table, "%u", score->images->len);
          if (m < n)
            tsn_table_add_cell (table, "%s", metrics[m].name);
          else
            tsn_table_add_cell (table, "IoU of %s", score->class_names[m - n]);
          tsn_table_add_number (table, m < n ? score->values[m] : score->class_iou[m - n], 9);
        }
    }
  return table;
}

/**
 * tsn_report_tabulate_classes:
 *
 * Returns: (transfer full): the IoU of every class.
 */
TsnTable *
tsn_report_tabulate_classes (const TsnTaskScore *score)
{
  TsnTable *table = tsn_table_new ();

  tsn_table_add_column (table, "class", FALSE);
  tsn_table_add_column (table, "IoU (%) ↑", TRUE);
  for (guint c = 0; c < score->n_classes; c++)
    {
      tsn_table_add_row (table);
      tsn_table_add_cell (table, "%s", score->class_names[c]);
      tsn_table_add_number (table, 100 * score->class_iou[c], 1);
    }
  return table;
}

/**
 * tsn_report_tabulate_images:
 *
 * Returns: (transfer full): the first metric of every photo; empty where a photo says nothing.
 */
TsnTable *
tsn_report_tabulate_images (const TsnReport *report)
{
  static const char *const titles[] = { "task", "dataset", "split", "photo", "metric", "value" };
  TsnTable *table = tsn_table_new ();

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    tsn_table_add_column (table, titles[i], i == 5);
  for (guint i = 0; i < report->scores->len; i++)
    {
      const TsnTaskScore *score = g_ptr_array_index (report->scores, i);
      guint n;
      const TsnMetric *metric = tsn_metric_list (score->kind, &n);

      for (guint p = 0; p < score->images->len; p++)
        {
          const TsnImageScore *image = g_ptr_array_index (score->images, p);

          tsn_table_add_row (table);
          tsn_table_add_cell (table, "%s", score->task);
          tsn_table_add_cell (table, "%s", score->dataset != NULL ? score->dataset : "");
          tsn_table_add_cell (table, "%s", score->split != NULL ? score->split : "");
          tsn_table_add_cell (table, "%s", image->id);
          tsn_table_add_cell (table, "%s", metric->name);
          tsn_table_add_number (table, image->value, 9);
        }
    }
  return table;
}

static void
add_extreme (TsnTable *table, const TsnMetric *metric, const TsnImageScore *image)
{
  tsn_table_add_cell (table, "%s", image->id);
  tsn_table_add_number (table, metric->factor * image->value, metric->decimals);
}

/**
 * tsn_report_tabulate_extremes:
 * @n_photos: how many of each at most; no more than half of all
 *
 * Returns: (transfer full): the worst and the best photos of every task.
 */
TsnTable *
tsn_report_tabulate_extremes (const TsnReport *report, guint n_photos)
{
  static const char *const titles[] = { "task", "data set", "worst photo", "", "best photo", "" };
  TsnTable *table = tsn_table_new ();

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    tsn_table_add_column (table, titles[i], i == 3 || i == 5);
  for (guint i = 0; i < report->scores->len; i++)
    {
      const TsnTaskScore *score = g_ptr_array_index (report->scores, i);
      g_autoptr (GPtrArray) ranked = tsn_task_score_rank (score);
      guint n;
      const TsnMetric *metric = tsn_metric_list (score->kind, &n);

      tsn_table_add_rule (table);
      for (guint p = 0; p < MIN (n_photos, (ranked->len + 1) / 2); p++)
        {
          tsn_table_add_row (table);
          add_place (table, score);
          add_extreme (table, metric, g_ptr_array_index (ranked, p));
          add_extreme (table, metric, g_ptr_array_index (ranked, ranked->len - 1 - p));
        }
    }
  return table;
}
