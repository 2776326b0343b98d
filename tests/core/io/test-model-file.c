#include "core/base/tsn-error.h"
#include "core/io/tsn-half.h"
#include "core/io/tsn-model-file.h"
#include "tests/core/io/io-fixture.h"

#include <math.h>
#include <string.h>

static TsnModel *
small_model (TsnConditioning conditioning, TsnCodeKind code)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_everyday ();
  const TsnNetworkSpec spec = { 18, 1.0 / 16, conditioning, code, 2, tasks };
  TsnModel *model = tsn_model_new (&spec, NULL);
  TsnRandom random;

  tsn_random_init (&random, 3);
  tsn_model_initialise (model, &random);
  return model;
}

static char *
save_small (IoFixture *fixture, const char *name)
{
  g_autoptr (TsnModel) model = small_model (TSN_CONDITIONING_TSN, TSN_CODE_ORTHOGONAL);
  g_autoptr (GError) error = NULL;
  char *path = io_path (fixture, name);

  tsn_model_save (model, path, TSN_DTYPE_F16, &error);
  g_assert_no_error (error);
  return path;
}

static void
assert_same_tasks (const TsnModel *a, const TsnModel *b)
{
  g_assert_cmpuint (tsn_model_get_n_tasks (a), ==, tsn_model_get_n_tasks (b));
  for (guint i = 0; i < tsn_model_get_n_tasks (a); i++)
    {
      const TsnTask *p = tsn_model_get_task (a, i), *q = tsn_model_get_task (b, i);

      g_assert_cmpstr (p->name, ==, q->name);
      g_assert_cmpstr (p->title, ==, q->title);
      g_assert_cmpint (p->kind, ==, q->kind);
      g_assert_cmpuint (p->channels, ==, q->channels);
      g_assert_cmpstr (p->unit, ==, q->unit);
      if (p->kind != TSN_TASK_CLASSES)
        continue;
      g_assert_cmpstrv (p->class_names, q->class_names);
      g_assert_cmpmem (p->colours, 4 * p->channels, q->colours, 4 * q->channels);
    }
}

static void
assert_same_tensor (const TsnTensor *a, const TsnTensor *b, float tolerance)
{
  g_assert_true (tsn_tensor_has_shape (a, b->rank, b->dim));
  for (size_t i = 0; i < tsn_tensor_length (a); i++)
    g_assert_cmpfloat (fabsf (a->data[i] - b->data[i]), <=,
                       tolerance * (fabsf (a->data[i]) + 1e-4f));
}

static void
assert_same_model (const TsnModel *a, const TsnModel *b, float tolerance)
{
  assert_same_tasks (a, b);
  g_assert_cmpuint (a->spec.depth, ==, b->spec.depth);
  g_assert_cmpfloat (a->spec.width, ==, b->spec.width);
  g_assert_cmpint (a->spec.conditioning, ==, b->spec.conditioning);
  g_assert_cmpint (a->spec.code, ==, b->spec.code);
  g_assert_cmpuint (a->spec.code_length, ==, b->spec.code_length);
  g_assert_cmpmem (a->mean, sizeof a->mean, b->mean, sizeof b->mean);
  g_assert_cmpmem (a->std, sizeof a->std, b->std, sizeof b->std);
  g_assert_cmpuint (a->size, ==, b->size);
  g_assert_cmpstr (a->provenance, ==, b->provenance);
  assert_same_tensor (a->codes, b->codes, 0);
  g_assert_cmpuint (a->graph->params->len, ==, b->graph->params->len);
  for (guint i = 0; i < a->graph->params->len; i++)
    assert_same_tensor (a->params[i], b->params[i], tolerance);
}

