/* How good the second model's predictions are, where the photo has labels. */
#include "ui/tsn-compare-private.h"
#include "ui/tsn-document-source.h"

static void
judged_cb (TsnCompare *self)
{
  tsn_compare_emit_updated (self);
}

/* Tells the judge what is shown, unless it knows. */
static void
set_photo (TsnCompare *self)
{
  const TsnPhoto *photo = tsn_document_get_photo (self->document);
  TsnGallery *gallery = tsn_document_get_gallery (self->document);
  TsnDataset *dataset = tsn_gallery_get_dataset (gallery);
  TsnModel *model = tsn_compare_is_on (self) ? self->model : NULL;
  guint position = TSN_GALLERY_NOWHERE;

  /* The document's position may be that of a photo that is still being read. */
  if (photo != NULL && photo->file != NULL)
    position = tsn_gallery_find (gallery, photo->file);
  if (position == TSN_GALLERY_NOWHERE || model == NULL)
    dataset = NULL;
  if (self->judged_model == model && self->judged_dataset == dataset
      && self->judged_position == position)
    return;
  self->judged_model = model;
  self->judged_dataset = dataset;
  self->judged_position = position;
  tsn_judge_set_photo (self->judge, model, dataset, position);
}

/**
 * tsn_compare_update_scores:
 *
 * Tells the judge of the second model what there is to judge.
 */
void
tsn_compare_update_scores (TsnCompare *self)
{
  guint64 wanted = 0;

  if (self->document == NULL)
    return;
  set_photo (self);
  for (guint i = 0; i < tsn_document_get_n_tasks (self->document); i++)
    {
      int task = tsn_compare_match (self, i);
      TsnPrediction *prediction = tsn_compare_get_prediction (self, i);

      if (task < 0)
        continue;
      tsn_judge_set_result (self->judge, task, prediction != NULL ? prediction->result : NULL);
      if (tsn_document_is_shown (self->document, i))
        wanted |= G_GUINT64_CONSTANT (1) << task;
    }
  tsn_judge_want (self->judge, wanted);
}

void
tsn_compare_init_scores (TsnCompare *self)
{
  self->judged_position = TSN_GALLERY_NOWHERE;
  self->judge = tsn_judge_new ();
  g_signal_connect_swapped (self->judge, "judged", G_CALLBACK (judged_cb), self);
  g_signal_connect_swapped (self->judge, "busy-changed", G_CALLBACK (tsn_compare_busy_changed),
                            self);
}

void
tsn_compare_dispose_scores (TsnCompare *self)
{
  if (self->judge != NULL)
    g_signal_handlers_disconnect_by_data (self->judge, self);
  g_clear_object (&self->judge);
}

/**
 * tsn_compare_get_verdict:
 *
 * Returns: (transfer none) (nullable): how good the second model's prediction for a task is, once
 *   that was judged.
 */
const TsnVerdict *
tsn_compare_get_verdict (TsnCompare *self, guint task)
{
  int found = tsn_compare_match (self, task);

  return found >= 0 ? tsn_judge_get_verdict (self->judge, found) : NULL;
}

/**
 * tsn_compare_is_judging:
 *
 * Returns: whether somebody waits for what the second model's results are worth.
 */
gboolean
tsn_compare_is_judging (TsnCompare *self)
{
  return self->judge != NULL && tsn_judge_is_working (self->judge);
}
