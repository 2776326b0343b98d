/* `tsn eval`, `tsn score`, `tsn compare` and `tsn analyze`. */
#include "tests/cli/tsn-cli-fixture.h"
#include "tests/core/data/data-fixture.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define WIDTH 72
#define HEIGHT 56
#define PIXELS (WIDTH * HEIGHT)
#define PHOTOS 3

static const char *const all_tasks[]
    = { "semseg", "human_parts", "edge", "saliency", "normals", "depth" };

static void
write_label (CliFixture *fixture, const char *folder, guint photo, TsnRandom *random, guint n)
{
  g_autofree char *name = g_strdup_printf ("set/%s/p%u.png", folder, photo);
  g_autofree guint8 *values = g_new (guint8, PIXELS);

  /* Blocks, so that thinned edges and classes have some shape. */
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      values[y * WIDTH + x] = x % 8 > 0 && y % 8 > 0
                                  ? values[MAX (y, 1) / 8 * 8 * WIDTH + x / 8 * 8]
                                  : tsn_random_below (random, n) * (n == 2 ? 255 : 1);
  data_fixture_grey8 (fixture->folder, name, WIDTH, HEIGHT, values);
}

static void
write_depth (CliFixture *fixture, guint photo, TsnRandom *random)
{
  g_autofree char *name = g_strdup_printf ("set/depth/p%u.png", photo);
  g_autofree guint16 *values = g_new (guint16, PIXELS);

  for (guint i = 0; i < PIXELS; i++)
    values[i] = tsn_random_below (random, 5000);
  data_fixture_grey16 (fixture->folder, name, WIDTH, HEIGHT, values);
}

/* A data set with labels of all six tasks; photo 2 has none of depth. */
static void
set_up (CliFixture *fixture, gconstpointer unused)
{
  TsnRandom random;

  cli_fixture_set_up (fixture, NULL);
  tsn_random_init (&random, 7);
  for (guint i = 0; i < PHOTOS; i++)
    {
      g_autofree char *photo = g_strdup_printf ("set/images/p%u.png", i);
      g_autofree char *normals = g_strdup_printf ("set/normals/p%u.png", i);
      g_autoptr (TsnImage) image = data_fixture_gradient (WIDTH, HEIGHT);

      image->pixels[0] = i;
      data_fixture_photo (fixture->folder, photo, image);
      data_fixture_photo (fixture->folder, normals, image);
      write_label (fixture, "semseg", i, &random, 21);
      write_label (fixture, "human_parts", i, &random, 7);
      write_label (fixture, "edge", i, &random, 2);
      write_label (fixture, "saliency", i, &random, 2);
      if (i < 2)
        write_depth (fixture, i, &random);
    }
  data_fixture_text (fixture->folder, "set/splits/val.txt", "p0\np1\np2\n");
  data_fixture_text (fixture->folder, "set/splits/none.txt", "\n");
}

static JsonObject *
parse_output (CliFixture *fixture, JsonParser *parser)
{
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, fixture->out, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static void
assert_ok (CliFixture *fixture)
{
  g_test_message ("%s", fixture->err);
  g_assert_cmpint (fixture->status, ==, 0);
}

/* The result of a task as `--json` says it. */
static JsonObject *
find_result (JsonObject *root, const char *task)
{
  JsonArray *results = json_object_get_array_member (root, "results");

  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      JsonObject *result = json_array_get_object_element (results, i);

      if (g_str_equal (json_object_get_string_member (result, "task"), task))
        return result;
    }
  return NULL;
}

static double
get_metric (JsonObject *result, guint index)
{
  JsonArray *metrics = json_object_get_array_member (result, "metrics");

  return json_object_get_double_member (json_array_get_object_element (metrics, index), "value");
}

static void
test_every_task (CliFixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root;

  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "--json", NULL);
  assert_ok (fixture);
  g_assert_cmpstr (fixture->err, ==, "");
  root = parse_output (fixture, parser);
  g_assert_cmpstr (json_object_get_string_member (root, "name"), ==, "tiny");
  for (guint i = 0; i < G_N_ELEMENTS (all_tasks); i++)
    {
      JsonObject *result = find_result (root, all_tasks[i]);
      guint photos = g_str_equal (all_tasks[i], "depth") ? 2 : PHOTOS;

      g_assert_nonnull (result);
      g_assert_cmpstr (json_object_get_string_member (result, "dataset"), ==, "set");
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (result, "images")), ==,
                        photos);
      g_assert_cmpfloat (get_metric (result, 0), >, 0);
    }
}

