#include "ui/tsn-picture.h"

#define CHANNELS 3
#define MAX_LEVELS 20

/* Smaller levels than this are not worth keeping. */
#define SMALLEST_SIDE 256

typedef struct
{
  guint width;
  guint height;
  GBytes *rgb;
} Level;

struct _TsnPicture
{
  Level levels[MAX_LEVELS];
  guint n_levels;
  gatomicrefcount ref_count;
};

G_DEFINE_BOXED_TYPE (TsnPicture, tsn_picture, tsn_picture_ref, tsn_picture_unref)

/* Averages 2 x 2 pixels; of an odd side the last pixel is left out. */
static Level
halve (const Level *from)
{
  Level to = { MAX (from->width / 2, 1), MAX (from->height / 2, 1), NULL };
  size_t stride = (size_t) from->width * CHANNELS;
  size_t right = from->width > 1 ? CHANNELS : 0, below = from->height > 1 ? stride : 0;
  size_t size = (size_t) to.width * to.height * CHANNELS;
  const guint8 *source = g_bytes_get_data (from->rgb, NULL);
  guint8 *pixels = g_malloc (size), *target = pixels;

  for (guint y = 0; y < to.height; y++)
    for (guint x = 0; x < to.width; x++)
      {
        const guint8 *p = source + 2 * y * stride + 2 * (size_t) x * CHANNELS;

        for (guint c = 0; c < CHANNELS; c++, p++)
          *target++ = (p[0] + p[right] + p[below] + p[right + below] + 2) / 4;
      }
  to.rgb = g_bytes_new_take (pixels, size);
  return to;
}

/**
 * tsn_picture_new:
 * @rgb: 3 x @width x @height bytes, rows from the top, no padding
 *
 * Builds the levels, which takes a while for a large picture: not for the main thread.
 *
 * Returns: (transfer full): a picture.
 */
TsnPicture *
tsn_picture_new (GBytes *rgb, guint width, guint height)
{
  TsnPicture *picture;

  g_return_val_if_fail (width > 0 && height > 0, NULL);
  g_return_val_if_fail (g_bytes_get_size (rgb) == (size_t) width * height * CHANNELS, NULL);

  picture = g_new0 (TsnPicture, 1);
  g_atomic_ref_count_init (&picture->ref_count);
  picture->levels[0] = (Level){ width, height, g_bytes_ref (rgb) };
  picture->n_levels = 1;
  while (picture->n_levels < MAX_LEVELS)
    {
      const Level *last = &picture->levels[picture->n_levels - 1];

      if (MAX (last->width, last->height) <= SMALLEST_SIDE)
        break;
      picture->levels[picture->n_levels++] = halve (last);
    }
  return picture;
}

/**
 * tsn_picture_new_for_image:
 *
 * Returns: (transfer full): a picture that shares the pixels of @image.
 */
TsnPicture *
tsn_picture_new_for_image (TsnImage *image)
{
  g_autoptr (GBytes) rgb
      = g_bytes_new_with_free_func (image->pixels, (size_t) image->width * image->height * CHANNELS,
                                    (GDestroyNotify) tsn_image_unref, tsn_image_ref (image));

  return tsn_picture_new (rgb, image->width, image->height);
}

TsnPicture *
tsn_picture_ref (TsnPicture *picture)
{
  g_atomic_ref_count_inc (&picture->ref_count);
  return picture;
}

void
tsn_picture_unref (TsnPicture *picture)
{
  if (!g_atomic_ref_count_dec (&picture->ref_count))
    return;
  for (guint i = 0; i < picture->n_levels; i++)
    g_bytes_unref (picture->levels[i].rgb);
  g_free (picture);
}

guint
tsn_picture_get_n_levels (const TsnPicture *picture)
{
  return picture->n_levels;
}

guint
tsn_picture_get_width (const TsnPicture *picture, guint level)
{
  return picture->levels[level].width;
}

guint
tsn_picture_get_height (const TsnPicture *picture, guint level)
{
  return picture->levels[level].height;
}

/**
 * tsn_picture_pick_level:
 * @scale: device pixels per pixel of level 0
 *
 * Returns: the smallest level that is at least as fine as the screen.
 */
guint
tsn_picture_pick_level (const TsnPicture *picture, double scale)
{
  guint level = 0;

  while (level + 1 < picture->n_levels && scale <= 0.5)
    {
      scale *= 2;
      level++;
    }
  return level;
}

static size_t
area_offset (const Level *level, const cairo_rectangle_int_t *area)
{
  return ((size_t) area->y * level->width + area->x) * CHANNELS;
}

static gboolean
is_inside (const Level *level, const cairo_rectangle_int_t *area)
{
  return area->x >= 0 && area->y >= 0 && area->width > 0 && area->height > 0
         && area->x + area->width <= (int) level->width
         && area->y + area->height <= (int) level->height;
}

/**
 * tsn_picture_crop_texture:
 * @area: pixels of the level
 *
 * Returns: (transfer full): the area as a texture that shares the picture's pixels.
 */
GdkTexture *
tsn_picture_crop_texture (const TsnPicture *picture,
                          guint level_index,
                          const cairo_rectangle_int_t *area)
{
  const Level *level = &picture->levels[level_index];
  size_t stride = (size_t) level->width * CHANNELS;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (is_inside (level, area), NULL);

  bytes = g_bytes_new_from_bytes (level->rgb, area_offset (level, area),
                                  stride * (area->height - 1) + (size_t) area->width * CHANNELS);
  return gdk_memory_texture_new (area->width, area->height, GDK_MEMORY_R8G8B8, bytes, stride);
}

/**
 * tsn_picture_crop_surface:
 * @area: pixels of the level
 *
 * Returns: (transfer full): a copy of the area for Cairo.
 */
cairo_surface_t *
tsn_picture_crop_surface (const TsnPicture *picture,
                          guint level_index,
                          const cairo_rectangle_int_t *area)
{
  const Level *level = &picture->levels[level_index];
  cairo_surface_t *surface;
  const guint8 *source;
  guint8 *target;
  int stride;

  g_return_val_if_fail (is_inside (level, area), NULL);

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, area->width, area->height);
  source = (const guint8 *) g_bytes_get_data (level->rgb, NULL) + area_offset (level, area);
  target = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (int y = 0; y < area->height; y++)
    {
      const guint8 *p = source + (size_t) y * level->width * CHANNELS;
      guint32 *row = (guint32 *) (target + (size_t) y * stride);

      for (int x = 0; x < area->width; x++, p += CHANNELS)
        row[x] = (guint32) p[0] << 16 | (guint32) p[1] << 8 | p[2];
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}
