/* A feature map under every task, side by side. */
#pragma once

#include "ui/tsn-inspection.h"
#include "ui/tsn-view.h"

G_BEGIN_DECLS

#define TSN_TYPE_FEATURE_PANES (tsn_feature_panes_get_type ())
G_DECLARE_FINAL_TYPE (TsnFeaturePanes, tsn_feature_panes, TSN, FEATURE_PANES, GtkWidget)

/**
 * TsnFeaturePanes:
 *
 * A canvas for the photo, if it is shown, and one for every task of the inspection's result, with
 * the zoom, place and probe of the window's other panes.
 */

void tsn_feature_panes_set_document (TsnFeaturePanes *self, TsnDocument *document, TsnView *view);

G_END_DECLS
