/* What a folder or a data set holds, read on a thread. */
#pragma once

#include "core/data/tsn-dataset.h"
#include "ui/tsn-gallery-photo.h"

G_BEGIN_DECLS

/**
 * TsnGalleryListing:
 * @folder: the folder, or the data set's
 * @title: what to call it
 * @photos: (element-type TsnGalleryPhoto): of a data set in the order of its split, else sorted by
 *   name as people would
 * @dataset: (nullable): the data set; its n-th photo is the n-th of @photos
 * @splits: (nullable): the splits of a data set
 */
typedef struct
{
  GFile *folder;
  char *title;
  GPtrArray *photos;
  TsnDataset *dataset;
  GStrv splits;
} TsnGalleryListing;

TsnGalleryListing *tsn_gallery_listing_read (GFile *folder,
                                             const char *split,
                                             GCancellable *cancellable,
                                             GError **error);
TsnGalleryListing *
tsn_gallery_listing_read_around (GFile *photo, GCancellable *cancellable, GError **error);
void tsn_gallery_listing_free (TsnGalleryListing *listing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnGalleryListing, tsn_gallery_listing_free)

G_END_DECLS
