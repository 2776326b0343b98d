#include "ui/tsn-legend-panel.h"

#include "ui/tsn-class-legend.h"
#include "ui/tsn-document-live.h"
#include "ui/tsn-scale-legend.h"
#include "ui/tsn-sphere-legend.h"
#include "ui/tsn-resources.h"
#include "ui/tsn-task-text.h"

/* Numbers that change faster than this cannot be read. */
#define READABLE_MS 250

struct _TsnLegendPanel
{
  GtkBox parent_instance;

  GtkLabel *heading;
  GtkLabel *explanation;
  GtkStack *stack;
  GtkWidget *empty;
  TsnClassLegend *classes;
  TsnScaleLegend *scale;
  GtkWidget *sphere;
  TsnDocument *document;
  guint later; /* of moving pictures, when the next numbers are shown; or 0 */
};

G_DEFINE_FINAL_TYPE (TsnLegendPanel, tsn_legend_panel, GTK_TYPE_BOX)

static GtkWidget *
choose_legend (TsnLegendPanel *self, TsnPrediction *prediction)
{
  if (prediction == NULL)
    return self->empty;
  switch (prediction->legend->kind)
    {
    case TSN_LEGEND_CLASSES:
      tsn_class_legend_set_prediction (self->classes, prediction);
      return GTK_WIDGET (self->classes);
    case TSN_LEGEND_SCALE:
      tsn_scale_legend_set_prediction (self->scale, prediction);
      return GTK_WIDGET (self->scale);
    case TSN_LEGEND_SPHERE:
    default:
      return self->sphere;
    }
}

static void
update (TsnLegendPanel *self)
{
  guint active = tsn_document_get_active (self->document);
  gboolean any = active < tsn_document_get_n_tasks (self->document);

  gtk_widget_set_visible (GTK_WIDGET (self), any);
  if (any)
    {
      const TsnTask *task = tsn_document_get_task (self->document, active);

      gtk_label_set_text (self->heading, tsn_task_text_title (task));
      gtk_label_set_text (self->explanation, tsn_task_text_explanation (task->kind));
    }
  gtk_stack_set_visible_child (
      self->stack, choose_legend (self, tsn_document_get_prediction (self->document, active)));
}

static void
update_hatching (TsnLegendPanel *self)
{
  TsnDisplay *display = tsn_document_get_display (self->document);

  tsn_class_legend_set_hatching (self->classes, tsn_display_get_hatching (display));
}

static gboolean
later_cb (gpointer data)
{
  TsnLegendPanel *self = data;

  self->later = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
predicted_cb (TsnLegendPanel *self, guint task)
{
  if (task != tsn_document_get_active (self->document))
    return;
  if (!tsn_document_shows_frame (self->document))
    update (self);
  else if (self->later == 0)
    self->later = g_timeout_add (READABLE_MS, later_cb, self);
}

static void
tsn_legend_panel_dispose (GObject *object)
{
  g_clear_handle_id (&TSN_LEGEND_PANEL (object)->later, g_source_remove);
  g_clear_object (&TSN_LEGEND_PANEL (object)->document);
  G_OBJECT_CLASS (tsn_legend_panel_parent_class)->dispose (object);
}

static void
tsn_legend_panel_class_init (TsnLegendPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TSN_TYPE_CLASS_LEGEND);
  g_type_ensure (TSN_TYPE_SCALE_LEGEND);
  g_type_ensure (TSN_TYPE_SPHERE_LEGEND);
  G_OBJECT_CLASS (klass)->dispose = tsn_legend_panel_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TSN_UI_RESOURCES "tsn-legend-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnLegendPanel, heading);
  gtk_widget_class_bind_template_child (widget_class, TsnLegendPanel, explanation);
  gtk_widget_class_bind_template_child (widget_class, TsnLegendPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, TsnLegendPanel, empty);
  gtk_widget_class_bind_template_child (widget_class, TsnLegendPanel, classes);
  gtk_widget_class_bind_template_child (widget_class, TsnLegendPanel, scale);
  gtk_widget_class_bind_template_child (widget_class, TsnLegendPanel, sphere);
}

static void
tsn_legend_panel_init (TsnLegendPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tsn_legend_panel_set_document:
 *
 * Says whose active task to explain; to be called once.
 */
void
tsn_legend_panel_set_document (TsnLegendPanel *self, TsnDocument *document)
{
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "model-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::active", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "predicted", G_CALLBACK (predicted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (tsn_document_get_display (document), "notify::hatching",
                           G_CALLBACK (update_hatching), self, G_CONNECT_SWAPPED);
  update_hatching (self);
  update (self);
}
