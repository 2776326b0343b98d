/* Tooltips of widgets that come and change while people work.
 *
 * Under X11 gtk_widget_set_tooltip_text () asks the server where the pointer is, to show the new
 * text at once if it is there, and waits for three answers; for the network's many boxes that is
 * longer than a frame.  These wait until the pointer comes. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void tsn_tip_set (GtkWidget *widget, const char *text);
const char *tsn_tip_get (GtkWidget *widget);

G_END_DECLS
