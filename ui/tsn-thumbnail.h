/* A small photo in a row of others. */
#pragma once

#include "ui/tsn-gallery-photo.h"

G_BEGIN_DECLS

#define TSN_TYPE_THUMBNAIL (tsn_thumbnail_get_type ())
G_DECLARE_FINAL_TYPE (TsnThumbnail, tsn_thumbnail, TSN, THUMBNAIL, GtkWidget)

/** Width and height of the place for the photo in logical pixels. */
#define TSN_THUMBNAIL_WIDTH 88
#define TSN_THUMBNAIL_HEIGHT 64

GtkWidget *tsn_thumbnail_new (void);
void tsn_thumbnail_set_photo (TsnThumbnail *self, TsnGalleryPhoto *photo);
TsnGalleryPhoto *tsn_thumbnail_get_photo (TsnThumbnail *self);

G_END_DECLS
