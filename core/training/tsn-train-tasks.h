/* The tasks of a training run: usual ones, or such as its config defines. */
#pragma once

#include "core/model/tsn-task-list.h"

G_BEGIN_DECLS

/** Groups of a config that define a task are called this and the task's name. */
#define TSN_TRAIN_TASK_PREFIX "task "

TsnTaskList *tsn_train_tasks_new (const char *profile, GKeyFile *file, GError **error);
gboolean tsn_train_tasks_know_key (const char *name);
gboolean
tsn_train_tasks_check_same (const TsnTaskList *before, const TsnTaskList *now, GError **error);

G_END_DECLS
