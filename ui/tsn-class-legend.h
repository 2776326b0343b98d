/* The legend of classes: colours, names, shares; a click makes one stand out. */
#pragma once

#include "ui/tsn-class-listing.h"

G_BEGIN_DECLS

#define TSN_TYPE_CLASS_LEGEND (tsn_class_legend_get_type ())
G_DECLARE_FINAL_TYPE (TsnClassLegend, tsn_class_legend, TSN, CLASS_LEGEND, GtkBox)

/**
 * TsnClassLegend:
 *
 * A row per class, in the order of tsn_class_listing_new().  A row activates the action
 * "win.isolate" with the index of its class, and stays pressed while that is the action's state.
 */

void tsn_class_legend_set_sources (TsnClassLegend *self, const TsnClassSources *sources);
void tsn_class_legend_set_hatching (TsnClassLegend *self, gboolean hatching);

G_END_DECLS
