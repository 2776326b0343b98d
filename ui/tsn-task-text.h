/* What tasks and classes are called in the language of the person. */
#pragma once

#include "core/model/tsn-task.h"

G_BEGIN_DECLS

const char *tsn_task_text_title (const TsnTask *task);
const char *tsn_task_text_explanation (TsnTaskKind kind);
const char *tsn_task_text_class (const TsnTask *task, guint class_index);
char *tsn_task_text_percent (double share);

G_END_DECLS
