/* Pixels as Cairo surfaces; private to core/figure. */
#pragma once

#include <cairo.h>

#include "core/figure/tsn-figure-plan.h"

G_BEGIN_DECLS

/**
 * TsnFigurePicture:
 * @rgb: 3 x @width x @height bytes, rows from the top
 * @width: in pixels
 * @height: in pixels
 *
 * Pixels that belong to somebody else.
 */
typedef struct
{
  const guint8 *rgb;
  guint width;
  guint height;
} TsnFigurePicture;

cairo_surface_t *
tsn_figure_picture_crop (const TsnFigurePicture *picture, const TsnFigurePart *crop);
cairo_surface_t *tsn_figure_picture_blend (const TsnFigurePicture *below,
                                           const TsnFigurePicture *above,
                                           double opacity,
                                           const TsnFigurePart *crop);

G_END_DECLS
