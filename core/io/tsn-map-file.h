/* Files mapped into memory; private to core/io. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *tsn_map_file (const char *path, GError **error);

G_END_DECLS
