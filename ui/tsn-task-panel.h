/* The list of tasks, to show one or several. */
#pragma once

#include "ui/tsn-document.h"

G_BEGIN_DECLS

#define TSN_TYPE_TASK_PANEL (tsn_task_panel_get_type ())
G_DECLARE_FINAL_TYPE (TsnTaskPanel, tsn_task_panel, TSN, TASK_PANEL, GtkBox)

/**
 * TsnTaskPanel:
 *
 * Activating a row shows its task alone; its check button adds the task to the others or takes it
 * away.  The selected row is the active task, the one that the legend explains.
 */

void tsn_task_panel_set_document (TsnTaskPanel *self, TsnDocument *document);

G_END_DECLS
