/* How results are laid out and drawn: layout, opacity, patterns, loupe. */
#pragma once

#include "ui/tsn-display.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TSN_TYPE_VIEW_PANEL (tsn_view_panel_get_type ())
G_DECLARE_FINAL_TYPE (TsnViewPanel, tsn_view_panel, TSN, VIEW_PANEL, GtkBox)

void tsn_view_panel_set_display (TsnViewPanel *self, TsnDisplay *display);

G_END_DECLS
