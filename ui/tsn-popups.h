/* Menus that are open while their window closes. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void tsn_popups_go_first (GtkWindow *window);

G_END_DECLS
