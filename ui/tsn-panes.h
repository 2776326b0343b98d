/* The photo and the shown tasks, side by side. */
#pragma once

#include "ui/tsn-canvas.h"
#include "ui/tsn-document.h"

G_BEGIN_DECLS

#define TSN_TYPE_PANES (tsn_panes_get_type ())
G_DECLARE_FINAL_TYPE (TsnPanes, tsn_panes, TSN, PANES, GtkWidget)

/**
 * TsnPanes:
 *
 * Lays out one canvas for the photo and one for every shown task, beside it that of its label if the
 * photo has one, all of the same size, in as many columns as show the photo largest.  A click on a
 * task makes it the active one, a double click or Enter shows it alone, and once more shows all
 * again.  The blend, while it is active, has a canvas behind the photo's; a double click shows the
 * task that it is read as beside it, and no other.
 */

TsnPanes *tsn_panes_new (void);
void tsn_panes_set_document (TsnPanes *self, TsnDocument *document);
TsnView *tsn_panes_get_view (TsnPanes *self);

G_END_DECLS
