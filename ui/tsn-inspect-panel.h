/* The side panel's page about the inside of the network. */
#pragma once

#include "ui/tsn-document.h"

G_BEGIN_DECLS

#define TSN_TYPE_INSPECT_PANEL (tsn_inspect_panel_get_type ())
G_DECLARE_FINAL_TYPE (TsnInspectPanel, tsn_inspect_panel, TSN, INSPECT_PANEL, GtkBox)

/**
 * TsnInspectPanel:
 *
 * Three topics: the network with the node that is looked at and how; its numbers; what changes
 * between two tasks.  Buttons activate the actions of the group "inspect".
 */

void tsn_inspect_panel_set_document (TsnInspectPanel *self, TsnDocument *document);

G_END_DECLS
