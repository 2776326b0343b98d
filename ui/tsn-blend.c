#include "ui/tsn-blend-private.h"

#include <string.h>

enum
{
  CHANGED,
  PREDICTED,
  CONTRASTED,
  MODEL_CHANGED,
  N_SIGNALS
};

/* By how much another task must outweigh the one that is read out before the read-out follows, so
 * that it does not flicker where two are alike. */
#define MARGIN 0.005

/* Ten results a second still follow a pointer. */
#define PATIENCE_SECONDS 0.1

static GParamSpec *props[TSN_BLEND_N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsnBlend, tsn_blend, G_TYPE_OBJECT)

void
tsn_blend_notify (TsnBlend *self, guint prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop_id]);
}

void
tsn_blend_take (TsnBlend *self, TsnPrediction *prediction)
{
  if (self->prediction == NULL && prediction == NULL)
    return;
  g_clear_pointer (&self->prediction, tsn_prediction_unref);
  if (prediction != NULL)
    self->prediction = tsn_prediction_ref (prediction);
  tsn_blend_update_contrast (self);
  g_signal_emit (self, signals[PREDICTED], 0);
}

void
tsn_blend_contrasted (TsnBlend *self)
{
  g_signal_emit (self, signals[CONTRASTED], 0);
}

/* A plain task that comes later can be compared with, too. */
static void
predicted_cb (TsnBlend *self, guint task)
{
  if (task == self->readout && self->prediction != NULL)
    tsn_blend_update_contrast (self);
}

static void
mixed_cb (TsnBlend *self, guint slot, guint index, TsnPrediction *prediction)
{
  if (slot != TSN_PREDICTOR_BLEND)
    return;
  self->whole = TRUE;
  tsn_blend_take (self, prediction);
}

/**
 * tsn_blend_ask:
 *
 * Asks the predictor for the result if the blend is active, or for nothing; to be called after the
 * predictor got another model.
 */
void
tsn_blend_ask (TsnBlend *self)
{
  g_autoptr (TsnMixture) mixture = NULL;

  g_clear_handle_id (&self->settle, g_source_remove);
  if (tsn_blend_is_active (self) && tsn_blend_can_mix (self))
    mixture = tsn_blend_make_mixture (self);
  tsn_predictor_ask (self->predictor, TSN_PREDICTOR_BLEND, (const TsnMixture *const *) &mixture,
                     mixture != NULL ? 1 : 0, NULL);
  if (mixture != NULL)
    return;
  tsn_blend_drop_preview (self);
  tsn_blend_take (self, NULL);
}

/**
 * tsn_blend_forget:
 *
 * Drops the result: it is of another photo.
 */
void
tsn_blend_forget (TsnBlend *self)
{
  tsn_blend_drop_preview (self);
  tsn_blend_take (self, NULL);
}

static void
follow_heaviest (TsnBlend *self)
{
  guint readout = self->readout;

  for (guint i = 0; i < self->n_tasks; i++)
    if (self->weights[i] > self->weights[readout] + (readout == self->readout ? MARGIN : 0))
      readout = i;
  if (readout == self->readout)
    return;
  self->readout = readout;
  tsn_blend_notify (self, TSN_BLEND_PROP_READOUT);
}

