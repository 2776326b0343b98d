#include "ui/tsn-inspect-numbers.h"

#include "ui/tsn-inspect-plots.h"
#include "ui/tsn-resources.h"
#include "ui/tsn-task-text.h"
#include "ui/tsn-tip.h"

#include <glib/gi18n.h>
#include <math.h>

#define HISTOGRAM_HEIGHT 150
#define COEFFICIENTS_HEIGHT 130

struct _TsnInspectNumbers
{
  GtkBox parent_instance;

  GtkLabel *values_title;
  TsnPlotArea *histogram;
  GtkGrid *table;
  GtkWidget *values_empty;
  TsnPlotArea *coefficients;
  GtkWidget *coefficients_empty;

  TsnDocument *document;
  TsnInspection *inspection;
};

G_DEFINE_FINAL_TYPE (TsnInspectNumbers, tsn_inspect_numbers, GTK_TYPE_BOX)

static void
add_cell (TsnInspectNumbers *self, int column, int row, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, row == 0 ? "dim-label" : "numeric");
  gtk_widget_set_hexpand (label, column == 0);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           column == 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_grid_attach (self->table, label, column, row, 1, 1);
}

/* A long one gives way to the numbers. */
static void
add_name (TsnInspectNumbers *self, int row, const char *name)
{
  add_cell (self, 0, row, name);
  tsn_tip_set (gtk_grid_get_child_at (self->table, 0, row), name);
}

static void
add_number (TsnInspectNumbers *self, int column, int row, double value)
{
  g_autofree char *text = g_strdup_printf (fabs (value) < 99.5 ? "%.2g" : "%.0f", value);

  add_cell (self, column, row, text);
}

static void
add_share (TsnInspectNumbers *self, int column, int row, double share)
{
  g_autofree char *text = g_strdup_printf ("%.0f", 100 * share);

  add_cell (self, column, row, text);
}

static void
fill_table (TsnInspectNumbers *self, const TsnInspectionResult *result)
{
  const char *titles[] = { "", _ ("min"), _ ("max"), _ ("mean"), _ ("std"),
                           /* Translators: percentage of zeros. */
                           _ ("0 %"),
                           /* Translators: percentage of numbers below zero. */
                           _ ("<0 %") };
  const char *tooltips[] = { NULL,
                             _ ("Smallest value"),
                             _ ("Largest value"),
                             NULL,
                             _ ("Standard deviation"),
                             _ ("Per cent of the values that are zero"),
                             _ ("Per cent of the values that are below zero") };
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->table))) != NULL)
    gtk_grid_remove (self->table, child);
  if (result == NULL || result->stats == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      add_cell (self, i, 0, titles[i]);
      tsn_tip_set (gtk_grid_get_child_at (self->table, i, 0), tooltips[i]);
    }
  for (guint i = 0; i < tsn_inspection_result_get_n_tasks (result); i++)
    {
      const TsnFeatureStats *stats = &result->stats[i];
      guint task = tsn_inspection_result_get_task (result, i);

      add_name (self, i + 1, tsn_task_text_title (tsn_document_get_task (self->document, task)));
      add_number (self, 1, i + 1, stats->min);
      add_number (self, 2, i + 1, stats->max);
      add_number (self, 3, i + 1, stats->mean);
      add_number (self, 4, i + 1, stats->deviation);
      add_share (self, 5, i + 1, stats->zeros);
      add_share (self, 6, i + 1, stats->negative);
    }
}

static void
update (TsnInspectNumbers *self)
{
  TsnInspectionResult *result = tsn_inspection_get_result (self->inspection);
  gboolean measured = result != NULL && result->stats != NULL, known = FALSE;
  g_autofree char *title = NULL;
  guint norm;

  if (tsn_inspection_get_topic (self->inspection) != TSN_INSPECT_TOPIC_NUMBERS
      || tsn_document_get_model (self->document) == NULL)
    return;
  if (measured && result->query.mode == TSN_INSPECT_CHANNEL)
    title = g_strdup_printf (_ ("Values of %s, channel %u"), result->query.node,
                             result->query.channel);
  else
    title = g_strdup_printf (_ ("Values of %s"), tsn_inspection_get_node (self->inspection));
  gtk_label_set_text (self->values_title, title);
  tsn_inspect_plots_show_histogram (self->document, self->histogram);
  gtk_widget_set_visible (GTK_WIDGET (self->histogram), measured);
  gtk_widget_set_visible (self->values_empty,
                          !measured && !tsn_inspection_is_waiting (self->inspection));
  fill_table (self, result);
  norm = tsn_inspect_plots_find_norm (self->document);
  if (norm != TSN_NONE)
    known = tsn_inspect_plots_show_coefficients (self->document, norm, self->coefficients);
  tsn_plot_area_set_legend (self->coefficients, !measured);
  gtk_widget_set_visible (GTK_WIDGET (self->coefficients), known);
  gtk_widget_set_visible (self->coefficients_empty, norm == TSN_NONE);
}

static void
tsn_inspect_numbers_dispose (GObject *object)
{
  TsnInspectNumbers *self = TSN_INSPECT_NUMBERS (object);

  g_clear_object (&self->inspection);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (tsn_inspect_numbers_parent_class)->dispose (object);
}

static void
tsn_inspect_numbers_class_init (TsnInspectNumbersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_inspect_numbers_dispose;
  g_type_ensure (TSN_TYPE_PLOT_AREA);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TSN_UI_RESOURCES "tsn-inspect-numbers.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnInspectNumbers, values_title);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectNumbers, histogram);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectNumbers, table);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectNumbers, values_empty);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectNumbers, coefficients);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectNumbers, coefficients_empty);
}

static void
tsn_inspect_numbers_init (TsnInspectNumbers *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tsn_plot_area_set_plot_height (self->histogram, HISTOGRAM_HEIGHT);
  tsn_plot_area_set_plot_height (self->coefficients, COEFFICIENTS_HEIGHT);
}

/**
 * tsn_inspect_numbers_set_document:
 *
 * Says whose model to look into; to be called once.
 */
void
tsn_inspect_numbers_set_document (TsnInspectNumbers *self, TsnDocument *document)
{
  static const char *const signals[]
      = { "notify::node", "notify::topic", "outline-changed", "updated" };

  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  self->inspection = g_object_ref (tsn_document_get_inspection (document));
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (self->inspection, signals[i], G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::shown", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
