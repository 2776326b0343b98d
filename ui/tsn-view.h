/* Where everybody looks: zoom, pan and probe, shared by all panes of a window. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define TSN_TYPE_VIEW (tsn_view_get_type ())
G_DECLARE_FINAL_TYPE (TsnView, tsn_view, TSN, VIEW, GObject)

/**
 * TsnView:
 *
 * Maps pixels of the photo ("image") to pixels of a pane ("pane", logical pixels from its top left
 * corner).  All panes that share a view have the same size.  While the view fits, the whole photo
 * is in sight whatever the size of the panes; a zoom or a pan ends that.
 *
 * Properties: `zoom` (double), `fit` (gboolean).
 *
 * Signals: `changed` () when panes must be drawn anew, `probe-changed` () when the pointer moved.
 */

/** The largest zoom in logical pixels per image pixel. */
#define TSN_VIEW_MAX_ZOOM 64.0

TsnView *tsn_view_new (void);

void tsn_view_set_image_size (TsnView *self, double width, double height);
void tsn_view_get_image_size (TsnView *self, double *width, double *height);
void tsn_view_set_viewport (TsnView *self, double width, double height, int device_scale);

guint tsn_view_get_pane_side (TsnView *self);
double tsn_view_get_zoom (TsnView *self);
gboolean tsn_view_get_fit (TsnView *self);
void tsn_view_get_origin (TsnView *self, double *x, double *y);
void tsn_view_to_image (TsnView *self, double x, double y, double *image_x, double *image_y);
void tsn_view_to_pane (TsnView *self, double image_x, double image_y, double *x, double *y);

void tsn_view_fit (TsnView *self);
void tsn_view_show_actual_size (TsnView *self);
void tsn_view_zoom_about (TsnView *self, double factor, double x, double y);
void tsn_view_zoom (TsnView *self, double factor);
void tsn_view_pan (TsnView *self, double dx, double dy);
void tsn_view_get_centre (TsnView *self, double *x, double *y);
gboolean
tsn_view_get_part (TsnView *self, double *x, double *y, double *width, double *height);
void tsn_view_show (TsnView *self, double zoom, double x, double y);

void tsn_view_set_probe (TsnView *self, double image_x, double image_y);
void tsn_view_hold_probe (TsnView *self, double image_x, double image_y);
gboolean tsn_view_get_probe_held (TsnView *self);
void tsn_view_clear_probe (TsnView *self);
gboolean tsn_view_get_probe (TsnView *self, double *image_x, double *image_y);

G_END_DECLS
