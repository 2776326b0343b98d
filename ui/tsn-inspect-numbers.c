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
  GtkGrid *coefficient_table;
  GtkWidget *coefficients_empty;

  TsnDocument *document;
  TsnInspection *inspection;
};

G_DEFINE_FINAL_TYPE (TsnInspectNumbers, tsn_inspect_numbers, GTK_TYPE_BOX)

static void
add_cell (GtkGrid *table, int column, int row, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, row == 0 ? "dim-label" : "numeric");
  gtk_widget_set_hexpand (label, column == 0);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           column == 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_grid_attach (table, label, column, row, 1, 1);
}

/* A long one gives way to the numbers. */
static void
add_name (GtkGrid *table, int row, const char *name)
{
  add_cell (table, 0, row, name);
  tsn_tip_set (gtk_grid_get_child_at (table, 0, row), name);
}

static void
add_number (GtkGrid *table, int column, int row, double value)
{
  g_autofree char *text = g_strdup_printf (fabs (value) < 99.5 ? "%.2g" : "%.0f", value);

  add_cell (table, column, row, text);
}

static void
add_share (GtkGrid *table, int column, int row, double share)
{
  g_autofree char *text = g_strdup_printf ("%.0f", 100 * share);

  add_cell (table, column, row, text);
}

static void
clear_table (GtkGrid *table)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (table))) != NULL)
    gtk_grid_remove (table, child);
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
  GtkGrid *table = self->table;

  clear_table (table);
  if (result == NULL || result->stats == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      add_cell (table, i, 0, titles[i]);
      tsn_tip_set (gtk_grid_get_child_at (table, i, 0), tooltips[i]);
    }
  for (guint i = 0; i < tsn_inspection_result_get_n_tasks (result); i++)
    {
      const TsnFeatureStats *stats = &result->stats[i];
      guint task = tsn_inspection_result_get_task (result, i);

      add_name (table, i + 1, tsn_task_text_title (tsn_document_get_task (self->document, task)));
      add_number (table, 1, i + 1, stats->min);
      add_number (table, 2, i + 1, stats->max);
      add_number (table, 3, i + 1, stats->mean);
      add_number (table, 4, i + 1, stats->deviation);
      add_share (table, 5, i + 1, stats->zeros);
      add_share (table, 6, i + 1, stats->negative);
    }
}

static void
add_coefficient (GtkGrid *table, int column, int row, double value)
{
  g_autofree char *text = g_strdup_printf ("%.3f", value);

  add_cell (table, column, row, text);
}

static void
add_coefficients (TsnInspectNumbers *self, guint norm, guint task, int row)
{
  GtkGrid *table = self->coefficient_table;
  guint channel = tsn_inspection_get_channel (self->inspection);
  float scale, shift;

  if (!tsn_inspect_plots_get_coefficients (self->document, norm, task, &channel, &scale, &shift))
    return;
  if (row == 1)
    {
      g_autofree char *title = g_strdup_printf (_ ("Channel %u"), channel);

      add_name (table, 0, title);
      add_cell (table, 1, 0, "γ");
      add_cell (table, 2, 0, "β");
    }
  add_name (table, row, tsn_task_text_title (tsn_document_get_task (self->document, task)));
  add_coefficient (table, 1, row, scale);
  add_coefficient (table, 2, row, shift);
}

/* Of the chosen channel, as numbers. */
static void
fill_coefficients (TsnInspectNumbers *self)
{
  guint norm = tsn_inspect_plots_find_norm (self->document);
  int row = 0;

  clear_table (self->coefficient_table);
  if (norm == TSN_NONE)
    return;
  for (guint i = 0; i < tsn_document_get_n_tasks (self->document); i++)
    if (tsn_document_is_shown (self->document, i))
      add_coefficients (self, norm, i, ++row);
}

static void
channel_changed_cb (TsnInspectNumbers *self)
{
  if (tsn_inspection_get_topic (self->inspection) == TSN_INSPECT_TOPIC_NUMBERS
      && tsn_document_get_model (self->document) != NULL)
    fill_coefficients (self);
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
  fill_coefficients (self);
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
  gtk_widget_class_bind_template_child (widget_class, TsnInspectNumbers, coefficient_table);
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
  g_signal_connect_object (self->inspection, "notify::channel", G_CALLBACK (channel_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::shown", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
