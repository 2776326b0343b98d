#include "core/evaluation/tsn-report.h"

#include <math.h>

static void
free_image (gpointer data)
{
  TsnImageScore *image = data;

  g_free (image->id);
  g_free (image->sums);
  g_free (image);
}

/**
 * tsn_task_score_new:
 * @task: name of the task
 * @title: what people call it
 *
 * Returns: (transfer full): the score of a task without photos; all metrics are NaN.
 */
TsnTaskScore *
tsn_task_score_new (const char *task, const char *title, TsnTaskKind kind)
{
  TsnTaskScore *score = g_new0 (TsnTaskScore, 1);

  score->task = g_strdup (task);
  score->title = g_strdup (title);
  score->kind = kind;
  tsn_metric_list (kind, &score->n_metrics);
  score->values = g_new (double, score->n_metrics);
  for (guint i = 0; i < score->n_metrics; i++)
    score->values[i] = NAN;
  score->images = g_ptr_array_new_with_free_func (free_image);
  return score;
}

void
tsn_task_score_free (TsnTaskScore *score)
{
  g_free (score->task);
  g_free (score->title);
  g_free (score->dataset);
  g_free (score->split);
  g_free (score->embedding);
  g_free (score->values);
  g_strfreev (score->class_names);
  g_free (score->class_iou);
  g_ptr_array_unref (score->images);
  g_free (score->note);
  g_free (score);
}

/**
 * tsn_task_score_add_image:
 *
 * Returns: (transfer none): a new photo, whose sums are 0 and whose value is to be set.
 */
TsnImageScore *
tsn_task_score_add_image (TsnTaskScore *score, const char *id)
{
  TsnImageScore *image = g_new (TsnImageScore, 1);

  *image = (TsnImageScore){ g_strdup (id), NAN, g_new0 (double, score->n_sums) };
  g_ptr_array_add (score->images, image);
  return image;
}

/**
 * tsn_task_score_sum:
 * @sums: (out caller-allocates): the sums over all photos
 */
void
tsn_task_score_sum (const TsnTaskScore *score, double *sums)
{
  for (guint i = 0; i < score->n_sums; i++)
    sums[i] = 0;
  for (guint p = 0; p < score->images->len; p++)
    {
      const TsnImageScore *image = g_ptr_array_index (score->images, p);

      for (guint i = 0; i < score->n_sums; i++)
        sums[i] += image->sums[i];
    }
}

static int
compare_images (gconstpointer a, gconstpointer b, gpointer lower_is_better)
{
  const TsnImageScore *p = *(const TsnImageScore *const *) a;
  const TsnImageScore *q = *(const TsnImageScore *const *) b;

  if (p->value == q->value)
    return g_strcmp0 (p->id, q->id);
  return (p->value < q->value) != GPOINTER_TO_INT (lower_is_better) ? -1 : 1;
}

/**
 * tsn_task_score_rank:
 *
 * Returns: (transfer container) (element-type TsnImageScore): the photos that say something, the
 *   worst first.
 */
GPtrArray *
tsn_task_score_rank (const TsnTaskScore *score)
{
  GPtrArray *ranked = g_ptr_array_new ();
  guint n_metrics;
  const TsnMetric *metric = tsn_metric_list (score->kind, &n_metrics);

  for (guint i = 0; i < score->images->len; i++)
    {
      TsnImageScore *image = g_ptr_array_index (score->images, i);

      if (isfinite (image->value))
        g_ptr_array_add (ranked, image);
    }
  g_ptr_array_sort_with_data (ranked, compare_images, GINT_TO_POINTER (metric->lower_is_better));
  return ranked;
}

/**
 * tsn_task_score_get_n_thresholds:
 *
 * Returns: at how many thresholds edges were judged; 0 for other kinds of tasks.
 */
guint
tsn_task_score_get_n_thresholds (const TsnTaskScore *score)
{
  return score->kind == TSN_TASK_EDGE ? score->n_sums / tsn_metric_get_n_sums (score->kind, 1) : 0;
}

/**
 * tsn_task_score_get_place:
 *
 * Returns: (transfer full): the data set and its split, as far as they are known.
 */
char *
tsn_task_score_get_place (const TsnTaskScore *score)
{
  if (score->dataset == NULL)
    return g_strdup ("");
  return g_strjoin (" ", score->dataset, score->split, NULL);
}

/**
 * tsn_report_new:
 * @name: of what is judged
 *
 * Returns: (transfer full): a report without scores.
 */
TsnReport *
tsn_report_new (const char *name)
{
  TsnReport *report = g_new0 (TsnReport, 1);

  report->name = g_strdup (name);
  report->scores = g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_task_score_free);
  report->notes = g_ptr_array_new_with_free_func (g_free);
  return report;
}

void
tsn_report_free (TsnReport *report)
{
  g_free (report->name);
  g_free (report->network);
  g_ptr_array_unref (report->scores);
  g_ptr_array_unref (report->notes);
  g_free (report);
}

void
tsn_report_add_note (TsnReport *report, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (report->notes, g_strdup_vprintf (format, args));
  va_end (args);
}

/**
 * tsn_report_find:
 * @like: a score of another report
 *
 * Returns: (nullable): the score of the same task on the same data set and split.
 */
const TsnTaskScore *
tsn_report_find (const TsnReport *report, const TsnTaskScore *like)
{
  for (guint i = 0; i < report->scores->len; i++)
    {
      const TsnTaskScore *score = g_ptr_array_index (report->scores, i);

      if (g_str_equal (score->task, like->task) && score->kind == like->kind
          && g_strcmp0 (score->dataset, like->dataset) == 0
          && g_strcmp0 (score->split, like->split) == 0
          && g_strcmp0 (score->embedding, like->embedding) == 0)
        return score;
    }
  return NULL;
}

/**
 * tsn_report_describe:
 *
 * Returns: (transfer full): what was judged, in a line.
 */
char *
tsn_report_describe (const TsnReport *report)
{
  GString *text = g_string_new (report->name);

  if (report->network != NULL)
    g_string_append_printf (text, ", %s", report->network);
  if (report->params > 0)
    g_string_append_printf (text, ", %" G_GUINT64_FORMAT " parameters", report->params);
  if (report->size > 0)
    g_string_append_printf (text, ", shorter side of the input %u pixels", report->size);
  return g_string_free (text, FALSE);
}
