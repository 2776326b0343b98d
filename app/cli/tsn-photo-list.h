/* The photos of a folder. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char **tsn_photo_list (const char *folder, guint limit, GError **error);

G_END_DECLS
