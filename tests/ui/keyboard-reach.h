/* What the keys alone reach. */
#pragma once

#include <gtk/gtk.h>

gboolean keyboard_reach_is_control (GtkWidget *widget);
GtkWidget *keyboard_reach_whole (GtkWidget *widget);
char *keyboard_reach_describe (GtkWidget *widget);
guint keyboard_reach_check (GtkWindow *window);
