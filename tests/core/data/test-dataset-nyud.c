#include "core/base/tsn-error.h"
#include "tests/core/data/data-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define WIDTH 4
#define HEIGHT 2

typedef struct
{
  char *root;
  TsnDataset *dataset;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnImage) photo = data_fixture_gradient (WIDTH, HEIGHT);
  g_autoptr (TsnImage) normals = tsn_image_new (WIDTH, HEIGHT);
  float classes[WIDTH * HEIGHT] = { 0, 1, 40, 255, 2, 3, 4, 5 };
  float depth[WIDTH * HEIGHT] = { 1.5f, 0, -1, NAN, 10, 2, 3, INFINITY };
  guint8 edges[WIDTH * HEIGHT] = { 255, 0 };
  char *root = fixture->root = data_fixture_new ();

  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    memcpy (normals->pixels + 3 * i, (guint8[]){ 127, 127, 255 }, 3);
  data_fixture_photo (root, "images/0001.jpg", photo);
  data_fixture_photo (root, "normals/0001.jpg", normals);
  data_fixture_grey8 (root, "edge/0001.png", WIDTH, HEIGHT, edges);
  data_fixture_matrix (root, "segmentation/0001.mat", "segmentation", WIDTH, HEIGHT, classes);
  data_fixture_matrix (root, "depth/0001.mat", "depth", WIDTH, HEIGHT, depth);
  data_fixture_text (root, "gt_sets/val.txt", "0001\n");
  fixture->dataset = tsn_dataset_open (root, NULL, "val", NULL);
  g_assert_nonnull (fixture->dataset);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  tsn_dataset_unref (fixture->dataset);
  data_fixture_free (fixture->root);
}

static TsnTruth *
load (Fixture *fixture, const char *name, TsnTaskKind kind, guint channels, GError **error)
{
  g_autoptr (TsnTask) task = tsn_task_new (name, kind, channels);
  g_autoptr (TsnImage) photo = NULL;
  TsnTruth *truth = NULL;

  tsn_dataset_load (fixture->dataset, 0, task, &photo, &truth, error);
  return truth;
}

static void
test_labels (Fixture *fixture, gconstpointer data)
{
  static const float classes[] = { 0, 1, 40, 255, 2, 3, 4, 5 };
  static const float depth[] = { 1.5f, 0, 0, 0, 10, 2, 3, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnTruth) semseg = load (fixture, "semseg", TSN_TASK_CLASSES, 41, &error);
  g_autoptr (TsnTruth) metres = load (fixture, "depth", TSN_TASK_DEPTH, 1, &error);
  g_autoptr (TsnTruth) edge = load (fixture, "edge", TSN_TASK_EDGE, 1, &error);
  g_autoptr (TsnTruth) normals = load (fixture, "normals", TSN_TASK_NORMALS, 3, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    {
      g_assert_cmpfloat (semseg->label->data[i], ==, classes[i]);
      g_assert_cmpfloat (semseg->valid->data[i], ==, classes[i] != 255);
      g_assert_cmpfloat (metres->label->data[i], ==, depth[i]);
      g_assert_cmpfloat (metres->valid->data[i], ==, depth[i] > 0);
      g_assert_cmpfloat (edge->label->data[i], ==, i == 0);
      g_assert_cmpfloat (normals->label->data[2 * WIDTH * HEIGHT + i], >, 0.99);
    }
}

static void
test_tasks (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) tasks = tsn_dataset_list_tasks (fixture->dataset);
  g_autofree char *names = g_strjoinv (" ", tasks);

  g_assert_cmpstr (tsn_dataset_get_layout (fixture->dataset)->name, ==, "nyud");
  g_assert_cmpstr (names, ==, "semseg edge normals depth");
}

static void
test_missing_variable (Fixture *fixture, gconstpointer data)
{
  float depth[WIDTH * HEIGHT] = { 1 };
  g_autoptr (GError) error = NULL;

  data_fixture_matrix (fixture->root, "depth/0001.mat", "distance", WIDTH, HEIGHT, depth);
  g_assert_null (load (fixture, "depth", TSN_TASK_DEPTH, 1, &error));
  DATA_ASSERT_ERROR (error, TSN_ERROR_FORMAT, "depth/0001.mat", "variable “depth”");
}

static void
test_not_matlab (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = data_fixture_path (fixture->root, "depth/0001.mat");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) missing = NULL;

  data_fixture_text (fixture->root, "depth/0001.mat", "nothing of the kind");
  g_assert_null (load (fixture, "depth", TSN_TASK_DEPTH, 1, &error));
  DATA_ASSERT_ERROR (error, TSN_ERROR_FORMAT, "depth/0001.mat", "MATLAB");
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_null (load (fixture, "depth", TSN_TASK_DEPTH, 1, &missing));
  DATA_ASSERT_ERROR (missing, TSN_ERROR_IO, "depth/0001.mat");
}

static void
test_odd_classes (Fixture *fixture, gconstpointer data)
{
  static const float odd[] = { 41, -1, 0.5f, NAN };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      float classes[WIDTH * HEIGHT] = { 0, odd[i] };
      g_autoptr (GError) error = NULL;

      data_fixture_matrix (fixture->root, "segmentation/0001.mat", "segmentation", WIDTH, HEIGHT,
                           classes);
      g_assert_null (load (fixture, "semseg", TSN_TASK_CLASSES, 41, &error));
      DATA_ASSERT_ERROR (error, TSN_ERROR_FORMAT, "segmentation/0001.mat", "(1, 0)");
    }
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/data/nyud/labels", test_labels);
  ADD ("/data/nyud/tasks", test_tasks);
  ADD ("/data/nyud/missing-variable", test_missing_variable);
  ADD ("/data/nyud/not-matlab", test_not_matlab);
  ADD ("/data/nyud/odd-classes", test_odd_classes);
  return g_test_run ();
}
