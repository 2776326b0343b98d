/* Scenes as files of a data set in the folder layout. */
#include "core/base/tsn-error.h"
#include "core/data/tsn-dataset-layout.h"
#include "core/data/tsn-scene-view.h"
#include "core/io/tsn-png.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <errno.h>
#include <glib/gstdio.h>

/* The path of a file whose folder exists from now on. */
static char *
make_path (const char *root, const char *folder, const char *id, const char *suffix, GError **error)
{
  g_autofree char *path = tsn_dataset_file (root, folder, id, suffix);
  g_autofree char *parent = g_path_get_dirname (path);

  if (g_mkdir_with_parents (parent, 0777) == 0)
    return g_steal_pointer (&path);
  g_set_error (error, TSN_ERROR, TSN_ERROR_IO, "The folder “%s” cannot be made: %s.", parent,
               g_strerror (errno));
  return NULL;
}

static gboolean
save_png (const TsnSceneView *view,
          const char *path,
          TsnPngFormat format,
          const void *rows,
          GError **error)
{
  g_autoptr (TsnPngWriter) writer
      = tsn_png_writer_new (path, view->width, view->height, format, error);

  return writer != NULL && tsn_png_writer_write_rows (writer, rows, view->height, error)
         && tsn_png_writer_finish (writer, error);
}

static gboolean
save_label (const TsnSceneView *view,
            const char *root,
            const char *task,
            const char *id,
            TsnPngFormat format,
            const void *rows,
            GError **error)
{
  g_autofree char *path = make_path (root, task, id, ".png", error);

  return path != NULL && save_png (view, path, format, rows, error);
}

static gboolean
save_jpeg (const TsnSceneView *view, const char *path, GError **error)
{
  const TsnImage *photo = view->photo;
  g_autoptr (GdkPixbuf) pixbuf
      = gdk_pixbuf_new_from_data (photo->pixels, GDK_COLORSPACE_RGB, FALSE, 8, photo->width,
                                  photo->height, 3 * photo->width, NULL, NULL);
  g_autofree char *bytes = NULL;
  size_t length;

  return gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &length, "jpeg", error, "quality", "94", NULL)
         && g_file_set_contents (path, bytes, length, error);
}

static gboolean
save_photo (
    const TsnSceneView *view, const char *root, const char *id, gboolean png, GError **error)
{
  g_autofree char *path = make_path (root, "images", id, png ? ".png" : ".jpg", error);

  if (path == NULL)
    return FALSE;
  return png ? save_png (view, path, TSN_PNG_RGB8, view->photo->pixels, error)
             : save_jpeg (view, path, error);
}

/* 0 and 1 as 0 and 255. */
static gboolean
save_mask (const TsnSceneView *view,
           const char *root,
           const char *task,
           const char *id,
           const guint8 *mask,
           GError **error)
{
  size_t n = (size_t) view->width * view->height;
  g_autofree guint8 *bytes = g_new (guint8, n);

  for (size_t i = 0; i < n; i++)
    bytes[i] = mask[i] != 0 ? 255 : 0;
  return save_label (view, root, task, id, TSN_PNG_GREY8, bytes, error);
}

static gboolean
save_normals (const TsnSceneView *view, const char *root, const char *id, GError **error)
{
  size_t n = (size_t) view->width * view->height;
  g_autofree guint8 *bytes = g_new (guint8, 3 * n);

  for (size_t i = 0; i < n; i++)
    for (guint c = 0; c < 3; c++)
      bytes[3 * i + c] = CLAMP ((view->normals[c * n + i] + 1) * 127.5f + 0.5f, 0, 255);
  return save_label (view, root, "normals", id, TSN_PNG_RGB8, bytes, error);
}

static gboolean
save_depth (const TsnSceneView *view, const char *root, const char *id, GError **error)
{
  size_t n = (size_t) view->width * view->height;
  g_autofree guint16 *millimetres = g_new (guint16, n);

  for (size_t i = 0; i < n; i++)
    millimetres[i] = CLAMP (view->depth[i] * 1000 + 0.5f, 0, G_MAXUINT16);
  return save_label (view, root, "depth", id, TSN_PNG_GREY16, millimetres, error);
}

/**
 * tsn_scene_view_save:
 * @root: folder of a data set in the folder layout; is made if need be
 * @id: the photo's identifier
 * @png: whether the photo is stored as PNG, else as JPEG
 * @error: set when a file cannot be written
 *
 * Writes photo and labels of all six tasks; the lists of the splits are the caller's.
 */
gboolean
tsn_scene_view_save (
    const TsnSceneView *view, const char *root, const char *id, gboolean png, GError **error)
{
  return save_photo (view, root, id, png, error)
         && save_label (view, root, "semseg", id, TSN_PNG_GREY8, view->semseg, error)
         && save_label (view, root, "human_parts", id, TSN_PNG_GREY8, view->human_parts, error)
         && save_mask (view, root, "edge", id, view->edge, error)
         && save_mask (view, root, "saliency", id, view->saliency, error)
         && save_normals (view, root, id, error) && save_depth (view, root, id, error);
}
