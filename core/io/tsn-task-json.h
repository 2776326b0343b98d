/* Task lists as JSON, the way model files hold them; private to core/io. */
#pragma once

#include "core/model/tsn-task-list.h"

G_BEGIN_DECLS

TsnTaskList *tsn_task_list_from_json (const char *text, GError **error);
char *tsn_task_list_to_json (const TsnTaskList *list);
gboolean tsn_task_list_check (const TsnTaskList *list, GError **error);

G_END_DECLS
