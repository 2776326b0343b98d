#include "core/base/tsn-error.h"
#include "core/io/tsn-model-file.h"
#include "tests/core/io/io-fixture.h"

#include <string.h>

#define TASKS "[[\"semseg\",3],[\"edge\",1],[\"normals\",3]]"

/* A file as the reference program writes it; @key gets another value. */
static char *
write_reference (IoFixture *fixture, const char *prefix, const char *key, const char *value)
{
  const char *const pairs[][2] = {
    { "conditioning", "ts-in" },
    { "width", "0.0625" },
    { "ones", "4" },
    { "tasks", TASKS },
    { "semseg_classes", "nothing red_car sky" },
    { "steps", "12" },
    { "size", "160" },
    { "figures", "{\"semseg\": \"mIoU 0.5\", \"edge\": \"F 0.7\"}" },
  };
  g_autoptr (GPtrArray) tasks = tsn_task_list_new ();
  TsnNetworkSpec spec = { 18, 1.0 / 16, TSN_CONDITIONING_TS_IN, TSN_CODE_ORTHOGONAL, 4, tasks };
  g_autoptr (TsnSafetensorsWriter) writer = tsn_safetensors_writer_new ();
  g_autoptr (TsnModel) model = NULL;
  char *path = io_path (fixture, "reference.safetensors");

  g_ptr_array_add (tasks, tsn_task_new ("semseg", TSN_TASK_CLASSES, 3));
  g_ptr_array_add (tasks, tsn_task_new ("edge", TSN_TASK_EDGE, 1));
  g_ptr_array_add (tasks, tsn_task_new ("normals", TSN_TASK_NORMALS, 3));
  model = tsn_model_new (&spec, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const char *written = g_strcmp0 (key, pairs[i][0]) == 0 ? value : pairs[i][1];

      if (written != NULL)
        tsn_safetensors_writer_set_metadata (writer, pairs[i][0], written);
    }
  for (guint i = 0; i < model->graph->params->len; i++)
    {
      g_autofree char *name = g_strconcat (prefix, tsn_graph_param (model->graph, i)->name, NULL);

      model->params[i]->data[0] = i;
      tsn_safetensors_writer_add (writer, name, model->params[i], TSN_DTYPE_F16);
    }
  g_assert_true (tsn_safetensors_writer_save (writer, path, NULL));
  return path;
}

static void
test_import (IoFixture *fixture, gconstpointer prefix)
{
  g_autofree char *path = write_reference (fixture, prefix, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnModel) model = tsn_model_import_reference (path, &error);
  const TsnTask *task;

  g_assert_no_error (error);
  g_assert_cmpint (model->spec.conditioning, ==, TSN_CONDITIONING_TS_IN);
  g_assert_cmpuint (model->spec.code_length, ==, 4);
  g_assert_cmpuint (tsn_model_get_n_tasks (model), ==, 3);
  task = tsn_model_get_task (model, 0);
  g_assert_cmpint (task->kind, ==, TSN_TASK_CLASSES);
  g_assert_cmpstr (task->class_names[1], ==, "red car");
  g_assert_cmpint (tsn_model_get_task (model, 1)->kind, ==, TSN_TASK_EDGE);
  g_assert_cmpint (tsn_model_get_task (model, 2)->kind, ==, TSN_TASK_NORMALS);
  g_assert_cmpstr (model->name, ==, "reference");
  g_assert_cmpstr (model->provenance, ==,
                   "Converted from reference.safetensors of the reference program; trained for 12 "
                   "steps on crops of 160 pixels; validation: semseg mIoU 0.5, edge F 0.7.");
  for (guint i = 0; i < model->graph->params->len; i++)
    g_assert_cmpfloat (model->params[i]->data[0], ==, i);
}

/* Without the figures a model is still a model. */
static void
test_provenance_is_optional (IoFixture *fixture, gconstpointer data)
{
  static const char *const figures[] = { NULL, "no JSON", "[]", "{}", "{\"a\": 5}" };

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      g_autofree char *path = write_reference (fixture, "", "figures", figures[i]);
      g_autoptr (TsnModel) model = tsn_model_import_reference (path, NULL);

      g_assert_nonnull (model);
      g_assert_true (g_str_has_suffix (model->provenance, "crops of 160 pixels."));
    }
}

static void
test_bad_metadata (IoFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *key;
    const char *value;
    const char *message;
  } bad[] = {
    { "conditioning", NULL, "does not come from the reference program" },
    { "conditioning", "magic", "conditioning 'magic'" },
    { "width", "1e300", "'width'" },
    { "ones", NULL, "no 'ones'" },
    { "ones", "0", "'ones'" },
    { "tasks", "[", "'tasks' is not complete JSON" },
    { "tasks", "{}", "0 tasks" },
    { "tasks", "[]", "0 tasks" },
    { "tasks", "[3]", "not a list of pairs" },
    { "tasks", "[[\"semseg\"]]", "not a list of pairs" },
    { "tasks", "[[\"semseg\",\"3\"]]", "not a list of pairs" },
    { "tasks", "[[\"semseg\",null]]", "not a list of pairs" },
    { "tasks", "[[\"semseg\",0]]", "'semseg' with 0 channels" },
    { "tasks", "[[\"semseg\",4294967299]]", "'semseg' with 4294967299 channels" },
    { "tasks", "[[\"taste\",2]]", "'taste' with 2 channels" },
    { "tasks", "[[\"edge\",1],[\"edge\",1]]", "two tasks are called 'edge'" },
    { "tasks", "[[\"edge\",1],[\"normals\",3]]", "should be 2 x 32, but is 3 x 32" },
    { "semseg_classes", "one two", "'semseg_classes' does not name the 3 classes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = write_reference (fixture, "", bad[i].key, bad[i].value);
      g_autoptr (GError) error = NULL;

      g_assert_null (tsn_model_import_reference (path, &error));
      if (error->code == TSN_ERROR_FORMAT)
        error->code = TSN_ERROR_MODEL; /* JSON within the metadata */
      io_assert_error (&error, TSN_ERROR_MODEL, path, bad[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  io_fixture_add ("/io/model-import/bare-names", test_import, "");
  io_fixture_add ("/io/model-import/prefixed-names", test_import, "param.");
  io_fixture_add ("/io/model-import/provenance-is-optional", test_provenance_is_optional, NULL);
  io_fixture_add ("/io/model-import/bad-metadata", test_bad_metadata, NULL);
  return g_test_run ();
}