/* The same numbers, whether the program predicts and judges or somebody else judges its files. */
static void
test_score_agrees (CliFixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonParser) eval_parser = json_parser_new ();
  JsonObject *eval;

  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "--json", NULL);
  assert_ok (fixture);
  eval = parse_output (fixture, eval_parser);
  cli_fixture_run (fixture, "run", "--raw", "-o", "pred", "set/images/p0.png", "set/images/p1.png",
                   "set/images/p2.png", NULL);
  assert_ok (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (all_tasks); i++)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      JsonObject *one = find_result (eval, all_tasks[i]), *other;

      cli_fixture_run (fixture, "score", "pred", "set", "--nms", "-t", all_tasks[i], "--json",
                       NULL);
      assert_ok (fixture);
      other = find_result (parse_output (fixture, parser), all_tasks[i]);
      for (guint m = 0; m < 2; m++)
        g_assert_cmpfloat_with_epsilon (get_metric (one, m), get_metric (other, m), 1e-6);
    }
}

/* A folder of labels without the rest of a data set does, too. */
static void
test_score_against_folder (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_run (fixture, "score", "set/semseg", "set/semseg", "-t", "semseg", "--csv", NULL);
  assert_ok (fixture);
  g_assert_nonnull (strstr (fixture->out, "semseg,semseg,,3,mIoU,1.000000000\r\n"));
  cli_fixture_run (fixture, "score", "set/edge", "set/edge", "-t", "edge", "--csv", NULL);
  assert_ok (fixture);
  cli_fixture_run (fixture, "score", "set/depth", "set/depth", "-t", "depth", "--csv", NULL);
  assert_ok (fixture);
  g_assert_nonnull (strstr (fixture->out, "depth,depth,,2,RMSE,0.000000000\r\n"));
}

static void
test_forms (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", NULL);
  assert_ok (fixture);
  g_assert_nonnull (strstr (fixture->out, "parameters"));
  g_assert_nonnull (strstr (fixture->out, "ODS-F (%) ↑"));
  g_assert_nonnull (strstr (fixture->out, "worst photo"));
  g_assert_nonnull (strstr (fixture->out, "tvmonitor"));
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "--csv", "-t", "depth", NULL);
  assert_ok (fixture);
  g_assert_true (g_str_has_prefix (fixture->out, "task,dataset,split,photos,metric,value\r\n"));
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "--latex", "-t", "depth", NULL);
  assert_ok (fixture);
  g_assert_nonnull (strstr (fixture->out, "\\bottomrule"));
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "--markdown", "-t", "depth", NULL);
  assert_ok (fixture);
  g_assert_true (g_str_has_prefix (fixture->out, "| task |"));
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "--csv", "--json", NULL);
  cli_fixture_assert_fails (fixture, 2, "--csv");
}

static void
test_per_image (CliFixture *fixture, gconstpointer unused)
{
  g_autofree char *path = cli_fixture_path (fixture, "photos.csv");
  g_autofree char *text = NULL;

  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "-t", "saliency", "-t", "normals",
                   "--per-image", "photos.csv", NULL);
  assert_ok (fixture);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "task,dataset,split,photo,metric,value\r\n"));
  g_assert_nonnull (strstr (text, "saliency,set,val,p2,max mIoU,"));
  g_assert_nonnull (strstr (text, "normals,set,val,p0,mean error,"));
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "-t", "saliency", "--per-image",
                   "no/such/photos.csv", NULL);
  cli_fixture_assert_fails (fixture, 1, "photos.csv");
}

static void
test_limit (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "-t", "edge", "-n", "2", "--csv",
                   NULL);
  assert_ok (fixture);
  g_assert_nonnull (strstr (fixture->out, "edge,set,val,2,ODS-F,"));
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "-n", "-1", NULL);
  cli_fixture_assert_fails (fixture, 2, "-1");
}

