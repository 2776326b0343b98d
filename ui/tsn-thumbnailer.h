/* Makes the thumbnails that are in sight, and forgets those that were not for long. */
#pragma once

#include "ui/tsn-gallery-photo.h"

G_BEGIN_DECLS

#define TSN_TYPE_THUMBNAILER (tsn_thumbnailer_get_type ())
G_DECLARE_FINAL_TYPE (TsnThumbnailer, tsn_thumbnailer, TSN, THUMBNAILER, GObject)

/**
 * TsnThumbnailer:
 *
 * Reads photos on threads, those that were wanted last first.  What was released before its turn
 * came is not read at all.  Of the thumbnails that are not wanted any more the newest stay.
 */

TsnThumbnailer *tsn_thumbnailer_new (guint side);
void tsn_thumbnailer_want (TsnThumbnailer *self, TsnGalleryPhoto *photo);
void tsn_thumbnailer_release (TsnThumbnailer *self, TsnGalleryPhoto *photo);

G_END_DECLS
