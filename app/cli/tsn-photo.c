#include "app/cli/tsn-photo.h"

#include "core/io/tsn-image.h"

/* What a thread makes of a path. */
typedef struct
{
  char *path;
  TsnImage *image;
  GError *error;
} Decoding;

static gpointer
decode (gpointer data)
{
  Decoding *decoding = data;

  decoding->image = tsn_image_load (decoding->path, &decoding->error);
  return decoding;
}

/**
 * tsn_photo_start:
 * @path: an image file
 *
 * Begins to decode a photo on a thread of its own, while a model is loaded or the network is busy
 * with the last one.
 *
 * Returns: (transfer full): what tsn_photo_finish() waits for.
 */
GThread *
tsn_photo_start (const char *path)
{
  Decoding *decoding = g_new0 (Decoding, 1);

  decoding->path = g_strdup (path);
  return g_thread_new ("tsn-photo", decode, decoding);
}

/**
 * tsn_photo_finish:
 * @thread: (transfer full): from tsn_photo_start()
 * @size: length of the shorter side of the network's input in pixels
 *
 * Returns: (transfer full): the photo, or why there is none.
 */
TsnPhoto *
tsn_photo_finish (GThread *thread, guint size)
{
  g_autofree Decoding *decoding = g_thread_join (thread);
  g_autoptr (TsnImage) image = decoding->image;
  TsnPhoto *photo = g_new0 (TsnPhoto, 1);
  guint width, height;

  photo->error = decoding->error;
  if (image != NULL)
    {
      tsn_image_fit_size (image->width, image->height, size, &width, &height);
      photo->input = tsn_image_to_tensor (image, width, height);
      photo->width = image->width;
      photo->height = image->height;
    }
  g_free (decoding->path);
  return photo;
}

void
tsn_photo_free (TsnPhoto *photo)
{
  g_clear_pointer (&photo->input, tsn_tensor_unref);
  g_clear_error (&photo->error);
  g_free (photo);
}
