#include "ui/tsn-zoom-button.h"

#include "ui/tsn-resources.h"

#include <glib/gi18n.h>

struct _TsnZoomButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkLabel *label;
  TsnView *view;
  guint idle;
};

G_DEFINE_FINAL_TYPE (TsnZoomButton, tsn_zoom_button, GTK_TYPE_WIDGET)

static gboolean
idle_cb (gpointer data)
{
  TsnZoomButton *self = data;
  double percent
      = 100 * tsn_view_get_zoom (self->view) * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  /* Translators: how large the photo is shown, when all of it is in sight. */
  g_autofree char *text
      = g_strdup_printf (tsn_view_get_fit (self->view) ? _ ("Fit, %.0f %%") : "%.0f %%", percent);

  gtk_label_set_text (self->label, text);
  self->idle = 0;
  return G_SOURCE_REMOVE;
}

/* The view changes while panes are allocated, when no label may ask for another size;
 * ahead of the next layout, which could leave no time for it while something moves. */
static void
changed_cb (TsnZoomButton *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, idle_cb, self, NULL);
}

static void
tsn_zoom_button_dispose (GObject *object)
{
  TsnZoomButton *self = TSN_ZOOM_BUTTON (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->view);
  G_OBJECT_CLASS (tsn_zoom_button_parent_class)->dispose (object);
}

static void
tsn_zoom_button_class_init (TsnZoomButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_zoom_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-zoom-button.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnZoomButton, button);
  gtk_widget_class_bind_template_child (widget_class, TsnZoomButton, label);
}

static void
tsn_zoom_button_init (TsnZoomButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tsn_zoom_button_set_view:
 *
 * Says whose zoom to show; to be called once.
 */
void
tsn_zoom_button_set_view (TsnZoomButton *self, TsnView *view)
{
  g_return_if_fail (self->view == NULL);

  self->view = g_object_ref (view);
  g_signal_connect_object (view, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}
