#include "ui/tsn-compare-private.h"

#include "ui/tsn-document-live.h"
#include "ui/tsn-document-source.h"
#include "ui/tsn-turns.h"

#include <gtk/gtk.h>

/* How long a blinking pane shows either model. */
#define BLINK_MS 800

enum
{
  PROP_ENABLED = 1,
  PROP_MODE,
  PROP_WIPE,
  PROP_SECOND_SHOWN,
  N_PROPS
};

enum
{
  MODEL_CHANGED,
  UPDATED,
  BUSY_CHANGED,
  FAILED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsnCompare, tsn_compare, G_TYPE_OBJECT)

GType
tsn_compare_mode_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    { TSN_COMPARE_SIDE, "TSN_COMPARE_SIDE", "side" },
    { TSN_COMPARE_WIPE, "TSN_COMPARE_WIPE", "wipe" },
    { TSN_COMPARE_BLINK, "TSN_COMPARE_BLINK", "blink" },
    { TSN_COMPARE_DIFFERENCE, "TSN_COMPARE_DIFFERENCE", "difference" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("TsnCompareMode", values));
  return type;
}

static void
notify (TsnCompare *self, guint prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop_id]);
}

static void
emit (TsnCompare *self, guint signal)
{
  g_signal_emit (self, signals[signal], 0);
}

void
tsn_compare_emit_updated (TsnCompare *self)
{
  emit (self, UPDATED);
  emit (self, BUSY_CHANGED);
}

/* The shown tasks, as bits of the second model's. */
static guint64
translate_shown (TsnCompare *self)
{
  guint64 shown = 0;

  for (guint i = 0; i < tsn_document_get_n_tasks (self->document); i++)
    {
      int task = tsn_compare_match (self, i);

      if (task >= 0 && tsn_document_is_shown (self->document, i))
        shown |= G_GUINT64_CONSTANT (1) << task;
    }
  return shown;
}

static gboolean
start_cb (gpointer data)
{
  TsnCompare *self = data;

  self->start = 0;
  if (self->document != NULL && tsn_compare_is_on (self)
      && !tsn_predictor_is_busy (tsn_document_get_predictor (self->document)))
    tsn_predictor_want (self->predictor, translate_shown (self));
  emit (self, BUSY_CHANGED);
  return G_SOURCE_REMOVE;
}

/* Asks the second worker as soon as the first one rests: two at once would only make both slow.
 * Ahead of painting, which could leave no time for it while something moves. */
static void
schedule (TsnCompare *self)
{
  if (self->start != 0 || self->stopped || !tsn_compare_is_on (self))
    return;
  self->start = g_idle_add_full (G_PRIORITY_HIGH_IDLE, start_cb, self, NULL);
  emit (self, BUSY_CHANGED);
}

/* What is asked anew begins however the last work ended. */
static void
ask (TsnCompare *self)
{
  self->stopped = FALSE;
  tsn_judge_resume (self->judge);
  schedule (self);
}

static void
set_input (TsnCompare *self)
{
  const TsnPhoto *photo = tsn_document_get_photo (self->document);
  gboolean on = tsn_compare_is_on (self) && photo != NULL;

  tsn_compare_update_scores (self);
  tsn_predictor_set_input (self->predictor, on ? self->model : NULL, on ? photo->image : NULL,
                           tsn_document_get_size (self->document));
  ask (self);
}

static void
photo_changed_cb (TsnCompare *self)
{
  /* Of moving pictures the last results stay until there are new ones. */
  if (!tsn_document_shows_frame (self->document))
    tsn_predictor_forget (self->predictor);
  set_input (self);
  tsn_compare_update (self);
}

/* Once for all that come or go together. */
static void
update_next (TsnCompare *self)
{
  self->outdated = TRUE;
  tsn_turns_add (self, (TsnTurn) tsn_compare_update);
}

/* While nothing is compared nobody has to be told of every task; to begin brings all up to date. */
static void
predicted_cb (TsnCompare *self)
{
  if (tsn_compare_is_on (self))
    update_next (self);
}

static gboolean
blink_cb (gpointer data)
{
  tsn_compare_swap (data);
  return G_SOURCE_CONTINUE;
}

/* Nothing moves by itself for people who asked for that. */
static gboolean
may_blink (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  gboolean animate = TRUE;

  if (settings != NULL)
    g_object_get (settings, "gtk-enable-animations", &animate, NULL);
  return animate;
}

static void
update_blink (TsnCompare *self)
{
  gboolean blink = tsn_compare_is_on (self) && self->mode == TSN_COMPARE_BLINK && may_blink ();

  if (blink && self->blink == 0)
    self->blink = g_timeout_add (BLINK_MS, blink_cb, self);
  else if (!blink)
    g_clear_handle_id (&self->blink, g_source_remove);
  if (self->mode != TSN_COMPARE_BLINK && self->second_shown)
    tsn_compare_swap (self);
}

