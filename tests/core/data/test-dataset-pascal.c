#include "core/base/tsn-error.h"
#include "tests/core/data/data-fixture.h"

#include <matio.h>
#include <string.h>

#define WIDTH 8
#define HEIGHT 6

typedef struct
{
  char *root;
  TsnDataset *dataset;
} Fixture;

/* A part of the annotation: its name and the columns that its mask fills. */
typedef struct
{
  const char *name;
  guint first;
  guint last;
} Part;

static matvar_t *
make_mask (guint width, guint first, guint last)
{
  size_t dims[2] = { HEIGHT, width };
  guint8 columns[WIDTH * HEIGHT] = { 0 };

  for (guint x = first; x <= last; x++)
    memset (columns + x * HEIGHT, 1, HEIGHT);
  return Mat_VarCreate (NULL, MAT_C_UINT8, MAT_T_UINT8, 2, dims, columns, 0);
}

static matvar_t *
make_parts (const Part *parts, guint n)
{
  static const char *const fields[] = { "part_name", "mask" };
  size_t dims[2] = { 1, n };
  matvar_t *list = Mat_VarCreateStruct ("parts", 2, dims, (const char **)fields, 2);

  for (guint i = 0; i < n; i++)
    {
      size_t length[2] = { 1, strlen (parts[i].name) };

      Mat_VarSetStructFieldByName (
          list, "part_name", i,
          Mat_VarCreate (NULL, MAT_C_CHAR, MAT_T_UINT8, 2, length, (char *)parts[i].name, 0));
      Mat_VarSetStructFieldByName (list, "mask", i,
                                   make_mask (WIDTH, parts[i].first, parts[i].last));
    }
  return list;
}

static matvar_t *
make_empty (void)
{
  size_t dims[2] = { 0, 0 };

  return Mat_VarCreate (NULL, MAT_C_DOUBLE, MAT_T_DOUBLE, 2, dims, NULL, 0);
}

/* Two objects, of the class @class and a horse (class 13) that has a head, too. */
static void
write_annotation (Fixture *fixture, double class, const Part *parts, guint n)
{
  static const char *const top[] = { "imname", "objects" };
  static const char *const fields[] = { "class", "class_ind", "mask", "parts" };
  g_autofree char *path = data_fixture_path (fixture->root, "human_parts/a.mat");
  size_t one[2] = { 1, 1 }, two[2] = { 1, 2 };
  double classes[2] = { class, 13 };
  Part head = { "head", 7, 7 };
  matvar_t *anno = Mat_VarCreateStruct ("anno", 2, one, (const char **)top, 2);
  matvar_t *objects = Mat_VarCreateStruct ("objects", 2, two, (const char **)fields, 4);
  mat_t *mat = Mat_CreateVer (path, NULL, MAT_FT_MAT5);

  for (guint i = 0; i < 2; i++)
    {
      Mat_VarSetStructFieldByName (
          objects, "class_ind", i,
          Mat_VarCreate (NULL, MAT_C_DOUBLE, MAT_T_DOUBLE, 2, one, &classes[i], 0));
      Mat_VarSetStructFieldByName (objects, "mask", i, make_mask (WIDTH, 0, 7));
      Mat_VarSetStructFieldByName (objects, "parts", i,
                                   i == 1   ? make_parts (&head, 1)
                                   : n == 0 ? make_empty ()
                                            : make_parts (parts, n));
    }
  Mat_VarSetStructFieldByName (anno, "objects", 0, objects);
  g_assert_cmpint (Mat_VarWrite (mat, anno, MAT_COMPRESSION_NONE), ==, 0);
  Mat_VarFree (anno);
  Mat_Close (mat);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnImage) photo = data_fixture_gradient (WIDTH, HEIGHT);
  g_autoptr (TsnImage) normals = tsn_image_new (WIDTH, HEIGHT);
  guint8 classes[WIDTH * HEIGHT] = { 20, 255 }, mask[WIDTH * HEIGHT] = { 128, 127 };
  float map[WIDTH * HEIGHT];
  char *root = fixture->root = data_fixture_new ();

  /* Left: wall (440), which NYU has; right: grass (187), which it has not. */
  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    {
      map[i] = i % WIDTH < WIDTH / 2 ? 440 : 187;
      memcpy (normals->pixels + 3 * i, (guint8[]){ 127, 255, 127 }, 3);
    }
  data_fixture_photo (root, "JPEGImages/a.jpg", photo);
  data_fixture_photo (root, "normals_distill/a.png", normals);
  data_fixture_grey8 (root, "semseg/pascal-context/a.png", WIDTH, HEIGHT, classes);
  data_fixture_grey8 (root, "sal_distill/a.png", WIDTH, HEIGHT, mask);
  data_fixture_matrix (root, "pascal-context/trainval/a.mat", "LabelMap", WIDTH, HEIGHT, map);
  data_fixture_text (root, "ImageSets/Context/train.txt", "a\n");
  fixture->dataset = tsn_dataset_open (root, NULL, "train", NULL);
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
test_pictures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnTruth) semseg = load (fixture, "semseg", TSN_TASK_CLASSES, 21, &error);
  g_autoptr (TsnTruth) saliency = load (fixture, "saliency", TSN_TASK_SALIENCY, 1, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (semseg->label->data[0], ==, 20);
  g_assert_cmpfloat (semseg->valid->data[1], ==, 0);
  g_assert_cmpfloat (saliency->label->data[0], ==, 1);
  g_assert_cmpfloat (saliency->label->data[1], ==, 0);
}

