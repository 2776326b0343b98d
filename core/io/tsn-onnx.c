#include "core/io/tsn-onnx.h"

#include "core/base/tsn-error.h"
#include "core/base/tsn-pool.h"
#include "core/io/tsn-file-writer.h"
#include "core/io/tsn-model-metadata.h"
#include "core/io/tsn-onnx-ops.h"
#include "core/model/tsn-forward.h"

#include <string.h>

/* Version of the file format; it belongs to the operator set. */
#define IR_VERSION 8

/* No reader of Protocol Buffers takes longer messages. */
#define MAX_BYTES ((size_t)G_MAXINT32)

/* Field numbers of onnx.proto, named after its messages. */
enum
{
  MODEL_IR_VERSION = 1,
  MODEL_PRODUCER = 2,
  MODEL_DOC = 6,
  MODEL_GRAPH = 7,
  MODEL_OPSET = 8,
  MODEL_METADATA = 14,
  OPSET_VERSION = 2,
  ENTRY_KEY = 1,
  ENTRY_VALUE = 2,
};

#define DOC                                                                                        \
  "A Task Switching Network: one encoder and one decoder for every task, switched by a task "      \
  "code. "                                                                                         \
  "The image is RGB in [0, 1], batch x 3 x height x width with height and width multiples of 32; " \
  "the graph normalises it itself. Outputs have the image's size and are not activated: logits "   \
  "of "                                                                                            \
  "classes, edges and saliency, vectors of any length for normals, metres for depth. "

#define DOC_CODE_INPUT                                                                             \
  "All outputs read the same decoding, that of the code; the output named after the code's task "  \
  "is its prediction. The metadata entry 'codes' holds each task's code, and their mixtures "      \
  "blend "                                                                                         \
  "tasks."

#define DOC_BUILT_IN "The task codes are built in."

/* A model on its way into a file. */
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
  g_autofree char *doc =
      g_strdup_printf ("%s (%s)", task->title, tsn_task_kind_get_name (task->kind));
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

static void
add_metadata_cb (gpointer message, const char *key, const char *value)
{
  TsnProtobufWriter *entry = tsn_protobuf_writer_new ();

  tsn_protobuf_writer_add_string (entry, ENTRY_KEY, key);
  tsn_protobuf_writer_add_string (entry, ENTRY_VALUE, value);
  tsn_protobuf_writer_take_message (message, MODEL_METADATA, entry);
}

/* The codes as JSON: {"edge":[1,1,0,0], ...}. */
static void
add_codes (TsnProtobufWriter *message, const TsnModel *model)
{
  g_autoptr (GString) text = g_string_new ("{");
  size_t length = tsn_model_get_code_length (model);

  for (guint t = 0; t < tsn_model_get_n_tasks (model); t++)
    {
      g_string_append_printf (text, "%s\"%s\":[", t > 0 ? "," : "",
                              tsn_model_get_task (model, t)->name);
      for (size_t i = 0; i < length; i++)
        {
          if (i > 0)
            g_string_append_c (text, ',');
          tsn_model_metadata_append_float (text, model->codes->data[t * length + i]);
        }
      g_string_append_c (text, ']');
    }
  g_string_append_c (text, '}');
  add_metadata_cb (message, "codes", text->str);
}

/* Returns: (transfer full): everything that the file holds. */
static TsnProtobufWriter *
make_message (Exporter *self)
{
  gboolean code_input = self->options->mode == TSN_ONNX_CODE_INPUT;
  TsnProtobufWriter *message = tsn_protobuf_writer_new ();
  TsnProtobufWriter *opset = tsn_protobuf_writer_new ();

  tsn_protobuf_writer_add_integer (message, MODEL_IR_VERSION, IR_VERSION);
  tsn_protobuf_writer_add_integer (opset, OPSET_VERSION, TSN_ONNX_OPSET);
  tsn_protobuf_writer_take_message (message, MODEL_OPSET, opset);
  tsn_protobuf_writer_add_string (message, MODEL_PRODUCER, "TSN Studio");
  tsn_protobuf_writer_add_string (message, MODEL_DOC,
                                  code_input ? DOC DOC_CODE_INPUT : DOC DOC_BUILT_IN);
  tsn_model_metadata_foreach (self->model, add_metadata_cb, message);
  if (code_input)
    add_codes (message, self->model);
  emit_graph (self);
  tsn_protobuf_writer_take_message (message, MODEL_GRAPH,
                                    tsn_onnx_graph_steal_message (self->walk.onnx));
  return message;
}

/* The names of the inputs belong to them alone. */
static gboolean
check_names (const TsnModel *model, GError **error)
{
  for (guint t = 0; t < tsn_model_get_n_tasks (model); t++)
    {
      const char *name = tsn_model_get_task (model, t)->name;

      if (g_str_equal (name, TSN_ONNX_IMAGE) || g_str_equal (name, TSN_ONNX_CODE))
        {
          g_set_error (error, TSN_ERROR, TSN_ERROR_MODEL,
                       "its task '%s' has the name of an input of the graph", name);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_length (size_t length, GError **error)
{
  if (length <= MAX_BYTES)
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_MODEL,
               "it takes %zu bytes, more than the %zu that an ONNX file can have", length,
               MAX_BYTES);
  return FALSE;
}

/* Returns: (transfer full) (nullable): the checked message, or %NULL and the end of a sentence. */
static TsnProtobufWriter *
encode (const TsnModel *model, const TsnOnnxOptions *options, GError **error)
{
  g_autoptr (Exporter) exporter = NULL;
  g_autoptr (TsnProtobufWriter) message = NULL;

  if (!tsn_model_metadata_check (model, error) || !check_names (model, error))
    return NULL;
  exporter = exporter_new (model, options);
  message = make_message (exporter);
  if (!check_length (tsn_protobuf_writer_get_length (message), error))
    return NULL;
  return g_steal_pointer (&message);
}

/**
 * tsn_onnx_export:
 * @options: what becomes of the task code
 * @path: the file to make or to replace; it appears complete, or not at all
 * @error: %TSN_ERROR_IO if @path cannot be written, %TSN_ERROR_MODEL if ONNX cannot hold the model
 *
 * Writes a model, as it is used for inference, as an ONNX graph of operator set 17.  Its input
 * "image" is [batch, 3, height, width], RGB in [0, 1], which the graph normalises itself; "code",
 * where there is one, is a vector.  Each output is named after its task: [batch, channels, height,
 * width], as the network gives it.  Parameters keep the names that they have in model files, and
 * the metadata entries are those of model files.
 */
gboolean
tsn_onnx_export (TsnModel *model, const TsnOnnxOptions *options, const char *path, GError **error)
{
  g_autoptr (TsnProtobufWriter) message = NULL;
  g_autoptr (TsnFileWriter) file = NULL;

  g_return_val_if_fail (
      options->mode != TSN_ONNX_ONE_TASK || options->task < tsn_model_get_n_tasks (model), FALSE);

  message = encode (model, options, error);
  if (message == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error, "Cannot export the model as '%s': ", name);
      return FALSE;
    }
  file = tsn_file_writer_new (path, error);
  return file != NULL && tsn_protobuf_writer_write (message, file, error)
         && tsn_file_writer_finish (file, error);
}
