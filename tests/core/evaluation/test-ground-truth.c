/* Labels from data sets and from plain folders. */
#include "core/evaluation/tsn-ground-truth.h"

#include "core/base/tsn-error.h"
#include "core/evaluation/tsn-scorer.h"
#include "tests/core/data/data-fixture.h"

#include <string.h>

typedef struct
{
  char *root;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->root = data_fixture_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  data_fixture_free (fixture->root);
}

static void
assert_ids (Fixture *fixture, TsnTaskKind kind, const char *wanted)
{
  g_autoptr (TsnTask) task = tsn_task_new ("task", kind, kind == TSN_TASK_NORMALS ? 3 : 1);
  g_autoptr (GPtrArray) ids = tsn_ground_truth_list (fixture->root, task, NULL);
  g_autofree char *joined = NULL;

  g_ptr_array_add (ids, NULL);
  joined = g_strjoinv (" ", (char **) ids->pdata);
  g_assert_cmpstr (joined, ==, wanted);
}

static void
test_lists_labels (Fixture *fixture, gconstpointer unused)
{
  static const char *const names[]
      = { "b.0.png", "b.1.png", "b.2.png", "b.3.png",      "b.4.png", "a.mat", "c.png",
          "d.txt",   ".e.png",  "f.jpg",   "img.2020.png", "g",       "h.x.png" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    data_fixture_text (fixture->root, names[i], "");
  assert_ids (fixture, TSN_TASK_EDGE, "a b c h.x img");
  assert_ids (fixture, TSN_TASK_DEPTH, "b.0 b.1 b.2 b.3 b.4 c h.x img.2020");
  assert_ids (fixture, TSN_TASK_NORMALS, "b.0 b.1 b.2 b.3 b.4 c f h.x img.2020");
}

static void
test_empty_folder (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TsnTask) task = tsn_task_new ("depth", TSN_TASK_DEPTH, 1);
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) missing = NULL;

  g_assert_null (tsn_ground_truth_list (fixture->root, task, &empty));
  g_assert_error (empty, TSN_ERROR, TSN_ERROR_FORMAT);
  g_assert_nonnull (strstr (empty->message, fixture->root));
  g_assert_null (tsn_ground_truth_list ("no/such/folder", task, &missing));
  g_assert_error (missing, TSN_ERROR, TSN_ERROR_IO);
}

static TsnDataset *
make_set (Fixture *fixture, const char *name)
{
  g_autofree char *root = g_build_filename (fixture->root, name, NULL);
  g_autofree char *split = g_build_filename (name, "splits/val.txt", NULL);
  g_autofree char *photo = g_build_filename (name, "images/p.png", NULL);
  g_autoptr (TsnImage) image = data_fixture_gradient (3, 2);

  data_fixture_text (fixture->root, split, "p\n");
  data_fixture_photo (fixture->root, photo, image);
  return tsn_dataset_open (root, NULL, "val", NULL);
}

/* Of an averaged map what at least 0.3 of the annotators drew: 77 / 255 is, 76 / 255 is not. */
static void
test_averaged_edges (Fixture *fixture, gconstpointer unused)
{
  const guint8 shares[] = { 0, 76, 77, 255, 1, 128 };
  g_autoptr (TsnDataset) dataset = make_set (fixture, "set");
  g_autoptr (TsnTask) edge = tsn_task_new ("edge", TSN_TASK_EDGE, 1);
  g_autoptr (TsnGroundTruth) truth = NULL;

  g_assert_false (tsn_ground_truth_exists (dataset, 0, edge));
  data_fixture_grey8 (fixture->root, "set/edge/p.png", 3, 2, shares);
  g_assert_true (tsn_ground_truth_exists (dataset, 0, edge));
  truth = tsn_ground_truth_load (dataset, 0, edge, NULL);
  g_assert_cmpuint (truth->boundaries->n_annotators, ==, 1);
  g_assert_cmpuint (tsn_bitmap_count (truth->boundaries->annotators[0]), ==, 3);
  g_assert_true (tsn_bitmap_get (truth->boundaries->annotators[0], 2, 0));
}

/* Maps of single annotators are preferred to their mean. */
static void
test_single_annotators (Fixture *fixture, gconstpointer unused)
{
  const guint8 one[] = { 0, 1, 0, 0, 0, 0 }, two[] = { 255, 255, 0, 0, 0, 0 };
  g_autoptr (TsnDataset) dataset = make_set (fixture, "set");
  g_autoptr (TsnTask) edge = tsn_task_new ("edge", TSN_TASK_EDGE, 1);
  g_autoptr (TsnGroundTruth) truth = NULL;

  data_fixture_grey8 (fixture->root, "set/edge/p.png", 3, 2, two);
  data_fixture_grey8 (fixture->root, "set/edge/p.0.png", 3, 2, one);
  data_fixture_grey8 (fixture->root, "set/edge/p.1.png", 3, 2, two);
  truth = tsn_ground_truth_load (dataset, 0, edge, NULL);
  g_assert_cmpuint (truth->boundaries->n_annotators, ==, 2);
  g_assert_cmpuint (tsn_bitmap_count (truth->boundaries->annotators[0]), ==, 1);
}

static void
test_distance_by_protocol (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TsnDataset) other = make_set (fixture, "photos");
  g_autoptr (TsnDataset) nyud = make_set (fixture, "NYUD-v2");

  g_assert_cmpfloat (tsn_scorer_get_max_distance (NULL), ==, 0.0075);
  g_assert_cmpfloat (tsn_scorer_get_max_distance (other), ==, 0.0075);
  g_assert_cmpfloat (tsn_scorer_get_max_distance (nyud), ==, 0.011);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/evaluation/ground-truth/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("lists-labels", test_lists_labels);
  ADD ("empty-folder", test_empty_folder);
  ADD ("averaged-edges", test_averaged_edges);
  ADD ("single-annotators", test_single_annotators);
  ADD ("distance-by-protocol", test_distance_by_protocol);
  return g_test_run ();
}
