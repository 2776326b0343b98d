/* Patterns that tell classes apart where colours do not. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean tsn_hatch_covers (guint class_index, guint pitch, guint x, guint y);
guint32 tsn_hatch_shade (guint32 colour);

G_END_DECLS
