#include "ui/tsn-compare-panel.h"

#include "ui/tsn-cost-panel.h"
#include "ui/tsn-document-source.h"
#include "ui/tsn-difference-legend.h"
#include "ui/tsn-resources.h"
#include "ui/tsn-task-text.h"
#include "ui/tsn-tip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _TsnComparePanel
{
  GtkBox parent_instance;

  GtkLabel *first_name;
  GtkLabel *second_name;
  GtkWidget *wipe_row;
  GtkAdjustment *wipe;
  GtkWidget *swap;
  GtkLabel *unmatched;
  GtkWidget *legend_box;
  GtkLabel *legend_title;
  TsnDifferenceLegend *legend;
  GtkWidget *scores_box;
  GtkGrid *scores;
  GtkWidget *agreement_box;
  GtkGrid *agreement;
  TsnCostPanel *cost;

  TsnDocument *document;
  int n_rows;   /* of the agreement */
  int n_scores; /* rows of the scores */
};

G_DEFINE_FINAL_TYPE (TsnComparePanel, tsn_compare_panel, GTK_TYPE_BOX)

static const char *
name_of (const TsnModel *model)
{
  if (model == NULL)
    return _ ("none yet");
  return model->name != NULL ? model->name : _ ("unnamed");
}

/* The titles of the tasks of one model that the other one lacks, or NULL. */
static char *
list_missing (const TsnModel *model, const TsnModel *other)
{
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < tsn_model_get_n_tasks (model); i++)
    {
      const TsnTask *task = tsn_model_get_task (model, i);

      if (tsn_model_find_task (other, task->name) < 0)
        g_string_append_printf (titles, "%s%s", titles->len > 0 ? ", " : "",
                                tsn_task_text_title (task));
    }
  return titles->len > 0 ? g_string_free (g_steal_pointer (&titles), FALSE) : NULL;
}

static void
update_unmatched (TsnComparePanel *self)
{
  const TsnModel *first = tsn_document_get_model (self->document);
  const TsnModel *second = tsn_compare_get_model (tsn_document_get_compare (self->document));
  g_autoptr (GString) text = g_string_new (NULL);

  if (first != NULL && second != NULL)
    {
      g_autofree char *only_first = list_missing (first, second);
      g_autofree char *only_second = list_missing (second, first);

      if (only_first != NULL)
        /* Translators: tasks that the first of two models alone has; %s is a list of them. */
        g_string_append_printf (text, _ ("Only A does: %s."), only_first);
      if (only_second != NULL)
        {
          if (text->len > 0)
            g_string_append_c (text, '\n');
          /* Translators: tasks that the second of two models alone has; %s is a list of them. */
          g_string_append_printf (text, _ ("Only B does: %s."), only_second);
        }
    }
  gtk_label_set_text (self->unmatched, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->unmatched), text->len > 0);
}

static void
update_models (TsnComparePanel *self)
{
  gtk_label_set_text (self->first_name, name_of (tsn_document_get_model (self->document)));
  gtk_label_set_text (self->second_name,
                      name_of (tsn_compare_get_model (tsn_document_get_compare (self->document))));
  update_unmatched (self);
}

