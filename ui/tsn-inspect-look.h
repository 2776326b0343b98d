/* The network, the node that is looked at, and how it is looked at. */
#pragma once

#include "ui/tsn-document.h"

G_BEGIN_DECLS

#define TSN_TYPE_INSPECT_LOOK (tsn_inspect_look_get_type ())
G_DECLARE_FINAL_TYPE (TsnInspectLook, tsn_inspect_look, TSN, INSPECT_LOOK, GtkBox)

void tsn_inspect_look_set_document (TsnInspectLook *self, TsnDocument *document);

G_END_DECLS
