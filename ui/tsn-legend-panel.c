#include "ui/tsn-legend-panel.h"

#include "core/figure/tsn-difference.h"
#include "ui/tsn-class-legend.h"
#include "ui/tsn-document-live.h"
#include "ui/tsn-document-source.h"
#include "ui/tsn-scale-legend.h"
#include "ui/tsn-sphere-legend.h"
#include "ui/tsn-resources.h"
#include "ui/tsn-task-text.h"
#include "ui/tsn-turns.h"

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
  guint later; /* when the next numbers of moving pictures are shown, or 0 */
};

G_DEFINE_FINAL_TYPE (TsnLegendPanel, tsn_legend_panel, GTK_TYPE_BOX)

/* What stands beside the prediction in its colours. */
static void
list_classes (TsnLegendPanel *self, const TsnPrediction *prediction)
{
  guint active = tsn_document_get_active (self->document);
  TsnCompare *compare = tsn_document_get_compare (self->document);
  TsnClassSources sources
      = { .prediction = prediction,
          .isolated = tsn_display_get_isolated (tsn_document_get_display (self->document)) };

  if (tsn_document_shows_truth_of (self->document, active))
    sources.truth = tsn_document_get_truth (self->document, active);
  if (tsn_compare_is_on (compare))
    sources.second = tsn_compare_get_prediction (compare, active);
  if (sources.second != NULL
      && !tsn_difference_is_possible (prediction->result->task, sources.second->result->task))
    sources.second = NULL;
  tsn_class_legend_set_sources (self->classes, &sources);
}

static GtkWidget *
choose_legend (TsnLegendPanel *self, TsnPrediction *prediction)
{
  if (prediction == NULL)
    return self->empty;
  switch (prediction->legend->kind)
    {
    case TSN_LEGEND_CLASSES:
      list_classes (self, prediction);
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

/* Not at once: a row that was clicked may have to go, but not before the click has ended. */
static void
update_next (TsnLegendPanel *self)
{
  tsn_turns_add (self, (TsnTurn) update);
}

/* Frames come faster than numbers can be read. */
static void
update_soon (TsnLegendPanel *self)
{
  if (!tsn_document_shows_frame (self->document))
    update_next (self);
  else if (self->later == 0)
    self->later = g_timeout_add (READABLE_MS, later_cb, self);
}

static void
predicted_cb (TsnLegendPanel *self, guint task)
{
  if (task == tsn_document_get_active (self->document))
    update_soon (self);
}

static void
tsn_legend_panel_dispose (GObject *object)
{
  tsn_turns_remove (object);
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

static void
follow (TsnLegendPanel *self, gpointer object, const char *signal, GCallback callback)
{
  g_signal_connect_object (object, signal, callback, self, G_CONNECT_SWAPPED);
}

/**
 * tsn_legend_panel_set_document:
 *
 * Says whose active task to explain; to be called once.
 */
void
tsn_legend_panel_set_document (TsnLegendPanel *self, TsnDocument *document)
{
  TsnJudge *judge = tsn_document_get_judge (document);
  TsnCompare *compare = tsn_document_get_compare (document);
  TsnDisplay *display = tsn_document_get_display (document);

  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  follow (self, document, "model-changed", G_CALLBACK (update_next));
  follow (self, document, "notify::active", G_CALLBACK (update_next));
  follow (self, document, "predicted", G_CALLBACK (predicted_cb));
  follow (self, document, "notify::show-truth", G_CALLBACK (update));
  follow (self, judge, "surveyed", G_CALLBACK (update_soon));
  follow (self, judge, "annotated", G_CALLBACK (predicted_cb));
  follow (self, compare, "updated", G_CALLBACK (update_soon));
  follow (self, compare, "model-changed", G_CALLBACK (update_next));
  follow (self, compare, "notify::enabled", G_CALLBACK (update_next));
  follow (self, display, "notify::isolated", G_CALLBACK (update_next));
  follow (self, display, "notify::hatching", G_CALLBACK (update_hatching));
  update_hatching (self);
  update (self);
}