/* The number of threads changes nothing, and neither does running again. */
static void
test_deterministic (CliFixture *fixture, gconstpointer unused)
{
  g_autofree char *first = NULL;

  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "--json", "--threads", "1", NULL);
  assert_ok (fixture);
  first = g_strdup (fixture->out);
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "--json", "--threads", "3", NULL);
  g_assert_cmpstr (fixture->out, ==, first);
}

static void
test_other_classes (CliFixture *fixture, gconstpointer unused)
{
  guint8 values[PIXELS] = { 38 };

  data_fixture_grey8 (fixture->folder, "set/semseg/p1.png", WIDTH, HEIGHT, values);
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "--csv", NULL);
  assert_ok (fixture);
  g_assert_null (strstr (fixture->out, "semseg"));
  g_assert_nonnull (strstr (fixture->out, "saliency"));
  g_assert_nonnull (strstr (fixture->err, "go up to class 38"));
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "-t", "semseg", NULL);
  cli_fixture_assert_fails (fixture, 1, "21 classes");
}

static void
test_other_names (CliFixture *fixture, gconstpointer unused)
{
  data_fixture_text (fixture->folder, "set/human_parts/classes.txt",
                     "background\nhead\ntorso\nwings\nlower body\nlegs\nfeet\n");
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "-t", "human_parts", NULL);
  cli_fixture_assert_fails (fixture, 1, "'wings'");
  data_fixture_text (fixture->folder, "set/human_parts/classes.txt", "background\nhead\n");
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "-t", "human_parts", NULL);
  cli_fixture_assert_fails (fixture, 1, "2 classes");
}

static void
test_bad_data (CliFixture *fixture, gconstpointer unused)
{
  const guint8 small[] = { 0, 0 };

  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "--split", "none", NULL);
  cli_fixture_assert_fails (fixture, 1, "none.txt");
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "--split", "absent", NULL);
  cli_fixture_assert_fails (fixture, 1, "absent");
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "nowhere", NULL);
  cli_fixture_assert_fails (fixture, 1, "nowhere");
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "-t", "weather", NULL);
  cli_fixture_assert_fails (fixture, 1, "weather");
  cli_fixture_run (fixture, "eval", "tiny.safetensors", NULL);
  cli_fixture_assert_fails (fixture, 2, "data set");
  cli_fixture_run (fixture, "eval", "none.safetensors", "set", NULL);
  cli_fixture_assert_fails (fixture, 1, "none.safetensors");
  data_fixture_grey8 (fixture->folder, "set/saliency/p2.png", 2, 1, small);
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", NULL);
  cli_fixture_assert_fails (fixture, 1, "2 x 1");
}

static void
test_missing_prediction (CliFixture *fixture, gconstpointer unused)
{
  g_autofree char *path = cli_fixture_path (fixture, "set/saliency/p1.png");
  g_autofree char *bytes = NULL;
  size_t n;

  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  data_fixture_bytes (fixture->folder, "pred/p1.png", bytes, n);
  cli_fixture_run (fixture, "score", "pred", "set", "-t", "saliency", NULL);
  cli_fixture_assert_fails (fixture, 1, "2 of 3 are missing, the first that of 'p0'");
}

static void
test_other_size (CliFixture *fixture, gconstpointer unused)
{
  const guint16 metre[] = { 1000, 1000 };

  data_fixture_grey16 (fixture->folder, "pred/p0.png", 2, 1, metre);
  data_fixture_grey16 (fixture->folder, "pred/p1.png", 1, 2, metre);
  cli_fixture_run (fixture, "score", "pred", "set", "-t", "depth", NULL);
  assert_ok (fixture);
  g_assert_nonnull (strstr (fixture->out, "2 of 2 predictions are of another size"));
  g_assert_nonnull (strstr (fixture->out, "bilinearly"));
  cli_fixture_run (fixture, "score", "pred", "set", "-t", "depth", "--strict", NULL);
  cli_fixture_assert_fails (fixture, 1, "2 x 1");
}

