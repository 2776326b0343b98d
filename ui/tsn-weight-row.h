/* The weight of one task, by slider and by number. */
#pragma once

#include <gtk/gtk.h>

#include "ui/tsn-blend.h"

G_BEGIN_DECLS

#define TSN_TYPE_WEIGHT_ROW (tsn_weight_row_get_type ())
G_DECLARE_FINAL_TYPE (TsnWeightRow, tsn_weight_row, TSN, WEIGHT_ROW, GtkWidget)

/**
 * TsnWeightRow:
 *
 * The slider goes from 0 to 1; the number may lie beyond, between %TSN_WEIGHT_ROW_LOWEST and
 * %TSN_WEIGHT_ROW_HIGHEST.  A weight beyond that is shown as the nearest.
 */

#define TSN_WEIGHT_ROW_LOWEST (-3.0)
#define TSN_WEIGHT_ROW_HIGHEST 4.0

GtkWidget *tsn_weight_row_new (TsnBlend *blend, guint task);

G_END_DECLS
