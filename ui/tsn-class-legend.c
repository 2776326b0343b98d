#include "ui/tsn-class-legend.h"

#include "ui/tsn-swatch.h"
#include "ui/tsn-task-text.h"
#include "ui/tsn-tip.h"

#include <glib/gi18n.h>

/* Smaller classes are specks on the border of two others. */
#define SMALLEST_SHARE 0.0005f

struct _TsnClassLegend
{
  GtkBox parent_instance;

  gboolean hatching;
  char *task; /* whose classes are listed */
};

G_DEFINE_FINAL_TYPE (TsnClassLegend, tsn_class_legend, GTK_TYPE_BOX)

/* What a row has to remember: its class, and the label of its share. */
#define CLASS_KEY "tsn-class"
#define SHARE_KEY "tsn-share"

static void
tsn_class_legend_finalize (GObject *object)
{
  g_free (TSN_CLASS_LEGEND (object)->task);
  G_OBJECT_CLASS (tsn_class_legend_parent_class)->finalize (object);
}

static void
tsn_class_legend_class_init (TsnClassLegendClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsn_class_legend_finalize;
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

  tsn_swatch_set_hatched (TSN_SWATCH (swatch), self->hatching ? entry->class_index : 0);
  return swatch;
}

static GtkWidget *
new_content (TsnClassLegend *self,
             const char *name,
             GtkWidget *percent,
             const TsnLegendEntry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *title = new_label (name, 0);

  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (percent, "numeric");
  gtk_widget_add_css_class (percent, "dim-label");
  gtk_box_append (GTK_BOX (box), new_swatch (self, entry));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), percent);
  return box;
}

static GtkWidget *
new_row (TsnClassLegend *self, const char *name, const TsnLegendEntry *entry)
{
  /* Translators: %s is a class, as "person". */
  g_autofree char *tip = g_strdup_printf (_ ("Let “%s” stand out"), name);
  GtkWidget *row = gtk_toggle_button_new (), *percent = new_label ("", 1);

  g_object_set_data (G_OBJECT (row), CLASS_KEY, GUINT_TO_POINTER (entry->class_index));
  g_object_set_data (G_OBJECT (row), SHARE_KEY, percent);
  gtk_button_set_child (GTK_BUTTON (row), new_content (self, name, percent, entry));
  gtk_widget_add_css_class (row, "flat");
  gtk_widget_add_css_class (row, "class-row");
  tsn_tip_set (row, tip);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "i", (int) entry->class_index);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.isolate");
  gtk_box_append (GTK_BOX (self), row);
  return row;
}

static void
set_share (GtkWidget *row, const char *name, float share)
{
  GtkLabel *percent = g_object_get_data (G_OBJECT (row), SHARE_KEY);
  g_autofree char *text = tsn_task_text_percent (share);
  g_autofree char *label = g_strdup_printf ("%s %s", name, text);

  if (g_str_equal (gtk_label_get_text (percent), text))
    return;
  gtk_label_set_text (percent, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static GtkWidget *
find_row (TsnClassLegend *self, guint class_index)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), CLASS_KEY)) == class_index)
      return row;
  return NULL;
}

static void
remove_after (TsnClassLegend *self, GtkWidget *last)
{
  GtkWidget *row;

  while ((row = last != NULL ? gtk_widget_get_next_sibling (last)
                             : gtk_widget_get_first_child (GTK_WIDGET (self)))
         != NULL)
    gtk_box_remove (GTK_BOX (self), row);
}

/* Classes mean something else in another task. */
static void
set_task (TsnClassLegend *self, const TsnPrediction *prediction)
{
  const char *task = prediction != NULL ? prediction->result->task->name : NULL;

  if (g_strcmp0 (self->task, task) == 0)
    return;
  g_free (self->task);
  self->task = g_strdup (task);
  remove_after (self, NULL);
}

/**
 * tsn_class_legend_set_prediction:
 * @prediction: (nullable): of a task of kind %TSN_TASK_CLASSES
 *
 * Lists the classes that are in the prediction, the commonest first.  A class that stays keeps its
 * row, which may have the focus or be pressed while frames come.
 */
void
tsn_class_legend_set_prediction (TsnClassLegend *self, const TsnPrediction *prediction)
{
  GtkWidget *last = NULL;

  set_task (self, prediction);
  for (guint i = 0; prediction != NULL && i < prediction->legend->entries->len; i++)
    {
      const TsnLegendEntry *entry = &g_array_index (prediction->legend->entries, TsnLegendEntry, i);
      const char *name = tsn_task_text_class (prediction->result->task, entry->class_index);
      GtkWidget *row;

      if (entry->share < SMALLEST_SHARE)
        continue;
      row = find_row (self, entry->class_index);
      if (row == NULL)
        row = new_row (self, name, entry);
      set_share (row, name, entry->share);
      gtk_box_reorder_child_after (GTK_BOX (self), row, last);
      last = row;
    }
  remove_after (self, last);
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
      guint class_index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), CLASS_KEY));

      tsn_swatch_set_hatched (TSN_SWATCH (swatch), hatching ? class_index : 0);
    }
}
