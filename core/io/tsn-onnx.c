#include "core/io/tsn-onnx.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-file-writer.h"
#include "core/io/tsn-model-metadata.h"
#include "core/io/tsn-onnx-exporter.h"
#include "core/io/tsn-onnx-ops.h"

/* Version of the file format; it belongs to the operator set. */
#define IR_VERSION 8

/* No reader of Protocol Buffers takes longer messages. */
#define MAX_BYTES ((size_t) G_MAXINT32)

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
  "code. The image is RGB in [0, 1], batch x 3 x height x width with height and width "            \
  "multiples of 32; the graph normalises it itself. Outputs have the image's size and are "        \
  "not activated: logits of classes, edges and saliency, vectors of any length for normals, "      \
  "metres for depth. "

#define DOC_CODE_INPUT                                                                             \
  "All outputs read the same decoding, that of the code; the output named after the code's "       \
  "task is its prediction. The metadata entry 'codes' holds each task's code."

#define DOC_BUILT_IN "The task codes are built in."

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
make_message (const TsnModel *model, const TsnOnnxOptions *options)
{
  gboolean code_input = options->mode == TSN_ONNX_CODE_INPUT;
  TsnProtobufWriter *message = tsn_protobuf_writer_new ();
  TsnProtobufWriter *opset = tsn_protobuf_writer_new ();

  tsn_protobuf_writer_add_integer (message, MODEL_IR_VERSION, IR_VERSION);
  tsn_protobuf_writer_add_integer (opset, OPSET_VERSION, TSN_ONNX_OPSET);
  tsn_protobuf_writer_take_message (message, MODEL_OPSET, opset);
  tsn_protobuf_writer_add_string (message, MODEL_PRODUCER, "TSN Studio");
  tsn_protobuf_writer_add_string (message, MODEL_DOC,
                                  code_input ? DOC DOC_CODE_INPUT : DOC DOC_BUILT_IN);
  tsn_model_metadata_foreach (model, add_metadata_cb, message);
  if (code_input)
    add_codes (message, model);
  tsn_protobuf_writer_take_message (message, MODEL_GRAPH, tsn_onnx_make_graph (model, options));
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
  g_autoptr (TsnProtobufWriter) message = NULL;

  if (!tsn_model_metadata_check (model, error) || !check_names (model, error))
    return NULL;
  message = make_message (model, options);
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