/* VOC's own labels go before those derived from PASCAL-Context. */
static void
test_semseg_preference (Fixture *fixture, gconstpointer data)
{
  guint8 classes[WIDTH * HEIGHT] = { 7 };
  g_autoptr (TsnTruth) truth = NULL;

  data_fixture_grey8 (fixture->root, "semseg/VOC12/a.png", WIDTH, HEIGHT, classes);
  truth = load (fixture, "semseg", TSN_TASK_CLASSES, 21, NULL);
  g_assert_cmpfloat (truth->label->data[0], ==, 7);
}

/* The Laplacian is not zero on both sides of the border; thinning leaves one column. */
static void
test_edge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnTruth) truth = load (fixture, "edge", TSN_TASK_EDGE, 1, &error);

  g_assert_no_error (error);
  for (guint y = 1; y + 1 < HEIGHT; y++)
    {
      guint n = 0;

      for (guint x = 0; x < WIDTH; x++)
        {
          n += truth->label->data[y * WIDTH + x] == 1;
          if (x != WIDTH / 2 - 1 && x != WIDTH / 2)
            g_assert_cmpfloat (truth->label->data[y * WIDTH + x], ==, 0);
        }
      g_assert_cmpuint (n, ==, 1);
    }
}

static void
test_normals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnTruth) truth = load (fixture, "normals", TSN_TASK_NORMALS, 3, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    {
      gboolean wall = i % WIDTH < WIDTH / 2;

      g_assert_cmpfloat (truth->valid->data[i], ==, wall);
      g_assert_cmpfloat_with_epsilon (truth->label->data[WIDTH * HEIGHT + i], wall, 1e-4);
    }
}

static void
test_parts (Fixture *fixture, gconstpointer data)
{
  static const Part parts[] = { { "hair", 0, 0 },  { "neck", 1, 1 },  { "ruarm", 2, 2 },
                                { "lhand", 3, 3 }, { "luleg", 4, 4 }, { "rfoot", 5, 5 },
                                { "torso", 2, 2 } };
  static const float expected[WIDTH] = { 1, 2, 2, 4, 5, 6, 0, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnTruth) truth = NULL;

  write_annotation (fixture, 15, parts, G_N_ELEMENTS (parts));
  truth = load (fixture, "human_parts", TSN_TASK_CLASSES, 7, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    {
      g_assert_cmpfloat (truth->label->data[i], ==, expected[i % WIDTH]);
      g_assert_cmpfloat (truth->valid->data[i], ==, 1);
    }
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  static const Part head = { "head", 0, 3 };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TsnTruth) truth = NULL;

      /* A dog with a head, and a person without parts. */
      write_annotation (fixture, i == 0 ? 12 : 15, &head, i == 0);
      truth = load (fixture, "human_parts", TSN_TASK_CLASSES, 7, &error);
      g_assert_no_error (error);
      for (guint j = 0; j < WIDTH * HEIGHT; j++)
        {
          g_assert_cmpfloat (truth->label->data[j], ==, 255);
          g_assert_cmpfloat (truth->valid->data[j], ==, 0);
        }
    }
}

static void
test_bad_annotation (Fixture *fixture, gconstpointer data)
{
  static const Part wing = { "lwing", 0, 0 };
  float matrix[WIDTH * HEIGHT] = { 0 };
  g_autoptr (GError) unknown = NULL;
  g_autoptr (GError) no_struct = NULL;
  g_autoptr (GError) missing = NULL;

  g_assert_null (load (fixture, "human_parts", TSN_TASK_CLASSES, 7, &missing));
  DATA_ASSERT_ERROR (missing, TSN_ERROR_IO, "human_parts/a.mat");
  write_annotation (fixture, 15, &wing, 1);
  g_assert_null (load (fixture, "human_parts", TSN_TASK_CLASSES, 7, &unknown));
  DATA_ASSERT_ERROR (unknown, TSN_ERROR_FORMAT, "human_parts/a.mat", "unknown name");
  data_fixture_matrix (fixture->root, "human_parts/a.mat", "anno", WIDTH, HEIGHT, matrix);
  g_assert_null (load (fixture, "human_parts", TSN_TASK_CLASSES, 7, &no_struct));
  DATA_ASSERT_ERROR (no_struct, TSN_ERROR_FORMAT, "human_parts/a.mat", "no objects");
}

static void
test_map_of_other_size (Fixture *fixture, gconstpointer data)
{
  float map[4] = { 1, 2, 3, 4 };
  g_autoptr (GError) normals = NULL;
  g_autoptr (GError) edge = NULL;

  data_fixture_matrix (fixture->root, "pascal-context/trainval/a.mat", "LabelMap", 2, 2, map);
  g_assert_null (load (fixture, "normals", TSN_TASK_NORMALS, 3, &normals));
  DATA_ASSERT_ERROR (normals, TSN_ERROR_FORMAT, "trainval/a.mat", "8 x 6", "2 x 2");
  g_assert_null (load (fixture, "edge", TSN_TASK_EDGE, 1, &edge));
  DATA_ASSERT_ERROR (edge, TSN_ERROR_FORMAT, "trainval/a.mat", "8 x 6", "2 x 2");
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/data/pascal/pictures", test_pictures);
  ADD ("/data/pascal/semseg-preference", test_semseg_preference);
  ADD ("/data/pascal/edge", test_edge);
  ADD ("/data/pascal/normals", test_normals);
  ADD ("/data/pascal/parts", test_parts);
  ADD ("/data/pascal/nobody", test_nobody);
  ADD ("/data/pascal/bad-annotation", test_bad_annotation);
  ADD ("/data/pascal/map-of-other-size", test_map_of_other_size);
  return g_test_run ();
}
