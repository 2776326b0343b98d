#include "ui/tsn-view-panel.h"

#include "ui/tsn-resources.h"

struct _TsnViewPanel
{
  GtkBox parent_instance;

  GtkWidget *opacity_row;
  GtkAdjustment *opacity;
  TsnDisplay *display;
};

G_DEFINE_FINAL_TYPE (TsnViewPanel, tsn_view_panel, GTK_TYPE_BOX)

static void
update_layout (TsnViewPanel *self)
{
  gtk_widget_set_visible (self->opacity_row,
                          tsn_display_get_layout (self->display) == TSN_LAYOUT_OVERLAY);
}

static void
tsn_view_panel_dispose (GObject *object)
{
  g_clear_object (&TSN_VIEW_PANEL (object)->display);
  G_OBJECT_CLASS (tsn_view_panel_parent_class)->dispose (object);
}

static void
tsn_view_panel_class_init (TsnViewPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_view_panel_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-view-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnViewPanel, opacity_row);
  gtk_widget_class_bind_template_child (widget_class, TsnViewPanel, opacity);
}

static void
tsn_view_panel_init (TsnViewPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tsn_view_panel_set_display:
 *
 * Says what to change; to be called once.
 */
void
tsn_view_panel_set_display (TsnViewPanel *self, TsnDisplay *display)
{
  g_return_if_fail (self->display == NULL);

  self->display = g_object_ref (display);
  g_object_bind_property (display, "opacity", self->opacity, "value",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (display, "notify::layout", G_CALLBACK (update_layout), self,
                           G_CONNECT_SWAPPED);
  update_layout (self);
}
