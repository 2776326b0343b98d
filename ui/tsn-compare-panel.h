/* The page of the side panel that compares two models. */
#pragma once

#include "ui/tsn-document.h"

G_BEGIN_DECLS

#define TSN_TYPE_COMPARE_PANEL (tsn_compare_panel_get_type ())
G_DECLARE_FINAL_TYPE (TsnComparePanel, tsn_compare_panel, TSN, COMPARE_PANEL, GtkBox)

void tsn_compare_panel_set_document (TsnComparePanel *self, TsnDocument *document);

G_END_DECLS