static GtkWidget *
new_label (const char *text, float xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static void
add_agreement (TsnComparePanel *self, guint task, const TsnDisagreement *disagreement)
{
  const char *title = tsn_task_text_title (tsn_document_get_task (self->document, task));
  g_autofree char *text = tsn_disagreement_describe (disagreement);
  GtkWidget *name = new_label (title, 0), *number = new_label (text, 1);

  gtk_widget_set_hexpand (name, TRUE);
  tsn_tip_set (name, title);
  gtk_widget_add_css_class (number, "numeric");
  gtk_grid_attach (self->agreement, name, 0, self->n_rows, 1, 1);
  gtk_grid_attach (self->agreement, number, 1, self->n_rows, 1, 1);
  self->n_rows++;
}

static void
update_agreement (TsnComparePanel *self)
{
  TsnCompare *compare = tsn_document_get_compare (self->document);
  gboolean on = tsn_compare_is_on (compare);

  for (; self->n_rows > 0; self->n_rows--)
    gtk_grid_remove_row (self->agreement, 0);
  for (guint i = 0; on && i < tsn_document_get_n_tasks (self->document); i++)
    {
      TsnDisagreement *disagreement = tsn_compare_get_disagreement (compare, i);

      if (disagreement != NULL && tsn_document_is_shown (self->document, i))
        add_agreement (self, i, disagreement);
    }
  gtk_widget_set_visible (self->agreement_box, self->n_rows > 0);
}

static GtkWidget *
new_score (const TsnVerdict *verdict, gboolean better)
{
  g_autofree char *text = verdict != NULL ? tsn_verdict_describe (verdict) : NULL;
  GtkWidget *label = new_label (text != NULL ? text : "–", 1);

  gtk_widget_add_css_class (label, "numeric");
  if (better)
    gtk_widget_add_css_class (label, "better");
  return label;
}

static gboolean
is_better (const TsnVerdict *verdict, const TsnVerdict *other)
{
  if (verdict == NULL || other == NULL)
    return FALSE;
  return verdict->metric->lower_is_better ? verdict->value < other->value
                                          : verdict->value > other->value;
}

static void
add_score (TsnComparePanel *self,
           const TsnTask *task,
           const TsnVerdict *first,
           const TsnVerdict *second)
{
  GtkWidget *name = new_label (tsn_task_text_title (task), 0);
  g_autofree char *metric = tsn_verdict_explain (first != NULL ? first : second);

  gtk_widget_set_hexpand (name, TRUE);
  tsn_tip_set (name, metric);
  gtk_grid_attach (self->scores, name, 0, self->n_scores, 1, 1);
  gtk_grid_attach (self->scores, new_score (first, is_better (first, second)), 1, self->n_scores, 1,
                   1);
  gtk_grid_attach (self->scores, new_score (second, is_better (second, first)), 2, self->n_scores,
                   1, 1);
  self->n_scores++;
}

static void
add_letters (TsnComparePanel *self)
{
  static const char *const letters[] = { "A", "B" };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      GtkWidget *letter = new_label (letters[i], 1);

      gtk_widget_add_css_class (letter, "dim-label");
      gtk_grid_attach (self->scores, letter, i + 1, 0, 1, 1);
    }
  self->n_scores = 1;
}

static void
update_scores (TsnComparePanel *self)
{
  TsnCompare *compare = tsn_document_get_compare (self->document);
  TsnJudge *judge = tsn_document_get_judge (self->document);
  gboolean on = tsn_compare_is_on (compare);

  for (; self->n_scores > 0; self->n_scores--)
    gtk_grid_remove_row (self->scores, 0);
  if (on)
    add_letters (self);
  for (guint i = 0; on && i < tsn_document_get_n_tasks (self->document); i++)
    {
      const TsnVerdict *first = tsn_judge_get_verdict (judge, i);
      const TsnVerdict *second = tsn_compare_get_verdict (compare, i);

      if (tsn_document_is_shown (self->document, i) && (first != NULL || second != NULL))
        add_score (self, tsn_document_get_task (self->document, i), first, second);
    }
  gtk_widget_set_visible (self->scores_box, self->n_scores > 1);
}

static void
update_legend (TsnComparePanel *self)
{
  TsnCompare *compare = tsn_document_get_compare (self->document);
  guint active = tsn_document_get_active (self->document);
  TsnDisagreement *disagreement = NULL;

  if (tsn_compare_is_on (compare) && tsn_compare_get_mode (compare) == TSN_COMPARE_DIFFERENCE)
    disagreement = tsn_compare_get_disagreement (compare, active);
  if (disagreement != NULL)
    gtk_label_set_text (self->legend_title,
                        tsn_task_text_title (tsn_document_get_task (self->document, active)));
  tsn_difference_legend_set_disagreement (self->legend, disagreement);
  gtk_widget_set_visible (self->legend_box, disagreement != NULL);
}

