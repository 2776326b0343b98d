#include "core/base/tsn-error.h"
#include "core/data/tsn-data-check.h"
#include "tests/core/data/data-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *root;
} Fixture;

/* Seven photos of three classes to learn from, two to judge by. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = data_fixture_new ();
  g_ptr_array_unref (data_fixture_classes (fixture->root, 9, 3));
  data_fixture_text (fixture->root, "splits/train.txt",
                     "p000\np001\np002\np003\np004\np005\np006\n");
  data_fixture_text (fixture->root, "splits/val.txt", "p007\np008\n");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  data_fixture_free (fixture->root);
}

static TsnDataCheck *
check (Fixture *fixture, guint n_classes)
{
  g_autoptr (GHashTable) classes = g_hash_table_new (g_str_hash, g_str_equal);
  TsnDataCheckOptions options = { .n_classes = classes };
  g_autoptr (GError) error = NULL;
  TsnDataCheck *found;

  g_hash_table_insert (classes, "semseg", GUINT_TO_POINTER (n_classes));
  found = tsn_data_check (fixture->root, &options, &error);
  g_assert_no_error (error);
  return found;
}

static const TsnDataCheckSplit *
get_split (const TsnDataCheck *found, guint index)
{
  return g_ptr_array_index (found->splits, index);
}

static void
assert_problem (const TsnDataCheck *found, const char *first, const char *second)
{
  g_assert_cmpuint (found->problems->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (found->problems, 0), first));
  g_assert_nonnull (strstr (g_ptr_array_index (found->problems, 0), second));
}

static void
test_clean (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnDataCheck) found = check (fixture, 3);
  const TsnDataCheckTask *semseg = g_ptr_array_index (get_split (found, 0)->tasks, 0);

  g_assert_cmpuint (found->problems->len, ==, 0);
  g_assert_cmpstr (found->layout, ==, "folder");
  g_assert_cmpuint (found->splits->len, ==, 2);
  g_assert_cmpuint (get_split (found, 0)->photos, ==, 7);
  g_assert_cmpuint (get_split (found, 1)->photos, ==, 2);
  g_assert_cmpstr (semseg->task, ==, "semseg");
  g_assert_cmpuint (semseg->labels, ==, 7);
  g_assert_cmpint (semseg->max_class, ==, 2);
  g_assert_cmpuint (strlen (semseg->sha256), ==, 64);
}

/* The order of a list does not matter, a single bit of a file does. */
static void
test_hashes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnDataCheck) before = check (fixture, 3);
  g_autoptr (TsnDataCheck) shuffled = NULL;
  g_autoptr (TsnDataCheck) changed = NULL;
  guint8 values[24 * 16] = { 1 };

  data_fixture_text (fixture->root, "splits/train.txt",
                     "p003\np001\np006\np000\np004\np005\np002\n");
  shuffled = check (fixture, 3);
  data_fixture_grey8 (fixture->root, "semseg/p000.png", 24, 16, values);
  changed = check (fixture, 3);
  for (guint i = 0; i < 3; i++)
    {
      const TsnDataCheck *found = i == 0 ? before : i == 1 ? shuffled : changed;
      const TsnDataCheckTask *task = g_ptr_array_index (get_split (found, 0)->tasks, 0);
      const TsnDataCheckTask *first = g_ptr_array_index (get_split (before, 0)->tasks, 0);

      g_assert_cmpstr (get_split (found, 0)->sha256, ==, get_split (before, 0)->sha256);
      g_assert_cmpint (strcmp (task->sha256, first->sha256) == 0, ==, i != 2);
    }
}

static void
test_class_out_of_range (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnDataCheck) found = check (fixture, 2);
  const TsnDataCheckTask *train = g_ptr_array_index (get_split (found, 0)->tasks, 0);
  const TsnDataCheckTask *val = g_ptr_array_index (get_split (found, 1)->tasks, 0);

  g_assert_cmpuint (train->broken, ==, 2); /* photos 2 and 5 */
  g_assert_cmpuint (val->broken, ==, 1);   /* photo 8 */
  g_assert_cmpuint (found->problems->len, ==, 3);
}

