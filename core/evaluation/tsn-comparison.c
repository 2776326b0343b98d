#include "core/evaluation/tsn-comparison.h"

#include "core/base/tsn-error.h"
#include "core/evaluation/tsn-average-drop.h"

#include <math.h>
#include <string.h>

static void G_GNUC_PRINTF (2, 3) add_note (TsnComparison *comparison, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (comparison->notes, g_strdup_vprintf (format, args));
  va_end (args);
}

/* The numbers of the photos that both have, row by row. */
typedef struct
{
  GArray *a; /* of double */
  GArray *b;
  guint n;
} Pairs;

static void
pair_photos (const TsnTaskScore *a, const TsnTaskScore *b, Pairs *pairs)
{
  g_autoptr (GHashTable) photos = g_hash_table_new (g_str_hash, g_str_equal);

  pairs->a = g_array_new (FALSE, FALSE, sizeof (double));
  pairs->b = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < a->images->len; i++)
    {
      TsnImageScore *image = g_ptr_array_index (a->images, i);

      g_hash_table_insert (photos, image->id, image);
    }
  for (guint i = 0; i < b->images->len; i++)
    {
      const TsnImageScore *image = g_ptr_array_index (b->images, i);
      const TsnImageScore *other = g_hash_table_lookup (photos, image->id);

      if (other == NULL)
        continue;
      g_array_append_vals (pairs->a, other->sums, a->n_sums);
      g_array_append_vals (pairs->b, image->sums, b->n_sums);
      pairs->n++;
    }
}

/* The mean IoU counts a class that is nowhere as 0, and the bootstrap leaves it out; where both
 * networks have the same such classes, as with a data set that lacks some, that is one factor. */
static double
get_scale (const TsnComparisonTask *task)
{
  double all = task->a->values[0], present = task->a->values[1];

  if (task->a->kind != TSN_TASK_CLASSES || !(present > 0))
    return 1;
  return all / present;
}

static void
find_interval (const TsnComparisonOptions *options, TsnComparisonTask *task)
{
  Pairs pairs = { 0 };

  pair_photos (task->a, task->b, &pairs);
  task->paired = pairs.n;
  if (pairs.n > 0)
    {
      const TsnBootstrap bootstrap = {
        .kind = task->a->kind,
        .n_photos = pairs.n,
        .n_sums = task->a->n_sums,
        .a = (const double *) pairs.a->data,
        .b = (const double *) pairs.b->data,
        .resamples = options->resamples,
        .level = TSN_BOOTSTRAP_LEVEL,
        .seed = options->seed,
        .pool = options->pool,
      };
      double scale = get_scale (task);

      task->interval = tsn_bootstrap_run (&bootstrap);
      task->interval.low *= scale;
      task->interval.high *= scale;
    }
  g_array_unref (pairs.a);
  g_array_unref (pairs.b);
}

static void
note_photos (TsnComparison *comparison, const TsnComparisonTask *task)
{
  if (task->paired == task->a->images->len && task->paired == task->b->images->len)
    return;
  add_note (comparison,
            "%s on %s: '%s' was judged on %u photos and '%s' on %u, of which %u are the same; the "
            "interval is of these, the values are of all",
            task->a->task, task->a->dataset != NULL ? task->a->dataset : "?", comparison->a->name,
            task->a->images->len, comparison->b->name, task->b->images->len, task->paired);
}

static void
compare_task (TsnComparison *comparison,
              const TsnComparisonOptions *options,
              const TsnTaskScore *a,
              const TsnTaskScore *b,
              TsnAverageDrop *drop)
{
  guint n;
  const TsnMetric *metric = tsn_metric_list (a->kind, &n);
  TsnComparisonTask task = { .a = a, .b = b, .change = NAN, .interval = { NAN, NAN } };

  if (a->n_sums != b->n_sums && a->kind == TSN_TASK_EDGE)
    {
      add_note (comparison,
                "%s was judged at %u thresholds in '%s' and at %u in '%s', which cannot be compared",
                a->task, tsn_task_score_get_n_thresholds (a), comparison->a->name,
                tsn_task_score_get_n_thresholds (b), comparison->b->name);
      return;
    }
  if (a->n_sums != b->n_sums)
    {
      add_note (comparison, "%s has %u classes in '%s' and %u in '%s', which cannot be compared",
                a->task, a->n_classes, comparison->a->name, b->n_classes, comparison->b->name);
      return;
    }
  task.difference = b->values[0] - a->values[0];
  if (!tsn_average_drop_add (drop, b->values[0], a->values[0], metric->lower_is_better,
                             &task.change, NULL))
    add_note (comparison,
              "%s on %s does not count for the average drop, because a value is "
              "missing or the one that is compared with is 0",
              a->task, a->dataset != NULL ? a->dataset : "?");
  find_interval (options, &task);
  note_photos (comparison, &task);
  g_array_append_val (comparison->tasks, task);
}

