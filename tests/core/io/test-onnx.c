/* Exported graphs are well-formed, hold the model's weights, and compute what the reference does.
 */
#include "core/base/tsn-error.h"
#include "core/io/tsn-onnx.h"
#include "core/io/tsn-protobuf-writer.h"
#include "golden.h"
#include "tests/core/io/io-fixture.h"
#include "tests/core/io/onnx-run.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define TOLERANCE 1e-4

/* The tasks whose outputs the golden files of all conditionings hold. */
static const guint stored_tasks[] = { 1, 3 };

static OnnxFile *export(IoFixture *fixture, TsnModel *model, TsnOnnxMode mode, guint task)
{
  g_autofree char *path = io_path (fixture, "model.onnx");
  g_autoptr (GError) error = NULL;

  g_assert_true (tsn_onnx_export (model, &(TsnOnnxOptions){ mode, task }, path, &error));
  g_assert_no_error (error);
  return onnx_file_read (path);
}

static TsnModel *
golden_network (TsnConditioning conditioning)
{
  g_autoptr (TsnSafetensors) file = golden_open (tsn_conditioning_get_name (conditioning));

  return golden_model (file, conditioning);
}

static void
add_new (GHashTable *names, const char *name)
{
  g_assert_cmpstr (name, !=, "");
  if (!g_hash_table_add (names, (char *) name))
    g_error ("'%s' is there twice", name);
}

static void
check_input (const OnnxNode *node, char *name, GHashTable *defined, GHashTable *used)
{
  if (g_str_equal (name, "")) /* an input that is left out */
    return;
  if (!g_hash_table_contains (defined, name))
    g_error ("'%s' reads '%s' before it is there", node->name, name);
  g_hash_table_add (used, name);
}

/* Every value is made once, before it is used, and nothing is there in vain. */
static void
check_names (const OnnxFile *file)
{
  g_autoptr (GHashTable) defined = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) nodes = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i < file->inputs->len; i++)
    add_new (defined, ((OnnxValue *) file->inputs->pdata[i])->name);
  for (guint i = 0; i < file->initialisers->len; i++)
    add_new (defined, ((OnnxValue *) file->initialisers->pdata[i])->name);
  for (guint i = 0; i < file->nodes->len; i++)
    {
      const OnnxNode *node = file->nodes->pdata[i];

      add_new (nodes, node->name);
      for (guint j = 0; j < node->inputs->len; j++)
        check_input (node, node->inputs->pdata[j], defined, used);
      for (guint j = 0; j < node->outputs->len; j++)
        add_new (defined, node->outputs->pdata[j]);
    }
  for (guint i = 0; i < file->outputs->len; i++)
    g_hash_table_add (used, ((OnnxValue *) file->outputs->pdata[i])->name);
  g_hash_table_iter_init (&iter, defined);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_remove (used, name))
      g_error ("nothing uses '%s'", (char *) name);
  g_assert_cmpuint (g_hash_table_size (used), ==, 0);
}

/* Sizes fit shapes; parameters that kept their names kept their numbers. */
static guint
check_initialisers (const OnnxFile *file, const TsnModel *model)
{
  guint parameters = 0;

  for (guint i = 0; i < file->initialisers->len; i++)
    {
      const OnnxValue *value = file->initialisers->pdata[i];
      guint param = tsn_graph_find_param (model->graph, value->name);
      size_t length;

      g_assert_cmpint (value->type, ==, 1);
      g_assert_true (tsn_shape_length (value->rank, value->dim, &length));
      g_assert_cmpuint (value->n_bytes, ==, length * sizeof (float));
      if (param == TSN_NONE)
        continue;
      g_assert_true (tsn_tensor_has_shape (model->params[param], value->rank, value->dim));
      g_assert_cmpmem (value->bytes, value->n_bytes, model->params[param]->data, value->n_bytes);
      parameters++;
    }
  return parameters;
}

static void
check_value (GPtrArray *values, const char *name, size_t channels)
{
  const OnnxValue *value = onnx_find_value (values, name);

  g_assert_nonnull (value);
  g_assert_cmpint (value->type, ==, 1);
  g_assert_cmpuint (value->rank, ==, 4);
  g_assert_cmpuint (value->dim[1], ==, channels);
  g_assert_cmpstr (value->symbol[0], ==, "batch");
  g_assert_null (value->symbol[1]);
  g_assert_cmpstr (value->symbol[2], ==, "height");
  g_assert_cmpstr (value->symbol[3], ==, "width");
}

