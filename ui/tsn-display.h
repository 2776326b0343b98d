/* How predictions are shown: layout, overlay, isolated class, hatching, loupe. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TsnLayout:
 * @TSN_LAYOUT_GRID: the photo and the shown tasks, side by side
 * @TSN_LAYOUT_SINGLE: the active task alone, as large as it gets
 * @TSN_LAYOUT_OVERLAY: the shown tasks, each laid over the photo
 */
typedef enum
{
  TSN_LAYOUT_GRID,
  TSN_LAYOUT_SINGLE,
  TSN_LAYOUT_OVERLAY,
} TsnLayout;

#define TSN_TYPE_LAYOUT (tsn_layout_get_type ())
GType tsn_layout_get_type (void);

#define TSN_TYPE_DISPLAY (tsn_display_get_type ())
G_DECLARE_FINAL_TYPE (TsnDisplay, tsn_display, TSN, DISPLAY, GObject)

/**
 * TsnDisplay:
 *
 * What a person chose about the looks of predictions; it knows nothing of any prediction.
 *
 * Properties: `layout` (#TsnLayout), `opacity` (double, of an overlay, 0 to 1), `isolated` (int,
 * the class of the active task that stands out, -1 for none), `hatching` (gboolean, whether
 * classes are told apart by patterns too), `loupe` (gboolean).
 */

TsnDisplay *tsn_display_new (void);

TsnLayout tsn_display_get_layout (TsnDisplay *self);
void tsn_display_set_layout (TsnDisplay *self, TsnLayout layout);
double tsn_display_get_opacity (TsnDisplay *self);
void tsn_display_set_opacity (TsnDisplay *self, double opacity);
int tsn_display_get_isolated (TsnDisplay *self);
void tsn_display_set_isolated (TsnDisplay *self, int class_index);
gboolean tsn_display_get_hatching (TsnDisplay *self);
void tsn_display_set_hatching (TsnDisplay *self, gboolean hatching);
gboolean tsn_display_get_loupe (TsnDisplay *self);
void tsn_display_set_loupe (TsnDisplay *self, gboolean loupe);

G_END_DECLS