static void
test_broken_labels (Fixture *fixture, gconstpointer data)
{
  guint8 values[24 * 16];

  memset (values, 255, sizeof values);
  {
    g_autoptr (TsnDataCheck) found = NULL;

    data_fixture_grey8 (fixture->root, "semseg/p001.png", 24, 16, values);
    found = check (fixture, 3);
    assert_problem (found, "semseg/p001.png", "all are ignored");
  }
  {
    g_autoptr (TsnDataCheck) found = NULL;

    data_fixture_grey8 (fixture->root, "semseg/p001.png", 16, 24, values);
    found = check (fixture, 3);
    assert_problem (found, "semseg/p001.png", "24 x 16");
  }
  {
    g_autoptr (TsnDataCheck) found = NULL;

    data_fixture_text (fixture->root, "semseg/p001.png", "");
    found = check (fixture, 3);
    assert_problem (found, "semseg/p001.png", "PNG");
  }
}

static void
test_broken_photos (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = data_fixture_path (fixture->root, "images/p002.png");
  g_autoptr (TsnDataCheck) found = NULL;

  g_assert_cmpint (g_remove (path), ==, 0);
  found = check (fixture, 3);
  assert_problem (found, "images/p002", "");
  g_assert_cmpuint (get_split (found, 0)->broken, ==, 1);
}

/* A photo to judge by that was learned from, under whatever name. */
static void
test_same_photo_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnImage) photo = tsn_image_new (24, 16);
  g_autoptr (TsnDataCheck) found = NULL;

  memset (photo->pixels, 4, 3 * 24 * 16);
  data_fixture_photo (fixture->root, "images/p008.png", photo);
  found = check (fixture, 3);
  assert_problem (found, "images/p008.png", "train/p004");
}

static void
test_missing_split (Fixture *fixture, gconstpointer data)
{
  g_autofree char *val = data_fixture_path (fixture->root, "splits/val.txt");
  g_autofree char *train = data_fixture_path (fixture->root, "splits/train.txt");
  TsnDataCheckOptions options = { .splits = NULL };
  g_autoptr (TsnDataCheck) found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_remove (val), ==, 0);
  found = check (fixture, 3);
  assert_problem (found, "splits/val.txt", "cannot be read");
  g_assert_cmpint (g_remove (train), ==, 0);
  g_assert_null (tsn_data_check (fixture->root, &options, &error));
  DATA_ASSERT_ERROR (error, TSN_ERROR_IO, "splits/train.txt");
}

static void
test_unknown_task (Fixture *fixture, gconstpointer data)
{
  TsnDataCheckOptions options = { .splits = (const char *const[]){ "train", NULL } };
  g_autoptr (TsnDataCheck) found = NULL;

  data_fixture_text (fixture->root, "shadows/p000.png", "");
  found = tsn_data_check (fixture->root, &options, NULL);
  assert_problem (found, "shadows", fixture->root);
}

/* Labels that no photo will ever find, and a folder that holds none. */
static void
test_stray_labels (Fixture *fixture, gconstpointer data)
{
  g_autofree char *empty = data_fixture_path (fixture->root, "depth");
  g_autoptr (TsnDataCheck) found = NULL;
  guint8 values[24 * 16] = { 0 };

  data_fixture_grey8 (fixture->root, "edge/P000.png", 24, 16, values);
  data_fixture_grey8 (fixture->root, "edge/p001_edge.png", 24, 16, values);
  data_fixture_grey8 (fixture->root, "edge/p002.png", 24, 16, values);
  data_fixture_grey8 (fixture->root, "edge/more/p001.png", 24, 16, values);
  data_fixture_grey8 (fixture->root, "edge/p1.png", 24, 16, values);
  found = check (fixture, 3);
  assert_problem (found, "“edge”",
                  "holds 4 labels without a photo: P000.png, more/p001.png, p001_edge.png, ...");
  g_clear_pointer (&found, tsn_data_check_free);
  g_assert_cmpint (g_mkdir (empty, 0777), ==, 0);
  found = check (fixture, 3);
  g_assert_cmpuint (found->problems->len, ==, 2);
  g_assert_nonnull (strstr (g_ptr_array_index (found->problems, 0), "“depth”"));
  g_assert_nonnull (strstr (g_ptr_array_index (found->problems, 0), "should hold labels"));
}

