#include "ui/tsn-document-private.h"

enum
{
  SOURCE_ASKED,
  PHOTO_CHANGED,
  MODEL_CHANGED,
  PREDICTED,
  PROGRESS,
  OPENED,
  FAILED,
  N_SIGNALS
};

static GParamSpec *props[TSN_DOCUMENT_N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsnDocument, tsn_document, G_TYPE_OBJECT)

void
tsn_document_notify (TsnDocument *self, guint prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop_id]);
}

void
tsn_document_fail (TsnDocument *self, const GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

void
tsn_document_tell_progress (TsnDocument *self)
{
  g_signal_emit (self, signals[PROGRESS], 0);
}

/* Hands photo, model and size to the predictor. */
static void
restart (TsnDocument *self)
{
  tsn_predictor_set_input (self->predictor, self->model,
                           self->photo != NULL ? self->photo->image : NULL, self->size);
  tsn_predictor_want (self->predictor, self->shown);
  tsn_judge_resume (self->judge);
}

static void
predicted_cb (TsnDocument *self, guint task)
{
  g_signal_emit (self, signals[PREDICTED], 0, task);
}

static void
stop (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

void
tsn_document_stop_reading (TsnDocument *self)
{
  stop (&self->opening);
  stop (&self->loading);
}

/* Whether the finished operation is the newest of its kind; if so, it is over. */
static gboolean
end (GAsyncResult *result, GCancellable **cancellable)
{
  if (*cancellable == NULL || g_task_get_cancellable (G_TASK (result)) != *cancellable)
    return FALSE;
  g_clear_object (cancellable);
  return TRUE;
}

void
tsn_document_adopt_photo (TsnDocument *self, TsnPhoto *photo, gboolean keep)
{
  g_clear_pointer (&self->photo, tsn_photo_free);
  self->photo = photo;
  if (!keep)
    {
      tsn_predictor_forget (self->predictor);
      tsn_blend_forget (self->blend);
    }
  g_signal_emit (self, signals[PHOTO_CHANGED], 0);
  restart (self);
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (TsnDocument) self = data;
  gboolean newest = end (result, &self->opening);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnPhoto) photo = tsn_loader_open_finish (result, &error);

  if (!newest)
    return;
  if (photo != NULL)
    {
      tsn_live_close (self->live);
      tsn_document_adopt_photo (self, g_steal_pointer (&photo), FALSE);
      if (self->photo->file != NULL)
        g_signal_emit (self, signals[OPENED], 0, self->photo->file);
    }
  else
    tsn_document_fail (self, error);
  tsn_document_update_busy (self);
}

/* The bits of the new model's tasks whose names are among the shown ones of the old. */
static guint64
translate_shown (TsnDocument *self, TsnModel *model)
{
  guint64 shown = 0;

  for (guint i = 0; i < tsn_document_get_n_tasks (self); i++)
    {
      int task = tsn_model_find_task (model, tsn_document_get_task (self, i)->name);

      if (tsn_document_is_shown (self, i) && task >= 0 && task < TSN_PREDICTOR_MAX_TASKS)
        shown |= TASK_BIT (task);
    }
  return shown;
}

static void
adopt_model (TsnDocument *self, TsnModel *model, const char *path)
{
  guint64 shown = translate_shown (self, model);

  g_clear_pointer (&self->model, tsn_model_unref);
  self->model = tsn_model_ref (model);
  g_free (self->model_path);
  self->model_path = g_strdup (path);
  tsn_predictor_forget (self->predictor);
  tsn_predictor_set_input (self->predictor, NULL, NULL, 0);
  self->shown = self->active = 0;
  tsn_display_set_isolated (self->display, -1);
  tsn_blend_set_model (self->blend, model);
  g_signal_emit (self, signals[MODEL_CHANGED], 0);
  if (shown != 0)
    tsn_document_set_shown (self, shown);
  else
    tsn_document_show_all (self);
  restart (self);
  tsn_blend_ask (self->blend);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (TsnDocument) self = data;
  gboolean newest = end (result, &self->loading);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnModel) model = tsn_loader_load_model_finish (result, &error);

  if (!newest)
    return;
  if (model != NULL)
    adopt_model (self, model, g_task_get_task_data (G_TASK (result)));
  else
    {
      tsn_document_fail (self, error);
      if (self->model == NULL)
        g_signal_emit (self, signals[MODEL_CHANGED], 0);
    }
  tsn_document_update_busy (self);
}

