#include "core/base/tsn-error.h"
#include "core/evaluation/tsn-boundary-truth.h"

#include <glib/gstdio.h>
#include <matio.h>
#include <png.h>
#include <string.h>

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("tsn-truth-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

/* An 8-bit grey PNG file, 3 wide and 2 high unless @width says otherwise. */
static void
write_png (Fixture *fixture, const char *name, guint width, const guint8 *values)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  png_image image = {
    .version = PNG_IMAGE_VERSION, .width = width, .height = 6 / width, .format = PNG_FORMAT_GRAY
  };

  g_assert_true (png_image_write_to_file (&image, path, 0, values, 0, NULL));
}

static const guint8 empty[6] = { 0 };

static void
test_truth_mean (Fixture *fixture, gconstpointer data)
{
  static const guint8 shares[] = { 0, 51, 76, 77, 128, 255 };
  g_autoptr (TsnBoundaryTruth) truth = NULL;

  write_png (fixture, "7.png", 3, shares);
  truth = tsn_boundary_truth_load (fixture->folder, "7", NULL);
  g_assert_nonnull (truth);
  g_assert_cmpuint (truth->n_annotators, ==, 1);
  g_assert_cmpuint (truth->width, ==, 3);
  g_assert_cmpuint (truth->height, ==, 2);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpint (tsn_bitmap_get (truth->annotators[0], i % 3, i / 3), ==, i >= 3);
}

static void
test_truth_annotators (Fixture *fixture, gconstpointer data)
{
  static const guint8 first[] = { 0, 1, 0, 0, 0, 255 };
  g_autoptr (TsnBoundaryTruth) truth = NULL;

  write_png (fixture, "7.png", 3, empty);
  write_png (fixture, "7.0.png", 3, first);
  write_png (fixture, "7.1.png", 3, empty);
  truth = tsn_boundary_truth_load (fixture->folder, "7", NULL);
  g_assert_nonnull (truth);
  g_assert_cmpuint (truth->n_annotators, ==, 2);
  g_assert_true (tsn_bitmap_get (truth->annotators[0], 1, 0));
  g_assert_true (tsn_bitmap_get (truth->annotators[0], 2, 1));
  g_assert_cmpuint (tsn_bitmap_count (truth->annotators[0]), ==, 2);
  g_assert_cmpuint (tsn_bitmap_count (truth->annotators[1]), ==, 0);
}