/* In a layout that ought to be complete, labels that are not there are missing. */
static void
test_complete_layout (void)
{
  char *root = data_fixture_new ();
  g_autoptr (TsnImage) photo = data_fixture_gradient (4, 2);
  TsnDataCheckOptions options = { .splits = (const char *const[]){ "train", NULL } };
  float depth[8] = { 1 };
  g_autoptr (TsnDataCheck) found = NULL;
  const TsnDataCheckTask *task;

  data_fixture_photo (root, "images/1.jpg", photo);
  photo->pixels[0] ^= 128;
  data_fixture_photo (root, "images/2.jpg", photo);
  data_fixture_matrix (root, "depth/1.mat", "depth", 4, 2, depth);
  data_fixture_text (root, "gt_sets/train.txt", "1\n2\n");
  found = tsn_data_check (root, &options, NULL);
  assert_problem (found, "depth/2.mat", "no label");
  task = g_ptr_array_index (get_split (found, 0)->tasks, 0);
  g_assert_cmpuint (task->labels, ==, 1);
  g_assert_cmpuint (task->missing, ==, 1);
  data_fixture_free (root);
}

/* PASCAL_MT's normals count on classes that NYU has, too: of an aeroplane alone none does. */
static void
test_pascal_normals (void)
{
  char *root = data_fixture_new ();
  g_autoptr (TsnImage) photo = data_fixture_gradient (4, 2);
  TsnDataCheckOptions options = { .splits = (const char *const[]){ "train", NULL } };
  float aeroplane[8] = { 2, 2, 2, 2, 2, 2, 2, 2 };
  g_autoptr (TsnDataCheck) found = NULL;
  const TsnDataCheckTask *normals;

  data_fixture_photo (root, "JPEGImages/a.jpg", photo);
  data_fixture_photo (root, "normals_distill/a.png", photo);
  data_fixture_matrix (root, "pascal-context/trainval/a.mat", "LabelMap", 4, 2, aeroplane);
  data_fixture_text (root, "ImageSets/Context/train.txt", "a\n");
  found = tsn_data_check (root, &options, NULL);
  for (guint i = 0; i < found->problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (found->problems, i));
  g_assert_cmpuint (found->problems->len, ==, 0);
  normals = g_ptr_array_index (get_split (found, 0)->tasks, 1);
  g_assert_cmpstr (normals->task, ==, "normals");
  g_assert_cmpuint (normals->labels, ==, 1);
  data_fixture_free (root);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/data/check/clean", test_clean);
  ADD ("/data/check/hashes", test_hashes);
  ADD ("/data/check/class-out-of-range", test_class_out_of_range);
  ADD ("/data/check/broken-labels", test_broken_labels);
  ADD ("/data/check/broken-photos", test_broken_photos);
  ADD ("/data/check/same-photo-twice", test_same_photo_twice);
  ADD ("/data/check/missing-split", test_missing_split);
  ADD ("/data/check/stray-labels", test_stray_labels);
  ADD ("/data/check/unknown-task", test_unknown_task);
  g_test_add_func ("/data/check/pascal-normals", test_pascal_normals);
  g_test_add_func ("/data/check/complete-layout", test_complete_layout);
  return g_test_run ();
}
