/* The line below the panes: what is going on, what it took, what is under the pointer. */
#pragma once

#include "ui/tsn-document.h"
#include "ui/tsn-view.h"

G_BEGIN_DECLS

#define TSN_TYPE_STATUS_BAR (tsn_status_bar_get_type ())
G_DECLARE_FINAL_TYPE (TsnStatusBar, tsn_status_bar, TSN, STATUS_BAR, GtkBox)

void tsn_status_bar_set_document (TsnStatusBar *self, TsnDocument *document, TsnView *view);

G_END_DECLS
