/* Frames of a camera or a video become the photo of a document, one after the other. */
#include "ui/tsn-document-private.h"

/* Work of others, such as a blend that is played, may hold up the next frame for this long. */
#define PATIENCE_US (100 * 1000)

/* After the results were painted, or this long after they came: where painting takes longer than a
 * frame may, an animation leaves no time for anything that is to be done after it. */
#define AFTER_PAINTING (GDK_PRIORITY_REDRAW + 10)
#define PAINTED_MS 100

/* A frame on its way to becoming a photo. */
typedef struct
{
  TsnImage *image;
  char *name;
} Frame;

static void
frame_free (Frame *frame)
{
  tsn_image_unref (frame->image);
  g_free (frame->name);
  g_free (frame);
}

static void
prepare_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  const Frame *frame = data;
  TsnPhoto *photo = g_new0 (TsnPhoto, 1);

  photo->image = tsn_image_ref (frame->image);
  photo->picture = tsn_picture_new_for_image (frame->image);
  photo->name = g_strdup (frame->name);
  g_task_return_pointer (task, photo, (GDestroyNotify) tsn_photo_free);
}

static gboolean
has_all_results (TsnDocument *self)
{
  for (guint i = 0; i < tsn_document_get_n_tasks (self); i++)
    if (tsn_document_is_shown (self, i) && tsn_predictor_is_waiting_for (self->predictor, i))
      return FALSE;
  return TRUE;
}

/* What was asked beside the tasks, such as the values of a node, is due for every frame, however
 * slow; what is asked again and again, such as a blend that is played, is not waited for. */
static gboolean
is_owed (TsnDocument *self)
{
  for (guint i = 0; i < TSN_PREDICTOR_N_SLOTS; i++)
    if (tsn_predictor_owes (self->predictor, i))
      return TRUE;
  return FALSE;
}

static void take_next (TsnDocument *self);

static void
stop_waiting (TsnDocument *self)
{
  g_clear_handle_id (&self->next_frame, g_source_remove);
  g_clear_handle_id (&self->next_frame_anyway, g_source_remove);
}

static gboolean
painted_cb (gpointer data)
{
  TsnDocument *self = data;

  stop_waiting (self);
  take_next (self);
  return G_SOURCE_REMOVE;
}

static void
take_next_after_painting (TsnDocument *self)
{
  if (self->next_frame != 0)
    return;
  self->next_frame = g_idle_add_full (AFTER_PAINTING, painted_cb, self, NULL);
  self->next_frame_anyway = g_timeout_add (PAINTED_MS, painted_cb, self);
}

static void
busy_changed_cb (TsnDocument *self)
{
  gint64 now = g_get_monotonic_time ();

  if (!self->awaiting_results || !has_all_results (self))
    {
      self->results_since = 0;
      return;
    }
  if (self->results_since == 0)
    self->results_since = now;
  if (tsn_compare_is_busy (self->compare) || is_owed (self)
      || (tsn_predictor_is_busy (self->predictor) && now - self->results_since < PATIENCE_US))
    return;
  self->awaiting_results = FALSE;
  self->results_since = 0;
  tsn_live_count_shown (self->live);
  take_next_after_painting (self);
}

static void
prepared_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  TsnDocument *self = TSN_DOCUMENT (object);
  TsnPhoto *photo = g_task_propagate_pointer (G_TASK (result), NULL);
  gboolean another = self->shows_frame;

  self->preparing_frame = FALSE;
  if (GPOINTER_TO_UINT (data) != self->live_epoch)
    {
      tsn_photo_free (photo);
      take_next (self);
      return;
    }
  self->shows_frame = TRUE;
  tsn_document_adopt_photo (self, photo, another);
  self->awaiting_results = TRUE;
  /* Without a model there are no results to wait for. */
  busy_changed_cb (self);
}

static void
take_next (TsnDocument *self)
{
  g_autoptr (GTask) task = NULL;
  TsnImage *image;
  Frame *frame;

  if (self->preparing_frame || self->awaiting_results || self->next_frame != 0)
    return;
  image = tsn_live_take (self->live);
  if (image == NULL)
    return;
  frame = g_new (Frame, 1);
  *frame = (Frame){ image, tsn_live_get_name (self->live) };
  self->preparing_frame = TRUE;
  task = g_task_new (self, NULL, prepared_cb, GUINT_TO_POINTER (self->live_epoch));
  g_task_set_task_data (task, frame, (GDestroyNotify) frame_free);
  g_task_run_in_thread (task, prepare_thread);
}

/* Results are drawn no larger than they are seen, while they come one after the other; those of a
 * frame that stays are drawn anew, for whoever looks closer. */
static void
update_drawn_side (TsnDocument *self)
{
  TsnLiveStatus status = tsn_live_get_status (self->live);
  gboolean rolling = status == TSN_LIVE_RUNNING;
  gboolean stays = status == TSN_LIVE_FROZEN || status == TSN_LIVE_ENDED;

  tsn_predictor_set_drawn_side (self->predictor, rolling ? self->pane_side : 0);
  if (self->rolling && stays && self->shows_frame)
    tsn_document_rerun (self);
  self->rolling = rolling;
}

static void
live_changed_cb (TsnDocument *self)
{
  TsnFrameSource *source = tsn_live_get_source (self->live);

  update_drawn_side (self);
  if (self->live_source == source)
    return;
  self->live_source = source;
  self->live_epoch++;
  self->awaiting_results = self->shows_frame = FALSE;
}

/* What fails for one frame fails for the next one, too: once is enough to say so. */
static void
failed_cb (TsnDocument *self)
{
  tsn_live_set_frozen (self->live, TRUE);
}

void
tsn_document_init_live (TsnDocument *self)
{
  self->live = tsn_live_new ();
  g_signal_connect_swapped (self->live, "asked", G_CALLBACK (tsn_document_ask_source), self);
  g_signal_connect_swapped (self->live, "changed", G_CALLBACK (live_changed_cb), self);
  g_signal_connect_swapped (self->live, "frame", G_CALLBACK (take_next), self);
  g_signal_connect_swapped (self->predictor, "busy-changed", G_CALLBACK (busy_changed_cb), self);
  g_signal_connect_swapped (self->predictor, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_swapped (self->compare, "busy-changed", G_CALLBACK (busy_changed_cb), self);
}

void
tsn_document_dispose_live (TsnDocument *self)
{
  stop_waiting (self);
  if (self->live != NULL)
    g_signal_handlers_disconnect_by_data (self->live, self);
  g_clear_object (&self->live);
}

/**
 * tsn_document_get_live:
 *
 * Returns: (transfer none): the camera or video that plays, if any.
 */
TsnLive *
tsn_document_get_live (TsnDocument *self)
{
  return self->live;
}

gboolean
tsn_document_is_live (TsnDocument *self)
{
  return tsn_live_get_kind (self->live) != TSN_LIVE_NONE;
}

/**
 * tsn_document_shows_frame:
 *
 * Returns: whether the photo is a frame of what plays.
 */
gboolean
tsn_document_shows_frame (TsnDocument *self)
{
  return self->shows_frame;
}

/**
 * tsn_document_set_pane_side:
 * @side: longest side of what is seen of a result, in device pixels
 *
 * Says how large results of moving pictures need to be drawn.
 */
void
tsn_document_set_pane_side (TsnDocument *self, guint side)
{
  self->pane_side = side;
  update_drawn_side (self);
}