static void
check_interface (const OnnxFile *file, const TsnModel *model, TsnOnnxMode mode, guint task)
{
  const OnnxValue *code = onnx_find_value (file->inputs, "code");

  g_assert_cmpint (file->ir_version, ==, 8);
  g_assert_cmpint (file->opset, ==, 17);
  g_assert_nonnull (file->doc);
  check_value (file->inputs, "image", 3);
  g_assert_cmpuint (file->inputs->len, ==, mode == TSN_ONNX_CODE_INPUT ? 2 : 1);
  if (mode == TSN_ONNX_CODE_INPUT)
    {
      g_assert_cmpuint (code->rank, ==, 1);
      g_assert_cmpuint (code->dim[0], ==, tsn_model_get_code_length (model));
    }
  g_assert_cmpuint (file->outputs->len, ==,
                    mode == TSN_ONNX_ONE_TASK ? 1 : tsn_model_get_n_tasks (model));
  for (guint t = 0; t < tsn_model_get_n_tasks (model); t++)
    if (mode != TSN_ONNX_ONE_TASK || t == task)
      check_value (file->outputs, tsn_model_get_task (model, t)->name,
                   tsn_model_get_task (model, t)->channels);
}

static void
test_form (IoFixture *fixture, gconstpointer data)
{
  TsnConditioning conditioning = GPOINTER_TO_INT (data);
  g_autoptr (TsnModel) model = golden_network (conditioning);
  gboolean batch_norm = conditioning == TSN_CONDITIONING_TS_BN;

  for (TsnOnnxMode mode = TSN_ONNX_CODE_INPUT; mode <= TSN_ONNX_ALL_TASKS; mode++)
    {
      g_autoptr (OnnxFile) file = export(fixture, model, mode, 2);
      guint decoders = mode == TSN_ONNX_ALL_TASKS ? 6 : 1;
      guint pools = mode == TSN_ONNX_ONE_TASK ? 1 : 5;

      check_interface (file, model, mode, 2);
      check_names (file);
      /* 20 convolutions and 20 batch norms of the encoder, 11 convolutions of the decoder */
      g_assert_cmpuint (check_initialisers (file, model), >=, 20 + 4 * 20 + 2 * 11);
      g_assert_cmpuint (onnx_count_ops (file, "Conv"), ==, 20 + 5 + 6 * decoders + pools);
      g_assert_cmpuint (onnx_count_ops (file, "BatchNormalization"), ==,
                        20 + (batch_norm ? 10 * decoders : 0));
      g_assert_cmpuint (onnx_count_ops (file, "InstanceNormalization"), ==,
                        batch_norm ? 0 : 10 * decoders);
      g_assert_cmpuint (onnx_count_ops (file, "Resize"), ==, 5 * decoders);
      g_assert_cmpuint (onnx_count_ops (file, "Concat"), ==, 4 * decoders);
      g_assert_cmpuint (onnx_count_ops (file, "MaxPool"), ==, 1);
      g_assert_cmpuint (onnx_count_ops (file, "MatMul"), ==,
                        mode != TSN_ONNX_CODE_INPUT            ? 0
                        : conditioning == TSN_CONDITIONING_TSN ? 18
                                                               : 10);
      g_assert_cmpuint (onnx_count_ops (file, "Split"), ==, mode == TSN_ONNX_CODE_INPUT ? 10 : 0);
    }
}

static void
compare (GHashTable *values, TsnModel *model, guint task, TsnSafetensors *golden)
{
  const char *name = tsn_model_get_task (model, task)->name;
  g_autoptr (TsnTensor) expected = golden_read (golden, "eval.%s.output", name);
  const TsnTensor *found = g_hash_table_lookup (values, name);
  double difference = golden_difference (found, expected);

  g_test_message ("%s: %.2g", name, difference);
  g_assert_cmpfloat (difference, <, TOLERANCE);
}

static TsnTensor *
code_of (const TsnModel *model, guint task)
{
  size_t length = tsn_model_get_code_length (model);
  TsnTensor *code = tsn_tensor_new_vector (length);

  memcpy (code->data, model->codes->data + task * length, length * sizeof (float));
  return code;
}

