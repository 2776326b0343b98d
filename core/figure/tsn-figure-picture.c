#include "core/figure/tsn-figure-picture.h"

#include <math.h>

/* The pixels from @start on that a share covers, at least one. */
static void
find_span (double start, double length, guint size, guint *first, guint *n)
{
  *first = MIN ((guint) floor (start * size + 0.5), size - 1);
  *n = CLAMP ((guint) floor ((start + length) * size + 0.5), *first + 1, size) - *first;
}

/**
 * tsn_figure_picture_crop:
 * @crop: what of it is taken, to the nearest pixel
 *
 * Returns: (transfer full): an image surface.
 */
cairo_surface_t *
tsn_figure_picture_crop (const TsnFigurePicture *picture, const TsnFigurePart *crop)
{
  return tsn_figure_picture_blend (picture, picture, 0, crop);
}

/**
 * tsn_figure_picture_blend:
 * @below: a picture
 * @above: one of the same size
 * @opacity: of @above, 0 to 1
 * @crop: what of them is taken, to the nearest pixel
 *
 * Returns: (transfer full): an image surface.
 */
cairo_surface_t *
tsn_figure_picture_blend (const TsnFigurePicture *below,
                          const TsnFigurePicture *above,
                          double opacity,
                          const TsnFigurePart *crop)
{
  guint left, top, width, height;
  guint weight = opacity * 256 + 0.5;
  cairo_surface_t *surface;

  find_span (crop->x, crop->width, below->width, &left, &width);
  find_span (crop->y, crop->height, below->height, &top, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  for (guint y = 0; y < height; y++)
    {
      size_t offset = 3 * ((size_t) (top + y) * below->width + left);
      const guint8 *from = below->rgb + offset, *over = above->rgb + offset;
      guint32 *to = (guint32 *) (void *) (cairo_image_surface_get_data (surface)
                                          + (size_t) y * cairo_image_surface_get_stride (surface));

      for (guint x = 0; x < width; x++, from += 3, over += 3)
        {
          guint32 rgb[3];

          for (guint c = 0; c < 3; c++)
            rgb[c] = (from[c] * (256 - weight) + over[c] * weight + 128) >> 8;
          to[x] = rgb[0] << 16 | rgb[1] << 8 | rgb[2];
        }
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}