static void
assert_refuses (Fixture *fixture, const char *id, TsnError code, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tsn_boundary_truth_load (fixture->folder, id, &error));
  g_assert_error (error, TSN_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_truth_sizes_differ (Fixture *fixture, gconstpointer data)
{
  write_png (fixture, "7.0.png", 3, empty);
  write_png (fixture, "7.1.png", 2, empty);
  assert_refuses (fixture, "7", TSN_ERROR_FORMAT, "7.1.png");
}

static void
test_truth_missing (Fixture *fixture, gconstpointer data)
{
  assert_refuses (fixture, "8", TSN_ERROR_IO, "8.mat");
}

/* A 2 x 3 matrix, column by column, in a struct. */
static matvar_t *
make_cell (const char *field, enum matio_classes class, enum matio_types type, const void *values)
{
  size_t dims[2] = { 2, 3 }, one[2] = { 1, 1 };
  const char *fields[] = { field };
  matvar_t *cell = Mat_VarCreateStruct (NULL, 2, one, fields, 1);

  Mat_VarSetStructFieldByName (cell, field, 0,
                               Mat_VarCreate (field, class, type, 2, dims, (void *)values, 0));
  return cell;
}

static void
write_mat (Fixture *fixture, const char *file, const char *name, matvar_t **cells, size_t n)
{
  g_autofree char *path = g_build_filename (fixture->folder, file, NULL);
  mat_t *mat = Mat_CreateVer (path, NULL, MAT_FT_MAT5);
  size_t dims[2] = { 1, n };
  matvar_t *array = Mat_VarCreate (name, MAT_C_CELL, MAT_T_CELL, 2, dims, cells, 0);

  g_assert_cmpint (Mat_VarWrite (mat, array, MAT_COMPRESSION_ZLIB), ==, 0);
  Mat_VarFree (array);
  Mat_Close (mat);
}

static void
test_truth_mat (Fixture *fixture, gconstpointer data)
{
  static const guint8 bytes[] = { 0, 1, 0, 0, 1, 0 };
  static const double doubles[] = { 1, 1, 1, 1, 1, 1 };
  matvar_t *cells[] = { make_cell ("Boundaries", MAT_C_UINT8, MAT_T_UINT8, bytes),
                        make_cell ("Boundaries", MAT_C_DOUBLE, MAT_T_DOUBLE, doubles) };
  g_autoptr (TsnBoundaryTruth) truth = NULL;
  g_autoptr (GError) error = NULL;

  write_mat (fixture, "7.mat", "groundTruth", cells, 2);
  truth = tsn_boundary_truth_load (fixture->folder, "7", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (truth->width, ==, 3);
  g_assert_cmpuint (truth->height, ==, 2);
  g_assert_cmpuint (truth->n_annotators, ==, 2);
  g_assert_cmpuint (tsn_bitmap_count (truth->annotators[0]), ==, 2);
  g_assert_true (tsn_bitmap_get (truth->annotators[0], 0, 1));
  g_assert_true (tsn_bitmap_get (truth->annotators[0], 2, 0));
  g_assert_cmpuint (tsn_bitmap_count (truth->annotators[1]), ==, 6);
}

static void
test_truth_mat_of_other_things (Fixture *fixture, gconstpointer data)
{
  static const guint8 bytes[6] = { 0 };
  static const gint32 ints[6] = { 0 };
  matvar_t *named[] = { make_cell ("Boundaries", MAT_C_UINT8, MAT_T_UINT8, bytes) };
  matvar_t *lacking[] = { make_cell ("Segmentation", MAT_C_UINT8, MAT_T_UINT8, bytes) };
  matvar_t *typed[] = { make_cell ("Boundaries", MAT_C_INT32, MAT_T_INT32, ints) };
  g_autofree char *text = g_build_filename (fixture->folder, "4.mat", NULL);

  write_mat (fixture, "1.mat", "other", named, 1);
  assert_refuses (fixture, "1", TSN_ERROR_FORMAT, "groundTruth");
  write_mat (fixture, "2.mat", "groundTruth", lacking, 1);
  assert_refuses (fixture, "2", TSN_ERROR_FORMAT, "Boundaries");
  write_mat (fixture, "3.mat", "groundTruth", typed, 1);
  assert_refuses (fixture, "3", TSN_ERROR_FORMAT, "Boundaries");
  g_assert_true (g_file_set_contents (text, "not a matrix", -1, NULL));
  assert_refuses (fixture, "4", TSN_ERROR_FORMAT, "4.mat");
}

/* Cut anywhere, a file gives what is left of it or an error. */
static void
test_truth_mat_cut (Fixture *fixture, gconstpointer data)
{
  static const guint8 bytes[6] = { 0 };
  matvar_t *cells[] = { make_cell ("Boundaries", MAT_C_UINT8, MAT_T_UINT8, bytes) };
  g_autofree char *whole = g_build_filename (fixture->folder, "1.mat", NULL);
  g_autofree char *cut = g_build_filename (fixture->folder, "2.mat", NULL);
  g_autofree char *content = NULL;
  size_t length;

  write_mat (fixture, "1.mat", "groundTruth", cells, 1);
  g_assert_true (g_file_get_contents (whole, &content, &length, NULL));
  for (size_t n = 0; n < length; n++)
    {
      g_autoptr (TsnBoundaryTruth) truth = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (cut, content, n, NULL));
      truth = tsn_boundary_truth_load (fixture->folder, "2", &error);
      g_assert_true ((truth == NULL) == (error != NULL));
    }
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/boundary-truth/mean", test_truth_mean);
  add ("/boundary-truth/annotators", test_truth_annotators);
  add ("/boundary-truth/sizes-differ", test_truth_sizes_differ);
  add ("/boundary-truth/missing", test_truth_missing);
  add ("/boundary-truth/mat", test_truth_mat);
  add ("/boundary-truth/mat-of-other-things", test_truth_mat_of_other_things);
  add ("/boundary-truth/mat-cut", test_truth_mat_cut);
  return g_test_run ();
}
