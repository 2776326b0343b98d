/* The verbs of `tsn` that read and write no photos. */
#include "tests/cli/tsn-cli-fixture.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

static void
assert_prints (CliFixture *fixture, const char *text)
{
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpstr (fixture->err, ==, "");
  if (strstr (fixture->out, text) == NULL)
    g_error ("'%s' is not in '%s'", text, fixture->out);
}

static void
test_help (CliFixture *fixture, gconstpointer unused)
{
  const char *verbs[] = { "run", "info", "params", "train", "convert", "export" };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      cli_fixture_run (fixture, "--help", NULL);
      assert_prints (fixture, verbs[i]);
      cli_fixture_run (fixture, verbs[i], "--help", NULL);
      assert_prints (fixture, "Usage:");
      assert_prints (fixture, verbs[i]);
    }
  cli_fixture_run (fixture, "--version", NULL);
  assert_prints (fixture, "tsn 0.");
}

static void
test_params (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_run (fixture, "params", NULL);
  assert_prints (fixture, "18258805");
  assert_prints (fixture, "17747925");
  assert_prints (fixture, "17730005");
  assert_prints (fixture, "11176512");
  cli_fixture_run (fixture, "params", "--csv", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_nonnull (strstr (fixture->out, "\n5,tsn,11176512,533280,6549013,18258805\n"));
  g_assert_nonnull (strstr (fixture->out, "\n10,rcm,"));
  cli_fixture_run (fixture, "params", "-p", "everyday", "-t", "2", NULL);
  assert_prints (fixture, "2 tasks: semseg, human_parts\n");
  cli_fixture_run (fixture, "params", "-t", "6", NULL);
  cli_fixture_assert_fails (fixture, 1, "6");
  cli_fixture_run (fixture, "params", "-p", "mars", NULL);
  cli_fixture_assert_fails (fixture, 1, "mars");
  cli_fixture_run (fixture, "params", "-e", "19", NULL);
  cli_fixture_assert_fails (fixture, 1, "19");
}

static void
test_info (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_run (fixture, "info", NULL); /* the model of the environment */
  assert_prints (fixture, "tiny.safetensors\n");
  assert_prints (fixture, "conditioning tsn\n");
  assert_prints (fixture, "in m\n");
  assert_prints (fixture, "tvmonitor");
}

static void
test_info_as_json (CliFixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *root, *task;

  cli_fixture_run (fixture, "info", "--json", "tiny.safetensors", NULL);
  json_parser_load_from_data (parser, fixture->out, -1, &error);
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpint (json_object_get_int_member (root, "size"), ==, CLI_MODEL_SIZE);
  g_assert_cmpint (json_object_get_int_member (root, "encoder"), ==, 18);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "tasks")), ==, 6);
  task = json_array_get_object_element (json_object_get_array_member (root, "tasks"), 0);
  g_assert_cmpstr (json_object_get_string_member (task, "name"), ==, "semseg");
  g_assert_cmpint (json_object_get_int_member (task, "channels"), ==, 21);
}

/* Stored as 16-bit numbers, a model needs half the bytes and keeps all that was said about it. */
static void
test_convert (CliFixture *fixture, gconstpointer unused)
{
  g_autofree char *golden
      = g_test_build_filename (G_TEST_DIST, "golden", "golden-tsn.safetensors", NULL);
  g_autofree char *half = cli_fixture_path (fixture, "half.safetensors");
  g_autofree char *single = cli_fixture_path (fixture, "single.safetensors");
  GStatBuf half_stat, single_stat;

  cli_fixture_run (fixture, "convert", "--float16", golden, "half.safetensors", NULL);
  assert_prints (fixture, "");
  cli_fixture_run (fixture, "convert", golden, "single.safetensors", NULL);
  assert_prints (fixture, "");
  g_assert_cmpint (g_stat (half, &half_stat), ==, 0);
  g_assert_cmpint (g_stat (single, &single_stat), ==, 0);
  g_assert_cmpint (half_stat.st_size, <, single_stat.st_size * 6 / 10);
  cli_fixture_run (fixture, "info", "half.safetensors", NULL);
  assert_prints (fixture, "human_parts");
  assert_prints (fixture, "width        0.0625\n");
  cli_fixture_run (fixture, "convert", "--float16", "--float32", "a", "b", NULL);
  cli_fixture_assert_fails (fixture, 2, "--float16");
}

static gint64
size_of (CliFixture *fixture, const char *name)
{
  g_autofree char *path = cli_fixture_path (fixture, name);
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_size;
}

/* What the files hold is tested where they are made; here that the options reach that place. */
static void
test_export (CliFixture *fixture, gconstpointer unused)
{
  const char *model = "tiny.safetensors";

  cli_fixture_run (fixture, "export", model, "code.onnx", NULL);
  assert_prints (fixture, "");
  cli_fixture_run (fixture, "export", "--task", "edge", model, "edge.onnx", NULL);
  assert_prints (fixture, "");
  cli_fixture_run (fixture, "export", model, "all.onnx", "--all-tasks", NULL);
  assert_prints (fixture, "");
  /* Without the embedding network it is smaller, even with six decoders on the same weights. */
  g_assert_cmpint (size_of (fixture, "edge.onnx"), <, size_of (fixture, "all.onnx"));
  g_assert_cmpint (size_of (fixture, "all.onnx"), <, size_of (fixture, "code.onnx"));
}

static void
test_export_errors (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_run (fixture, "export", "-t", "taste", "tiny.safetensors", "a.onnx", NULL);
  cli_fixture_assert_fails (fixture, 1, "taste");
  g_assert_nonnull (strstr (fixture->err, "semseg")); /* it says what there is */
  cli_fixture_run (fixture, "export", "-a", "-t", "edge", "tiny.safetensors", "a.onnx", NULL);
  cli_fixture_assert_fails (fixture, 2, "--all-tasks");
  cli_fixture_run (fixture, "export", "tiny.safetensors", NULL);
  cli_fixture_assert_fails (fixture, 2, "ONNX file");
  cli_fixture_run (fixture, "export", "gone.safetensors", "a.onnx", NULL);
  cli_fixture_assert_fails (fixture, 1, "gone.safetensors");
  cli_fixture_run (fixture, "export", "tiny.safetensors", "none/a.onnx", NULL);
  cli_fixture_assert_fails (fixture, 1, "none/a.onnx");
  g_assert_cmpuint (cli_fixture_count_files (fixture, "."), ==, 1);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/cli/verbs/" name, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("help", test_help);
  ADD ("params", test_params);
  ADD ("info", test_info);
  ADD ("info-as-json", test_info_as_json);
  ADD ("convert", test_convert);
  ADD ("export", test_export);
  ADD ("export-errors", test_export_errors);
  return g_test_run ();
}
