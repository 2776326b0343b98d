#include "core/io/tsn-onnx-exporter.h"

#include "core/base/tsn-pool.h"
#include "core/io/tsn-onnx-ops.h"
#include "core/model/tsn-forward.h"

#include <string.h>

/* A model on its way into a graph. */
typedef struct
{
  const TsnModel *model;
  const TsnOnnxOptions *options;
  TsnOnnxWalk walk;
  gboolean *needed;  /* per node: whether what is being emitted depends on it */
  gboolean *coded;   /* per node: whether it depends on the task code */
  float **embedding; /* per node of the embedding stage: room for its numbers */
} Exporter;

static guint
count_nodes (const Exporter *self)
{
  return self->model->graph->nodes->len;
}

static void
mark_coded (Exporter *self)
{
  for (guint i = 0; i < count_nodes (self); i++)
    {
      const TsnNode *node = tsn_graph_node (self->model->graph, i);

      self->coded[i] = node->stage == TSN_STAGE_EMBEDDING;
      for (guint j = 0; j < node->n_inputs; j++)
        self->coded[i] |= self->coded[node->inputs[j]];
    }
}

static void
mark_needed (Exporter *self, guint task)
{
  const TsnGraph *graph = self->model->graph;

  tsn_graph_mark_ancestors (graph, tsn_graph_output (graph, task), self->needed);
}

static Exporter *
exporter_new (const TsnModel *model, const TsnOnnxOptions *options)
{
  Exporter *self = g_new0 (Exporter, 1);
  guint n = model->graph->nodes->len;

  self->model = model;
  self->options = options;
  self->needed = g_new0 (gboolean, n);
  self->coded = g_new0 (gboolean, n);
  self->embedding = g_new0 (float *, n);
  self->walk = (TsnOnnxWalk){ .model = model,
                              .onnx = tsn_onnx_graph_new ("tsn"),
                              .names = g_new0 (char *, n),
                              .constants = g_new0 (float *, n) };
  mark_coded (self);
  return self;
}

static void
exporter_free (Exporter *self)
{
  for (guint i = 0; i < count_nodes (self); i++)
    {
      g_free (self->walk.names[i]);
      g_free (self->embedding[i]);
    }
  g_free (self->walk.names);
  g_free (self->walk.constants);
  tsn_onnx_graph_free (self->walk.onnx);
  g_free (self->needed);
  g_free (self->coded);
  g_free (self->embedding);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Exporter, exporter_free)

/* Emits what does or what does not depend on the task code and is not known. */
static void
emit_nodes (Exporter *self, gboolean coded, const char *scope)
{
  self->walk.scope = scope;
  for (guint i = 0; i < count_nodes (self); i++)
    if (self->needed[i] && self->coded[i] == coded && i != self->model->graph->code
        && self->walk.constants[i] == NULL)
      tsn_onnx_emit_node (&self->walk, i);
}

/* Computes all vectors that follow from a task's code. */
static void
evaluate_embedding (Exporter *self, guint task)
{
  const TsnGraph *graph = self->model->graph;
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  const TsnForward pass = {
    .model = self->model,
    .n = 1,
    .values = self->walk.constants,
    .pool = pool,
  };

  for (guint i = 0; i < count_nodes (self); i++)
    {
      const TsnNode *node = tsn_graph_node (graph, i);

      if (!self->needed[i] || node->stage != TSN_STAGE_EMBEDDING)
        continue;
      if (self->embedding[i] == NULL)
        self->embedding[i] = g_new (float, node->channels);
      self->walk.constants[i] = self->embedding[i];
      if (i == graph->code)
        memcpy (self->embedding[i], self->model->codes->data + task * node->channels,
                node->channels * sizeof (float));
      else
        tsn_forward_node (&pass, i);
    }
}

static void
add_image_input (Exporter *self)
{
  const TsnOnnxValue image = {
    .name = TSN_ONNX_IMAGE,
    .doc = "RGB in [0, 1]; height and width are multiples of 32",
    .rank = 4,
    .dim = { 0, 3, 0, 0 },
    .symbol = { "batch", NULL, "height", "width" },
  };

  tsn_onnx_graph_add_input (self->walk.onnx, &image);
}

