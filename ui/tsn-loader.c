#include "ui/tsn-loader.h"

#include "core/io/tsn-model-file.h"

/* What a thread reads: one of the two. */
typedef struct
{
  GFile *file;
  GdkTexture *texture;
  char *name;
} Source;

static void
source_free (Source *source)
{
  g_clear_object (&source->file);
  g_clear_object (&source->texture);
  g_free (source->name);
  g_free (source);
}

void
tsn_photo_free (TsnPhoto *photo)
{
  tsn_image_unref (photo->image);
  tsn_picture_unref (photo->picture);
  g_free (photo->name);
  g_clear_object (&photo->file);
  g_free (photo);
}

/**
 * tsn_photo_describe_at:
 * @x: position in pixels
 *
 * Returns: (transfer full): the colour there.
 */
char *
tsn_photo_describe_at (const TsnPhoto *photo, double x, double y)
{
  const TsnImage *image = photo->image;
  size_t column = MIN ((guint) x, image->width - 1), row = MIN ((guint) y, image->height - 1);
  const guint8 *p = image->pixels + 3 * (row * image->width + column);

  return g_strdup_printf ("#%02x%02x%02x", p[0], p[1], p[2]);
}

static TsnImage *
read_file (GFile *file, const char *name, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GBytes) bytes = NULL;

  if (path != NULL)
    return tsn_image_load (path, error);
  bytes = g_file_load_bytes (file, cancellable, NULL, error);
  return bytes != NULL ? tsn_image_load_bytes (bytes, name, error) : NULL;
}

/* Cairo's premultiplied ARGB, laid over white. */
static TsnImage *
read_texture (GdkTexture *texture)
{
  guint width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  TsnImage *image = tsn_image_new (width, height);
  g_autofree guint32 *row = g_new (guint32, (size_t) width * height);

  gdk_texture_download (texture, (guchar *) row, (size_t) width * sizeof *row);
  for (size_t i = 0; i < (size_t) width * height; i++)
    {
      guint white = 255 - (row[i] >> 24);

      image->pixels[3 * i] = (row[i] >> 16 & 0xff) + white;
      image->pixels[3 * i + 1] = (row[i] >> 8 & 0xff) + white;
      image->pixels[3 * i + 2] = (row[i] & 0xff) + white;
    }
  return image;
}

static void
open_thread (GTask *task, gpointer object, gpointer task_data, GCancellable *cancellable)
{
  Source *source = task_data;
  g_autoptr (GError) error = NULL;
  TsnImage *image;
  TsnPhoto *photo;

  image = source->texture != NULL ? read_texture (source->texture)
                                  : read_file (source->file, source->name, cancellable, &error);
  if (image == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  photo = g_new0 (TsnPhoto, 1);
  photo->image = image;
  photo->picture = tsn_picture_new_for_image (image);
  photo->name = g_strdup (source->name);
  photo->file = source->file != NULL ? g_object_ref (source->file) : NULL;
  g_task_return_pointer (task, photo, (GDestroyNotify) tsn_photo_free);
}

static void
open_source (Source *source, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, open_source);
  g_task_set_task_data (task, source, (GDestroyNotify) source_free);
  g_task_run_in_thread (task, open_thread);
}

/* The name as people know it, or the last part of the address. */
static char *
display_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return base != NULL ? g_filename_display_name (base) : g_file_get_parse_name (file);
}

/**
 * tsn_loader_open_file:
 *
 * Reads a photo from a file.  Finish with tsn_loader_open_finish().
 */
void
tsn_loader_open_file (GFile *file,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data)
{
  Source *source = g_new0 (Source, 1);

  source->file = g_object_ref (file);
  source->name = display_name (file);
  open_source (source, cancellable, callback, data);
}

/**
 * tsn_loader_open_texture:
 * @name: what to call the photo
 *
 * Takes a photo from the clipboard or from a drop.  Finish with tsn_loader_open_finish().
 */
void
tsn_loader_open_texture (GdkTexture *texture,
                         const char *name,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  Source *source = g_new0 (Source, 1);

  source->texture = g_object_ref (texture);
  source->name = g_strdup (name);
  open_source (source, cancellable, callback, data);
}

/**
 * tsn_loader_open_finish:
 *
 * Returns: (transfer full): the photo, or %NULL with an error that says what is wrong with it.
 */
TsnPhoto *
tsn_loader_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
load_model_thread (GTask *task, gpointer object, gpointer path, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  TsnModel *model = tsn_model_load (path, &error);

  if (model != NULL)
    g_task_return_pointer (task, model, (GDestroyNotify) tsn_model_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * tsn_loader_load_model:
 *
 * Reads a model file.  Finish with tsn_loader_load_model_finish().
 */
void
tsn_loader_load_model (const char *path,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, tsn_loader_load_model);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, load_model_thread);
}

/**
 * tsn_loader_load_model_finish:
 *
 * Returns: (transfer full): the model, or %NULL with an error that says what is wrong with it.
 */
TsnModel *
tsn_loader_load_model_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
