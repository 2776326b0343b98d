/* One pane: a picture seen through a shared view. */
#pragma once

#include "ui/tsn-picture.h"
#include "ui/tsn-view.h"

G_BEGIN_DECLS

#define TSN_TYPE_CANVAS (tsn_canvas_get_type ())
G_DECLARE_FINAL_TYPE (TsnCanvas, tsn_canvas, TSN, CANVAS, GtkWidget)

/**
 * TsnCanvas:
 *
 * Draws a picture, which covers the photo whatever its own resolution, with a title and the value
 * under the probe.  Magnified by more than two it shows pixels as squares.  The pointer, the wheel,
 * a pinch and the keyboard change the view, and with it all canvases that share it.
 *
 * The picture may lie upon another one (the photo) and let it shine through, and a second picture
 * may cover it right of a divider, to compare the two.
 *
 * Signals: `activate` (int n_press) when it is clicked (once or twice) or Enter is pressed
 * (which counts as two clicks); `wiped` (double) when the divider is dragged.
 */

TsnCanvas *tsn_canvas_new (TsnView *view);
void tsn_canvas_set_picture (TsnCanvas *self, TsnPicture *picture);
TsnPicture *tsn_canvas_get_picture (TsnCanvas *self);
void tsn_canvas_set_base (TsnCanvas *self, TsnPicture *base, double opacity);
TsnPicture *tsn_canvas_get_base (TsnCanvas *self);
void tsn_canvas_set_second (TsnCanvas *self, TsnPicture *second, const char *title);
TsnPicture *tsn_canvas_get_second (TsnCanvas *self);
void tsn_canvas_set_wipe (TsnCanvas *self, double wipe);
gboolean tsn_canvas_is_at_divider (TsnCanvas *self, double x);
void tsn_canvas_drag_divider (TsnCanvas *self, double x);
void tsn_canvas_set_loupe (TsnCanvas *self, gboolean loupe);
void tsn_canvas_set_note (TsnCanvas *self, const char *note);
void tsn_canvas_set_title (TsnCanvas *self, const char *title);
const char *tsn_canvas_get_title (TsnCanvas *self);
void tsn_canvas_set_summary (TsnCanvas *self, const char *summary);
void tsn_canvas_set_probe_text (TsnCanvas *self, const char *text);
void tsn_canvas_set_selected (TsnCanvas *self, gboolean selected);
void tsn_canvas_set_waiting (TsnCanvas *self, gboolean waiting);

G_END_DECLS
