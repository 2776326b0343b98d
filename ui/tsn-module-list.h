/* Which decoder modules go their own way. */
#pragma once

#include <gtk/gtk.h>

#include "ui/tsn-blend.h"

G_BEGIN_DECLS

#define TSN_TYPE_MODULE_LIST (tsn_module_list_get_type ())
G_DECLARE_FINAL_TYPE (TsnModuleList, tsn_module_list, TSN, MODULE_LIST, GtkBox)

/**
 * TsnModuleList:
 *
 * A row for the coarse modules, the fine ones and the skips, and one for each module.
 */

void tsn_module_list_set_blend (TsnModuleList *self, TsnBlend *blend);

G_END_DECLS
