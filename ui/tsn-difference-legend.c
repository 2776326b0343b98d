#include "ui/tsn-difference-legend.h"

#include "ui/tsn-scale-legend.h"
#include "ui/tsn-swatch.h"
#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>

struct _TsnDifferenceLegend
{
  GtkBox parent_instance;

  TsnScaleLegend *scale;
  GtkGrid *classes;
};

G_DEFINE_FINAL_TYPE (TsnDifferenceLegend, tsn_difference_legend, GTK_TYPE_BOX)

static void
tsn_difference_legend_class_init (TsnDifferenceLegendClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tsn_difference_legend_init (TsnDifferenceLegend *self)
{
  self->scale = g_object_new (TSN_TYPE_SCALE_LEGEND, NULL);
  self->classes = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_row_spacing (self->classes, 6);
  gtk_grid_set_column_spacing (self->classes, 9);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->scale));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->classes));
  gtk_widget_set_hexpand (GTK_WIDGET (self->scale), TRUE);
}

static void
add_row (TsnDifferenceLegend *self, const TsnDisagreement *disagreement, int row, double share)
{
  g_autofree char *name = tsn_disagreement_format (disagreement, row);
  g_autofree char *percent = tsn_task_text_percent (share);
  GtkWidget *label = gtk_label_new (name), *number = gtk_label_new (percent);
  guint8 rgb[3];

  tsn_difference_get_colour (disagreement->difference, row, rgb);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (number, "dim-label");
  gtk_grid_attach (self->classes,
                   tsn_swatch_new ((guint32) rgb[0] << 16 | (guint32) rgb[1] << 8 | rgb[2]), 0, row,
                   1, 1);
  gtk_grid_attach (self->classes, label, 1, row, 1, 1);
  gtk_grid_attach (self->classes, number, 2, row, 1, 1);
}

/**
 * tsn_difference_legend_set_disagreement:
 * @disagreement: (nullable): whose map to explain
 */
void
tsn_difference_legend_set_disagreement (TsnDifferenceLegend *self,
                                        const TsnDisagreement *disagreement)
{
  gboolean classes = disagreement != NULL
                     && disagreement->difference->first->task->kind == TSN_TASK_CLASSES;

  gtk_widget_set_visible (GTK_WIDGET (self), disagreement != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->scale), disagreement != NULL && !classes);
  gtk_widget_set_visible (GTK_WIDGET (self->classes), classes);
  while (gtk_grid_get_child_at (self->classes, 0, 0) != NULL)
    gtk_grid_remove_row (self->classes, 0);
  if (classes)
    {
      add_row (self, disagreement, 0, 1 - disagreement->difference->differing);
      add_row (self, disagreement, 1, disagreement->difference->differing);
    }
  else if (disagreement != NULL)
    tsn_scale_legend_set_disagreement (self->scale, disagreement);
}
