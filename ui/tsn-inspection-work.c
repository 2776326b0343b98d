/* Asking for the values of a node, and drawing them on a thread. */
#include "ui/tsn-inspection-private.h"
#include "ui/tsn-reaper.h"

#include <string.h>

static guint
count_taps (TsnInspection *self)
{
  return self->taps != NULL ? g_strv_length (self->taps) : 0;
}

static void
forget_value (TsnTensor **value)
{
  if (*value != NULL)
    tsn_reaper_take (g_steal_pointer (value), (GDestroyNotify) tsn_tensor_unref);
}

void
tsn_inspection_clear_values (TsnInspection *self)
{
  guint n = self->tasks->len * count_taps (self);

  for (guint i = 0; i < n; i++)
    forget_value (&self->values[i]);
  g_clear_pointer (&self->values, g_free);
  g_clear_pointer (&self->taps, g_strfreev);
  g_array_set_size (self->tasks, 0);
  self->n_arrived = 0;
  self->complete = FALSE;
}

static int
find_tap (TsnInspection *self, const char *node)
{
  for (guint i = 0; i < count_taps (self); i++)
    if (strcmp (self->taps[i], node) == 0)
      return i;
  return -1;
}

static gboolean
is_module (TsnInspection *self, const TsnOutlineBlock *block)
{
  return block->tap && !block->readout
         && tsn_graph_node (self->model->graph, block->node)->stage == TSN_STAGE_DECODER;
}

/* Modules' values under both tasks, side by side. */
static void
add_modules (TsnInspection *self, TsnInspectionQuery *query)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint n_taps = count_taps (self);

  query->module_values = g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_tensor_unref);
  for (guint i = 0; i < self->outline->blocks->len; i++)
    {
      const TsnOutlineBlock *block = tsn_outline_get (self->outline, i);
      const char *name = tsn_graph_node (self->model->graph, block->node)->name;
      int tap = find_tap (self, name);

      if (!is_module (self, block) || tap < 0)
        continue;
      g_strv_builder_add (names, name);
      for (guint t = 0; t < 2; t++)
        g_ptr_array_add (query->module_values, tsn_tensor_ref (self->values[t * n_taps + tap]));
    }
  query->modules = g_strv_builder_end (names);
}

static TsnInspectionQuery *
make_query (TsnInspection *self)
{
  TsnInspectionQuery *query = g_new0 (TsnInspectionQuery, 1);
  guint n_taps = count_taps (self);

  query->node = g_strdup (self->taps[0]);
  query->mode = self->mode;
  query->channel = self->channel;
  query->by_energy = self->by_energy;
  query->measure = self->topic == TSN_INSPECT_TOPIC_NUMBERS;
  query->grid_task = tsn_document_get_active (self->document);
  query->basis = self->basis != NULL ? tsn_pca_ref (self->basis) : NULL;
  query->locked = self->lock_basis;
  query->tasks = g_array_copy (self->tasks);
  query->values = g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_tensor_unref);
  for (guint i = 0; i < self->tasks->len; i++)
    g_ptr_array_add (query->values, tsn_tensor_ref (self->values[i * n_taps]));
  if (self->topic == TSN_INSPECT_TOPIC_CHANGES && self->tasks->len == 2)
    add_modules (self, query);
  return query;
}

/* A query on its way through a thread. */
typedef struct
{
  TsnInspectionQuery *query;
  guint epoch;
} Drawing;

static void
drawing_free (Drawing *drawing)
{
  tsn_inspection_query_clear (drawing->query);
  g_free (drawing->query);
  g_free (drawing);
}

static void
draw_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Drawing *drawing = data;

  g_task_return_pointer (task, tsn_inspection_result_new (drawing->query, cancellable),
                         (GDestroyNotify) tsn_inspection_result_unref);
}

static void
drawn_cb (GObject *object, GAsyncResult *async, gpointer data)
{
  TsnInspection *self = TSN_INSPECTION (object);
  Drawing *drawing = g_task_get_task_data (G_TASK (async));
  g_autoptr (TsnInspectionResult) result = g_task_propagate_pointer (G_TASK (async), NULL);

  g_clear_object (&self->drawing);
  tsn_inspection_busy_changed (self);
  if (self->document == NULL)
    return;
  /* With the camera every drawing is outdated when it is done, and yet worth to be seen. */
  if (result != NULL && drawing->epoch == self->epoch && self->active
      && g_strcmp0 (result->query.node, self->node) == 0)
    tsn_inspection_set_result (self, g_steal_pointer (&result));
  if (self->outdated)
    tsn_inspection_draw (self);
}

void
tsn_inspection_draw (TsnInspection *self)
{
  g_autoptr (GTask) task = NULL;
  Drawing *drawing;

  self->stopped = FALSE;
  self->outdated = self->drawing != NULL;
  if (self->outdated || !self->complete || !self->active)
    return;
  drawing = g_new (Drawing, 1);
  *drawing = (Drawing){ make_query (self), self->epoch };
  self->drawing = g_cancellable_new ();
  task = g_task_new (self, self->drawing, drawn_cb, NULL);
  g_task_set_task_data (task, drawing, (GDestroyNotify) drawing_free);
  g_task_run_in_thread (task, draw_thread);
  tsn_inspection_busy_changed (self);
}

/**
 * tsn_inspection_is_drawing:
 *
 * Returns: whether values that the network has given are being looked at.
 */
gboolean
tsn_inspection_is_drawing (TsnInspection *self)
{
  return self->drawing != NULL && !self->stopped;
}

