/* The photos beside the one that a document shows, and its labels. */
#include "ui/tsn-document-private.h"

static void
set_position (TsnDocument *self, guint position)
{
  if (self->position == position)
    return;
  self->position = position;
  tsn_document_notify (self, TSN_DOCUMENT_PROP_POSITION);
}

static guint
find_photo (TsnDocument *self)
{
  if (self->photo == NULL || self->photo->file == NULL)
    return TSN_GALLERY_NOWHERE;
  return tsn_gallery_find (self->gallery, self->photo->file);
}

/* Tells the judge what is shown. */
static void
start_judging (TsnDocument *self)
{
  TsnDataset *dataset = tsn_gallery_get_dataset (self->gallery);
  guint position = find_photo (self);

  if (position == TSN_GALLERY_NOWHERE)
    dataset = NULL;
  tsn_judge_set_photo (self->judge, self->model, dataset, position);
  for (guint i = 0; i < tsn_document_get_n_tasks (self); i++)
    {
      TsnPrediction *prediction = tsn_document_get_prediction (self, i);

      tsn_judge_set_result (self->judge, i, prediction != NULL ? prediction->result : NULL);
    }
  tsn_judge_want (self->judge, self->shown);
}

static void
photo_changed_cb (TsnDocument *self)
{
  set_position (self, find_photo (self));
  start_judging (self);
}

static void
predicted_cb (TsnDocument *self, guint task)
{
  TsnPrediction *prediction = tsn_document_get_prediction (self, task);

  if (task < tsn_document_get_n_tasks (self))
    tsn_judge_set_result (self->judge, task, prediction != NULL ? prediction->result : NULL);
}

static void
shown_cb (TsnDocument *self)
{
  tsn_judge_want (self->judge, self->shown);
}

static void
read_position (TsnDocument *self, guint position)
{
  TsnGalleryPhoto *photo = tsn_gallery_get_photo (self->gallery, position);

  if (photo == NULL)
    return;
  tsn_document_read_file (self, tsn_gallery_photo_get_file (photo));
  set_position (self, position);
}

/* A folder that a person named shows its first photo, unless one of it is in sight, or will be when
 * the camera goes that has no picture yet. */
static void
gallery_opened_cb (TsnDocument *self, gboolean asked)
{
  set_position (self, find_photo (self));
  if (asked && self->position == TSN_GALLERY_NOWHERE)
    {
      read_position (self, 0);
      return;
    }
  if (asked)
    tsn_live_close (self->live);
  start_judging (self);
}

static void
gallery_changed_cb (TsnDocument *self)
{
  if (!tsn_document_is_loading (self))
    set_position (self, find_photo (self));
}

void
tsn_document_init_source (TsnDocument *self)
{
  self->position = TSN_GALLERY_NOWHERE;
  self->show_truth = TRUE;
  self->judge = tsn_judge_new ();
  g_signal_connect_swapped (self->judge, "busy-changed", G_CALLBACK (tsn_document_update_busy),
                            self);
  self->gallery = tsn_gallery_new ();
  g_signal_connect_swapped (self->gallery, "opened", G_CALLBACK (gallery_opened_cb), self);
  /* After the lists that show it: they move their selection by themselves first. */
  g_signal_connect_data (self->gallery, "items-changed", G_CALLBACK (gallery_changed_cb), self,
                         NULL, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_swapped (self->gallery, "busy-changed", G_CALLBACK (tsn_document_update_busy),
                            self);
  g_signal_connect_swapped (self->gallery, "failed", G_CALLBACK (tsn_document_fail), self);
  g_signal_connect (self, "photo-changed", G_CALLBACK (photo_changed_cb), NULL);
  g_signal_connect (self, "model-changed", G_CALLBACK (start_judging), NULL);
  g_signal_connect (self, "predicted", G_CALLBACK (predicted_cb), NULL);
  g_signal_connect (self, "notify::shown", G_CALLBACK (shown_cb), NULL);
}

void
tsn_document_dispose_source (TsnDocument *self)
{
  if (self->gallery != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->gallery, self);
      tsn_gallery_cancel (self->gallery);
    }
  g_clear_object (&self->gallery);
  if (self->judge != NULL)
    g_signal_handlers_disconnect_by_data (self->judge, self);
  g_clear_object (&self->judge);
}

/**
 * tsn_document_get_gallery:
 *
 * Returns: (transfer none): the photos among which the shown one lies, perhaps none.
 */
TsnGallery *
tsn_document_get_gallery (TsnDocument *self)
{
  return self->gallery;
}

/**
 * tsn_document_open_folder:
 * @folder: of photos or of a data set
 *
 * Lists a folder and opens its first photo.
 */
void
tsn_document_open_folder (TsnDocument *self, GFile *folder)
{
  tsn_document_ask_source (self);
  tsn_gallery_open (self->gallery, folder);
}

/**
 * tsn_document_open_position:
 * @position: in the gallery; nothing happens beyond its end
 *
 * Opens another photo of the gallery.
 */
void
tsn_document_open_position (TsnDocument *self, guint position)
{
  if (position >= tsn_gallery_get_length (self->gallery))
    return;
  tsn_document_ask_source (self);
  read_position (self, position);
}

/* Where a step leads; outside of the gallery it leads to its first photo. */
static guint
find_step (TsnDocument *self, int step)
{
  guint n = tsn_gallery_get_length (self->gallery);

  if (n == 0 || (step < 0 && self->position == 0))
    return TSN_GALLERY_NOWHERE;
  if (self->position == TSN_GALLERY_NOWHERE)
    return 0;
  return self->position + step < n ? self->position + step : TSN_GALLERY_NOWHERE;
}

/**
 * tsn_document_can_step:
 * @step: 1 or -1
 *
 * Returns: whether there is a photo beside the one that is shown or being opened.
 */
gboolean
tsn_document_can_step (TsnDocument *self, int step)
{
  return find_step (self, step) != TSN_GALLERY_NOWHERE;
}

/**
 * tsn_document_step:
 * @step: 1 for the next photo, -1 for the previous one
 */
void
tsn_document_step (TsnDocument *self, int step)
{
  tsn_document_open_position (self, find_step (self, step));
}

guint
tsn_document_get_position (TsnDocument *self)
{
  return self->position;
}

/**
 * tsn_document_get_judge:
 *
 * Returns: (transfer none): what knows the labels of the photo, and scores.
 */
TsnJudge *
tsn_document_get_judge (TsnDocument *self)
{
  return self->judge;
}

gboolean
tsn_document_get_show_truth (TsnDocument *self)
{
  return self->show_truth;
}

void
tsn_document_set_show_truth (TsnDocument *self, gboolean show_truth)
{
  if (self->show_truth == show_truth)
    return;
  self->show_truth = show_truth;
  tsn_document_notify (self, TSN_DOCUMENT_PROP_SHOW_TRUTH);
}

/**
 * tsn_document_shows_truth_of:
 *
 * Returns: whether the label of @task stands beside its prediction.
 */
gboolean
tsn_document_shows_truth_of (TsnDocument *self, guint task)
{
  return self->show_truth && tsn_document_is_shown (self, task)
         && (tsn_judge_get_labelled (self->judge) & TASK_BIT (task)) != 0;
}

/**
 * tsn_document_get_truth:
 *
 * Returns: (transfer none) (nullable): the label of the photo for @task, once it was read.
 */
TsnAnnotation *
tsn_document_get_truth (TsnDocument *self, guint task)
{
  return tsn_judge_get_annotation (self->judge, task);
}