static void
adopt_model (TsnCompare *self, TsnModel *model, const char *path)
{
  g_clear_pointer (&self->model, tsn_model_unref);
  self->model = tsn_model_ref (model);
  g_free (self->path);
  self->path = g_strdup (path);
  tsn_predictor_forget (self->predictor);
  if (self->document != NULL)
    set_input (self);
  update_blink (self);
  emit (self, MODEL_CHANGED);
  tsn_compare_update (self);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (TsnCompare) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnModel) model = tsn_loader_load_model_finish (result, &error);

  if (self->loading == NULL || g_task_get_cancellable (G_TASK (result)) != self->loading)
    return;
  g_clear_object (&self->loading);
  if (model != NULL)
    adopt_model (self, model, g_task_get_task_data (G_TASK (result)));
  else
    {
      g_signal_emit (self, signals[FAILED], 0, error);
      if (self->model == NULL)
        tsn_compare_set_enabled (self, FALSE);
    }
  emit (self, BUSY_CHANGED);
}

void
tsn_compare_busy_changed (TsnCompare *self)
{
  emit (self, BUSY_CHANGED);
}

static void
forward_failed_cb (TsnCompare *self, GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
tsn_compare_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TsnCompare *self = TSN_COMPARE (object);

  switch (prop_id)
    {
    case PROP_ENABLED:
      g_value_set_boolean (value, self->enabled);
      break;
    case PROP_MODE:
      g_value_set_enum (value, self->mode);
      break;
    case PROP_WIPE:
      g_value_set_double (value, self->wipe);
      break;
    case PROP_SECOND_SHOWN:
      g_value_set_boolean (value, self->second_shown);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsn_compare_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TsnCompare *self = TSN_COMPARE (object);

  switch (prop_id)
    {
    case PROP_ENABLED:
      tsn_compare_set_enabled (self, g_value_get_boolean (value));
      break;
    case PROP_MODE:
      tsn_compare_set_mode (self, g_value_get_enum (value));
      break;
    case PROP_WIPE:
      tsn_compare_set_wipe (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsn_compare_dispose (GObject *object)
{
  TsnCompare *self = TSN_COMPARE (object);

  tsn_compare_cancel (self);
  g_clear_handle_id (&self->blink, g_source_remove);
  tsn_turns_remove (self);
  g_clear_handle_id (&self->start, g_source_remove);
  if (self->predictor != NULL)
    g_signal_handlers_disconnect_by_data (self->predictor, self);
  g_clear_object (&self->predictor);
  tsn_compare_dispose_scores (self);
  g_clear_weak_pointer (&self->document);
  g_clear_pointer (&self->model, tsn_model_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->default_path, g_free);
  for (guint i = 0; i < TSN_PREDICTOR_MAX_TASKS; i++)
    g_clear_pointer (&self->entries[i].ready, tsn_disagreement_unref);
  G_OBJECT_CLASS (tsn_compare_parent_class)->dispose (object);
}

static guint
new_signal (const char *name, guint n_params, GType param)
{
  return g_signal_new (name, TSN_TYPE_COMPARE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       n_params, param);
}

static void
tsn_compare_class_init (TsnCompareClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tsn_compare_get_property;
  object_class->set_property = tsn_compare_set_property;
  object_class->dispose = tsn_compare_dispose;
  props[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, FALSE, flags);
  props[PROP_MODE]
      = g_param_spec_enum ("mode", NULL, NULL, TSN_TYPE_COMPARE_MODE, TSN_COMPARE_SIDE, flags);
  props[PROP_WIPE] = g_param_spec_double ("wipe", NULL, NULL, 0, 1, 0.5, flags);
  props[PROP_SECOND_SHOWN] = g_param_spec_boolean ("second-shown", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[MODEL_CHANGED] = new_signal ("model-changed", 0, G_TYPE_NONE);
  signals[UPDATED] = new_signal ("updated", 0, G_TYPE_NONE);
  signals[BUSY_CHANGED] = new_signal ("busy-changed", 0, G_TYPE_NONE);
  signals[FAILED] = new_signal ("failed", 1, G_TYPE_ERROR);
}

static void
tsn_compare_init (TsnCompare *self)
{
  self->wipe = 0.5;
  tsn_compare_init_scores (self);
  self->predictor = tsn_predictor_new ();
  g_signal_connect_swapped (self->predictor, "predicted", G_CALLBACK (update_next), self);
  g_signal_connect_swapped (self->predictor, "busy-changed", G_CALLBACK (tsn_compare_busy_changed), self);
  g_signal_connect_swapped (self->predictor, "failed", G_CALLBACK (forward_failed_cb), self);
}

static void
follow (TsnCompare *self, gpointer object, const char *signal, GCallback callback)
{
  g_signal_connect_object (object, signal, callback, self, G_CONNECT_SWAPPED);
}

/**
 * tsn_compare_new:
 * @document: whose photo and tasks are compared; it is not kept alive
 *
 * Returns: (transfer full): a comparison with nothing yet.
 */
TsnCompare *
tsn_compare_new (TsnDocument *document)
{
  TsnCompare *self = g_object_new (TSN_TYPE_COMPARE, NULL);

  g_set_weak_pointer (&self->document, document);
  follow (self, document, "photo-changed", G_CALLBACK (photo_changed_cb));
  follow (self, document, "model-changed", G_CALLBACK (photo_changed_cb));
  follow (self, document, "notify::size", G_CALLBACK (set_input));
  follow (self, document, "notify::shown", G_CALLBACK (ask));
  follow (self, document, "predicted", G_CALLBACK (predicted_cb));
  follow (self, tsn_document_get_judge (document), "surveyed",
          G_CALLBACK (tsn_compare_update_scores));
  follow (self, tsn_document_get_predictor (document), "busy-changed", G_CALLBACK (schedule));
  return self;
}

/**
 * tsn_compare_set_default:
 * @path: (nullable): the model to compare with unless somebody names another
 */
void
tsn_compare_set_default (TsnCompare *self, const char *path)
{
  g_free (self->default_path);
  self->default_path = g_strdup (path);
}

const char *
tsn_compare_get_default (TsnCompare *self)
{
  return self->default_path;
}

/**
 * tsn_compare_load:
 * @path: of a model file
 *
 * Reads the second model; one that cannot be read leaves everything as it was.
 */
void
tsn_compare_load (TsnCompare *self, const char *path)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  tsn_loader_load_model (path, self->loading, loaded_cb, g_object_ref (self));
  emit (self, BUSY_CHANGED);
}

/**
 * tsn_compare_cancel:
 *
 * Stops all that takes time, and begins nothing when the first model is done.
 */
void
tsn_compare_cancel (TsnCompare *self)
{
  self->stopped = TRUE;
  g_clear_handle_id (&self->start, g_source_remove);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->predictor != NULL)
    tsn_predictor_cancel (self->predictor);
  if (self->judge != NULL)
    tsn_judge_cancel (self->judge);
}

/**
 * tsn_compare_resume:
 *
 * Asks again for what was stopped.
 */
void
tsn_compare_resume (TsnCompare *self)
{
  ask (self);
}

/**
 * tsn_compare_get_model:
 *
 * Returns: (transfer none) (nullable): the second model.
 */
TsnModel *
tsn_compare_get_model (TsnCompare *self)
{
  return self->model;
}

const char *
tsn_compare_get_model_path (TsnCompare *self)
{
  return self->path;
}

TsnPredictor *
tsn_compare_get_predictor (TsnCompare *self)
{
  return self->predictor;
}

/**
 * tsn_compare_is_loading:
 *
 * Returns: whether the second model is being read.
 */
gboolean
tsn_compare_is_loading (TsnCompare *self)
{
  return self->loading != NULL;
}

gboolean
tsn_compare_is_busy (TsnCompare *self)
{
  return self->loading != NULL || self->start != 0 || self->outdated || self->n_running > 0
         || tsn_predictor_is_busy (self->predictor);
}

gboolean
tsn_compare_get_enabled (TsnCompare *self)
{
  return self->enabled;
}

/**
 * tsn_compare_set_enabled:
 *
 * Starts or ends comparing; at first with the default model, if there is one.
 */
void
tsn_compare_set_enabled (TsnCompare *self, gboolean enabled)
{
  if (self->enabled == enabled)
    return;
  self->enabled = enabled;
  if (enabled && self->model == NULL && self->loading == NULL && self->default_path != NULL)
    tsn_compare_load (self, self->default_path);
  if (self->document != NULL)
    set_input (self);
  update_blink (self);
  notify (self, PROP_ENABLED);
}

/**
 * tsn_compare_is_on:
 *
 * Returns: whether two models are compared: it is enabled and there is a second one.
 */
gboolean
tsn_compare_is_on (TsnCompare *self)
{
  return self->enabled && self->model != NULL;
}

TsnCompareMode
tsn_compare_get_mode (TsnCompare *self)
{
  return self->mode;
}

void
tsn_compare_set_mode (TsnCompare *self, TsnCompareMode mode)
{
  if (self->mode == mode)
    return;
  self->mode = mode;
  update_blink (self);
  notify (self, PROP_MODE);
}

double
tsn_compare_get_wipe (TsnCompare *self)
{
  return self->wipe;
}

void
tsn_compare_set_wipe (TsnCompare *self, double wipe)
{
  wipe = CLAMP (wipe, 0, 1);
  if (self->wipe == wipe)
    return;
  self->wipe = wipe;
  notify (self, PROP_WIPE);
}

gboolean
tsn_compare_get_second_shown (TsnCompare *self)
{
  return self->second_shown;
}

/**
 * tsn_compare_swap:
 *
 * Shows the other model in blinking panes, as the clock does by itself.
 */
void
tsn_compare_swap (TsnCompare *self)
{
  self->second_shown = !self->second_shown;
  notify (self, PROP_SECOND_SHOWN);
}
