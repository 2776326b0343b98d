/* At most 256 colours for a picture. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnGifPalette:
 * @colours: RGB
 * @n_colours: how many of them are used, at least 1
 */
typedef struct
{
  guint8 colours[256][3];
  guint n_colours;
} TsnGifPalette;

void
tsn_gif_palette_find (TsnGifPalette *palette, const guint8 *rgb, size_t n_pixels, guint8 *indices);

G_END_DECLS
