/* Files that say what to show: sessions, and figures and films that carry one. */
#pragma once

#include "core/figure/tsn-study.h"

G_BEGIN_DECLS

gboolean tsn_session_file_is (const char *path);
gboolean tsn_session_file_load (TsnStudy *study, const char *path, GError **error);

G_END_DECLS
