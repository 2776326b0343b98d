#include "ui/tsn-toaster.h"

/* How long a message stays, in seconds. */
#define TOAST_SECONDS 7

/* Longer than one takes to slide in, in microseconds of frames: on a busy computer these come later
 * than they should, and the slide ends later, too. */
#define SLIDE_TIME 500000

static GtkWidget *
make_message (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_lines (GTK_LABEL (label), 4);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), MIN (g_utf8_strlen (text, -1), 24));
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  return label;
}

static gboolean
slide_cb (GtkWidget *overlay, GdkFrameClock *clock, gpointer data)
{
  TsnToaster *self = data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (self->start == 0)
    self->start = now;
  if (now - self->start < SLIDE_TIME)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
stop_counting (TsnToaster *self)
{
  if (self->tick != 0 && self->overlay != NULL)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->overlay), self->tick);
  self->tick = 0;
  g_clear_weak_pointer (&self->overlay);
}

static void
add_toast (TsnToaster *self, AdwToastOverlay *overlay)
{
  g_clear_weak_pointer (&self->toast);
  g_set_weak_pointer (&self->toast, adw_toast_new (""));
  adw_toast_set_timeout (self->toast, TOAST_SECONDS);
  adw_toast_set_priority (self->toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (overlay, self->toast);
  stop_counting (self);
  g_set_weak_pointer (&self->overlay, overlay);
  self->start = 0;
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (overlay), slide_cb, self, NULL);
}

/**
 * tsn_toaster_say:
 * @overlay: of the window
 * @button: (nullable): what a button beside the message says
 * @action: (nullable): what the button does
 *
 * Shows a message that goes away by itself, on as many lines as it needs, in place of the one
 * before.
 */
void
tsn_toaster_say (TsnToaster *self,
                 AdwToastOverlay *overlay,
                 const char *text,
                 const char *button,
                 const char *action)
{
  GtkWidget *message = make_message (text);

  /* libadwaita 1.2 frees a toast that goes while it still slides in, and touches it afterwards. */
  if (self->toast == NULL || self->tick == 0)
    add_toast (self, overlay);
  adw_toast_set_custom_title (self->toast, message);
  adw_toast_set_action_name (self->toast, action);
  adw_toast_set_button_label (self->toast, button);
}

/**
 * tsn_toaster_clear:
 *
 * Forgets the message; to be called when the window goes.
 */
void
tsn_toaster_clear (TsnToaster *self)
{
  stop_counting (self);
  g_clear_weak_pointer (&self->toast);
}
