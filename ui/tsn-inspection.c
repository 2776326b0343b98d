#include "ui/tsn-inspection-private.h"

enum
{
  PROP_NODE = 1,
  PROP_MODE,
  PROP_TOPIC,
  PROP_CHANNEL,
  PROP_BY_ENERGY,
  PROP_LOCK_BASIS,
  PROP_FIRST,
  PROP_SECOND,
  PROP_ACTIVE,
  N_PROPS
};

enum
{
  OUTLINE_CHANGED,
  UPDATED,
  BUSY_CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (TsnInspectMode,
                    tsn_inspect_mode,
                    G_DEFINE_ENUM_VALUE (TSN_INSPECT_NETWORK, "network"),
                    G_DEFINE_ENUM_VALUE (TSN_INSPECT_GRID, "grid"),
                    G_DEFINE_ENUM_VALUE (TSN_INSPECT_CHANNEL, "channel"),
                    G_DEFINE_ENUM_VALUE (TSN_INSPECT_MEAN, "mean"),
                    G_DEFINE_ENUM_VALUE (TSN_INSPECT_ENERGY, "energy"),
                    G_DEFINE_ENUM_VALUE (TSN_INSPECT_COLOURS, "colours"))

G_DEFINE_ENUM_TYPE (TsnInspectTopic,
                    tsn_inspect_topic,
                    G_DEFINE_ENUM_VALUE (TSN_INSPECT_TOPIC_LOOK, "look"),
                    G_DEFINE_ENUM_VALUE (TSN_INSPECT_TOPIC_NUMBERS, "numbers"),
                    G_DEFINE_ENUM_VALUE (TSN_INSPECT_TOPIC_CHANGES, "changes"))

G_DEFINE_FINAL_TYPE (TsnInspection, tsn_inspection, G_TYPE_OBJECT)

const TsnOutlineBlock *
tsn_inspection_find_block (TsnInspection *self, const char *name)
{
  guint block = self->outline != NULL ? tsn_outline_find (self->outline, name) : TSN_NONE;

  return block != TSN_NONE ? tsn_outline_get (self->outline, block) : NULL;
}

void
tsn_inspection_busy_changed (TsnInspection *self)
{
  g_signal_emit (self, signals[BUSY_CHANGED], 0);
}

void
tsn_inspection_set_result (TsnInspection *self, TsnInspectionResult *result)
{
  g_clear_pointer (&self->result, tsn_inspection_result_unref);
  self->result = result;
  /* The first of a node is the one that is kept. */
  if (result != NULL && result->basis != NULL && (!self->lock_basis || self->basis == NULL))
    {
      g_clear_pointer (&self->basis, tsn_pca_unref);
      self->basis = tsn_pca_ref (result->basis);
    }
  g_signal_emit (self, signals[UPDATED], 0);
}

static void
space_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (1);

  g_task_return_pointer (task, tsn_task_space_new (data, pool),
                         (GDestroyNotify) tsn_task_space_free);
}

static void
space_cb (GObject *object, GAsyncResult *async, gpointer data)
{
  TsnInspection *self = TSN_INSPECTION (object);
  g_autoptr (TsnTaskSpace) space = g_task_propagate_pointer (G_TASK (async), NULL);

  if (g_task_get_task_data (G_TASK (async)) != self->model || self->space != NULL)
    return;
  self->space = g_steal_pointer (&space);
  g_signal_emit (self, signals[UPDATED], 0);
}

static void
find_space (TsnInspection *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->model == NULL || self->space != NULL || !self->active)
    return;
  task = g_task_new (self, NULL, space_cb, NULL);
  g_task_set_task_data (task, tsn_model_ref (self->model), (GDestroyNotify) tsn_model_unref);
  g_task_run_in_thread (task, space_thread);
}

static void
drop_model (TsnInspection *self)
{
  self->epoch++;
  tsn_inspection_clear_values (self);
  g_clear_pointer (&self->outline, tsn_outline_free);
  g_clear_pointer (&self->space, tsn_task_space_free);
  g_clear_pointer (&self->basis, tsn_pca_unref);
  g_clear_pointer (&self->model, tsn_model_unref);
}

