/* What a callback knows of a widget that it must not keep. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

gpointer tsn_weak_new (gpointer object);
gpointer tsn_weak_take (gpointer weak);

G_END_DECLS
