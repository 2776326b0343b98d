#include "ui/tsn-shortcuts-guard.h"

static void
unrealize_cb (GtkApplicationWindow *window)
{
  GtkShortcutsWindow *overlay = gtk_application_window_get_help_overlay (window);

  if (overlay == NULL)
    return;
  g_object_set_data_full (G_OBJECT (overlay), "tsn-shortcuts-guard", g_object_ref (window),
                          g_object_unref);
  gtk_application_window_set_help_overlay (window, NULL);
}

/**
 * tsn_shortcuts_guard:
 *
 * Keeps a window that closes until its list of shortcuts is gone.
 *
 * In GTK 4.8 the list disconnects from the window when it goes itself, but nothing keeps the window
 * until then; where an event still holds the list, it reaches for what was freed.
 */
void
tsn_shortcuts_guard (GtkApplicationWindow *window)
{
  g_signal_connect (window, "unrealize", G_CALLBACK (unrealize_cb), NULL);
}