/* Where people start to look: the last map before the read-outs. */
static const char *
choose_node (TsnInspection *self)
{
  const char *name = "";

  for (guint i = 0; i < self->outline->blocks->len; i++)
    {
      const TsnOutlineBlock *block = tsn_outline_get (self->outline, i);

      if (block->tap && !block->readout)
        name = tsn_graph_node (self->model->graph, block->node)->name;
    }
  return name;
}

static void
model_changed_cb (TsnInspection *self)
{
  TsnModel *model = tsn_document_get_model (self->document);

  if (model == self->model)
    return;
  drop_model (self);
  tsn_inspection_set_result (self, NULL);
  if (model != NULL)
    {
      self->model = tsn_model_ref (model);
      self->outline = tsn_outline_new (model->graph);
      find_space (self);
    }
  g_signal_emit (self, signals[OUTLINE_CHANGED], 0);
  self->first = 0;
  self->second = tsn_document_get_n_tasks (self->document) > 1 ? 1 : 0;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FIRST]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SECOND]);
  if (model != NULL && tsn_inspection_find_block (self, self->node) == NULL)
    tsn_inspection_set_node (self, choose_node (self));
  tsn_inspection_queue_ask (self);
}

static void
active_task_cb (TsnInspection *self)
{
  const TsnOutlineBlock *block = tsn_inspection_find_block (self, self->node);

  if (self->mode == TSN_INSPECT_GRID)
    tsn_inspection_draw (self);
  if (block != NULL && self->tasks->len == 0)
    tsn_inspection_queue_ask (self);
}

static void
tsn_inspection_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TsnInspection *self = TSN_INSPECTION (object);

  switch (prop_id)
    {
    case PROP_NODE:
      g_value_set_string (value, self->node);
      break;
    case PROP_MODE:
      g_value_set_enum (value, self->mode);
      break;
    case PROP_TOPIC:
      g_value_set_enum (value, self->topic);
      break;
    case PROP_CHANNEL:
      g_value_set_uint (value, self->channel);
      break;
    case PROP_BY_ENERGY:
      g_value_set_boolean (value, self->by_energy);
      break;
    case PROP_LOCK_BASIS:
      g_value_set_boolean (value, self->lock_basis);
      break;
    case PROP_FIRST:
      g_value_set_uint (value, self->first);
      break;
    case PROP_SECOND:
      g_value_set_uint (value, self->second);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* Sets a number; whether it was another. */
static gboolean
set_uint (TsnInspection *self, guint *field, guint value, guint prop_id)
{
  if (*field == value)
    return FALSE;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop_id]);
  return TRUE;
}

static gboolean
set_flag (TsnInspection *self, gboolean *field, gboolean value, guint prop_id)
{
  if (!*field == !value)
    return FALSE;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop_id]);
  return TRUE;
}

static void
set_topic (TsnInspection *self, TsnInspectTopic topic)
{
  if (self->topic == topic)
    return;
  self->topic = topic;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOPIC]);
  tsn_inspection_queue_ask (self);
}

static void
set_pair (TsnInspection *self, guint *field, guint task, guint prop_id)
{
  if (set_uint (self, field, task, prop_id) && self->topic == TSN_INSPECT_TOPIC_CHANGES)
    tsn_inspection_queue_ask (self);
}

