/* Shows the zoom and offers others. */
#pragma once

#include <gtk/gtk.h>

#include "ui/tsn-view.h"

G_BEGIN_DECLS

#define TSN_TYPE_ZOOM_BUTTON (tsn_zoom_button_get_type ())
G_DECLARE_FINAL_TYPE (TsnZoomButton, tsn_zoom_button, TSN, ZOOM_BUTTON, GtkWidget)

void tsn_zoom_button_set_view (TsnZoomButton *self, TsnView *view);

G_END_DECLS
