/* Pixels that a canvas can draw quickly at any zoom. */
#pragma once

#include <gtk/gtk.h>

#include "core/io/tsn-image.h"

G_BEGIN_DECLS

/**
 * TsnPicture:
 *
 * An immutable, reference-counted RGB picture with its halves, quarters and so on ("levels", 0 is
 * the picture itself), so that a reduced picture is drawn from about as many pixels as it covers.
 * May be made and used on any thread.
 */
typedef struct _TsnPicture TsnPicture;

#define TSN_TYPE_PICTURE (tsn_picture_get_type ())
GType tsn_picture_get_type (void);

TsnPicture *tsn_picture_new (GBytes *rgb, guint width, guint height);
TsnPicture *tsn_picture_new_for_image (TsnImage *image);
TsnPicture *tsn_picture_ref (TsnPicture *picture);
void tsn_picture_unref (TsnPicture *picture);

guint tsn_picture_get_n_levels (const TsnPicture *picture);
guint tsn_picture_get_width (const TsnPicture *picture, guint level);
guint tsn_picture_get_height (const TsnPicture *picture, guint level);
guint tsn_picture_pick_level (const TsnPicture *picture, double scale);
GdkTexture *tsn_picture_crop_texture (const TsnPicture *picture,
                                      guint level,
                                      const cairo_rectangle_int_t *area);
cairo_surface_t *tsn_picture_crop_surface (const TsnPicture *picture,
                                           guint level,
                                           const cairo_rectangle_int_t *area);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnPicture, tsn_picture_unref)

G_END_DECLS
