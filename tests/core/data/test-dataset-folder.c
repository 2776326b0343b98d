#include "core/base/tsn-error.h"
#include "tests/core/data/data-fixture.h"

#include <string.h>

#define WIDTH 5
#define HEIGHT 3

typedef struct
{
  char *root;
} Fixture;

/* One photo with a label for everything, one without any. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnImage) photo = data_fixture_gradient (WIDTH, HEIGHT);
  g_autoptr (TsnImage) normals = tsn_image_new (WIDTH, HEIGHT);
  guint8 classes[WIDTH * HEIGHT] = { 0, 1, 2, 255, 2 };
  guint8 shares[WIDTH * HEIGHT] = { 0, 51, 255 };
  guint8 mask[WIDTH * HEIGHT] = { 0, 127, 128, 255 };
  guint16 depth[WIDTH * HEIGHT] = { 0, 1, 2500, 65535 };
  char *root = fixture->root = data_fixture_new ();

  memset (normals->pixels, 127, 3 * WIDTH * HEIGHT);
  memcpy (normals->pixels, (guint8[]){ 255, 127, 128, 0, 128, 127, 128, 255, 255 }, 9);
  data_fixture_photo (root, "images/a.png", photo);
  data_fixture_photo (root, "images/b.jpg", photo);
  data_fixture_grey8 (root, "semseg/a.png", WIDTH, HEIGHT, classes);
  data_fixture_grey8 (root, "edge/a.png", WIDTH, HEIGHT, shares);
  data_fixture_grey8 (root, "saliency/a.png", WIDTH, HEIGHT, mask);
  data_fixture_grey16 (root, "depth/a.png", WIDTH, HEIGHT, depth);
  data_fixture_photo (root, "normals/a.png", normals);
  data_fixture_text (root, "splits/train.txt", "a\n\n  b  \r\n");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  data_fixture_free (fixture->root);
}

static TsnTruth *
load (Fixture *fixture, const char *name, TsnTaskKind kind, guint channels, GError **error)
{
  g_autoptr (TsnDataset) dataset = tsn_dataset_open (fixture->root, NULL, "train", NULL);
  g_autoptr (TsnTask) task = tsn_task_new (name, kind, channels);
  g_autoptr (TsnImage) photo = NULL;
  TsnTruth *truth = NULL;

  g_assert_nonnull (dataset);
  tsn_dataset_load (dataset, 0, task, &photo, &truth, error);
  return truth;
}

static void
assert_values (const TsnTensor *tensor, const float *expected, guint n)
{
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (tensor->data[i], expected[i], 1e-6);
}

static void
test_lists_splits (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) splits = NULL;
  g_auto (GStrv) none = NULL;
  g_autofree char *names = NULL;
  g_autofree char *images = g_build_filename (fixture->root, "images", NULL);

  data_fixture_text (fixture->root, "splits/val.txt", "b\n");
  data_fixture_text (fixture->root, "splits/notes", "no split\n");
  splits = tsn_dataset_list_splits (fixture->root);
  names = g_strjoinv (" ", splits);
  g_assert_cmpstr (names, ==, "train val");
  none = tsn_dataset_list_splits (images);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnDataset) dataset = tsn_dataset_open (fixture->root, NULL, "train", &error);
  g_auto (GStrv) tasks = NULL;
  g_autofree char *names = NULL;
  g_autofree char *photo = NULL;
  g_autofree char *label = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (tsn_dataset_get_length (dataset), ==, 2);
  g_assert_cmpstr (tsn_dataset_get_id (dataset, 1), ==, "b");
  g_assert_cmpstr (tsn_dataset_get_layout (dataset)->name, ==, "folder");
  tasks = tsn_dataset_list_tasks (dataset);
  names = g_strjoinv (" ", tasks);
  g_assert_cmpstr (names, ==, "depth edge normals saliency semseg");
  photo = tsn_dataset_get_photo_path (dataset, 1);
  g_assert_true (g_str_has_suffix (photo, "images/b.jpg"));
  label = tsn_dataset_get_label_path (dataset, 1, "semseg");
  g_assert_null (label);
}

static void
test_classes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnTruth) truth = load (fixture, "semseg", TSN_TASK_CLASSES, 3, &error);

  g_assert_no_error (error);
  assert_values (truth->label, (float[]){ 0, 1, 2, 255, 2, 0 }, 6);
  assert_values (truth->valid, (float[]){ 1, 1, 1, 0, 1, 1 }, 6);
}

static void
test_edge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnTruth) truth = load (fixture, "edge", TSN_TASK_EDGE, 1, NULL);

  assert_values (truth->label, (float[]){ 0, 0.2f, 1, 0 }, 4);
  assert_values (truth->valid, (float[]){ 1, 1, 1, 1 }, 4);
}

static void
test_saliency (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnTruth) truth = load (fixture, "saliency", TSN_TASK_SALIENCY, 1, NULL);

  assert_values (truth->label, (float[]){ 0, 0, 1, 1, 0 }, 5);
  assert_values (truth->valid, (float[]){ 1, 1, 1, 1, 1 }, 5);
}

static void
test_depth (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnTruth) truth = load (fixture, "depth", TSN_TASK_DEPTH, 1, NULL);

  assert_values (truth->label, (float[]){ 0, 0.001f, 2.5f, 65.535f, 0 }, 5);
  assert_values (truth->valid, (float[]){ 0, 1, 1, 1, 0 }, 5);
}

static void
test_normals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnTruth) truth = load (fixture, "normals", TSN_TASK_NORMALS, 3, NULL);
  const float *x = truth->label->data, *y = x + WIDTH * HEIGHT, *z = y + WIDTH * HEIGHT;

  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat_with_epsilon (x[i] * x[i] + y[i] * y[i] + z[i] * z[i], 1, 1e-6);
  g_assert_cmpfloat (x[0], >, 0.99);
  g_assert_cmpfloat (x[1], <, -0.99);
  g_assert_cmpfloat_with_epsilon (y[2], z[2], 1e-6);
  g_assert_cmpfloat (y[2], >, 0.7);
  assert_values (truth->valid, (float[]){ 1, 1, 1, 0, 0 }, 5);
  g_assert_cmpfloat (x[3], ==, 0);
}

static void
test_no_label (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnDataset) dataset = tsn_dataset_open (fixture->root, "folder", "train", NULL);
  g_autoptr (TsnTask) task = tsn_task_new ("semseg", TSN_TASK_CLASSES, 3);
  g_autoptr (GError) error = NULL;

  g_assert_null (tsn_dataset_load_label (dataset, 1, task, &error));
  DATA_ASSERT_ERROR (error, TSN_ERROR_ARGUMENT, "b", "semseg", fixture->root);
}

static void
test_class_out_of_range (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load (fixture, "semseg", TSN_TASK_CLASSES, 2, &error));
  DATA_ASSERT_ERROR (error, TSN_ERROR_FORMAT, "semseg/a.png", "class 2", "(2, 0)", "0 to 1");
}

static void
test_wrong_size (Fixture *fixture, gconstpointer data)
{
  guint8 values[12] = { 0 };
  g_autoptr (GError) error = NULL;

  data_fixture_grey8 (fixture->root, "edge/a.png", 4, 3, values);
  g_assert_null (load (fixture, "edge", TSN_TASK_EDGE, 1, &error));
  DATA_ASSERT_ERROR (error, TSN_ERROR_FORMAT, "edge/a.png", "5 x 3", "4 x 3");
}

static void
test_eight_bit_depth (Fixture *fixture, gconstpointer data)
{
  guint8 values[WIDTH * HEIGHT] = { 1 };
  g_autoptr (GError) error = NULL;

  data_fixture_grey8 (fixture->root, "depth/a.png", WIDTH, HEIGHT, values);
  g_assert_null (load (fixture, "depth", TSN_TASK_DEPTH, 1, &error));
  DATA_ASSERT_ERROR (error, TSN_ERROR_FORMAT, "depth/a.png", "16 bits", "8 bits");
}

/* Whatever is left of a PNG file, reading it ends with an error that names it. */
static void
test_truncated_png (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = data_fixture_path (fixture->root, "semseg/a.png");
  g_autofree char *bytes = NULL;
  size_t length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (size_t n = 0; n + 12 < length; n++)
    {
      g_autoptr (GError) error = NULL;

      data_fixture_bytes (fixture->root, "semseg/a.png", bytes, n);
      g_assert_null (load (fixture, "semseg", TSN_TASK_CLASSES, 3, &error));
      DATA_ASSERT_ERROR (error, TSN_ERROR_FORMAT, "semseg/a.png");
    }
}

