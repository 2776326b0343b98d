#include "core/io/tsn-image.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-image-end.h"
#include "core/io/tsn-map-file.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* A loader gets a file in pieces, so that one that is too large is stopped soon. */
#define PIECE 65536

typedef struct
{
  int width;
  int height;
  gboolean too_large;
  int bottom; /* one past the last row that was decoded */
} Progress;

static void
set_damaged (GError **error, const char *name)
{
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
               _ ("'%s' is an image that was cut short or damaged"), name);
}

/* Comes before memory is taken for pixels.  A size of 0 makes the loader give up. */
static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  Progress *progress = data;

  progress->width = width;
  progress->height = height;
  progress->too_large = (guint64) MAX (width, 0) * MAX (height, 0) > TSN_IMAGE_MAX_PIXELS;
  if (progress->too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static void
area_updated_cb (GdkPixbufLoader *loader, int x, int y, int width, int height, gpointer data)
{
  Progress *progress = data;

  progress->bottom = MAX (progress->bottom, y + height);
}

/* A GIF of which only the first frame is given has to be told that this is the end. */
static gboolean
feed (GdkPixbufLoader *loader,
      const guint8 *bytes,
      size_t n,
      const Progress *progress,
      GError **error)
{
  gboolean fed = TRUE;

  for (size_t i = 0; fed && i < n && !progress->too_large; i += PIECE)
    fed = gdk_pixbuf_loader_write (loader, bytes + i, MIN (PIECE, n - i), error);
  if (fed && !progress->too_large && bytes[0] == 'G')
    fed = gdk_pixbuf_loader_write (loader, (const guint8 *) ";", 1, error);
  /* A loader has to be closed in any case. */
  return gdk_pixbuf_loader_close (loader, fed ? error : NULL) && fed;
}

/* Returns: (transfer full) (nullable): the picture as the file has it; the first of several. */
static GdkPixbuf *
decode (const guint8 *bytes, size_t n, const char *name, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GError) load_error = NULL;
  GdkPixbuf *pixbuf;
  Progress progress = { 0 };
  gboolean fed;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &progress);
  g_signal_connect (loader, "area-updated", G_CALLBACK (area_updated_cb), &progress);
  fed = feed (loader, bytes, n, &progress, &load_error);
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (progress.too_large)
    g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                 _ ("'%s' has %d x %d pixels, more than the %u million that can be opened"), name,
                 progress.width, progress.height, TSN_IMAGE_MAX_PIXELS / 1000000);
  else if (!fed || pixbuf == NULL)
    g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                 _ ("'%s' is not an image that can be read: %s"), name,
                 load_error != NULL ? load_error->message : _ ("it holds no picture"));
  else if (bytes[0] == 'P' && progress.bottom < gdk_pixbuf_get_height (pixbuf))
    /* The end of a PNM file can be told only by its rows. */
    set_damaged (error, name);
  else
    return g_object_ref (pixbuf);
  return NULL;
}

static guint8
over_white (guint8 value, guint8 alpha)
{
  return (value * alpha + 255 * (255 - alpha) + 127) / 255;
}

static void
copy_row (const guint8 *in, guint8 *out, guint width, gboolean has_alpha)
{
  if (!has_alpha)
    memcpy (out, in, 3 * (size_t) width);
  else
    for (guint x = 0; x < width; x++)
      for (guint c = 0; c < 3; c++)
        out[3 * (size_t) x + c] = over_white (in[4 * (size_t) x + c], in[4 * (size_t) x + 3]);
}

static TsnImage *
image_from_pixbuf (GdkPixbuf *pixbuf)
{
  guint width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  size_t stride = gdk_pixbuf_get_rowstride (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  TsnImage *image = tsn_image_new (width, height);

  for (guint y = 0; y < height; y++)
    copy_row (pixels + y * stride, image->pixels + 3 * (size_t) width * y, width,
              gdk_pixbuf_get_has_alpha (pixbuf));
  return image;
}

/**
 * tsn_image_load_bytes:
 * @bytes: an image file
 * @name: what errors call it, in UTF-8
 * @error: %TSN_ERROR_FORMAT, one sentence with @name: not an image, more than
 *   %TSN_IMAGE_MAX_PIXELS, or cut short
 *
 * Reads whatever GdkPixbuf has loaders for.  The picture is turned upright as its EXIF orientation
 * says; of an animation it is the first frame.
 *
 * Returns: (transfer full) (nullable): the picture.
 */
TsnImage *
tsn_image_load_bytes (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GdkPixbuf) upright = NULL;
  size_t n, end;
  const guint8 *data = g_bytes_get_data (bytes, &n);

  if (n == 0)
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT, _ ("'%s' is empty, not an image"), name);
      return NULL;
    }
  if (!tsn_image_find_end (data, n, &end))
    {
      set_damaged (error, name);
      return NULL;
    }
  pixbuf = decode (data, end, name, error);
  if (pixbuf == NULL)
    return NULL;
  upright = gdk_pixbuf_apply_embedded_orientation (pixbuf);
  return image_from_pixbuf (upright != NULL ? upright : pixbuf);
}

/**
 * tsn_image_load:
 * @path: a file
 * @error: %TSN_ERROR_IO, or as of tsn_image_load_bytes()
 *
 * Returns: (transfer full) (nullable): the picture.
 */
TsnImage *
tsn_image_load (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (GBytes) bytes = tsn_map_file (path, error);

  return bytes != NULL ? tsn_image_load_bytes (bytes, name, error) : NULL;
}
