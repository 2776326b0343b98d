/* What is known, and what is still to come. */
#include "ui/tsn-predictor-private.h"

gboolean
tsn_predictor_is_busy (TsnPredictor *self)
{
  guint drawing = 0;

  for (guint i = 0; i < TSN_PREDICTOR_N_SLOTS; i++)
    drawing += self->slots[i].drawing;
  return tsn_worker_is_busy (self->worker) || self->drawing != 0 || drawing > 0;
}

gboolean
tsn_predictor_is_waiting_for (TsnPredictor *self, guint task)
{
  return task < TSN_PREDICTOR_MAX_TASKS && ((self->asked | self->drawing) & TASK_BIT (task)) != 0;
}

/**
 * tsn_predictor_is_waiting_for_slot:
 *
 * Returns: whether what a slot asked last is still to be answered.
 */
gboolean
tsn_predictor_is_waiting_for_slot (TsnPredictor *self, TsnPredictorSlot slot)
{
  if (self->slots[slot].due || self->slots[slot].drawing > 0)
    return self->model != NULL && self->image != NULL;
  for (guint i = 0; i < self->request->len; i++)
    if (g_array_index (self->request, Asked, i).slot == (guint) slot)
      return tsn_worker_is_busy (self->worker);
  return FALSE;
}

/**
 * tsn_predictor_owes:
 *
 * Returns: whether a slot waits for its first answer since the input changed, however often it
 *   asked for something else.
 */
gboolean
tsn_predictor_owes (TsnPredictor *self, TsnPredictorSlot slot)
{
  return self->slots[slot].owed;
}

/**
 * tsn_predictor_get_progress:
 *
 * Returns: the share of the newest request that is done.
 */
double
tsn_predictor_get_progress (TsnPredictor *self)
{
  return self->progress;
}

const TsnTiming *
tsn_predictor_get_timing (TsnPredictor *self)
{
  return &self->timing;
}

/**
 * tsn_predictor_get_prediction:
 *
 * Returns: (transfer none) (nullable): what is known of a task, perhaps at another size than the
 *   one asked for last.
 */
TsnPrediction *
tsn_predictor_get_prediction (TsnPredictor *self, guint task)
{
  return task < TSN_PREDICTOR_MAX_TASKS ? self->predictions[task] : NULL;
}

/**
 * tsn_predictor_is_current:
 *
 * Returns: whether what is known of a task is of the input as it is now.
 */
gboolean
tsn_predictor_is_current (TsnPredictor *self, guint task)
{
  return task < TSN_PREDICTOR_MAX_TASKS && (self->known & TASK_BIT (task)) != 0;
}

guint64
tsn_predictor_get_encoder_passes (TsnPredictor *self)
{
  return tsn_worker_get_encoder_passes (self->worker);
}