static void
test_round_trip (IoFixture *fixture, gconstpointer data)
{
  static const float tolerance[] = { 0, 0x1p-11f, 0x1p-8f };
  g_autofree char *path = io_path (fixture, "street view.safetensors");
  g_autoptr (GError) error = NULL;

  for (TsnConditioning c = TSN_CONDITIONING_TSN; c < TSN_N_CONDITIONINGS; c++)
    for (TsnDtype dtype = TSN_DTYPE_F32; dtype <= TSN_DTYPE_BF16; dtype++)
      {
        g_autoptr (TsnModel) model = small_model (c, TSN_CODE_GAUSSIAN);
        g_autoptr (TsnModel) back = NULL;

        /* Codes are not made anew from a seed: they come from the file. */
        model->codes->data[0] += c == TSN_CONDITIONING_TSN ? 0.123f : 0;
        model->size = 320;
        model->mean[1] = 0.1f;
        model->std[2] = 1.0f / 3;
        model->provenance = g_strdup ("Made by \"chance\".");
        tsn_model_save (model, path, dtype, &error);
        g_assert_no_error (error);
        back = tsn_model_load (path, &error);
        g_assert_no_error (error);
        assert_same_model (model, back, tolerance[dtype]);
        g_assert_cmpstr (back->name, ==, "street view");
      }
}