static void
add_code_input (Exporter *self)
{
  guint node = self->model->graph->code;
  const TsnOnnxValue code = {
    .name = TSN_ONNX_CODE,
    .doc = "task code, one for the whole batch; the metadata entry 'codes' has each task's",
    .rank = 1,
    .dim = { tsn_graph_node (self->model->graph, node)->channels },
  };

  tsn_onnx_graph_add_input (self->walk.onnx, &code);
  self->walk.names[node] = g_strdup (TSN_ONNX_CODE);
}

/* Names a task's read-out, which it may share with other tasks, after the task. */
static void
add_output (Exporter *self, guint index)
{
  const TsnTask *task = tsn_model_get_task (self->model, index);
  g_autofree char *doc
      = g_strdup_printf ("%s (%s)", task->title, tsn_task_kind_get_name (task->kind));
  const TsnOnnxValue value = {
    .name = task->name,
    .doc = doc,
    .rank = 4,
    .dim = { 0, task->channels, 0, 0 },
    .symbol = { "batch", NULL, "height", "width" },
  };
  TsnProtobufWriter *node = tsn_onnx_node_new ("Identity", task->name);

  tsn_onnx_node_add_input (node, self->walk.names[tsn_graph_output (self->model->graph, index)]);
  tsn_onnx_node_add_output (node, task->name);
  tsn_onnx_graph_take_node (self->walk.onnx, node);
  tsn_onnx_graph_add_output (self->walk.onnx, &value);
}

/* Emits what is left of a task with its code built in. */
static void
emit_task (Exporter *self, guint task, const char *scope)
{
  memset (self->needed, 0, count_nodes (self) * sizeof *self->needed);
  mark_needed (self, task);
  evaluate_embedding (self, task);
  emit_nodes (self, TRUE, scope);
  add_output (self, task);
}

static void
emit_one_task (Exporter *self)
{
  mark_needed (self, self->options->task);
  emit_nodes (self, FALSE, "/");
  emit_task (self, self->options->task, "/");
}

/* What does not depend on the code, the encoder and more, is there once. */
static void
emit_all_tasks (Exporter *self, guint tasks)
{
  for (guint t = 0; t < tasks; t++)
    mark_needed (self, t);
  emit_nodes (self, FALSE, "/");
  for (guint t = 0; t < tasks; t++)
    {
      const char *name = tsn_model_get_task (self->model, t)->name;
      g_autofree char *scope = g_strdup_printf ("/%s/", name);

      emit_task (self, t, scope);
    }
}

static void
emit_with_code (Exporter *self, guint tasks)
{
  for (guint t = 0; t < tasks; t++)
    mark_needed (self, t);
  add_code_input (self);
  emit_nodes (self, FALSE, "/");
  emit_nodes (self, TRUE, "/");
  for (guint t = 0; t < tasks; t++)
    add_output (self, t);
}

static void
emit_graph (Exporter *self)
{
  guint tasks = tsn_model_get_n_tasks (self->model);

  add_image_input (self);
  switch (self->options->mode)
    {
    case TSN_ONNX_CODE_INPUT:
      emit_with_code (self, tasks);
      return;
    case TSN_ONNX_ONE_TASK:
      emit_one_task (self);
      return;
    case TSN_ONNX_ALL_TASKS:
      emit_all_tasks (self, tasks);
      return;
    }
  g_return_if_reached ();
}

/**
 * tsn_onnx_make_graph:
 *
 * Walks the nodes of a model's graph, and evaluates what follows from a code that is built in.
 *
 * Returns: (transfer full): a GraphProto.
 */
TsnProtobufWriter *
tsn_onnx_make_graph (const TsnModel *model, const TsnOnnxOptions *options)
{
  g_autoptr (Exporter) exporter = exporter_new (model, options);

  emit_graph (exporter);
  return tsn_onnx_graph_steal_message (exporter->walk.onnx);
}
