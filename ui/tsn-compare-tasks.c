/* What a comparison says about every task. */
#include "ui/tsn-compare-private.h"

/* Two predictions on their way to being compared. */
typedef struct
{
  TsnPrediction *first;
  TsnPrediction *second;
  guint task;
} Pair;

static void
pair_free (Pair *pair)
{
  tsn_prediction_unref (pair->first);
  tsn_prediction_unref (pair->second);
  g_free (pair);
}

static void
compare_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Pair *pair = data;

  g_task_return_pointer (task, tsn_disagreement_new (pair->first, pair->second),
                         (GDestroyNotify) tsn_disagreement_unref);
}

static gboolean
is_comparable (const TsnPrediction *first, const TsnPrediction *second)
{
  return first != NULL && second != NULL && first->result->width == second->result->width
         && first->result->height == second->result->height
         && tsn_difference_is_possible (first->result->task, second->result->task);
}

static void compare_task (TsnCompare *self, guint task);

static void
compared_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  TsnCompare *self = TSN_COMPARE (object);
  Pair *pair = g_task_get_task_data (G_TASK (result));
  TsnCompareEntry *entry = &self->entries[pair->task];

  g_clear_pointer (&entry->ready, tsn_disagreement_unref);
  entry->ready = g_task_propagate_pointer (G_TASK (result), NULL);
  entry->running = FALSE;
  self->n_running--;
  /* It may be out of date by now, and then is dropped or replaced. */
  compare_task (self, pair->task);
  tsn_compare_emit_updated (self);
}

static void
start_comparing (TsnCompare *self, guint task, TsnPrediction *first, TsnPrediction *second)
{
  Pair *pair = g_new (Pair, 1);
  g_autoptr (GTask) thread = g_task_new (self, NULL, compared_cb, NULL);

  *pair = (Pair){ tsn_prediction_ref (first), tsn_prediction_ref (second), task };
  self->entries[task].running = TRUE;
  self->n_running++;
  g_task_set_task_data (thread, pair, (GDestroyNotify) pair_free);
  g_task_run_in_thread (thread, compare_thread);
}

/* Brings the comparison of one task up to date; one that runs is left to end first. */
static void
compare_task (TsnCompare *self, guint task)
{
  TsnCompareEntry *entry = &self->entries[task];
  TsnPrediction *first
      = self->document != NULL ? tsn_document_get_prediction (self->document, task) : NULL;
  TsnPrediction *second = tsn_compare_get_prediction (self, task);

  if (entry->running)
    return;
  if (!is_comparable (first, second))
    g_clear_pointer (&entry->ready, tsn_disagreement_unref);
  else if (entry->ready == NULL || entry->ready->first != first || entry->ready->second != second)
    start_comparing (self, task, first, second);
}

void
tsn_compare_update (TsnCompare *self)
{
  self->outdated = FALSE;
  for (guint i = 0; i < TSN_PREDICTOR_MAX_TASKS; i++)
    compare_task (self, i);
  tsn_compare_update_scores (self);
  tsn_compare_emit_updated (self);
}

/**
 * tsn_compare_match:
 * @task: a task of the document's model
 *
 * Returns: the second model's task of the same name, -1 if it has none.
 */
int
tsn_compare_match (TsnCompare *self, guint task)
{
  int found;

  if (self->model == NULL || self->document == NULL
      || task >= tsn_document_get_n_tasks (self->document))
    return -1;
  found = tsn_model_find_task (self->model, tsn_document_get_task (self->document, task)->name);
  return found < TSN_PREDICTOR_MAX_TASKS ? found : -1;
}

/**
 * tsn_compare_can_differ:
 *
 * Returns: whether what both models say about a task can be compared pixel by pixel.
 */
gboolean
tsn_compare_can_differ (TsnCompare *self, guint task)
{
  int found = tsn_compare_match (self, task);

  return found >= 0
         && tsn_difference_is_possible (tsn_document_get_task (self->document, task),
                                        tsn_model_get_task (self->model, found));
}

/**
 * tsn_compare_get_prediction:
 *
 * Returns: (transfer none) (nullable): what the second model says about a task.
 */
TsnPrediction *
tsn_compare_get_prediction (TsnCompare *self, guint task)
{
  int found = tsn_compare_match (self, task);

  return found >= 0 ? tsn_predictor_get_prediction (self->predictor, found) : NULL;
}

gboolean
tsn_compare_is_waiting_for (TsnCompare *self, guint task)
{
  int found = tsn_compare_match (self, task);

  return found >= 0 && tsn_predictor_is_waiting_for (self->predictor, found);
}

/**
 * tsn_compare_get_disagreement:
 *
 * Returns: (transfer none) (nullable): how the two differ about a task, once that is known.
 */
TsnDisagreement *
tsn_compare_get_disagreement (TsnCompare *self, guint task)
{
  return task < TSN_PREDICTOR_MAX_TASKS ? self->entries[task].ready : NULL;
}