/* Two images at once, with the golden networks of all kinds, in every mode. */
static void
test_golden (IoFixture *fixture, gconstpointer data)
{
  TsnConditioning conditioning = GPOINTER_TO_INT (data);
  g_autoptr (TsnSafetensors) golden = golden_open (tsn_conditioning_get_name (conditioning));
  g_autoptr (TsnModel) model = golden_model (golden, conditioning);
  g_autoptr (TsnTensor) image = golden_read (golden, "image");
  g_autoptr (OnnxFile) all = export(fixture, model, TSN_ONNX_ALL_TASKS, 0);
  g_autoptr (OnnxFile) coded = export(fixture, model, TSN_ONNX_CODE_INPUT, 0);
  g_autoptr (GHashTable) all_values = onnx_run (all, image, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (stored_tasks); i++)
    {
      guint task = stored_tasks[i];
      g_autoptr (OnnxFile) one = export(fixture, model, TSN_ONNX_ONE_TASK, task);
      g_autoptr (GHashTable) one_values = onnx_run (one, image, NULL);
      g_autoptr (TsnTensor) code = code_of (model, task);
      g_autoptr (GHashTable) coded_values = onnx_run (coded, image, code);

      compare (one_values, model, task, golden);
      compare (all_values, model, task, golden);
      compare (coded_values, model, task, golden);
    }
}

/* The graph normalises: an image that is scaled the other way round gives the same. */
static void
test_normalisation (IoFixture *fixture, gconstpointer data)
{
  g_autoptr (TsnSafetensors) golden = golden_open ("tsn");
  g_autoptr (TsnModel) model = golden_model (golden, TSN_CONDITIONING_TSN);
  g_autoptr (TsnTensor) image = golden_read (golden, "image");
  g_autoptr (OnnxFile) file = NULL;
  g_autoptr (GHashTable) values = NULL;

  for (size_t i = 0; i < tsn_tensor_length (image); i++)
    {
      size_t c = i / (image->dim[2] * image->dim[3]) % 3;

      model->mean[c] = 0.25f * c;
      model->std[c] = 0.5f + c;
      image->data[i] = image->data[i] * model->std[c] + model->mean[c];
    }
  file = export(fixture, model, TSN_ONNX_ONE_TASK, 1);
  values = onnx_run (file, image, NULL);
  compare (values, model, 1, golden);
}

static void
test_metadata (IoFixture *fixture, gconstpointer data)
{
  g_autoptr (TsnModel) model = golden_network (TSN_CONDITIONING_TSN);
  g_autoptr (OnnxFile) file = NULL;
  g_autoptr (OnnxFile) one = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *edge;

  model->provenance = g_strdup ("Made up for a test.");
  file = export(fixture, model, TSN_ONNX_CODE_INPUT, 0);
  g_assert_cmpstr (g_hash_table_lookup (file->metadata, "format"), ==, "tsn-model");
  g_assert_cmpstr (g_hash_table_lookup (file->metadata, "conditioning"), ==, "tsn");
  g_assert_cmpstr (g_hash_table_lookup (file->metadata, "provenance"), ==, "Made up for a test.");
  g_assert_nonnull (strstr (g_hash_table_lookup (file->metadata, "tasks"), "human_parts"));
  g_assert_nonnull (g_hash_table_lookup (file->metadata, "normalisation"));
  root = json_from_string (g_hash_table_lookup (file->metadata, "codes"), NULL);
  g_assert_nonnull (root);
  edge = json_object_get_array_member (json_node_get_object (root), "edge");
  g_assert_cmpuint (json_array_get_length (edge), ==, 24);
  for (guint i = 0; i < 24; i++)
    g_assert_cmpfloat (json_array_get_double_element (edge, i), ==, i / 4 == 2);
  one = export(fixture, model, TSN_ONNX_ONE_TASK, 0);
  g_assert_null (g_hash_table_lookup (one->metadata, "codes"));
}

/* Two tasks that read the head itself are two outputs. */
static void
test_shared_readout (IoFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new ();
  TsnNetworkSpec spec = { 18, 1 / 16.0, TSN_CONDITIONING_NONE, TSN_CODE_ORTHOGONAL, 1, tasks };
  g_autoptr (TsnModel) model = NULL;
  g_autoptr (OnnxFile) file = NULL;

  g_ptr_array_add (tasks, tsn_task_new ("edge", TSN_TASK_EDGE, 1));
  g_ptr_array_add (tasks, tsn_task_new ("head", TSN_TASK_SALIENCY, 1));
  model = tsn_model_new (&spec, NULL);
  file = export(fixture, model, TSN_ONNX_CODE_INPUT, 0);
  check_interface (file, model, TSN_ONNX_CODE_INPUT, 0);
  check_names (file);
}

