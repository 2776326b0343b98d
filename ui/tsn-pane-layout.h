/* Panes of the same size in as many columns as show the photo largest. */
#pragma once

#include <gtk/gtk.h>

#include "ui/tsn-view.h"

G_BEGIN_DECLS

#define TSN_TYPE_PANE_LAYOUT (tsn_pane_layout_get_type ())
G_DECLARE_FINAL_TYPE (TsnPaneLayout, tsn_pane_layout, TSN, PANE_LAYOUT, GtkLayoutManager)

/**
 * TsnPaneLayout:
 *
 * Lays out the children of a widget in their order, and tells the view how large each is.
 */

GtkLayoutManager *tsn_pane_layout_new (TsnView *view);
void tsn_pane_layout_set_group (TsnPaneLayout *self, guint group, guint lead);
guint tsn_pane_layout_choose_columns (guint n, double width, double height, double aspect);

G_END_DECLS
