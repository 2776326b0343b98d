/* Which photos of a row are meant. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TSN_TYPE_PHOTO_CHOOSER (tsn_photo_chooser_get_type ())
G_DECLARE_FINAL_TYPE (TsnPhotoChooser, tsn_photo_chooser, TSN, PHOTO_CHOOSER, GtkWidget)

/**
 * TsnPhotoChooser:
 *
 * A list of photos, each of which can be marked.
 *
 * Signals: `changed` () when others are marked.
 */

void tsn_photo_chooser_set_photos (TsnPhotoChooser *self, GListModel *photos);
void tsn_photo_chooser_choose (TsnPhotoChooser *self, guint first, guint n);
guint tsn_photo_chooser_count (TsnPhotoChooser *self);
GPtrArray *tsn_photo_chooser_list_paths (TsnPhotoChooser *self, guint most);

G_END_DECLS
