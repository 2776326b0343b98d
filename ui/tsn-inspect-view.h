/* What the inspector shows in the middle of the window. */
#pragma once

#include "ui/tsn-document.h"
#include "ui/tsn-view.h"

G_BEGIN_DECLS

#define TSN_TYPE_INSPECT_VIEW (tsn_inspect_view_get_type ())
G_DECLARE_FINAL_TYPE (TsnInspectView, tsn_inspect_view, TSN, INSPECT_VIEW, GtkBox)

/**
 * TsnInspectView:
 *
 * A line that says what is looked at and how to read it, and below it the network, the channels,
 * the panes, or a plot of a vector, as the inspection says.  While it is on the screen the
 * inspection is active.
 */

void tsn_inspect_view_set_document (TsnInspectView *self, TsnDocument *document, TsnView *view);
const char *tsn_inspect_view_get_page (TsnInspectView *self);

G_END_DECLS