/* A name of the model's own goes with it; one that it has from its file does not. */
static void
test_name (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *first = save_small (fixture, "first.safetensors");
  g_autofree char *second = io_path (fixture, "second.safetensors");
  g_autofree char *third = io_path (fixture, "third.safetensors");
  g_autoptr (TsnModel) model = tsn_model_load (first, NULL);
  g_autoptr (TsnModel) copy = NULL, named = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (model->name, ==, "first");
  tsn_model_save (model, second, TSN_DTYPE_F16, &error);
  g_assert_no_error (error);
  copy = tsn_model_load (second, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (copy->name, ==, "second");
  g_assert_false (copy->named);
  g_free (copy->name);
  copy->name = g_strdup ("Street \"view\"");
  copy->named = TRUE;
  tsn_model_save (copy, third, TSN_DTYPE_F16, &error);
  g_assert_no_error (error);
  named = tsn_model_load (third, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (named->name, ==, "Street \"view\"");
  g_assert_true (named->named);
}

typedef struct
{
  const char *key;
  const char *value; /* NULL leaves the key out */
  const char *message;
} BadMetadata;

#define CLASSES(rest) "[{\"name\":\"a\",\"kind\":\"classes\"," rest "}]"
#define DEPTH "{\"name\":\"depth\",\"kind\":\"depth\",\"channels\":1}"

static const BadMetadata bad_metadata[] = {
  { "format", NULL, "tsn convert" },
  { "format", "onnx", "does not say 'format': 'tsn-model'" },
  { "format_version", NULL, "no 'format_version'" },
  { "format_version", "2", "format version '2'" },
  { "encoder", NULL, "no 'encoder'" },
  { "encoder", "vgg16", "encoder 'vgg16'" },
  { "width", NULL, "no 'width'" },
  { "width", "", "'width' is not a number" },
  { "width", "0", "'width' is not a number in (0, 4]" },
  { "width", "-1", "'width'" },
  { "width", "1e9", "'width'" },
  { "width", "nan", "'width'" },
  { "width", "0.5 wide", "'width'" },
  { "conditioning", NULL, "no 'conditioning'" },
  { "conditioning", "magic", "conditioning 'magic'" },
  { "code", NULL, "no 'code'" },
  { "code", "morse", "code 'morse'" },
  { "code_length", NULL, "no 'code_length'" },
  { "code_length", "0", "'code_length' is not a whole number from 1 to 1024" },
  { "code_length", "1025", "'code_length'" },
  { "code_length", "99999999999999999999", "'code_length'" },
  { "code_length", "2.5", "'code_length'" },
  { "size", NULL, "no 'size'" },
  { "size", "0", "'size' is not a whole number" },
  { "size", "1000000", "'size'" },
  { "normalisation", NULL, "no 'normalisation'" },
  { "normalisation", "{", "'normalisation' is not complete JSON" },
  { "normalisation", "[]", "'normalisation' is not an object" },
  { "normalisation", "{\"mean\":[0,0,0]}", "'std' of its normalisation" },
  { "normalisation", "{\"mean\":[0,0],\"std\":[1,1,1]}", "'mean' of its normalisation" },
  { "normalisation", "{\"mean\":[0,0,\"a\"],\"std\":[1,1,1]}", "'mean' of its normalisation" },
  { "normalisation", "{\"mean\":[0,0,null],\"std\":[1,1,1]}", "'mean' of its normalisation" },
  { "normalisation", "{\"mean\":[0,0,1e999],\"std\":[1,1,1]}", "normalisation" },
  { "normalisation", "{\"mean\":[0,0,0],\"std\":[1,0,1]}", "deviation 0 of channel 1" },
  { "normalisation", "{\"mean\":[0,0,0],\"std\":[1,1,-1]}", "deviation -1 of channel 2" },
  { "tasks", NULL, "no 'tasks'" },
  { "tasks", "", "'tasks' is not complete JSON" },
  { "tasks", "{}", "'tasks' is not a list" },
  { "tasks", "[]", "0 tasks" },
  { "tasks", "[1]", "task 0 has no name" },
  { "tasks", "[{\"kind\":\"depth\",\"channels\":1}]", "task 0 has no name" },
  { "tasks", "[{\"name\":\"../up\",\"kind\":\"depth\",\"channels\":1}]", "task 0 has no name" },
  { "tasks", "[{\"name\":\"\",\"kind\":\"depth\",\"channels\":1}]", "task 0 has no name" },
  { "tasks", "[{\"name\":\"a\",\"channels\":1}]", "task 'a' has no kind" },
  { "tasks", "[{\"name\":\"a\",\"kind\":\"taste\",\"channels\":1}]", "task 'a' has no kind" },
  { "tasks", "[{\"name\":\"a\",\"kind\":\"depth\"}]", "task 'a' has no number of channels" },
  { "tasks", "[{\"name\":\"a\",\"kind\":\"depth\",\"channels\":2}]", "cannot have 2 channels" },
  { "tasks", "[{\"name\":\"a\",\"kind\":\"normals\",\"channels\":1}]", "cannot have 1 channels" },
  { "tasks", CLASSES ("\"channels\":0"), "cannot have 0 channels" },
  { "tasks", CLASSES ("\"channels\":256"), "cannot have 256 channels" },
  { "tasks", CLASSES ("\"channels\":-5"), "cannot have -5 channels" },
  { "tasks", CLASSES ("\"channels\":4294967297"), "cannot have 4294967297 channels" },
  { "tasks", CLASSES ("\"channels\":2,\"classes\":[\"x\"]"), "'classes' of task 'a'" },
  { "tasks", CLASSES ("\"channels\":1,\"classes\":[4]"), "'classes' of task 'a'" },
  { "tasks", CLASSES ("\"channels\":1,\"colours\":[\"red\"]"), "colour 'red' of task 'a'" },
  { "tasks", CLASSES ("\"channels\":1,\"colours\":[\"#12345g\"]"), "colour '#12345g'" },
  { "tasks", CLASSES ("\"channels\":1,\"title\":5"), "title or unit of task 'a'" },
  { "tasks", "[" DEPTH "," DEPTH "]", "two tasks are called 'depth'" },
  { "tasks", "[" DEPTH "]", "'embedding.fc.0.weight'" },
};

/* Copies a model file.  @key gets another value, or is left out if that is %NULL; so does the
 * tensor @name. */
static void
copy_changed (const char *from,
              const char *to,
              const char *key,
              const char *value,
              const char *name,
              TsnTensor *instead)
{
  static const char *const keys[] = { "format",      "format_version", "encoder",
                                      "width",       "conditioning",   "code",
                                      "code_length", "tasks",          "normalisation",
                                      "size" };
  g_autoptr (TsnSafetensors) file = tsn_safetensors_open (from, NULL);
  g_autoptr (TsnSafetensorsWriter) writer = tsn_safetensors_writer_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *kept = tsn_safetensors_get_metadata (file, keys[i]);
      const char *written = g_strcmp0 (keys[i], key) == 0 ? value : kept;

      if (written != NULL)
        tsn_safetensors_writer_set_metadata (writer, keys[i], written);
    }
  for (guint i = 0; i < tsn_safetensors_get_n_tensors (file); i++)
    {
      const char *other = tsn_safetensors_get_name (file, i);
      g_autoptr (TsnTensor) kept = tsn_safetensors_read (file, other, NULL);
      TsnTensor *written = g_strcmp0 (other, name) == 0 ? instead : kept;

      if (written != NULL)
        tsn_safetensors_writer_add (writer, other, written, TSN_DTYPE_F32);
    }
  g_assert_true (tsn_safetensors_writer_save (writer, to, NULL));
}

static void
copy_with_metadata (const char *from, const char *to, const char *key, const char *value)
{
  copy_changed (from, to, key, value, NULL, NULL);
}

static void
copy_with_tensor (const char *from, const char *to, const char *name, TsnTensor *instead)
{
  copy_changed (from, to, NULL, NULL, name, instead);
}

static void
test_bad_metadata (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *good = save_small (fixture, "good.safetensors");
  g_autofree char *bad = io_path (fixture, "bad.safetensors");

  for (guint i = 0; i < G_N_ELEMENTS (bad_metadata); i++)
    {
      g_autoptr (GError) error = NULL;

      copy_with_metadata (good, bad, bad_metadata[i].key, bad_metadata[i].value);
      g_assert_null (tsn_model_load (bad, &error));
      if (error->code == TSN_ERROR_FORMAT)
        error->code = TSN_ERROR_MODEL; /* JSON within the metadata */
      io_assert_error (&error, TSN_ERROR_MODEL, bad, bad_metadata[i].message);
    }
}

static void
test_many_tasks (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *good = save_small (fixture, "good.safetensors");
  g_autofree char *bad = io_path (fixture, "bad.safetensors");
  g_autoptr (GString) tasks = g_string_new ("[");
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 65; i++)
    g_string_append_printf (tasks, "%s{\"name\":\"t%d\",\"kind\":\"depth\",\"channels\":1}",
                            i > 0 ? "," : "", i);
  g_string_append (tasks, "]");
  copy_with_metadata (good, bad, "tasks", tasks->str);
  g_assert_null (tsn_model_load (bad, &error));
  io_assert_error (&error, TSN_ERROR_MODEL, bad, "65 tasks");
}

