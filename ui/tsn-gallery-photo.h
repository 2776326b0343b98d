/* One photo of a folder or of a data set, not opened yet. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TSN_TYPE_GALLERY_PHOTO (tsn_gallery_photo_get_type ())
G_DECLARE_FINAL_TYPE (TsnGalleryPhoto, tsn_gallery_photo, TSN, GALLERY_PHOTO, GObject)

/**
 * TsnGalleryPhotoState:
 * @TSN_GALLERY_PHOTO_UNSEEN: nobody made a thumbnail yet, or it was dropped to save memory
 * @TSN_GALLERY_PHOTO_SEEN: there is a thumbnail
 * @TSN_GALLERY_PHOTO_BROKEN: the file holds no picture that can be read
 */
typedef enum
{
  TSN_GALLERY_PHOTO_UNSEEN,
  TSN_GALLERY_PHOTO_SEEN,
  TSN_GALLERY_PHOTO_BROKEN,
} TsnGalleryPhotoState;

/**
 * TsnGalleryPhoto:
 *
 * Where a photo is and what to call it.  May be made on any thread; all that changes afterwards is
 * the thumbnail, on the main thread, with the signal `thumbnail-changed` ().
 */

TsnGalleryPhoto *tsn_gallery_photo_new (GFile *file, const char *name, guint64 stamp);
GFile *tsn_gallery_photo_get_file (TsnGalleryPhoto *self);
const char *tsn_gallery_photo_get_name (TsnGalleryPhoto *self);
gboolean tsn_gallery_photo_equal (TsnGalleryPhoto *a, TsnGalleryPhoto *b);

TsnGalleryPhotoState tsn_gallery_photo_get_state (TsnGalleryPhoto *self);
GdkTexture *tsn_gallery_photo_get_thumbnail (TsnGalleryPhoto *self);
void tsn_gallery_photo_set_thumbnail (TsnGalleryPhoto *self, GdkTexture *thumbnail);
void tsn_gallery_photo_set_broken (TsnGalleryPhoto *self);

G_END_DECLS
