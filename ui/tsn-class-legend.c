#include "ui/tsn-class-legend.h"

#include "ui/tsn-swatch.h"
#include "ui/tsn-task-text.h"
#include "ui/tsn-tip.h"

#include <glib/gi18n.h>

struct _TsnClassLegend
{
  GtkBox parent_instance;

  gboolean hatching;
  char *task; /* whose classes are listed */
};

G_DEFINE_FINAL_TYPE (TsnClassLegend, tsn_class_legend, GTK_TYPE_BOX)

/* What a row has to remember: its class, and the labels of its share and of what is remarked. */
#define CLASS_KEY "tsn-class"
#define SHARE_KEY "tsn-share"
#define REMARK_KEY "tsn-remark"

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
new_swatch (TsnClassLegend *self, const TsnTask *task, guint class_index)
{
  GtkWidget *swatch = tsn_swatch_new (task->colours[class_index]);

  tsn_swatch_set_hatched (TSN_SWATCH (swatch), self->hatching ? class_index : 0);
  return swatch;
}

/* The name, and below it what is remarked. */
static GtkWidget *
new_title (const char *name, GtkWidget *remark)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = new_label (name, 0);

  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (remark), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (remark, "caption");
  gtk_widget_add_css_class (remark, "dim-label");
  gtk_widget_set_visible (remark, FALSE);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), remark);
  return box;
}

static GtkWidget *
new_row (TsnClassLegend *self, const TsnTask *task, guint class_index)
{
  const char *name = tsn_task_text_class (task, class_index);
  /* Translators: %s is a class, as "person". */
  g_autofree char *tip = g_strdup_printf (_ ("Let “%s” stand out"), name);
  GtkWidget *row = gtk_toggle_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *percent = new_label ("", 1), *remark = new_label ("", 0);

  g_object_set_data (G_OBJECT (row), CLASS_KEY, GUINT_TO_POINTER (class_index));
  g_object_set_data (G_OBJECT (row), SHARE_KEY, percent);
  g_object_set_data (G_OBJECT (row), REMARK_KEY, remark);
  gtk_widget_add_css_class (percent, "numeric");
  gtk_widget_add_css_class (percent, "dim-label");
  gtk_box_append (GTK_BOX (box), new_swatch (self, task, class_index));
  gtk_box_append (GTK_BOX (box), new_title (name, remark));
  gtk_box_append (GTK_BOX (box), percent);
  gtk_button_set_child (GTK_BUTTON (row), box);
  gtk_widget_add_css_class (row, "flat");
  gtk_widget_add_css_class (row, "class-row");
  tsn_tip_set (row, tip);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "i", (int) class_index);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.isolate");
  gtk_box_append (GTK_BOX (self), row);
  return row;
}

static gboolean
set_text (GtkLabel *label, const char *text)
{
  if (g_str_equal (gtk_label_get_text (label), text))
    return FALSE;
  gtk_label_set_text (label, text);
  return TRUE;
}

static void
fill_row (GtkWidget *row, const char *name, const TsnClassItem *item)
{
  GtkLabel *percent = g_object_get_data (G_OBJECT (row), SHARE_KEY);
  GtkLabel *remark = g_object_get_data (G_OBJECT (row), REMARK_KEY);
  g_autofree char *share = tsn_task_text_percent (item->share);
  g_autofree char *remarked = tsn_class_item_remark (item);
  /* Ends before the remark if there is none. */
  g_autofree char *label = g_strjoin (" ", name, share, remarked, NULL);
  gboolean changed = set_text (percent, share);

  if (!set_text (remark, remarked != NULL ? remarked : "") && !changed)
    return;
  gtk_widget_set_visible (GTK_WIDGET (remark), remarked != NULL);
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
 * tsn_class_legend_set_sources:
 *
 * Lists the classes that are to be seen.  A class that stays keeps its row, which may have the
 * focus or be pressed while frames come.
 */
void
tsn_class_legend_set_sources (TsnClassLegend *self, const TsnClassSources *sources)
{
  g_autoptr (GArray) items = tsn_class_listing_new (sources);
  GtkWidget *last = NULL;

  set_task (self, sources->prediction);
  for (guint i = 0; i < items->len; i++)
    {
      const TsnTask *task = sources->prediction->result->task;
      const TsnClassItem *item = &g_array_index (items, TsnClassItem, i);
      GtkWidget *row = find_row (self, item->class_index);

      if (row == NULL)
        row = new_row (self, task, item->class_index);
      fill_row (row, tsn_task_text_class (task, item->class_index), item);
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
