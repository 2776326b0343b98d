#include "ui/tsn-class-legend.h"

#include "ui/tsn-swatch.h"
#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>

/* Smaller classes are specks on the border of two others. */
#define SMALLEST_SHARE 0.0005f

struct _TsnClassLegend
{
  GtkBox parent_instance;

  gboolean hatching;
};

G_DEFINE_FINAL_TYPE (TsnClassLegend, tsn_class_legend, GTK_TYPE_BOX)

/* The class of a row's swatch. */
#define CLASS_KEY "tsn-class"

static void
tsn_class_legend_class_init (TsnClassLegendClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tsn_class_legend_init (TsnClassLegend *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

static GtkWidget *
new_label (const char *text, float xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  return label;
}

static GtkWidget *
new_swatch (TsnClassLegend *self, const TsnLegendEntry *entry)
{
  GtkWidget *swatch = tsn_swatch_new (entry->colour);

  g_object_set_data (G_OBJECT (swatch), CLASS_KEY, GUINT_TO_POINTER (entry->class_index));
  tsn_swatch_set_hatched (TSN_SWATCH (swatch), self->hatching ? entry->class_index : 0);
  return swatch;
}

static GtkWidget *
new_content (TsnClassLegend *self, const char *name, const char *share, const TsnLegendEntry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *title = new_label (name, 0), *percent = new_label (share, 1);

  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (percent, "numeric");
  gtk_widget_add_css_class (percent, "dim-label");
  gtk_box_append (GTK_BOX (box), new_swatch (self, entry));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), percent);
  return box;
}

static void
add_row (TsnClassLegend *self, const TsnTask *task, const TsnLegendEntry *entry)
{
  const char *name = tsn_task_text_class (task, entry->class_index);
  g_autofree char *share = tsn_task_text_percent (entry->share);
  g_autofree char *label = g_strdup_printf ("%s %s", name, share);
  /* Translators: %s is a class, as "person". */
  g_autofree char *tip = g_strdup_printf (_ ("Let “%s” stand out"), name);
  GtkWidget *row = gtk_toggle_button_new ();

  gtk_button_set_child (GTK_BUTTON (row), new_content (self, name, share, entry));
  gtk_widget_add_css_class (row, "flat");
  gtk_widget_add_css_class (row, "class-row");
  gtk_widget_set_tooltip_text (row, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "i", (int) entry->class_index);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.isolate");
  gtk_box_append (GTK_BOX (self), row);
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
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), row);
  for (guint i = 0; prediction != NULL && i < prediction->legend->entries->len; i++)
    {
      const TsnLegendEntry *entry = &g_array_index (prediction->legend->entries, TsnLegendEntry, i);

      if (entry->share >= SMALLEST_SHARE)
        add_row (self, prediction->result->task, entry);
    }
}

/**
 * tsn_class_legend_set_hatching:
 *
 * Shows the patterns of the classes on their colours.
 */
void
tsn_class_legend_set_hatching (TsnClassLegend *self, gboolean hatching)
{
  self->hatching = hatching;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *swatch = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (row)));
      guint class_index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (swatch), CLASS_KEY));

      tsn_swatch_set_hatched (TSN_SWATCH (swatch), hatching ? class_index : 0);
    }
}