/**
 * tsn_inspection_cancel:
 *
 * Stops drawing until there are other values or another way to look at them.
 */
void
tsn_inspection_cancel (TsnInspection *self)
{
  if (!tsn_inspection_is_drawing (self))
    return;
  self->stopped = TRUE;
  self->outdated = FALSE;
  g_cancellable_cancel (self->drawing);
  tsn_inspection_busy_changed (self);
}

void
tsn_inspection_tapped (
    TsnInspection *self, guint slot, guint index, const char *node, TsnTensor *value)
{
  int tap = find_tap (self, node);
  TsnTensor **place;

  if (slot != TSN_PREDICTOR_INSPECT || tap < 0 || index >= self->tasks->len)
    return;
  /* Another photo begins; until it is complete the earlier one is not drawn any more. */
  if (index == 0 && tap == 0)
    {
      self->n_arrived = 0;
      self->complete = FALSE;
    }
  place = &self->values[index * count_taps (self) + tap];
  forget_value (place);
  *place = tsn_tensor_ref (value);
  self->n_arrived++;
  self->complete = self->n_arrived == self->tasks->len * count_taps (self);
  if (self->complete)
    tsn_inspection_draw (self);
}

/* Whether a task's decoding computes a node. */
static gboolean
reaches (TsnInspection *self, guint task, guint node)
{
  const TsnGraph *graph = self->model->graph;
  g_autofree gboolean *needed = g_new0 (gboolean, graph->nodes->len);

  tsn_graph_mark_ancestors (graph, tsn_graph_output (graph, task), needed);
  return needed[node];
}

static void
add_task (TsnInspection *self, guint task, guint node)
{
  if (task < tsn_document_get_n_tasks (self->document) && reaches (self, task, node))
    g_array_append_val (self->tasks, task);
}

static void
choose_tasks (TsnInspection *self, guint node)
{
  guint n = tsn_document_get_n_tasks (self->document);

  if (tsn_graph_node (self->model->graph, node)->stage == TSN_STAGE_ENCODER)
    add_task (self, tsn_document_get_active (self->document), node); /* the same under all tasks */
  else if (self->topic == TSN_INSPECT_TOPIC_CHANGES)
    {
      add_task (self, self->first, node);
      add_task (self, self->second, node);
    }
  else
    for (guint i = 0; i < n; i++)
      if (tsn_document_is_shown (self->document, i))
        add_task (self, i, node);
  /* A read-out, and a decoder of a task's own, have values under that task only. */
  for (guint i = 0; self->tasks->len == 0 && i < n; i++)
    add_task (self, i, node);
}

/* The node, and the modules whose features are compared. */
static char **
choose_taps (TsnInspection *self)
{
  g_autoptr (GStrvBuilder) taps = g_strv_builder_new ();
  gboolean compared = self->topic == TSN_INSPECT_TOPIC_CHANGES && self->tasks->len == 2;

  g_strv_builder_add (taps, self->node);
  for (guint i = 0; i < self->outline->blocks->len && compared; i++)
    {
      const TsnOutlineBlock *block = tsn_outline_get (self->outline, i);
      const char *name = tsn_graph_node (self->model->graph, block->node)->name;

      if (is_module (self, block) && strcmp (name, self->node) != 0
          && reaches (self, self->first, block->node) && reaches (self, self->second, block->node))
        g_strv_builder_add (taps, name);
    }
  return g_strv_builder_end (taps);
}

static gboolean
wants_values (TsnInspection *self)
{
  const TsnOutlineBlock *block = tsn_inspection_find_block (self, self->node);

  return self->active && block != NULL && block->tap
         && (self->mode != TSN_INSPECT_NETWORK || self->topic != TSN_INSPECT_TOPIC_LOOK);
}

static void
submit (TsnInspection *self)
{
  g_autoptr (GPtrArray) mixtures
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_mixture_free);

  for (guint i = 0; i < self->tasks->len; i++)
    g_ptr_array_add (mixtures,
                     tsn_mixture_new (self->model, g_array_index (self->tasks, guint, i)));
  tsn_predictor_ask (tsn_document_get_predictor (self->document), TSN_PREDICTOR_INSPECT,
                     (const TsnMixture *const *) mixtures->pdata, mixtures->len,
                     (const char *const *) self->taps);
}

static gboolean
ask_cb (gpointer data)
{
  TsnInspection *self = data;

  self->asking = 0;
  if (self->document == NULL)
    return G_SOURCE_REMOVE;
  tsn_inspection_clear_values (self);
  if (!wants_values (self))
    {
      tsn_predictor_ask (tsn_document_get_predictor (self->document), TSN_PREDICTOR_INSPECT, NULL,
                         0, NULL);
      if (self->result != NULL)
        tsn_inspection_set_result (self, NULL);
      return G_SOURCE_REMOVE;
    }
  choose_tasks (self, tsn_inspection_find_block (self, self->node)->node);
  self->taps = choose_taps (self);
  self->values = g_new0 (TsnTensor *, self->tasks->len * count_taps (self));
  submit (self);
  return G_SOURCE_REMOVE;
}

/* Soon rather than now: several things change at once, and the predictor learns of a new model only
 * when everybody else has. */
void
tsn_inspection_queue_ask (TsnInspection *self)
{
  if (self->asking == 0)
    self->asking = g_idle_add_full (G_PRIORITY_DEFAULT, ask_cb, self, NULL);
}
