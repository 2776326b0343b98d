/* One task in the list of tasks. */
#pragma once

#include <gtk/gtk.h>

#include "core/model/tsn-task.h"

G_BEGIN_DECLS

#define TSN_TYPE_TASK_ROW (tsn_task_row_get_type ())
G_DECLARE_FINAL_TYPE (TsnTaskRow, tsn_task_row, TSN, TASK_ROW, GtkListBoxRow)

TsnTaskRow *tsn_task_row_new (const TsnTask *task, guint index);
void tsn_task_row_set_score (TsnTaskRow *self, const char *score, const char *tooltip);
guint tsn_task_row_get_index (TsnTaskRow *self);
void tsn_task_row_set_shown (TsnTaskRow *self, gboolean shown);

G_END_DECLS
