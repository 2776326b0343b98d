#include "tests/core/data/data-fixture.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-png.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <matio.h>
#include <string.h>

char *
data_fixture_new (void)
{
  char *root = g_dir_make_tmp ("tsn-data-XXXXXX", NULL);

  g_assert_nonnull (root);
  return root;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

void
data_fixture_free (char *root)
{
  remove_tree (root);
  g_free (root);
}

/* Makes the folders that @name needs. */
char *
data_fixture_path (const char *root, const char *name)
{
  char *path = g_build_filename (root, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  return path;
}

void
data_fixture_bytes (const char *root, const char *name, const void *bytes, size_t n)
{
  g_autofree char *path = data_fixture_path (root, name);

  g_assert_true (g_file_set_contents (path, bytes, n, NULL));
}

void
data_fixture_text (const char *root, const char *name, const char *text)
{
  data_fixture_bytes (root, name, text, strlen (text));
}

void
data_fixture_photo (const char *root, const char *name, const TsnImage *image)
{
  g_autofree char *path = data_fixture_path (root, name);
  g_autoptr (GdkPixbuf) pixbuf =
      gdk_pixbuf_new_from_data (image->pixels, GDK_COLORSPACE_RGB, FALSE, 8, image->width,
                                image->height, 3 * image->width, NULL, NULL);
  g_autoptr (GError) error = NULL;

  if (g_str_has_suffix (name, ".jpg"))
    gdk_pixbuf_save (pixbuf, path, "jpeg", &error, "quality", "100", NULL);
  else
    gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  g_assert_no_error (error);
}

static void
write_png (const char *root,
           const char *name,
           guint width,
           guint height,
           TsnPngFormat format,
           const void *rows)
{
  g_autofree char *path = data_fixture_path (root, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnPngWriter) writer = tsn_png_writer_new (path, width, height, format, &error);

  g_assert_no_error (error);
  tsn_png_writer_write_rows (writer, rows, height, &error);
  g_assert_no_error (error);
  tsn_png_writer_finish (writer, &error);
  g_assert_no_error (error);
}

void
data_fixture_grey8 (
    const char *root, const char *name, guint width, guint height, const guint8 *values)
{
  write_png (root, name, width, height, TSN_PNG_GREY8, values);
}

void
data_fixture_grey16 (
    const char *root, const char *name, guint width, guint height, const guint16 *values)
{
  write_png (root, name, width, height, TSN_PNG_GREY16, values);
}

/* Stores @values, which come in rows, as MATLAB does: in columns of double. */
void
data_fixture_matrix (const char *root,
                     const char *name,
                     const char *variable,
                     guint width,
                     guint height,
                     const float *values)
{
  g_autofree char *path = data_fixture_path (root, name);
  g_autofree double *columns = g_new (double, width *height);
  size_t dims[2] = { height, width };
  mat_t *mat = Mat_CreateVer (path, NULL, MAT_FT_MAT5);
  matvar_t *var;

  g_assert_nonnull (mat);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      columns[x * height + y] = values[y * width + x];
  var = Mat_VarCreate (variable, MAT_C_DOUBLE, MAT_T_DOUBLE, 2, dims, columns, 0);
  g_assert_cmpint (Mat_VarWrite (mat, var, MAT_COMPRESSION_ZLIB), ==, 0);
  Mat_VarFree (var);
  Mat_Close (mat);
}

/* Red tells x, green tells y. */
TsnImage *
data_fixture_gradient (guint width, guint height)
{
  TsnImage *image = tsn_image_new (width, height);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint8 *p = image->pixels + 3 * (y * width + x);

        p[0] = 255 * x / MAX (width - 1, 1);
        p[1] = 255 * y / MAX (height - 1, 1);
        p[2] = 128;
      }
  return image;
}

/* Photos "photo0.png" and so on. */
void
data_fixture_photos (const char *root, guint n)
{
  g_autoptr (TsnImage) image = data_fixture_gradient (48, 32);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("photo%u.png", i);

      data_fixture_photo (root, name, image);
    }
}

/* A set in the folder layout with labels of classes: photo i shows class i % @n_classes all over,
 * and every photo has a colour of its own. */
GPtrArray *
data_fixture_classes (const char *root, guint n_photos, guint n_classes)
{
  g_autoptr (GString) split = g_string_new (NULL);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_photos; i++)
    {
      g_autoptr (TsnImage) photo = tsn_image_new (24, 16);
      g_autofree char *id = g_strdup_printf ("p%03u", i);
      g_autofree char *image = g_strdup_printf ("images/%s.png", id);
      g_autofree char *label = g_strdup_printf ("semseg/%s.png", id);
      guint8 values[24 * 16];

      memset (photo->pixels, i, 3 * 24 * 16);
      memset (values, i % n_classes, sizeof values);
      data_fixture_photo (root, image, photo);
      data_fixture_grey8 (root, label, 24, 16, values);
      g_string_append_printf (split, "%s\n", id);
      g_ptr_array_add (ids, g_steal_pointer (&id));
    }
  data_fixture_text (root, "splits/train.txt", split->str);
  return ids;
}

/* The error is one sentence that has all of @words in it. */
void
data_assert_error (const GError *error, int code, const char *const *words)
{
  g_assert_error (error, TSN_ERROR, code);
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_null (strchr (error->message, '\n'));
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (error->message, words[i]) == NULL)
      g_error ("“%s” should name “%s”", error->message, words[i]);
}