void
tsn_blend_changed (TsnBlend *self)
{
  if (self->follow && self->n_tasks > 0)
    follow_heaviest (self);
  if (!tsn_blend_preview (self))
    tsn_blend_ask (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Whoever takes the weights into the own hand stops the path. */
static void
walk_cb (TsnBlend *self)
{
  g_autofree double *weights = g_new (double, self->n_tasks);

  if (self->n_tasks == 0)
    return;
  tsn_blend_path_get_weights (self->path, tsn_blend_path_get_time (self->path), weights);
  self->walking = TRUE;
  tsn_blend_set_weights (self, weights);
  self->walking = FALSE;
}

static void
tsn_blend_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TsnBlend *self = TSN_BLEND (object);

  switch (prop_id)
    {
    case TSN_BLEND_PROP_SHOWN:
      g_value_set_boolean (value, self->shown);
      break;
    case TSN_BLEND_PROP_OPEN:
      g_value_set_boolean (value, self->open);
      break;
    case TSN_BLEND_PROP_ACTIVE:
      g_value_set_boolean (value, tsn_blend_is_active (self));
      break;
    case TSN_BLEND_PROP_SPACE:
      g_value_set_uint (value, self->space);
      break;
    case TSN_BLEND_PROP_READOUT:
      g_value_set_uint (value, self->readout);
      break;
    case TSN_BLEND_PROP_FOLLOW:
      g_value_set_boolean (value, self->follow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsn_blend_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TsnBlend *self = TSN_BLEND (object);

  switch (prop_id)
    {
    case TSN_BLEND_PROP_SHOWN:
      tsn_blend_set_shown (self, g_value_get_boolean (value));
      break;
    case TSN_BLEND_PROP_OPEN:
      tsn_blend_set_open (self, g_value_get_boolean (value));
      break;
    case TSN_BLEND_PROP_SPACE:
      tsn_blend_set_space (self, g_value_get_uint (value));
      break;
    case TSN_BLEND_PROP_READOUT:
      tsn_blend_set_readout (self, g_value_get_uint (value));
      break;
    case TSN_BLEND_PROP_FOLLOW:
      tsn_blend_set_follow (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsn_blend_dispose (GObject *object)
{
  TsnBlend *self = TSN_BLEND (object);

  if (self->predictor != NULL)
    g_signal_handlers_disconnect_by_data (self->predictor, self);
  if (self->path != NULL)
    g_signal_handlers_disconnect_by_data (self->path, self);
  tsn_blend_dispose_preview (self);
  g_clear_object (&self->predictor);
  g_clear_object (&self->path);
  g_clear_pointer (&self->model, tsn_model_unref);
  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_pointer (&self->prediction, tsn_prediction_unref);
  g_clear_pointer (&self->contrast, tsn_disagreement_unref);
  g_clear_pointer (&self->weights, g_free);
  g_clear_pointer (&self->modules, g_strfreev);
  g_clear_pointer (&self->pinned, g_ptr_array_unref);
  G_OBJECT_CLASS (tsn_blend_parent_class)->dispose (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, TSN_TYPE_BLEND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       0);
}

static void
tsn_blend_class_init (TsnBlendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tsn_blend_get_property;
  object_class->set_property = tsn_blend_set_property;
  object_class->dispose = tsn_blend_dispose;
  props[TSN_BLEND_PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, FALSE, flags);
  props[TSN_BLEND_PROP_OPEN] = g_param_spec_boolean ("open", NULL, NULL, FALSE, flags);
  props[TSN_BLEND_PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[TSN_BLEND_PROP_SPACE]
      = g_param_spec_uint ("space", NULL, NULL, 0, TSN_MIX_COEFFICIENTS, TSN_MIX_EMBEDDINGS, flags);
  props[TSN_BLEND_PROP_READOUT] = g_param_spec_uint ("readout", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[TSN_BLEND_PROP_FOLLOW] = g_param_spec_boolean ("follow", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, TSN_BLEND_N_PROPS, props);
  signals[CHANGED] = new_signal ("changed");
  signals[PREDICTED] = new_signal ("predicted");
  signals[CONTRASTED] = new_signal ("contrasted");
  signals[MODEL_CHANGED] = new_signal ("model-changed");
}

static void
tsn_blend_init (TsnBlend *self)
{
  self->space = TSN_MIX_EMBEDDINGS;
  self->follow = TRUE;
  self->patience = PATIENCE_SECONDS;
  self->path = tsn_blend_path_new ();
  self->pinned = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect_swapped (self->path, "notify::time", G_CALLBACK (walk_cb), self);
}

/**
 * tsn_blend_new:
 * @predictor: whom to ask
 *
 * Returns: (transfer full): a blend without tasks.
 */
TsnBlend *
tsn_blend_new (TsnPredictor *predictor)
{
  TsnBlend *self = g_object_new (TSN_TYPE_BLEND, NULL);

  self->predictor = g_object_ref (predictor);
  g_signal_connect_swapped (predictor, "mixed", G_CALLBACK (mixed_cb), self);
  g_signal_connect_swapped (predictor, "predicted", G_CALLBACK (predicted_cb), self);
  return self;
}

/* Whether two models can be told the same things. */
static gboolean
has_same_parts (TsnBlend *self, TsnModel *model, char **modules)
{
  if (self->model == NULL || self->n_tasks != tsn_model_get_n_tasks (model)
      || !g_strv_equal ((const char *const *) self->modules, (const char *const *) modules))
    return FALSE;
  for (guint i = 0; i < self->n_tasks; i++)
    if (strcmp (tsn_blend_get_task (self, i)->name, tsn_model_get_task (model, i)->name) != 0)
      return FALSE;
  return TRUE;
}

/* Starts with the first task by itself, which is something that people know. */
static void
start_anew (TsnBlend *self)
{
  g_free (self->weights);
  self->weights = g_new0 (double, self->n_tasks);
  self->weights[0] = 1;
  self->readout = 0;
  g_ptr_array_set_size (self->pinned, 0);
  g_ptr_array_set_size (self->pinned, g_strv_length (self->modules));
  /* It goes back to its start without the weights. */
  g_signal_handlers_block_by_func (self->path, walk_cb, self);
  tsn_blend_path_set_n_tasks (self->path, self->n_tasks);
  g_signal_handlers_unblock_by_func (self->path, walk_cb, self);
}

/**
 * tsn_blend_set_model:
 *
 * Says what is blended.  The mix stays if the model has the same tasks and modules as the last one.
 * Nothing is asked for before tsn_blend_ask().
 */
void
tsn_blend_set_model (TsnBlend *self, TsnModel *model)
{
  g_auto (GStrv) modules = tsn_mixture_list_modules (model);
  gboolean same = has_same_parts (self, model, modules), could_mix = tsn_blend_can_mix (self);

  tsn_blend_drop_preview (self);
  tsn_blend_take (self, NULL);
  tsn_model_ref (model);
  g_clear_pointer (&self->model, tsn_model_unref);
  self->model = model;
  if (!same)
    {
      self->n_tasks = tsn_model_get_n_tasks (model);
      g_strfreev (self->modules);
      self->modules = g_steal_pointer (&modules);
      start_anew (self);
      tsn_blend_notify (self, TSN_BLEND_PROP_READOUT);
    }
  if (!tsn_blend_can_mix (self))
    tsn_blend_path_set_playing (self->path, FALSE);
  if (!same || could_mix != tsn_blend_can_mix (self))
    g_signal_emit (self, signals[MODEL_CHANGED], 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * tsn_blend_get_path:
 *
 * Returns: (transfer none): the path; its time sets the weights.
 */
TsnBlendPath *
tsn_blend_get_path (TsnBlend *self)
{
  return self->path;
}

/**
 * tsn_blend_can_mix:
 *
 * Returns: whether there is a model whose tasks differ in their coefficients alone.
 */
gboolean
tsn_blend_can_mix (TsnBlend *self)
{
  return self->pinned->len > 0 && tsn_mixture_is_possible (self->model);
}

static void
set_activity (TsnBlend *self, gboolean shown, gboolean open)
{
  gboolean active = tsn_blend_is_active (self);

  self->shown = shown;
  self->open = open;
  if (active == tsn_blend_is_active (self))
    return;
  tsn_blend_ask (self);
  tsn_blend_notify (self, TSN_BLEND_PROP_ACTIVE);
}

gboolean
tsn_blend_get_shown (TsnBlend *self)
{
  return self->shown;
}

/**
 * tsn_blend_set_shown:
 *
 * Keeps the blend beside the tasks, whatever page is open.
 */
void
tsn_blend_set_shown (TsnBlend *self, gboolean shown)
{
  if (self->shown == shown)
    return;
  set_activity (self, shown, self->open);
  tsn_blend_notify (self, TSN_BLEND_PROP_SHOWN);
}

gboolean
tsn_blend_get_open (TsnBlend *self)
{
  return self->open;
}

void
tsn_blend_set_open (TsnBlend *self, gboolean open)
{
  if (self->open == open)
    return;
  set_activity (self, self->shown, open);
  tsn_blend_notify (self, TSN_BLEND_PROP_OPEN);
}

/**
 * tsn_blend_is_active:
 *
 * Returns: whether the result is wanted.
 */
gboolean
tsn_blend_is_active (TsnBlend *self)
{
  return self->shown || self->open;
}

/**
 * tsn_blend_get_prediction:
 *
 * Returns: (transfer none) (nullable): the newest result, perhaps of the mix before the last.
 */
TsnPrediction *
tsn_blend_get_prediction (TsnBlend *self)
{
  return self->prediction;
}
