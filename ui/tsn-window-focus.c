/* Where keys go while pictures move: Space freezes them, whatever was clicked last. */
#include "ui/tsn-window-private.h"

static gboolean
is_in_popover (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER) != NULL;
}

static void
focus_picture (TsnWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *panes = GTK_WIDGET (self->panes);

  if (focus != NULL
      && (tsn_window_is_typing (self) || is_in_popover (focus)
          || gtk_widget_is_ancestor (focus, panes)))
    return;
  /* Beside the inspector the picture takes no keys; nobody having the focus is as good. */
  if (!gtk_widget_get_mapped (panes) || !gtk_widget_child_focus (panes, GTK_DIR_TAB_FORWARD))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

/* Once for each camera or video, when its first frame is in sight. */
static void
photo_changed_cb (TsnWindow *self)
{
  gconstpointer source = tsn_live_get_source (tsn_document_get_live (self->document));

  if (!tsn_document_shows_frame (self->document))
    self->focused_source = NULL;
  else if (self->focused_source != source)
    {
      self->focused_source = source;
      focus_picture (self);
    }
}

static void
focus_changed_cb (TsnWindow *self)
{
  self->focus_pointed_at = self->pointed;
}

/* What acts at a click, and has the focus from then on. */
static gboolean
is_clicked (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_SWITCH (widget)
         || GTK_IS_LIST_BOX_ROW (widget);
}

/* Who walked to a button by keys means the button; who clicked it is done with it. */
static gboolean
freezes (TsnWindow *self, GdkEvent *event)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  guint key = gdk_key_event_get_keyval (event);

  return (key == GDK_KEY_space || key == GDK_KEY_KP_Space)
         && (gdk_event_get_modifier_state (event) & gtk_accelerator_get_default_mod_mask ()) == 0
         && focus != NULL && self->focus_pointed_at && is_clicked (focus) && !is_in_popover (focus)
         && g_action_group_get_action_enabled (G_ACTION_GROUP (self), "freeze");
}

static gboolean
event_cb (TsnWindow *self, GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN)
    self->pointed = TRUE;
  else if (type == GDK_KEY_PRESS)
    {
      self->pointed = FALSE;
      if (freezes (self, event))
        {
          g_action_group_activate_action (G_ACTION_GROUP (self), "freeze", NULL);
          return GDK_EVENT_STOP;
        }
    }
  return GDK_EVENT_PROPAGATE;
}

/* In the bubble phase, so that whatever has the focus may use the key itself. */
static void
add_freeze_key (TsnWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, 0),
                                                          gtk_named_action_new ("win.freeze")));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/**
 * tsn_window_init_focus:
 *
 * Gives the focus to moving pictures when they begin, and Space to them.
 */
void
tsn_window_init_focus (TsnWindow *self)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
  add_freeze_key (self);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (focus_changed_cb), NULL);
  g_signal_connect_object (self->document, "photo-changed", G_CALLBACK (photo_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
