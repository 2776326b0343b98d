#include "ui/tsn-focus-guard.h"

static void
unmap_cb (GtkWindow *window)
{
  gtk_window_set_focus (window, NULL);
}

/**
 * tsn_focus_guard:
 *
 * Takes the focus from a widget as soon as it is out of sight; GTK gives it to an ancestor in the
 * next frame, as it always does.
 *
 * GTK 4.8 keeps a reference to what was hidden around the focus until that frame, and forgets it
 * when something else around the same focus is hidden before: a page and then the panel it is in,
 * on a slow machine.  What was hidden first then stays for ever, with all that it shows.
 */
void
tsn_focus_guard (GtkWindow *window)
{
  GSignalGroup *focus = g_signal_group_new (GTK_TYPE_WIDGET);

  g_signal_group_connect_swapped (focus, "unmap", G_CALLBACK (unmap_cb), window);
  g_object_bind_property (window, "focus-widget", focus, "target", G_BINDING_SYNC_CREATE);
  g_object_set_data_full (G_OBJECT (window), "tsn-focus-guard", focus, g_object_unref);
}
