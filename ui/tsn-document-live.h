/* A document that shows what moves. */
#pragma once

#include "ui/tsn-document.h"
#include "ui/tsn-live.h"

G_BEGIN_DECLS

/*
 * The next frame is taken only when the results of the last one are in sight, so that frames are
 * dropped rather than queued.  Until then those of the frame before stay.  A photo that is opened
 * ends what plays.
 */

TsnLive *tsn_document_get_live (TsnDocument *self);
gboolean tsn_document_is_live (TsnDocument *self);
gboolean tsn_document_shows_frame (TsnDocument *self);
void tsn_document_set_pane_side (TsnDocument *self, guint side);

G_END_DECLS
