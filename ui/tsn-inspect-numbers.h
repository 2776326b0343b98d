/* Statistics of the node that is looked at, and its module's coefficients. */
#pragma once

#include "ui/tsn-document.h"

G_BEGIN_DECLS

#define TSN_TYPE_INSPECT_NUMBERS (tsn_inspect_numbers_get_type ())
G_DECLARE_FINAL_TYPE (TsnInspectNumbers, tsn_inspect_numbers, TSN, INSPECT_NUMBERS, GtkBox)

void tsn_inspect_numbers_set_document (TsnInspectNumbers *self, TsnDocument *document);

G_END_DECLS