static void
tsn_inspection_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TsnInspection *self = TSN_INSPECTION (object);

  switch (prop_id)
    {
    case PROP_NODE:
      tsn_inspection_set_node (self, g_value_get_string (value));
      break;
    case PROP_MODE:
      tsn_inspection_set_mode (self, g_value_get_enum (value));
      break;
    case PROP_TOPIC:
      set_topic (self, g_value_get_enum (value));
      break;
    case PROP_CHANNEL:
      if (set_uint (self, &self->channel, g_value_get_uint (value), PROP_CHANNEL))
        tsn_inspection_draw (self);
      break;
    case PROP_BY_ENERGY:
      if (set_flag (self, &self->by_energy, g_value_get_boolean (value), PROP_BY_ENERGY))
        tsn_inspection_draw (self);
      break;
    case PROP_LOCK_BASIS:
      if (set_flag (self, &self->lock_basis, g_value_get_boolean (value), PROP_LOCK_BASIS))
        tsn_inspection_draw (self);
      break;
    case PROP_FIRST:
      set_pair (self, &self->first, g_value_get_uint (value), PROP_FIRST);
      break;
    case PROP_SECOND:
      set_pair (self, &self->second, g_value_get_uint (value), PROP_SECOND);
      break;
    case PROP_ACTIVE:
      tsn_inspection_set_active (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsn_inspection_dispose (GObject *object)
{
  TsnInspection *self = TSN_INSPECTION (object);

  g_clear_handle_id (&self->asking, g_source_remove);
  tsn_inspection_cancel (self);
  drop_model (self);
  g_clear_pointer (&self->result, tsn_inspection_result_unref);
  g_clear_weak_pointer (&self->document);
  G_OBJECT_CLASS (tsn_inspection_parent_class)->dispose (object);
}

static void
tsn_inspection_finalize (GObject *object)
{
  TsnInspection *self = TSN_INSPECTION (object);

  g_array_unref (self->tasks);
  g_free (self->node);
  G_OBJECT_CLASS (tsn_inspection_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_NODE] = g_param_spec_string ("node", NULL, NULL, "", flags);
  props[PROP_MODE]
      = g_param_spec_enum ("mode", NULL, NULL, TSN_TYPE_INSPECT_MODE, TSN_INSPECT_COLOURS, flags);
  props[PROP_TOPIC] = g_param_spec_enum ("topic", NULL, NULL, TSN_TYPE_INSPECT_TOPIC,
                                         TSN_INSPECT_TOPIC_LOOK, flags);
  props[PROP_CHANNEL] = g_param_spec_uint ("channel", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_BY_ENERGY] = g_param_spec_boolean ("by-energy", NULL, NULL, FALSE, flags);
  props[PROP_LOCK_BASIS] = g_param_spec_boolean ("lock-basis", NULL, NULL, FALSE, flags);
  props[PROP_FIRST] = g_param_spec_uint ("first", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_SECOND] = g_param_spec_uint ("second", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tsn_inspection_class_init (TsnInspectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = tsn_inspection_get_property;
  object_class->set_property = tsn_inspection_set_property;
  object_class->dispose = tsn_inspection_dispose;
  object_class->finalize = tsn_inspection_finalize;
  install_properties (object_class);
  signals[OUTLINE_CHANGED] = g_signal_new ("outline-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
  signals[UPDATED]
      = g_signal_new ("updated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[BUSY_CHANGED]
      = g_signal_new ("busy-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tsn_inspection_init (TsnInspection *self)
{
  self->tasks = g_array_new (FALSE, FALSE, sizeof (guint));
  self->node = g_strdup ("");
  self->mode = TSN_INSPECT_COLOURS;
}

/**
 * tsn_inspection_new:
 * @document: the one that is to own it
 */
TsnInspection *
tsn_inspection_new (TsnDocument *document)
{
  TsnInspection *self = g_object_new (TSN_TYPE_INSPECTION, NULL);

  g_set_weak_pointer (&self->document, document);
  g_signal_connect_object (tsn_document_get_predictor (document), "tapped",
                           G_CALLBACK (tsn_inspection_tapped), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "model-changed", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::shown", G_CALLBACK (tsn_inspection_queue_ask), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::active", G_CALLBACK (active_task_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * tsn_inspection_get_outline:
 *
 * Returns: (transfer none) (nullable): the network, folded for drawing.
 */
const TsnOutline *
tsn_inspection_get_outline (TsnInspection *self)
{
  return self->outline;
}

/**
 * tsn_inspection_get_block:
 *
 * Returns: (transfer none) (nullable): the node that is looked at.
 */
const TsnOutlineBlock *
tsn_inspection_get_block (TsnInspection *self)
{
  return tsn_inspection_find_block (self, self->node);
}

/**
 * tsn_inspection_get_space:
 *
 * Returns: (transfer none) (nullable): embeddings and coefficients of all tasks, a moment after
 *   the inspection became active.
 */
const TsnTaskSpace *
tsn_inspection_get_space (TsnInspection *self)
{
  return self->space;
}

/**
 * tsn_inspection_get_result:
 *
 * Returns: (transfer none) (nullable): what was drawn last, perhaps of an earlier node or photo.
 */
TsnInspectionResult *
tsn_inspection_get_result (TsnInspection *self)
{
  return self->result;
}

/**
 * tsn_inspection_is_waiting:
 *
 * Returns: whether a first result is on its way.
 */
gboolean
tsn_inspection_is_waiting (TsnInspection *self)
{
  TsnPredictor *predictor;

  if (self->document == NULL || self->result != NULL)
    return FALSE;
  predictor = tsn_document_get_predictor (self->document);
  return self->asking != 0 || (self->complete && !self->stopped)
         || tsn_predictor_is_waiting_for_slot (predictor, TSN_PREDICTOR_INSPECT);
}

const char *
tsn_inspection_get_node (TsnInspection *self)
{
  return self->node;
}

/**
 * tsn_inspection_set_node:
 * @node: the name of a block of the outline; others are left alone, unless there is no model yet
 */
void
tsn_inspection_set_node (TsnInspection *self, const char *node)
{
  if (g_strcmp0 (self->node, node) == 0
      || (self->outline != NULL && tsn_inspection_find_block (self, node) == NULL))
    return;
  g_free (self->node);
  self->node = g_strdup (node != NULL ? node : "");
  g_clear_pointer (&self->basis, tsn_pca_unref);
  tsn_inspection_set_result (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NODE]);
  tsn_inspection_queue_ask (self);
}

TsnInspectMode
tsn_inspection_get_mode (TsnInspection *self)
{
  return self->mode;
}

void
tsn_inspection_set_mode (TsnInspection *self, TsnInspectMode mode)
{
  gboolean wanted = self->taps != NULL;

  if (self->mode == mode)
    return;
  self->mode = mode;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODE]);
  if (wanted && mode != TSN_INSPECT_NETWORK)
    tsn_inspection_draw (self);
  else
    tsn_inspection_queue_ask (self);
}

TsnInspectTopic
tsn_inspection_get_topic (TsnInspection *self)
{
  return self->topic;
}

guint
tsn_inspection_get_channel (TsnInspection *self)
{
  return self->channel;
}

/**
 * tsn_inspection_show_channel:
 *
 * Shows one channel large.
 */
void
tsn_inspection_show_channel (TsnInspection *self, guint channel)
{
  g_object_set (self, "channel", channel, NULL);
  tsn_inspection_set_mode (self, TSN_INSPECT_CHANNEL);
}

/**
 * tsn_inspection_step_channel:
 * @step: how many channels further, round and round
 */
void
tsn_inspection_step_channel (TsnInspection *self, int step)
{
  const TsnOutlineBlock *block = tsn_inspection_get_block (self);
  int n = block != NULL ? tsn_graph_node (self->model->graph, block->node)->channels : 0;
  int channel = self->channel;

  if (n > 0)
    tsn_inspection_show_channel (self, (MIN (channel, n - 1) + step % n + n) % n);
}

gboolean
tsn_inspection_get_by_energy (TsnInspection *self)
{
  return self->by_energy;
}

gboolean
tsn_inspection_get_lock_basis (TsnInspection *self)
{
  return self->lock_basis;
}

guint
tsn_inspection_get_first (TsnInspection *self)
{
  return self->first;
}

guint
tsn_inspection_get_second (TsnInspection *self)
{
  return self->second;
}

gboolean
tsn_inspection_get_active (TsnInspection *self)
{
  return self->active;
}

/**
 * tsn_inspection_set_active:
 *
 * Says whether anybody looks; nothing is asked for otherwise.
 */
void
tsn_inspection_set_active (TsnInspection *self, gboolean active)
{
  if (!set_flag (self, &self->active, active, PROP_ACTIVE))
    return;
  find_space (self);
  tsn_inspection_queue_ask (self);
}
