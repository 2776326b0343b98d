/* A comment in a WebM file that is otherwise done. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean tsn_webm_add_tag (const char *path, const char *name, const char *text, GError **error);

G_END_DECLS
