/* How far the result of a blend is from the plain task that it is read as. */
#include "ui/tsn-blend-private.h"

/* How long the mix must rest before it is worth comparing, in milliseconds. */
#define REST_MS 150

static void
compare_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  TsnPrediction **pair = data;

  g_task_return_pointer (task, tsn_disagreement_new (pair[0], pair[1]),
                         (GDestroyNotify) tsn_disagreement_unref);
}

static void
pair_free (gpointer data)
{
  TsnPrediction **pair = data;

  tsn_prediction_unref (pair[0]);
  tsn_prediction_unref (pair[1]);
  g_free (pair);
}

static void
compared_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  TsnBlend *self = TSN_BLEND (object);
  TsnPrediction **pair = g_task_get_task_data (G_TASK (result));
  g_autoptr (TsnDisagreement) disagreement = g_task_propagate_pointer (G_TASK (result), NULL);

  if (pair[1] != self->prediction)
    return;
  g_clear_pointer (&self->contrast, tsn_disagreement_unref);
  self->contrast = g_steal_pointer (&disagreement);
  tsn_blend_contrasted (self);
}

static gboolean
rest_cb (gpointer data)
{
  TsnBlend *self = data;
  TsnPrediction *plain = tsn_predictor_get_prediction (self->predictor, self->readout);
  g_autoptr (GTask) task = NULL;
  TsnPrediction **pair;

  self->rest = 0;
  /* What is of an earlier photo or another size says nothing; the next answer asks again. */
  if (!self->whole || !tsn_predictor_is_current (self->predictor, self->readout)
      || tsn_predictor_is_waiting_for_slot (self->predictor, TSN_PREDICTOR_BLEND)
      || self->prediction == NULL
      || !tsn_difference_is_possible (plain->result->task, self->prediction->result->task))
    return G_SOURCE_REMOVE;
  pair = g_new (TsnPrediction *, 2);
  pair[0] = tsn_prediction_ref (plain);
  pair[1] = tsn_prediction_ref (self->prediction);
  task = g_task_new (self, NULL, compared_cb, NULL);
  g_task_set_task_data (task, pair, pair_free);
  g_task_run_in_thread (task, compare_thread);
  return G_SOURCE_REMOVE;
}

/* To be called when there is another result, or a plain one to compare it with. */
void
tsn_blend_update_contrast (TsnBlend *self)
{
  g_clear_handle_id (&self->rest, g_source_remove);
  if (self->contrast != NULL)
    {
      g_clear_pointer (&self->contrast, tsn_disagreement_unref);
      tsn_blend_contrasted (self);
    }
  if (self->prediction != NULL)
    self->rest = g_timeout_add (REST_MS, rest_cb, self);
}

/**
 * tsn_blend_get_contrast:
 *
 * Returns: (transfer none) (nullable): how the plain task that the blend is read as (first) and the
 *   blend (second) differ; %NULL while the mix moves, or if the plain task is not known.
 */
TsnDisagreement *
tsn_blend_get_contrast (TsnBlend *self)
{
  return self->contrast;
}
