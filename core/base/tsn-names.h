/* The words that files and options use for the values of an enumeration. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean
tsn_names_find (const char *const *names, guint n_names, const char *name, guint *index);

G_END_DECLS