static void
test_bad_predictions (CliFixture *fixture, gconstpointer unused)
{
  guint8 classes[PIXELS] = { 21 };
  float depth[PIXELS];

  for (guint i = 0; i < PIXELS; i++)
    depth[i] = i == 9 ? 0 / 0.0f : 1;
  for (guint i = 0; i < PHOTOS; i++)
    {
      g_autofree char *class_name = g_strdup_printf ("classes/p%u.png", i);
      g_autofree char *depth_name = g_strdup_printf ("depths/p%u.mat", i);

      data_fixture_grey8 (fixture->folder, class_name, WIDTH, HEIGHT, classes);
      data_fixture_matrix (fixture->folder, depth_name, "d", WIDTH, HEIGHT, depth);
    }
  cli_fixture_run (fixture, "score", "classes", "set", "-t", "semseg", NULL);
  cli_fixture_assert_fails (fixture, 1, "has 21");
  cli_fixture_run (fixture, "score", "depths", "set", "-t", "depth", NULL);
  cli_fixture_assert_fails (fixture, 1, "p0.mat");
  cli_fixture_run (fixture, "score", "nowhere", "set", "-t", "depth", NULL);
  cli_fixture_assert_fails (fixture, 1, "nowhere");
  cli_fixture_run (fixture, "score", "depths", "depths", "-t", "depth", NULL);
  cli_fixture_assert_fails (fixture, 1, "holds none");
  cli_fixture_run (fixture, "score", "depths", "set", NULL);
  cli_fixture_assert_fails (fixture, 2, "--task");
  cli_fixture_run (fixture, "score", "depths", "set", "-t", "weather", NULL);
  cli_fixture_assert_fails (fixture, 1, "--classes");
  cli_fixture_run (fixture, "score", "depths", "set", "-t", "depth", "-c", "4", NULL);
  cli_fixture_assert_fails (fixture, 1, "no classes");
  cli_fixture_run (fixture, "score", "classes", "set", "-t", "semseg", "-c", "12", NULL);
  cli_fixture_assert_fails (fixture, 1, "12 classes");
}

/* Soft maps are thinned, thin ones left alone. */
static void
test_chooses_suppression (CliFixture *fixture, gconstpointer unused)
{
  guint8 soft[PIXELS], thin[PIXELS] = { 0 };

  for (guint i = 0; i < PIXELS; i++)
    soft[i] = 20 + i % 100;
  for (guint x = 0; x < WIDTH; x++)
    thin[20 * WIDTH + x] = 200;
  for (guint i = 0; i < PHOTOS; i++)
    {
      g_autofree char *a = g_strdup_printf ("soft/p%u.png", i);
      g_autofree char *b = g_strdup_printf ("thin/p%u.png", i);

      data_fixture_grey8 (fixture->folder, a, WIDTH, HEIGHT, soft);
      data_fixture_grey8 (fixture->folder, b, WIDTH, HEIGHT, thin);
    }
  cli_fixture_run (fixture, "score", "soft", "set", "-t", "edge", NULL);
  assert_ok (fixture);
  g_assert_nonnull (strstr (fixture->out, "maps made thin"));
  cli_fixture_run (fixture, "score", "thin", "set", "-t", "edge", NULL);
  assert_ok (fixture);
  g_assert_nonnull (strstr (fixture->out, "maps as they are"));
  cli_fixture_run (fixture, "score", "thin", "set", "-t", "edge", "--nms", NULL);
  g_assert_nonnull (strstr (fixture->out, "maps made thin"));
  cli_fixture_run (fixture, "score", "thin", "set", "-t", "edge", "--nms", "--no-nms", NULL);
  cli_fixture_assert_fails (fixture, 2, "--nms");
}

static void
save_output (CliFixture *fixture, const char *name)
{
  assert_ok (fixture);
  cli_fixture_write (fixture, name, fixture->out, strlen (fixture->out));
}

