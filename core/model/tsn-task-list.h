/* The tasks of one network, in the order of their codes. */
#pragma once

#include "core/model/tsn-task.h"

G_BEGIN_DECLS

/**
 * TsnTaskList:
 *
 * A #GPtrArray of #TsnTask that owns them; its order is that of the task codes.
 */
typedef GPtrArray TsnTaskList;

TsnTaskList *tsn_task_list_new (void);
TsnTaskList *tsn_task_list_new_pascal (void);
TsnTaskList *tsn_task_list_new_nyud (void);
TsnTaskList *tsn_task_list_new_everyday (void);
const TsnTask *tsn_task_list_get (const TsnTaskList *list, guint index);
int tsn_task_list_find (const TsnTaskList *list, const char *name);
guint tsn_task_list_max_channels (const TsnTaskList *list);
char *tsn_task_list_names (const TsnTaskList *list);

G_END_DECLS
