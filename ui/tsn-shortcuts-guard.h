/* Lets the list of shortcuts let go of its window in time. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void tsn_shortcuts_guard (GtkApplicationWindow *window);

G_END_DECLS
