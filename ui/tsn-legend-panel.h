/* What the colours of the active task mean. */
#pragma once

#include "ui/tsn-document.h"

G_BEGIN_DECLS

#define TSN_TYPE_LEGEND_PANEL (tsn_legend_panel_get_type ())
G_DECLARE_FINAL_TYPE (TsnLegendPanel, tsn_legend_panel, TSN, LEGEND_PANEL, GtkBox)

void tsn_legend_panel_set_document (TsnLegendPanel *self, TsnDocument *document);

G_END_DECLS
