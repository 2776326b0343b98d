#include "ui/tsn-task-row.h"

#include "ui/tsn-resources.h"
#include "ui/tsn-task-text.h"
#include "ui/tsn-tip.h"

#include <glib/gi18n.h>

/* Tasks beyond this have no key of their own. */
#define N_KEYS 9

struct _TsnTaskRow
{
  GtkListBoxRow parent_instance;

  GtkCheckButton *check;
  GtkLabel *title;
  GtkLabel *key;
  GtkLabel *score;
  guint index;
};

G_DEFINE_FINAL_TYPE (TsnTaskRow, tsn_task_row, GTK_TYPE_LIST_BOX_ROW)

/* The check button shows what the document says; a click asks the document. */
static void
toggled_cb (TsnTaskRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toggle-task", "i", self->index);
}

static void
tsn_task_row_class_init (TsnTaskRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-task-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnTaskRow, check);
  gtk_widget_class_bind_template_child (widget_class, TsnTaskRow, title);
  gtk_widget_class_bind_template_child (widget_class, TsnTaskRow, key);
  gtk_widget_class_bind_template_child (widget_class, TsnTaskRow, score);
}

static void
tsn_task_row_init (TsnTaskRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->check, "toggled", G_CALLBACK (toggled_cb), self);
}

static void
describe (TsnTaskRow *self, const TsnTask *task)
{
  const char *title = tsn_task_text_title (task);
  /* Translators: %s is a task, as "Depth". */
  g_autofree char *check_label = g_strdup_printf (_ ("Show %s with the others"), title);

  gtk_label_set_text (self->title, title);
  tsn_tip_set (GTK_WIDGET (self), tsn_task_text_explanation (task->kind));
  tsn_tip_set (GTK_WIDGET (self->check), check_label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  check_label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/**
 * tsn_task_row_new:
 * @index: index of the task in its model
 */
TsnTaskRow *
tsn_task_row_new (const TsnTask *task, guint index)
{
  TsnTaskRow *self = g_object_new (TSN_TYPE_TASK_ROW, NULL);
  g_autofree char *key = g_strdup_printf ("%u", index + 1);

  self->index = index;
  describe (self, task);
  gtk_label_set_text (self->key, key);
  gtk_widget_set_visible (GTK_WIDGET (self->key), index < N_KEYS);
  return self;
}

guint
tsn_task_row_get_index (TsnTaskRow *self)
{
  return self->index;
}

/**
 * tsn_task_row_set_shown:
 *
 * Sets the check mark without asking for anything.
 */
void
tsn_task_row_set_shown (TsnTaskRow *self, gboolean shown)
{
  g_signal_handlers_block_by_func (self->check, toggled_cb, self);
  gtk_check_button_set_active (self->check, shown);
  g_signal_handlers_unblock_by_func (self->check, toggled_cb, self);
}

/**
 * tsn_task_row_set_score:
 * @score: (nullable): how good the prediction is, in a word
 * @tooltip: (nullable): what that means
 */
void
tsn_task_row_set_score (TsnTaskRow *self, const char *score, const char *tooltip)
{
  gtk_label_set_text (self->score, score != NULL ? score : "");
  tsn_tip_set (GTK_WIDGET (self->score), tooltip);
  gtk_widget_set_visible (GTK_WIDGET (self->score), score != NULL);
}
