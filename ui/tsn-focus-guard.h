/* Lets the focus go from what is hidden. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void tsn_focus_guard (GtkWindow *window);

G_END_DECLS
