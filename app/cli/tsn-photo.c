#include "app/cli/tsn-photo.h"

#include "core/io/tsn-image.h"

typedef struct
{
  char *path;
  guint size;
} Order;

static gpointer
load (gpointer data)
{
  Order *order = data;
  TsnPhoto *photo = g_new0 (TsnPhoto, 1);
  g_autoptr (TsnImage) image = tsn_image_load (order->path, &photo->error);
  guint width, height;

  if (image != NULL)
    {
      tsn_image_fit_size (image->width, image->height, order->size, &width, &height);
      photo->input = tsn_image_to_tensor (image, width, height);
      photo->width = image->width;
      photo->height = image->height;
    }
  g_free (order->path);
  g_free (order);
  return photo;
}

/**
 * tsn_photo_start:
 * @path: an image file
 * @size: length of the shorter side of the network's input in pixels
 *
 * Begins to load a photo on a thread of its own, while the network is busy with the last one.
 *
 * Returns: (transfer full): what tsn_photo_finish() waits for.
 */
GThread *
tsn_photo_start (const char *path, guint size)
{
  Order *order = g_new (Order, 1);

  *order = (Order){ g_strdup (path), size };
  return g_thread_new ("tsn-photo", load, order);
}

/**
 * tsn_photo_finish:
 * @thread: (transfer full): from tsn_photo_start()
 *
 * Returns: (transfer full): the photo, or why there is none.
 */
TsnPhoto *
tsn_photo_finish (GThread *thread)
{
  return g_thread_join (thread);
}

void
tsn_photo_free (TsnPhoto *photo)
{
  g_clear_pointer (&photo->input, tsn_tensor_unref);
  g_clear_error (&photo->error);
  g_free (photo);
}