static void
test_errors (IoFixture *fixture, gconstpointer data)
{
  g_autoptr (TsnModel) model = golden_network (TSN_CONDITIONING_NONE);
  TsnTask *task = g_ptr_array_index (model->spec.tasks, 0);
  TsnOnnxOptions options = { TSN_ONNX_CODE_INPUT, 0 };
  g_autofree char *nowhere = io_path (fixture, "none/model.onnx");
  g_autofree char *path = io_path (fixture, "model.onnx");
  g_autoptr (GError) error = NULL;

  g_assert_false (tsn_onnx_export (model, &options, nowhere, &error));
  io_assert_error (&error, TSN_ERROR_IO, nowhere, "No such file");
  g_assert_false (tsn_onnx_export (model, &options, fixture->folder, &error));
  io_assert_error (&error, TSN_ERROR_IO, fixture->folder, "it is a folder");
  g_free (task->name);
  task->name = g_strdup ("code");
  g_assert_false (tsn_onnx_export (model, &options, path, &error));
  io_assert_error (&error, TSN_ERROR_MODEL, path, "'code'");
  g_free (task->name);
  task->name = g_strdup ("a/b");
  g_assert_false (tsn_onnx_export (model, &options, path, &error));
  io_assert_error (&error, TSN_ERROR_MODEL, path, "name of task 0");
  g_assert_cmpuint (io_count_files (fixture), ==, 0);
}

static void
assert_encodes (IoFixture *fixture, TsnProtobufWriter *writer, const void *bytes, size_t n)
{
  g_autofree char *path = io_path (fixture, "message");
  g_autofree char *contents = NULL;
  g_autoptr (TsnFileWriter) file = tsn_file_writer_new (path, NULL);
  size_t length;

  g_assert_true (tsn_protobuf_writer_write (writer, file, NULL));
  g_assert_true (tsn_file_writer_finish (file, NULL));
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpmem (contents, length, bytes, n);
  g_assert_cmpuint (tsn_protobuf_writer_get_length (writer), ==, n);
}

static void
test_wire_format (IoFixture *fixture, gconstpointer data)
{
  const guint8 expected[] = {
    0x08, 0x00,                                                       /* 1: 0 */
    0x10, 0x7f,                                                       /* 2: 127 */
    0x18, 0x80, 0x01,                                                 /* 3: 128 */
    0x80, 0x01, 0xac, 0x02,                                           /* 16: 300 */
    0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, /* 1: -1 */
    0x2d, 0x00, 0x00, 0x80, 0x3f,                                     /* 5: 1.0 */
    0x32, 0x00,                                                       /* 6: "" */
    0x3a, 0x0d, 0x0a, 0x01, 'x',                                      /* 7: { 1: "x" */
    0x12, 0x08, 0x00, 0x00, 0x00, 0x3f, 0x00, 0x00, 0x00, 0xc0,       /* 2: 0.5 -2.0 } */
  };
  g_autoptr (TsnProtobufWriter) writer = tsn_protobuf_writer_new ();
  TsnProtobufWriter *inner = tsn_protobuf_writer_new ();
  g_autoptr (TsnTensor) tensor = tsn_tensor_new_vector (2);

  assert_encodes (fixture, writer, "", 0);
  tsn_protobuf_writer_add_integer (writer, 1, 0);
  tsn_protobuf_writer_add_integer (writer, 2, 127);
  tsn_protobuf_writer_add_integer (writer, 3, 128);
  tsn_protobuf_writer_add_integer (writer, 16, 300);
  tsn_protobuf_writer_add_integer (writer, 1, -1);
  tsn_protobuf_writer_add_float (writer, 5, 1);
  tsn_protobuf_writer_add_string (writer, 6, "");
  tensor->data[0] = 0.5f;
  tensor->data[1] = -2;
  tsn_protobuf_writer_add_string (inner, 1, "x");
  tsn_protobuf_writer_add_tensor (inner, 2, tensor);
  tsn_protobuf_writer_take_message (writer, 7, inner);
  assert_encodes (fixture, writer, expected, sizeof expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  io_fixture_add ("/io/onnx/wire-format", test_wire_format, NULL);
  for (TsnConditioning c = TSN_CONDITIONING_TSN; c <= TSN_CONDITIONING_NONE; c++)
    {
      const char *name = tsn_conditioning_get_name (c);
      g_autofree char *form = g_strdup_printf ("/io/onnx/form/%s", name);
      g_autofree char *golden = g_strdup_printf ("/io/onnx/golden/%s", name);

      io_fixture_add (form, test_form, GINT_TO_POINTER (c));
      io_fixture_add (golden, test_golden, GINT_TO_POINTER (c));
    }
  io_fixture_add ("/io/onnx/normalisation", test_normalisation, NULL);
  io_fixture_add ("/io/onnx/metadata", test_metadata, NULL);
  io_fixture_add ("/io/onnx/shared-readout", test_shared_readout, NULL);
  io_fixture_add ("/io/onnx/errors", test_errors, NULL);
  return g_test_run ();
}