static void
note_lonely (TsnComparison *comparison, const TsnReport *from, const TsnReport *to)
{
  for (guint i = 0; i < from->scores->len; i++)
    {
      const TsnTaskScore *score = g_ptr_array_index (from->scores, i);
      g_autofree char *place = tsn_task_score_get_place (score);

      if (tsn_report_find (to, score) == NULL)
        add_note (comparison, "%s on %s is only in '%s'", score->task, place, from->name);
    }
}

/* What stood against comparing the tasks that both have, if there are any. */
static void
fail_empty (const TsnComparison *comparison, GError **error)
{
  if (comparison->notes->len > 0)
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT, "%s",
                 (const char *) g_ptr_array_index (comparison->notes, 0));
  else
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                 "'%s' and '%s' should be judged on the same task and data set, but share none",
                 comparison->a->name, comparison->b->name);
}

/**
 * tsn_comparison_new:
 * @a: what is compared with; it must outlive the comparison, as must @b
 * @b: what is compared
 * @error: %TSN_ERROR_ARGUMENT when the two have nothing in common
 *
 * Compares the first metric of every task that both were judged on, on the same data set and split.
 *
 * Returns: (transfer full) (nullable): the comparison.
 */
TsnComparison *
tsn_comparison_new (const TsnReport *a,
                    const TsnReport *b,
                    const TsnComparisonOptions *options,
                    GError **error)
{
  g_autoptr (TsnComparison) comparison = g_new0 (TsnComparison, 1);
  g_autoptr (TsnAverageDrop) drop = tsn_average_drop_new ();

  comparison->a = a;
  comparison->b = b;
  comparison->tasks = g_array_new (FALSE, FALSE, sizeof (TsnComparisonTask));
  comparison->notes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < a->scores->len; i++)
    {
      const TsnTaskScore *score = g_ptr_array_index (a->scores, i);
      const TsnTaskScore *other = tsn_report_find (b, score);

      if (other != NULL)
        compare_task (comparison, options, score, other, drop);
    }
  if (comparison->tasks->len == 0)
    {
      fail_empty (comparison, error);
      return NULL;
    }
  note_lonely (comparison, a, b);
  note_lonely (comparison, b, a);
  comparison->drop = tsn_average_drop_result (drop);
  return g_steal_pointer (&comparison);
}

void
tsn_comparison_free (TsnComparison *comparison)
{
  g_array_unref (comparison->tasks);
  g_ptr_array_unref (comparison->notes);
  g_free (comparison);
}

/**
 * tsn_report_merge:
 * @other: (transfer full): another report
 * @error: %TSN_ERROR_ARGUMENT when both judge the same task on the same data set; @report then is
 *   as it was
 *
 * Adds the scores and the parameters of another report, as of several single-task networks that
 * together do what one multi-task network does.
 */
gboolean
tsn_report_merge (TsnReport *report, TsnReport *other, GError **error)
{
  for (guint i = 0; i < other->scores->len; i++)
    {
      const TsnTaskScore *score = g_ptr_array_index (other->scores, i);

      if (tsn_report_find (report, score) == NULL)
        continue;
      g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                   "'%s' and '%s' both judge the task %s, so they cannot stand for one",
                   report->name, other->name, score->task);
      tsn_report_free (other);
      return FALSE;
    }
  g_ptr_array_extend_and_steal (report->scores, g_ptr_array_ref (other->scores));
  report->params += other->params;
  g_clear_pointer (&report->network, g_free);
  tsn_report_free (other);
  return TRUE;
}
