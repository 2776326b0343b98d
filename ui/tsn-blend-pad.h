/* The pad on which tasks are mixed by hand. */
#pragma once

#include <gtk/gtk.h>

#include "ui/tsn-blend.h"

G_BEGIN_DECLS

#define TSN_TYPE_BLEND_PAD (tsn_blend_pad_get_type ())
G_DECLARE_FINAL_TYPE (TsnBlendPad, tsn_blend_pad, TSN, BLEND_PAD, GtkWidget)

/**
 * TsnBlendPad:
 *
 * A regular polygon with a task at each corner, or a line for two tasks.  The handle is where the
 * weighted mean of the corners lies; it is hollow if the weights are not those of its place, because
 * they were set otherwise (from four tasks on several mixes share a place).  A spoke to each corner
 * is as strong as its task's weight, and dashed for a negative one.
 *
 * Within the shape weights are never negative.  With Shift held the handle leaves it, up to
 * %TSN_BLEND_PAD_REACH from the centre: the weights still add up to one, but those of the tasks on the
 * far side are negative, which extrapolates.  tsn-pad-shape.h gives the formula and its source.
 *
 * Keys: arrows move the handle, with Shift beyond the shape, with Ctrl in small steps; Home or 0 is
 * the centre; 1 to 9 are the corners.
 */

/** How far from the centre the handle may be, in radii of the shape. */
#define TSN_BLEND_PAD_REACH 1.6

TsnBlendPad *tsn_blend_pad_new (void);
void tsn_blend_pad_set_blend (TsnBlendPad *self, TsnBlend *blend);

G_END_DECLS
