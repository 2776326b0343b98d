/* Frees what is large where nobody waits for it. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void tsn_reaper_take (gpointer data, GDestroyNotify destroy);

G_END_DECLS
