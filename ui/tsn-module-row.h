/* What one decoder module, or several together, are told to do. */
#pragma once

#include <gtk/gtk.h>

#include "ui/tsn-blend.h"

G_BEGIN_DECLS

#define TSN_TYPE_MODULE_ROW (tsn_module_row_get_type ())
G_DECLARE_FINAL_TYPE (TsnModuleRow, tsn_module_row, TSN, MODULE_ROW, GtkBox)

/**
 * TsnModuleRow:
 *
 * A choice between the mix of the pad, each task, and the mix as it is now, to be kept.  For
 * modules that are chosen together it also says that they do different things.
 */

GtkWidget *tsn_module_row_new (TsnBlend *blend, guint module);
GtkWidget *tsn_module_row_new_for_stage (TsnBlend *blend, TsnBlendStage stage);

G_END_DECLS
