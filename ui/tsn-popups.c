#include "ui/tsn-popups.h"

#include "ui/tsn-turns.h"

static gboolean
close_all (GtkWidget *widget)
{
  gboolean any = FALSE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    any |= close_all (child);
  if (!GTK_IS_POPOVER (widget) || !gtk_widget_get_mapped (widget))
    return any;
  gtk_popover_popdown (GTK_POPOVER (widget));
  return TRUE;
}

/* A tooltip that is about to appear over an open menu asks for the menu's surface when its time has
 * come, and GTK 4.8 complains if that went with the window.  That the pointer leaves the menu ends
 * it; the display tells so before the next turn. */
static gboolean
close_request_cb (GtkWindow *window)
{
  if (!close_all (GTK_WIDGET (window)))
    return FALSE;
  gdk_display_sync (gtk_widget_get_display (GTK_WIDGET (window)));
  tsn_turns_add (window, (TsnTurn) gtk_window_close);
  return TRUE;
}

/**
 * tsn_popups_go_first:
 *
 * Has the open menus of a window close before it does.  To be called ahead of others who follow
 * "close-request": they hear of it when the window really closes.
 */
void
tsn_popups_go_first (GtkWindow *window)
{
  g_signal_connect (window, "close-request", G_CALLBACK (close_request_cb), NULL);
  g_signal_connect (window, "unrealize", G_CALLBACK (tsn_turns_remove), NULL);
}
