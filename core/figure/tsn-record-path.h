/* Paths in files that may be moved together with what they name; private to core/figure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *tsn_record_path_write (const char *path, const char *base);
char *tsn_record_path_read (const char *text, const char *base);
gboolean tsn_record_path_is_inside (const char *text);

G_END_DECLS