static void
test_broken_photo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  data_fixture_text (fixture->root, "images/a.png", "no picture");
  g_assert_null (load (fixture, "edge", TSN_TASK_EDGE, 1, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "images/a.png"));
}

static void
test_missing_folder (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tsn_dataset_open ("/nowhere/at/all", NULL, "train", &error));
  DATA_ASSERT_ERROR (error, TSN_ERROR_IO, "/nowhere/at/all");
}

static void
test_unlike_any_layout (void)
{
  char *root = data_fixture_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (tsn_dataset_open (root, NULL, "train", &error));
  DATA_ASSERT_ERROR (error, TSN_ERROR_FORMAT, root, "images", "splits");
  data_fixture_free (root);
}

static void
test_bad_split (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *word;
  } cases[] = {
    { "", "names none" },
    { "a\n../../etc/passwd\n", "Line 2" },
    { "/etc/passwd\n", "Line 1" },
    { "\xff\xfe\n", "Line 1" },
  };
  g_autoptr (GError) missing = NULL;

  g_assert_null (tsn_dataset_open (fixture->root, NULL, "test", &missing));
  DATA_ASSERT_ERROR (missing, TSN_ERROR_IO, "splits/test.txt");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      data_fixture_text (fixture->root, "splits/val.txt", cases[i].text);
      g_assert_null (tsn_dataset_open (fixture->root, NULL, "val", &error));
      DATA_ASSERT_ERROR (error, TSN_ERROR_FORMAT, "splits/val.txt", cases[i].word);
    }
}

static void
test_unknown_layout (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tsn_dataset_open (fixture->root, "coco", "train", &error));
  DATA_ASSERT_ERROR (error, TSN_ERROR_ARGUMENT, "coco", "folder, pascal or nyud");
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/data/folder/open", test_open);
  ADD ("/data/folder/splits", test_lists_splits);
  ADD ("/data/folder/classes", test_classes);
  ADD ("/data/folder/edge", test_edge);
  ADD ("/data/folder/saliency", test_saliency);
  ADD ("/data/folder/depth", test_depth);
  ADD ("/data/folder/normals", test_normals);
  ADD ("/data/folder/no-label", test_no_label);
  ADD ("/data/folder/class-out-of-range", test_class_out_of_range);
  ADD ("/data/folder/wrong-size", test_wrong_size);
  ADD ("/data/folder/eight-bit-depth", test_eight_bit_depth);
  ADD ("/data/folder/truncated-png", test_truncated_png);
  ADD ("/data/folder/broken-photo", test_broken_photo);
  ADD ("/data/folder/bad-split", test_bad_split);
  ADD ("/data/folder/unknown-layout", test_unknown_layout);
  g_test_add_func ("/data/folder/missing-folder", test_missing_folder);
  g_test_add_func ("/data/folder/unlike-any-layout", test_unlike_any_layout);
  return g_test_run ();
}