/* A small file that describes a network of a hundred gigabytes is refused, not tried. */
static void
test_boasting (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *good = save_small (fixture, "good.safetensors");
  g_autofree char *wide = io_path (fixture, "wide.safetensors");
  g_autofree char *bad = io_path (fixture, "bad.safetensors");
  g_autoptr (GError) error = NULL;

  copy_with_metadata (good, wide, "width", "4");
  copy_with_metadata (wide, bad, "code_length", "1024");
  g_assert_null (tsn_model_load (bad, &error));
  io_assert_error (&error, TSN_ERROR_MODEL, bad, "should be 256 x 3 x 7 x 7, but is 4 x 3 x 7 x 7");
}

static void
test_bad_tensors (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *good = save_small (fixture, "good.safetensors");
  g_autofree char *bad = io_path (fixture, "bad.safetensors");
  g_autoptr (TsnTensor) bias = tsn_tensor_new_vector (21), variance = tsn_tensor_new_vector (4);
  g_autoptr (TsnTensor) small = tsn_tensor_new_vector (20);
  g_autoptr (TsnModel) fine = NULL;
  g_autoptr (GError) error = NULL;
  static const float odd[] = { NAN, INFINITY, -INFINITY };

  copy_with_tensor (good, bad, "head.bias", bias);
  fine = tsn_model_load (bad, &error);
  g_assert_no_error (error);
  copy_with_tensor (good, bad, "head.bias", NULL);
  g_assert_null (tsn_model_load (bad, &error));
  io_assert_error (&error, TSN_ERROR_MODEL, bad, "no tensor 'head.bias'");
  copy_with_tensor (good, bad, "head.bias", small);
  g_assert_null (tsn_model_load (bad, &error));
  io_assert_error (&error, TSN_ERROR_MODEL, bad, "'head.bias'");
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      bias->data[20] = odd[i];
      copy_with_tensor (good, bad, "head.bias", bias);
      g_assert_null (tsn_model_load (bad, &error));
      io_assert_error (&error, TSN_ERROR_MODEL, bad, "'head.bias'");
    }
  variance->data[3] = -0.1f;
  copy_with_tensor (good, bad, "encoder.bn1.running_var", variance);
  g_assert_null (tsn_model_load (bad, &error));
  io_assert_error (&error, TSN_ERROR_MODEL, bad, "holds -0.1");
}

