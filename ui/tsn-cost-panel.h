/* What two models cost: parameters, milliseconds, and how both grow with the tasks. */
#pragma once

#include "ui/tsn-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TSN_TYPE_COST_PANEL (tsn_cost_panel_get_type ())
G_DECLARE_FINAL_TYPE (TsnCostPanel, tsn_cost_panel, TSN, COST_PANEL, GtkBox)

void tsn_cost_panel_set_document (TsnCostPanel *self, TsnDocument *document);

G_END_DECLS