static void
update_numbers (TsnComparePanel *self)
{
  update_scores (self);
  update_agreement (self);
  update_legend (self);
}

static void
update_mode (TsnComparePanel *self)
{
  TsnCompare *compare = tsn_document_get_compare (self->document);
  TsnCompareMode mode = tsn_compare_get_mode (compare);
  gboolean on = tsn_compare_is_on (compare);

  gtk_widget_set_visible (self->wipe_row, on && mode == TSN_COMPARE_WIPE);
  gtk_widget_set_visible (self->swap, on && mode == TSN_COMPARE_BLINK);
  update_numbers (self);
}

static void
models_changed_cb (TsnComparePanel *self)
{
  update_models (self);
  update_mode (self);
}

static void
tsn_compare_panel_dispose (GObject *object)
{
  g_clear_object (&TSN_COMPARE_PANEL (object)->document);
  G_OBJECT_CLASS (tsn_compare_panel_parent_class)->dispose (object);
}

static void
tsn_compare_panel_class_init (TsnComparePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TSN_TYPE_COST_PANEL);
  g_type_ensure (TSN_TYPE_DIFFERENCE_LEGEND);
  G_OBJECT_CLASS (klass)->dispose = tsn_compare_panel_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TSN_UI_RESOURCES "tsn-compare-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnComparePanel, first_name);
  gtk_widget_class_bind_template_child (widget_class, TsnComparePanel, second_name);
  gtk_widget_class_bind_template_child (widget_class, TsnComparePanel, wipe_row);
  gtk_widget_class_bind_template_child (widget_class, TsnComparePanel, wipe);
  gtk_widget_class_bind_template_child (widget_class, TsnComparePanel, swap);
  gtk_widget_class_bind_template_child (widget_class, TsnComparePanel, unmatched);
  gtk_widget_class_bind_template_child (widget_class, TsnComparePanel, legend_box);
  gtk_widget_class_bind_template_child (widget_class, TsnComparePanel, legend_title);
  gtk_widget_class_bind_template_child (widget_class, TsnComparePanel, legend);
  gtk_widget_class_bind_template_child (widget_class, TsnComparePanel, scores_box);
  gtk_widget_class_bind_template_child (widget_class, TsnComparePanel, scores);
  gtk_widget_class_bind_template_child (widget_class, TsnComparePanel, agreement_box);
  gtk_widget_class_bind_template_child (widget_class, TsnComparePanel, agreement);
  gtk_widget_class_bind_template_child (widget_class, TsnComparePanel, cost);
}

static void
tsn_compare_panel_init (TsnComparePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
follow (TsnComparePanel *self, gpointer object, const char *signal, GCallback callback)
{
  g_signal_connect_object (object, signal, callback, self, G_CONNECT_SWAPPED);
}

/**
 * tsn_compare_panel_set_document:
 *
 * Says whose model to compare with another; to be called once.
 */
void
tsn_compare_panel_set_document (TsnComparePanel *self, TsnDocument *document)
{
  TsnCompare *compare = tsn_document_get_compare (document);

  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  g_object_bind_property (compare, "wipe", self->wipe, "value",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  follow (self, document, "model-changed", G_CALLBACK (models_changed_cb));
  follow (self, document, "notify::shown", G_CALLBACK (update_numbers));
  follow (self, tsn_document_get_judge (document), "judged", G_CALLBACK (update_scores));
  follow (self, document, "notify::active", G_CALLBACK (update_legend));
  follow (self, compare, "model-changed", G_CALLBACK (models_changed_cb));
  follow (self, compare, "notify::enabled", G_CALLBACK (update_mode));
  follow (self, compare, "notify::mode", G_CALLBACK (update_mode));
  follow (self, compare, "updated", G_CALLBACK (update_numbers));
  tsn_cost_panel_set_document (self->cost, document);
  models_changed_cb (self);
}
