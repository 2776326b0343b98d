#include "ui/tsn-class-legend.h"

#include "ui/tsn-swatch.h"
#include "ui/tsn-task-text.h"

/* Smaller classes are specks on the border of two others. */
#define SMALLEST_SHARE 0.0005f

struct _TsnClassLegend
{
  GtkGrid parent_instance;

  int n_rows;
};

G_DEFINE_FINAL_TYPE (TsnClassLegend, tsn_class_legend, GTK_TYPE_GRID)

static void
tsn_class_legend_class_init (TsnClassLegendClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tsn_class_legend_init (TsnClassLegend *self)
{
  gtk_grid_set_row_spacing (GTK_GRID (self), 6);
  gtk_grid_set_column_spacing (GTK_GRID (self), 9);
}

static GtkWidget *
new_label (const char *text, float xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  return label;
}

static void
add_row (TsnClassLegend *self, const TsnTask *task, const TsnLegendEntry *entry)
{
  g_autofree char *share = tsn_task_text_percent (entry->share);
  GtkWidget *name = new_label (tsn_task_text_class (task, entry->class_index), 0);
  GtkWidget *percent = new_label (share, 1);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (name, gtk_label_get_text (GTK_LABEL (name)));
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (percent, "numeric");
  gtk_widget_add_css_class (percent, "dim-label");
  gtk_grid_attach (GTK_GRID (self), tsn_swatch_new (entry->colour), 0, self->n_rows, 1, 1);
  gtk_grid_attach (GTK_GRID (self), name, 1, self->n_rows, 1, 1);
  gtk_grid_attach (GTK_GRID (self), percent, 2, self->n_rows, 1, 1);
  self->n_rows++;
}

/**
 * tsn_class_legend_set_prediction:
 * @prediction: (nullable): of a task of kind %TSN_TASK_CLASSES
 *
 * Lists the classes that are in the prediction, the commonest first.
 */
void
tsn_class_legend_set_prediction (TsnClassLegend *self, const TsnPrediction *prediction)
{
  for (; self->n_rows > 0; self->n_rows--)
    gtk_grid_remove_row (GTK_GRID (self), 0);
  for (guint i = 0; prediction != NULL && i < prediction->legend->entries->len; i++)
    {
      const TsnLegendEntry *entry = &g_array_index (prediction->legend->entries, TsnLegendEntry, i);

      if (entry->share >= SMALLEST_SHARE)
        add_row (self, prediction->result->task, entry);
    }
}
