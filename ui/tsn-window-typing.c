/* Lets what has the focus read letters and digits before they count as keys of actions. */
#include "ui/tsn-window-private.h"

#include "ui/tsn-blend-pad.h"

/* Whether letters and digits mean something to a widget. */
static gboolean
reads_keys (GtkWidget *widget)
{
  return (GTK_IS_EDITABLE (widget) && gtk_editable_get_editable (GTK_EDITABLE (widget)))
         || TSN_IS_BLEND_PAD (widget);
}

/**
 * tsn_window_is_typing:
 *
 * Returns: whether what has the focus reads letters and digits.
 */
gboolean
tsn_window_is_typing (TsnWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL && reads_keys (focus);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        TsnWindow *self)
{
  if (!tsn_window_is_typing (self)
      || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  return gtk_event_controller_key_forward (controller, gtk_window_get_focus (GTK_WINDOW (self)));
}

/**
 * tsn_window_prefer_typing:
 *
 * Actions have single letters and digits as keys, which are looked at before the focused widget
 * sees them; entries and the pad of the blend need them first.
 */
void
tsn_window_prefer_typing (TsnWindow *self)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (key_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}
