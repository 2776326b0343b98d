/* What changes in the network between two tasks. */
#pragma once

#include "ui/tsn-document.h"

G_BEGIN_DECLS

#define TSN_TYPE_INSPECT_CHANGES (tsn_inspect_changes_get_type ())
G_DECLARE_FINAL_TYPE (TsnInspectChanges, tsn_inspect_changes, TSN, INSPECT_CHANGES, GtkBox)

void tsn_inspect_changes_set_document (TsnInspectChanges *self, TsnDocument *document);

G_END_DECLS
