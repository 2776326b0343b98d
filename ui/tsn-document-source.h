/* Where a document's photo comes from: the photos beside it, and what is known to be right. */
#pragma once

#include "ui/tsn-document.h"
#include "ui/tsn-gallery.h"
#include "ui/tsn-judge.h"

G_BEGIN_DECLS

/*
 * Properties: `position` (guint, read-only: of the photo that is shown or being opened in the
 * gallery, or %TSN_GALLERY_NOWHERE), `show-truth` (gboolean).
 *
 * What changes in the gallery or with the labels is told by their own signals.
 */

TsnGallery *tsn_document_get_gallery (TsnDocument *self);
void tsn_document_open_folder (TsnDocument *self, GFile *folder);
void tsn_document_open_position (TsnDocument *self, guint position);
gboolean tsn_document_can_step (TsnDocument *self, int step);
void tsn_document_step (TsnDocument *self, int step);
guint tsn_document_get_position (TsnDocument *self);

TsnJudge *tsn_document_get_judge (TsnDocument *self);
gboolean tsn_document_get_show_truth (TsnDocument *self);
void tsn_document_set_show_truth (TsnDocument *self, gboolean show_truth);
gboolean tsn_document_shows_truth_of (TsnDocument *self, guint task);
TsnAnnotation *tsn_document_get_truth (TsnDocument *self, guint task);

G_END_DECLS