static void
test_gaussian_without_codes (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *good = save_small (fixture, "good.safetensors");
  g_autofree char *bad = io_path (fixture, "bad.safetensors");
  g_autoptr (GError) error = NULL;

  copy_with_metadata (good, bad, "code", "gaussian");
  g_assert_null (tsn_model_load (bad, &error));
  io_assert_error (&error, TSN_ERROR_MODEL, bad, "no tensor 'codes'");
}

static void
test_unsavable (IoFixture *fixture, gconstpointer data)
{
  g_autoptr (TsnModel) model = small_model (TSN_CONDITIONING_TSN, TSN_CODE_ORTHOGONAL);
  g_autofree char *path = io_path (fixture, "model.safetensors");
  g_autofree char *nowhere = io_path (fixture, "none/model.safetensors");
  g_autoptr (GError) error = NULL;
  float before = model->params[0]->data[0];

  model->params[0]->data[0] = 70000;
  g_assert_false (tsn_model_save (model, path, TSN_DTYPE_F16, &error));
  io_assert_error (&error, TSN_ERROR_MODEL, path, "70000, which is beyond the range of its type");
  g_assert_true (tsn_model_save (model, path, TSN_DTYPE_BF16, &error));
  g_assert_true (tsn_model_save (model, path, TSN_DTYPE_F32, &error));
  model->params[0]->data[0] = NAN;
  g_assert_false (tsn_model_save (model, path, TSN_DTYPE_F32, &error));
  io_assert_error (&error, TSN_ERROR_MODEL, path, "encoder.conv1.weight");
  model->params[0]->data[0] = before;
  model->std[0] = 0;
  g_assert_false (tsn_model_save (model, path, TSN_DTYPE_F32, &error));
  io_assert_error (&error, TSN_ERROR_MODEL, path, "normalisation");
  model->std[0] = 1;
  g_assert_false (tsn_model_save (model, nowhere, TSN_DTYPE_F32, &error));
  io_assert_error (&error, TSN_ERROR_IO, nowhere, "No such file");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  io_fixture_add ("/io/model-file/round-trip", test_round_trip, NULL);
  io_fixture_add ("/io/model-file/name", test_name, NULL);
  io_fixture_add ("/io/model-file/bad-metadata", test_bad_metadata, NULL);
  io_fixture_add ("/io/model-file/many-tasks", test_many_tasks, NULL);
  io_fixture_add ("/io/model-file/boasting", test_boasting, NULL);
  io_fixture_add ("/io/model-file/bad-tensors", test_bad_tensors, NULL);
  io_fixture_add ("/io/model-file/gaussian-without-codes", test_gaussian_without_codes, NULL);
  io_fixture_add ("/io/model-file/unsavable", test_unsavable, NULL);
  return g_test_run ();
}
