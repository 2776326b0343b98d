#include "ui/tsn-task-panel.h"

#include "ui/tsn-document-source.h"
#include "ui/tsn-resources.h"
#include "ui/tsn-task-row.h"

struct _TsnTaskPanel
{
  GtkBox parent_instance;

  GtkLabel *heading;
  GtkListBox *list;
  TsnDocument *document;
};

G_DEFINE_FINAL_TYPE (TsnTaskPanel, tsn_task_panel, GTK_TYPE_BOX)

static void
update_score (TsnTaskPanel *self, guint task)
{
  TsnJudge *judge = tsn_document_get_judge (self->document);
  const TsnVerdict *verdict = tsn_judge_get_verdict (judge, task);
  const char *objection = tsn_judge_get_objection (judge, task);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, task);
  g_autofree char *score = verdict != NULL ? tsn_verdict_describe (verdict) : NULL;
  g_autofree char *meaning = score != NULL ? tsn_verdict_explain (verdict) : NULL;

  if (row == NULL)
    return;
  if (objection != NULL && tsn_document_is_shown (self->document, task))
    tsn_task_row_set_score (TSN_TASK_ROW (row), "–", objection);
  else
    tsn_task_row_set_score (TSN_TASK_ROW (row), score, meaning);
}

static void
update_scores (TsnTaskPanel *self)
{
  for (guint i = 0; i < tsn_document_get_n_tasks (self->document); i++)
    update_score (self, i);
}

static void
update (TsnTaskPanel *self)
{
  for (guint i = 0; i < tsn_document_get_n_tasks (self->document); i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);

      tsn_task_row_set_shown (TSN_TASK_ROW (row), tsn_document_is_shown (self->document, i));
      if (tsn_document_get_active (self->document) == i)
        gtk_list_box_select_row (self->list, row);
    }
}

static void
model_changed_cb (TsnTaskPanel *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < tsn_document_get_n_tasks (self->document); i++)
    {
      const TsnTask *task = tsn_document_get_task (self->document, i);

      gtk_list_box_append (self->list, GTK_WIDGET (tsn_task_row_new (task, i)));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), tsn_document_get_n_tasks (self->document) > 0);
  update (self);
}

static void
row_activated_cb (TsnTaskPanel *self, TsnTaskRow *row)
{
  tsn_document_show_only (self->document, tsn_task_row_get_index (row));
}

static void
tsn_task_panel_dispose (GObject *object)
{
  g_clear_object (&TSN_TASK_PANEL (object)->document);
  G_OBJECT_CLASS (tsn_task_panel_parent_class)->dispose (object);
}

static void
tsn_task_panel_class_init (TsnTaskPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_task_panel_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-task-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnTaskPanel, heading);
  gtk_widget_class_bind_template_child (widget_class, TsnTaskPanel, list);
}

static void
tsn_task_panel_init (TsnTaskPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
}

/**
 * tsn_task_panel_set_document:
 *
 * Says whose tasks to list; to be called once.
 */
void
tsn_task_panel_set_document (TsnTaskPanel *self, TsnDocument *document)
{
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "model-changed", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::shown", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::active", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (tsn_document_get_judge (document), "surveyed", G_CALLBACK (update_scores),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tsn_document_get_judge (document), "judged", G_CALLBACK (update_score),
                           self, G_CONNECT_SWAPPED);
  model_changed_cb (self);
}