/* Fewer thresholds see fewer levels of a map; results of different numbers cannot be paired. */
static void
test_thresholds_of_edges (CliFixture *fixture, gconstpointer unused)
{
  guint8 faint[PIXELS] = { 0 };

  for (guint x = 0; x < WIDTH; x++)
    for (guint y = 20; y < 22; y++)
      faint[y * WIDTH + x] = 30;
  for (guint i = 0; i < PHOTOS; i++)
    {
      g_autofree char *name = g_strdup_printf ("faint/p%u.png", i);

      data_fixture_grey8 (fixture->folder, name, WIDTH, HEIGHT, faint);
    }
  cli_fixture_run (fixture, "score", "faint", "set", "-t", "edge", "--no-nms", "--json", NULL);
  save_output (fixture, "99.json");
  cli_fixture_run (fixture, "score", "faint", "set", "-t", "edge", "--no-nms", "--no-thin",
                   "--json", NULL);
  save_output (fixture, "thick.json");
  g_assert_nonnull (strstr (fixture->out, "not thinned"));
  cli_fixture_run (fixture, "compare", "99.json", "thick.json", NULL);
  assert_ok (fixture);
  cli_fixture_run (fixture, "score", "faint", "set", "-t", "edge", "--no-nms", "--thresholds", "5",
                   "--json", NULL);
  save_output (fixture, "5.json");
  /* 30 / 255 is below 1 / 6. */
  g_assert_nonnull (strstr (fixture->out, "\"thresholds\": 5, "));
  g_assert_nonnull (strstr (fixture->out, "{\"name\": \"ODS-F\", \"better\": \"higher\", "
                                          "\"value\": 0}"));
  cli_fixture_run (fixture, "compare", "5.json", "5.json", NULL);
  assert_ok (fixture);
  cli_fixture_run (fixture, "compare", "99.json", "5.json", NULL);
  cli_fixture_assert_fails (fixture, 1, "99 thresholds in '99.json' and at 5");
  cli_fixture_run (fixture, "score", "faint", "set", "-t", "edge", "--thresholds", "10000", NULL);
  cli_fixture_assert_fails (fixture, 2, "10000 thresholds are not in 1 to 9999");
}

static void
test_compare (CliFixture *fixture, gconstpointer unused)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *comparison, *task;
  g_autofree char *first = NULL;

  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "--json", NULL);
  save_output (fixture, "a.json");
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "--json", "--size", "96", NULL);
  save_output (fixture, "b.json");
  cli_fixture_run (fixture, "compare", "a.json", "a.json", "--json", NULL);
  assert_ok (fixture);
  json_parser_load_from_data (parser, fixture->out, -1, NULL);
  comparison
      = json_array_get_object_element (json_node_get_array (json_parser_get_root (parser)), 0);
  g_assert_cmpfloat (json_object_get_double_member (comparison, "mean_change_percent"), ==, 0);
  task = json_array_get_object_element (json_object_get_array_member (comparison, "tasks"), 0);
  g_assert_cmpfloat (json_object_get_double_member (task, "low"), ==, 0);
  g_assert_cmpfloat (json_object_get_double_member (task, "high"), ==, 0);
  cli_fixture_run (fixture, "compare", "a.json", "b.json", NULL);
  assert_ok (fixture);
  g_assert_nonnull (strstr (fixture->out, "95 % interval"));
  first = g_strdup (fixture->out);
  cli_fixture_run (fixture, "compare", "a.json", "b.json", NULL);
  g_assert_cmpstr (fixture->out, ==, first);
  cli_fixture_run (fixture, "compare", "a.json", "b.json", "a.json", "--latex", NULL);
  assert_ok (fixture);
  g_assert_nonnull (strstr (fixture->out, "method & parameters (M)"));
}

static void
test_compare_with_singles (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "--json", "-t", "edge", NULL);
  save_output (fixture, "edge.json");
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "--json", "-t", "depth", NULL);
  save_output (fixture, "depth.json");
  cli_fixture_run (fixture, "eval", "tiny.safetensors", "set", "--json", NULL);
  save_output (fixture, "all.json");
  cli_fixture_run (fixture, "compare", "--single", "edge.json", "--single", "depth.json",
                   "all.json", "--markdown", NULL);
  assert_ok (fixture);
  g_assert_nonnull (strstr (fixture->out, "| single-task |"));
  g_assert_nonnull (strstr (fixture->err, "semseg on set val is only in 'tiny'"));
  cli_fixture_run (fixture, "compare", "edge.json", "depth.json", NULL);
  cli_fixture_assert_fails (fixture, 1, "share none");
}

