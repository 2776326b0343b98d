/* Whether the buttons of the header have words beside their icons. */
#include "ui/tsn-window-private.h"

/* From so many logical pixels on, buttons of the header have their names beside their icons. */
#define WIDTH_FOR_WORDS 860

static gboolean
has_room_for_words (TsnWindow *self)
{
  return !adw_flap_get_folded (self->flap)
         && gtk_widget_get_width (GTK_WIDGET (self)) >= WIDTH_FOR_WORDS;
}

static gboolean
update_words_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  TsnWindow *self = TSN_WINDOW (widget);
  gboolean wide = has_room_for_words (self);

  gtk_widget_set_visible (self->camera_label, wide);
  gtk_widget_set_visible (self->figure_label, wide);
  gtk_widget_set_visible (self->compare_label, wide);
  return G_SOURCE_REMOVE;
}

/**
 * tsn_window_update_words:
 *
 * Shows the words of the header if there is room for them.  The window learns that while its parts
 * are being placed, when nothing may change its size any more: the next frame is early enough.
 */
void
tsn_window_update_words (TsnWindow *self)
{
  if (gtk_widget_get_visible (self->camera_label) != has_room_for_words (self))
    gtk_widget_add_tick_callback (GTK_WIDGET (self), update_words_cb, NULL, NULL);
}
