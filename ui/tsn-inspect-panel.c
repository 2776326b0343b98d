#include "ui/tsn-inspect-panel.h"

#include "ui/tsn-inspect-changes.h"
#include "ui/tsn-inspect-look.h"
#include "ui/tsn-inspect-numbers.h"
#include "ui/tsn-inspection.h"
#include "ui/tsn-resources.h"

struct _TsnInspectPanel
{
  GtkBox parent_instance;

  GtkStack *topics;
  TsnInspectLook *look;
  TsnInspectNumbers *numbers;
  TsnInspectChanges *changes;

  TsnInspection *inspection;
};

G_DEFINE_FINAL_TYPE (TsnInspectPanel, tsn_inspect_panel, GTK_TYPE_BOX)

static void
update (TsnInspectPanel *self)
{
  static const char *const names[] = { "look", "numbers", "changes" };

  gtk_stack_set_visible_child_name (self->topics,
                                    names[tsn_inspection_get_topic (self->inspection)]);
}

static void
tsn_inspect_panel_dispose (GObject *object)
{
  g_clear_object (&TSN_INSPECT_PANEL (object)->inspection);
  G_OBJECT_CLASS (tsn_inspect_panel_parent_class)->dispose (object);
}

static void
tsn_inspect_panel_class_init (TsnInspectPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_inspect_panel_dispose;
  g_type_ensure (TSN_TYPE_INSPECT_CHANGES);
  g_type_ensure (TSN_TYPE_INSPECT_LOOK);
  g_type_ensure (TSN_TYPE_INSPECT_NUMBERS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TSN_UI_RESOURCES "tsn-inspect-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnInspectPanel, topics);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectPanel, look);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectPanel, numbers);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectPanel, changes);
}

static void
tsn_inspect_panel_init (TsnInspectPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tsn_inspect_panel_set_document:
 *
 * Says whose model to look into; to be called once.
 */
void
tsn_inspect_panel_set_document (TsnInspectPanel *self, TsnDocument *document)
{
  g_return_if_fail (self->inspection == NULL);

  self->inspection = g_object_ref (tsn_document_get_inspection (document));
  tsn_inspect_look_set_document (self->look, document);
  tsn_inspect_numbers_set_document (self->numbers, document);
  tsn_inspect_changes_set_document (self->changes, document);
  g_signal_connect_object (self->inspection, "notify::topic", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
