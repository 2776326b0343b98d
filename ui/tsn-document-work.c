/* What takes time. */
#include "ui/tsn-document-private.h"

static void
set_flag (TsnDocument *self, gboolean *flag, gboolean value, guint prop_id)
{
  if (*flag == value)
    return;
  *flag = value;
  tsn_document_notify (self, prop_id);
}

void
tsn_document_update_busy (TsnDocument *self)
{
  gboolean busy = tsn_document_is_loading (self) || tsn_predictor_is_busy (self->predictor)
                  || tsn_blend_is_settling (self->blend) || tsn_compare_is_busy (self->compare);
  gboolean working = busy || tsn_inspection_is_drawing (self->inspection)
                     || tsn_judge_is_working (self->judge)
                     || tsn_compare_is_judging (self->compare);

  set_flag (self, &self->busy, busy, TSN_DOCUMENT_PROP_BUSY);
  set_flag (self, &self->working, working, TSN_DOCUMENT_PROP_WORKING);
  tsn_document_tell_progress (self);
}

/**
 * tsn_document_is_busy:
 *
 * Returns: whether files are read, or the network has something to say.
 */
gboolean
tsn_document_is_busy (TsnDocument *self)
{
  return self->busy;
}

/**
 * tsn_document_is_working:
 *
 * Returns: whether it is busy, or what the network said is being drawn or judged.
 */
gboolean
tsn_document_is_working (TsnDocument *self)
{
  return self->working;
}

/**
 * tsn_document_is_loading:
 *
 * Returns: whether a photo or a model is being read.
 */
gboolean
tsn_document_is_loading (TsnDocument *self)
{
  return self->opening != NULL || self->loading != NULL || tsn_gallery_is_listing (self->gallery);
}

/**
 * tsn_document_cancel:
 *
 * Stops all that takes time.
 */
void
tsn_document_cancel (TsnDocument *self)
{
  tsn_document_stop_reading (self);
  tsn_gallery_cancel (self->gallery);
  /* The second model begins when the first one rests, unless it was stopped before. */
  tsn_compare_cancel (self->compare);
  tsn_predictor_cancel (self->predictor);
  tsn_inspection_cancel (self->inspection);
  tsn_judge_cancel (self->judge);
  tsn_document_update_busy (self);
}

/**
 * tsn_document_get_progress:
 *
 * Returns: the share of the work that is done, of both models if two are compared.
 */
double
tsn_document_get_progress (TsnDocument *self)
{
  double first = tsn_predictor_get_progress (self->predictor);

  if (!tsn_compare_is_on (self->compare))
    return first;
  if (tsn_predictor_is_busy (self->predictor))
    return first / 2;
  return (1 + tsn_predictor_get_progress (tsn_compare_get_predictor (self->compare))) / 2;
}
