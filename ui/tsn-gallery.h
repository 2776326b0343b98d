/* The photos that stand in a row: those of a folder or of a split of a data set. */
#pragma once

#include "core/data/tsn-dataset.h"
#include "ui/tsn-gallery-photo.h"

G_BEGIN_DECLS

#define TSN_TYPE_GALLERY (tsn_gallery_get_type ())
G_DECLARE_FINAL_TYPE (TsnGallery, tsn_gallery, TSN, GALLERY, GObject)

/**
 * TsnGallery:
 *
 * A #GListModel of #TsnGalleryPhoto.  Folders are listed on a thread; a plain folder is watched,
 * and what comes, goes or changes in it does so in the list.  A photo that stays keeps its object.
 *
 * Signals: `opened` (gboolean asked) when another folder, data set or split was listed, `asked`
 * being whether a person named it (rather than one of its photos); `busy-changed` () when a listing
 * began or ended; `failed` (#GError).
 */

/** Position of a photo that is not in the list. */
#define TSN_GALLERY_NOWHERE G_MAXUINT

TsnGallery *tsn_gallery_new (void);
void tsn_gallery_open (TsnGallery *self, GFile *folder);
void tsn_gallery_open_around (TsnGallery *self, GFile *photo);
void tsn_gallery_choose_split (TsnGallery *self, const char *split);
void tsn_gallery_cancel (TsnGallery *self);
void tsn_gallery_cancel_asked (TsnGallery *self);
void tsn_gallery_close (TsnGallery *self);

gboolean tsn_gallery_is_listing (TsnGallery *self);
guint tsn_gallery_get_length (TsnGallery *self);
TsnGalleryPhoto *tsn_gallery_get_photo (TsnGallery *self, guint position);
guint tsn_gallery_find (TsnGallery *self, GFile *file);
GFile *tsn_gallery_get_folder (TsnGallery *self);
const char *tsn_gallery_get_title (TsnGallery *self);
TsnDataset *tsn_gallery_get_dataset (TsnGallery *self);
const char *const *tsn_gallery_get_splits (TsnGallery *self);

G_END_DECLS