static void
test_compare_bad_files (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_write (fixture, "bad.json", "{\"a\": 1}", 8);
  cli_fixture_run (fixture, "compare", "bad.json", "bad.json", NULL);
  cli_fixture_assert_fails (fixture, 1, "bad.json");
  cli_fixture_run (fixture, "compare", "absent.json", "bad.json", NULL);
  cli_fixture_assert_fails (fixture, 1, "absent.json");
  cli_fixture_run (fixture, "compare", "bad.json", NULL);
  cli_fixture_assert_fails (fixture, 2, "Two files");
  cli_fixture_run (fixture, "compare", "a", "b", "--resamples", "0", NULL);
  cli_fixture_assert_fails (fixture, 2, "resamples");
}

static void
test_analyze_with_labels (CliFixture *fixture, gconstpointer unused)
{
  g_autofree char *path = cli_fixture_path (fixture, "out/transfer.csv");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  cli_fixture_run (fixture, "analyze", "tiny.safetensors", "-o", "out", "-d", "set", NULL);
  assert_ok (fixture);
  g_assert_nonnull (strstr (fixture->out, "out/task-cosine.svg\n"));
  g_assert_cmpuint (cli_fixture_count_files (fixture, "out"), ==, 7 * 4);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  /* Every embedding with every read-out; a task's own keeps all of it. */
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 36 + 1);
  g_assert_nonnull (strstr (text, "depth,depth,set,RMSE,"));
  g_assert_nonnull (strstr (text, ",1.000000\r\n"));
}

static void
test_analyze_without_labels (CliFixture *fixture, gconstpointer unused)
{
  data_fixture_text (
      fixture->folder, "runs/tsn/log.csv",
      "step,round,kind,task,loss,gradient,rate\n1,0,val,mean,2,,\n2,1,val,mean,1,,\n");
  cli_fixture_run (fixture, "analyze", "tiny.safetensors", "-o", "out", "--photos", "set/images",
                   "-n", "1", "--run", "runs/tsn", NULL);
  assert_ok (fixture);
  g_assert_nonnull (strstr (fixture->out, "out/transfer.png\n"));
  g_assert_nonnull (strstr (fixture->out, "out/convergence.pdf\n"));
}

static void
test_analyze_bad (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_run (fixture, "analyze", NULL);
  cli_fixture_assert_fails (fixture, 2, "One model");
  cli_fixture_run (fixture, "analyze", "tiny.safetensors", "-p", "a", "-d", "b", NULL);
  cli_fixture_assert_fails (fixture, 2, "--photos");
  cli_fixture_run (fixture, "analyze", "none.safetensors", NULL);
  cli_fixture_assert_fails (fixture, 1, "none.safetensors");
  cli_fixture_run (fixture, "analyze", "tiny.safetensors", "-o", "tiny.safetensors/x", NULL);
  cli_fixture_assert_fails (fixture, 1, "output folder");
}

#define ADD(name, func)                                                                            \
  g_test_add ("/cli/" name, CliFixture, NULL, set_up, func, cli_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("eval/every-task", test_every_task);
  ADD ("eval/forms", test_forms);
  ADD ("eval/per-image", test_per_image);
  ADD ("eval/limit", test_limit);
  ADD ("eval/deterministic", test_deterministic);
  ADD ("eval/other-classes", test_other_classes);
  ADD ("eval/other-names", test_other_names);
  ADD ("eval/bad-data", test_bad_data);
  ADD ("score/agrees", test_score_agrees);
  ADD ("score/against-folder", test_score_against_folder);
  ADD ("score/missing-prediction", test_missing_prediction);
  ADD ("score/other-size", test_other_size);
  ADD ("score/bad-predictions", test_bad_predictions);
  ADD ("score/chooses-suppression", test_chooses_suppression);
  ADD ("score/thresholds-of-edges", test_thresholds_of_edges);
  ADD ("compare/two", test_compare);
  ADD ("compare/with-singles", test_compare_with_singles);
  ADD ("compare/bad-files", test_compare_bad_files);
  ADD ("analyze/with-labels", test_analyze_with_labels);
  ADD ("analyze/without-labels", test_analyze_without_labels);
  ADD ("analyze/bad", test_analyze_bad);
  return g_test_run ();
}