static void
tsn_document_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TsnDocument *self = TSN_DOCUMENT (object);

  switch (prop_id)
    {
    case TSN_DOCUMENT_PROP_SHOWN:
      g_value_set_uint64 (value, self->shown);
      break;
    case TSN_DOCUMENT_PROP_ACTIVE:
      g_value_set_uint (value, self->active);
      break;
    case TSN_DOCUMENT_PROP_SHOW_PHOTO:
      g_value_set_boolean (value, self->show_photo);
      break;
    case TSN_DOCUMENT_PROP_SIZE:
      g_value_set_uint (value, self->size);
      break;
    case TSN_DOCUMENT_PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case TSN_DOCUMENT_PROP_WORKING:
      g_value_set_boolean (value, self->working);
      break;
    case TSN_DOCUMENT_PROP_POSITION:
      g_value_set_uint (value, self->position);
      break;
    case TSN_DOCUMENT_PROP_SHOW_TRUTH:
      g_value_set_boolean (value, self->show_truth);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsn_document_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TsnDocument *self = TSN_DOCUMENT (object);

  switch (prop_id)
    {
    case TSN_DOCUMENT_PROP_SHOWN:
      tsn_document_set_shown (self, g_value_get_uint64 (value));
      break;
    case TSN_DOCUMENT_PROP_ACTIVE:
      tsn_document_set_active (self, g_value_get_uint (value));
      break;
    case TSN_DOCUMENT_PROP_SHOW_PHOTO:
      tsn_document_set_show_photo (self, g_value_get_boolean (value));
      break;
    case TSN_DOCUMENT_PROP_SIZE:
      tsn_document_set_size (self, g_value_get_uint (value));
      break;
    case TSN_DOCUMENT_PROP_SHOW_TRUTH:
      tsn_document_set_show_truth (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsn_document_dispose (GObject *object)
{
  TsnDocument *self = TSN_DOCUMENT (object);

  tsn_document_stop_reading (self);
  tsn_document_dispose_live (self);
  tsn_document_dispose_source (self);
  if (self->compare != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->compare, self);
      tsn_compare_cancel (self->compare);
    }
  g_clear_object (&self->compare);
  g_clear_object (&self->display);
  if (self->predictor != NULL)
    g_signal_handlers_disconnect_by_data (self->predictor, self);
  if (self->blend != NULL)
    g_signal_handlers_disconnect_by_data (self->blend, self);
  g_clear_object (&self->blend);
  if (self->inspection != NULL)
    g_signal_handlers_disconnect_by_data (self->inspection, self);
  g_clear_object (&self->inspection);
  g_clear_object (&self->predictor);
  g_clear_pointer (&self->photo, tsn_photo_free);
  g_clear_pointer (&self->model, tsn_model_unref);
  g_clear_pointer (&self->model_path, g_free);
  G_OBJECT_CLASS (tsn_document_parent_class)->dispose (object);
}

static guint
new_signal (const char *name, guint n_params, GType param)
{
  return g_signal_new (name, TSN_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       n_params, param);
}

static void
tsn_document_class_init (TsnDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tsn_document_get_property;
  object_class->set_property = tsn_document_set_property;
  object_class->dispose = tsn_document_dispose;
  props[TSN_DOCUMENT_PROP_SHOWN]
      = g_param_spec_uint64 ("shown", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[TSN_DOCUMENT_PROP_ACTIVE]
      = g_param_spec_uint ("active", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[TSN_DOCUMENT_PROP_SHOW_PHOTO]
      = g_param_spec_boolean ("show-photo", NULL, NULL, TRUE, flags);
  props[TSN_DOCUMENT_PROP_SIZE] = g_param_spec_uint ("size", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[TSN_DOCUMENT_PROP_BUSY]
      = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[TSN_DOCUMENT_PROP_WORKING] = g_param_spec_boolean (
      "working", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[TSN_DOCUMENT_PROP_POSITION]
      = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, TSN_GALLERY_NOWHERE,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[TSN_DOCUMENT_PROP_SHOW_TRUTH]
      = g_param_spec_boolean ("show-truth", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, TSN_DOCUMENT_N_PROPS, props);
  signals[SOURCE_ASKED] = new_signal ("source-asked", 0, G_TYPE_NONE);
  signals[PHOTO_CHANGED] = new_signal ("photo-changed", 0, G_TYPE_NONE);
  signals[MODEL_CHANGED] = new_signal ("model-changed", 0, G_TYPE_NONE);
  signals[PREDICTED] = new_signal ("predicted", 1, G_TYPE_UINT);
  signals[PROGRESS] = new_signal ("progress", 0, G_TYPE_NONE);
  signals[OPENED] = new_signal ("opened", 1, G_TYPE_FILE);
  signals[FAILED] = new_signal ("failed", 1, G_TYPE_ERROR);
}

static void
tsn_document_init (TsnDocument *self)
{
  self->show_photo = TRUE;
  self->predictor = tsn_predictor_new ();
  self->blend = tsn_blend_new (self->predictor);
  g_signal_connect_swapped (self->blend, "changed", G_CALLBACK (tsn_document_update_busy), self);
  g_signal_connect_swapped (self->blend, "notify::active", G_CALLBACK (tsn_document_update_busy),
                            self);
  g_signal_connect_swapped (self->predictor, "predicted", G_CALLBACK (predicted_cb), self);
  g_signal_connect_swapped (self->predictor, "busy-changed", G_CALLBACK (tsn_document_update_busy),
                            self);
  g_signal_connect_swapped (self->predictor, "failed", G_CALLBACK (tsn_document_fail), self);
  self->inspection = tsn_inspection_new (self);
  g_signal_connect_swapped (self->inspection, "busy-changed", G_CALLBACK (tsn_document_update_busy),
                            self);
  self->display = tsn_display_new ();
  tsn_document_init_source (self);
  self->compare = tsn_compare_new (self);
  g_signal_connect_swapped (self->compare, "busy-changed", G_CALLBACK (tsn_document_update_busy),
                            self);
  g_signal_connect_swapped (self->compare, "failed", G_CALLBACK (tsn_document_fail), self);
  tsn_document_init_live (self);
}

TsnDocument *
tsn_document_new (void)
{
  return g_object_new (TSN_TYPE_DOCUMENT, NULL);
}

void
tsn_document_ask_source (TsnDocument *self)
{
  stop (&self->opening);
  tsn_gallery_cancel_asked (self->gallery);
  tsn_document_update_busy (self);
  g_signal_emit (self, signals[SOURCE_ASKED], 0);
}

static GCancellable *
begin_opening (TsnDocument *self)
{
  stop (&self->opening);
  self->opening = g_cancellable_new ();
  return self->opening;
}

void
tsn_document_read_file (TsnDocument *self, GFile *file)
{
  tsn_loader_open_file (file, begin_opening (self), opened_cb, g_object_ref (self));
  tsn_document_update_busy (self);
}

/**
 * tsn_document_open_file:
 *
 * Opens a photo, in place of the one that is still being opened, if any.
 */
void
tsn_document_open_file (TsnDocument *self, GFile *file)
{
  tsn_document_ask_source (self);
  tsn_document_read_file (self, file);
}

/**
 * tsn_document_open_texture:
 *
 * Opens a photo that came through the clipboard or a drop.
 */
void
tsn_document_open_texture (TsnDocument *self, GdkTexture *texture, const char *name)
{
  tsn_document_ask_source (self);
  tsn_loader_open_texture (texture, name, begin_opening (self), opened_cb, g_object_ref (self));
  tsn_document_update_busy (self);
}

/**
 * tsn_document_load_model:
 *
 * Loads a model.  Of the tasks shown those stay that it has too; without any, all are shown.
 */
void
tsn_document_load_model (TsnDocument *self, const char *path)
{
  stop (&self->loading);
  self->loading = g_cancellable_new ();
  tsn_loader_load_model (path, self->loading, loaded_cb, g_object_ref (self));
  tsn_document_update_busy (self);
}

/**
 * tsn_document_rerun:
 *
 * Predicts all shown tasks anew, the encoder included only if it was not run before.
 */
void
tsn_document_rerun (TsnDocument *self)
{
  restart (self);
  tsn_compare_resume (self->compare);
}

/**
 * tsn_document_get_photo:
 *
 * Returns: (transfer none) (nullable): the photo.
 */
const TsnPhoto *
tsn_document_get_photo (TsnDocument *self)
{
  return self->photo;
}

/**
 * tsn_document_get_model:
 *
 * Returns: (transfer none) (nullable): the model.
 */
TsnModel *
tsn_document_get_model (TsnDocument *self)
{
  return self->model;
}

const char *
tsn_document_get_model_path (TsnDocument *self)
{
  return self->model_path;
}

guint
tsn_document_get_n_tasks (TsnDocument *self)
{
  if (self->model == NULL)
    return 0;
  return MIN (tsn_model_get_n_tasks (self->model), TSN_PREDICTOR_MAX_TASKS);
}

const TsnTask *
tsn_document_get_task (TsnDocument *self, guint task)
{
  g_return_val_if_fail (task < tsn_document_get_n_tasks (self), NULL);

  return tsn_model_get_task (self->model, task);
}

guint
tsn_document_get_size (TsnDocument *self)
{
  return self->size;
}

void
tsn_document_set_size (TsnDocument *self, guint size)
{
  if (self->size == size)
    return;
  self->size = size;
  tsn_document_notify (self, TSN_DOCUMENT_PROP_SIZE);
  restart (self);
}

/**
 * tsn_document_get_network_size:
 *
 * Returns: whether there are photo and model; if so, the size of the network's input.
 */
gboolean
tsn_document_get_network_size (TsnDocument *self, guint *width, guint *height)
{
  if (self->photo == NULL || self->model == NULL)
    return FALSE;
  return tsn_image_fit_size (self->photo->image->width, self->photo->image->height,
                             self->size != 0 ? self->size : self->model->size, width, height);
}

TsnPredictor *
tsn_document_get_predictor (TsnDocument *self)
{
  return self->predictor;
}

/**
 * tsn_document_get_blend:
 *
 * Returns: (transfer none): the mix of tasks.
 */
TsnBlend *
tsn_document_get_blend (TsnDocument *self)
{
  return self->blend;
}

/**
 * tsn_document_get_display:
 *
 * Returns: (transfer none): how predictions are shown.
 */
TsnDisplay *
tsn_document_get_display (TsnDocument *self)
{
  return self->display;
}

/**
 * tsn_document_get_compare:
 *
 * Returns: (transfer none): the second model and how it is compared with.
 */
TsnCompare *
tsn_document_get_compare (TsnDocument *self)
{
  return self->compare;
}

/**
 * tsn_document_get_prediction:
 *
 * Returns: (transfer none) (nullable): what is known of a task.
 */
TsnPrediction *
tsn_document_get_prediction (TsnDocument *self, guint task)
{
  return tsn_predictor_get_prediction (self->predictor, task);
}

/**
 * tsn_document_get_inspection:
 *
 * Returns: (transfer none): what is looked at inside of the network.
 */
TsnInspection *
tsn_document_get_inspection (TsnDocument *self)
{
  return self->inspection;
}
