#include "ui/tsn-cost-panel.h"

#include "core/model/tsn-count.h"
#include "ui/tsn-cost-plot.h"
#include "ui/tsn-plot-area.h"
#include "ui/tsn-resources.h"

#include <glib/gi18n.h>

#define PLOT_HEIGHT 190

#define PLOT_LABEL _ ("Parameters against the number of tasks")

/* Reference-counted. */
typedef struct
{
  TsnModel *first;
  TsnModel *second;
} Models;

static Models *
models_new (TsnModel *first, TsnModel *second)
{
  Models *models = g_rc_box_new (Models);

  models->first = tsn_model_ref (first);
  models->second = second != NULL ? tsn_model_ref (second) : NULL;
  return models;
}

static void
models_clear (Models *models)
{
  tsn_model_unref (models->first);
  g_clear_pointer (&models->second, tsn_model_unref);
}

static void
models_unref (Models *models)
{
  g_rc_box_release_full (models, (GDestroyNotify) models_clear);
}

struct _TsnCostPanel
{
  GtkBox parent_instance;

  GtkLabel *first_params;
  GtkLabel *second_params;
  GtkLabel *first_encode;
  GtkLabel *second_encode;
  GtkLabel *first_decode;
  GtkLabel *second_decode;
  TsnPlotArea *plot;

  TsnDocument *document;
  Models *plotted; /* what the plot shows or will show, NULL for nothing yet */
};

G_DEFINE_FINAL_TYPE (TsnCostPanel, tsn_cost_panel, GTK_TYPE_BOX)

static void
show_params (GtkLabel *label, const TsnModel *model)
{
  g_autofree char *text = NULL;
  TsnCount count;

  if (model != NULL)
    {
      tsn_count_params (model->graph, &count);
      /* Translators: millions of parameters. */
      text = g_strdup_printf (_ ("%.2f M"), count.total_params / 1e6);
    }
  gtk_label_set_text (label, text != NULL ? text : "–");
}

static void
show_milliseconds (GtkLabel *label, double seconds)
{
  g_autofree char *text = seconds > 0 ? g_strdup_printf (_ ("%.0f ms"), 1000 * seconds) : NULL;

  gtk_label_set_text (label, text != NULL ? text : "–");
}

static void
show_timing (GtkLabel *encode, GtkLabel *decode, TsnPredictor *predictor)
{
  const TsnTiming *timing = tsn_predictor_get_timing (predictor);

  show_milliseconds (encode, timing->encode_seconds);
  show_milliseconds (decode, timing->task_seconds);
}

static void
update_timing (TsnCostPanel *self)
{
  TsnCompare *compare = tsn_document_get_compare (self->document);

  show_timing (self->first_encode, self->first_decode,
               tsn_document_get_predictor (self->document));
  show_timing (self->second_encode, self->second_decode, tsn_compare_get_predictor (compare));
}

static void
plot_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Models *models = data;

  g_task_return_pointer (task, tsn_cost_plot_new (models->first, models->second),
                         (GDestroyNotify) tsn_cost_plot_free);
}

static void
plotted_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  TsnCostPanel *self = TSN_COST_PANEL (object);
  g_autoptr (TsnCostPlot) cost = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self->document == NULL || g_task_get_task_data (G_TASK (result)) != self->plotted)
    return;
  tsn_plot_area_clear (self->plot);
  tsn_plot_area_add (self->plot, g_steal_pointer (&cost->plot));
  tsn_plot_area_describe (self->plot, PLOT_LABEL, cost->summary);
}

static void
update_plot (TsnCostPanel *self)
{
  TsnModel *first = tsn_document_get_model (self->document);
  TsnModel *second = tsn_compare_get_model (tsn_document_get_compare (self->document));
  g_autoptr (GTask) thread = NULL;

  /* Counting is put off until somebody looks. */
  if (first == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (self->plotted != NULL && self->plotted->first == first && self->plotted->second == second)
    return;
  g_clear_pointer (&self->plotted, models_unref);
  self->plotted = models_new (first, second);
  thread = g_task_new (self, NULL, plotted_cb, NULL);
  g_task_set_task_data (thread, g_rc_box_acquire (self->plotted), (GDestroyNotify) models_unref);
  g_task_run_in_thread (thread, plot_thread);
}

static void
models_changed_cb (TsnCostPanel *self)
{
  TsnCompare *compare = tsn_document_get_compare (self->document);

  show_params (self->first_params, tsn_document_get_model (self->document));
  show_params (self->second_params, tsn_compare_get_model (compare));
  update_timing (self);
  update_plot (self);
}

static void
tsn_cost_panel_map (GtkWidget *widget)
{
  TsnCostPanel *self = TSN_COST_PANEL (widget);

  GTK_WIDGET_CLASS (tsn_cost_panel_parent_class)->map (widget);
  if (self->document != NULL)
    update_plot (self);
}

static void
tsn_cost_panel_dispose (GObject *object)
{
  TsnCostPanel *self = TSN_COST_PANEL (object);

  g_clear_pointer (&self->plotted, models_unref);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (tsn_cost_panel_parent_class)->dispose (object);
}

static void
tsn_cost_panel_class_init (TsnCostPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TSN_TYPE_PLOT_AREA);
  G_OBJECT_CLASS (klass)->dispose = tsn_cost_panel_dispose;
  widget_class->map = tsn_cost_panel_map;
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-cost-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnCostPanel, first_params);
  gtk_widget_class_bind_template_child (widget_class, TsnCostPanel, second_params);
  gtk_widget_class_bind_template_child (widget_class, TsnCostPanel, first_encode);
  gtk_widget_class_bind_template_child (widget_class, TsnCostPanel, second_encode);
  gtk_widget_class_bind_template_child (widget_class, TsnCostPanel, first_decode);
  gtk_widget_class_bind_template_child (widget_class, TsnCostPanel, second_decode);
  gtk_widget_class_bind_template_child (widget_class, TsnCostPanel, plot);
}

static void
tsn_cost_panel_init (TsnCostPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tsn_plot_area_set_plot_height (self->plot, PLOT_HEIGHT);
  /* Until it is counted there is nothing more to say. */
  tsn_plot_area_describe (self->plot, PLOT_LABEL, "");
}

static void
follow (TsnCostPanel *self, gpointer object, const char *signal, GCallback callback)
{
  g_signal_connect_object (object, signal, callback, self, G_CONNECT_SWAPPED);
}

/**
 * tsn_cost_panel_set_document:
 *
 * Says whose models to count and time; to be called once.
 */
void
tsn_cost_panel_set_document (TsnCostPanel *self, TsnDocument *document)
{
  TsnCompare *compare = tsn_document_get_compare (document);

  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  follow (self, document, "model-changed", G_CALLBACK (models_changed_cb));
  follow (self, document, "notify::busy", G_CALLBACK (update_timing));
  follow (self, compare, "model-changed", G_CALLBACK (models_changed_cb));
  models_changed_cb (self);
}
