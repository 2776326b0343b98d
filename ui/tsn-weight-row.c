#include "ui/tsn-weight-row.h"

#include "ui/tsn-resources.h"
#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* Tasks beyond this have no key of their own. */
#define N_KEYS 9

struct _TsnWeightRow
{
  GtkWidget parent_instance;

  GtkLabel *key;
  GtkLabel *title;
  GtkSpinButton *number;
  GtkScale *slider;

  TsnBlend *blend;
  guint task;
};

G_DEFINE_FINAL_TYPE (TsnWeightRow, tsn_weight_row, GTK_TYPE_WIDGET)

static void
number_cb (TsnWeightRow *self)
{
  tsn_blend_set_weight (self->blend, self->task, gtk_spin_button_get_value (self->number));
}

/* The field shows fewer digits than the weight has, and is read whenever it loses the focus: what
 * nobody changed in it still is the weight. */
static int
input_cb (GtkSpinButton *number, double *value)
{
  double weight = gtk_adjustment_get_value (gtk_spin_button_get_adjustment (number));
  g_autofree char *shown = g_strdup_printf ("%.*f", gtk_spin_button_get_digits (number), weight);

  if (strcmp (shown, gtk_editable_get_text (GTK_EDITABLE (number))) != 0)
    return FALSE;
  *value = weight;
  return TRUE;
}

static void
slider_cb (TsnWeightRow *self)
{
  tsn_blend_set_weight (self->blend, self->task, gtk_range_get_value (GTK_RANGE (self->slider)));
}

/* Shows the weight without asking for anything. */
static void
update (TsnWeightRow *self)
{
  double weight;

  if (self->task >= tsn_blend_get_n_tasks (self->blend))
    return;
  weight = tsn_blend_get_weights (self->blend)[self->task];
  g_signal_handlers_block_by_func (self->number, number_cb, self);
  g_signal_handlers_block_by_func (self->slider, slider_cb, self);
  gtk_spin_button_set_value (self->number, weight);
  gtk_range_set_value (GTK_RANGE (self->slider), weight);
  g_signal_handlers_unblock_by_func (self->number, number_cb, self);
  g_signal_handlers_unblock_by_func (self->slider, slider_cb, self);
}

static void
tsn_weight_row_dispose (GObject *object)
{
  TsnWeightRow *self = TSN_WEIGHT_ROW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->blend);
  G_OBJECT_CLASS (tsn_weight_row_parent_class)->dispose (object);
}

static void
tsn_weight_row_class_init (TsnWeightRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_weight_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-weight-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnWeightRow, key);
  gtk_widget_class_bind_template_child (widget_class, TsnWeightRow, title);
  gtk_widget_class_bind_template_child (widget_class, TsnWeightRow, number);
  gtk_widget_class_bind_template_child (widget_class, TsnWeightRow, slider);
}

static void
tsn_weight_row_init (TsnWeightRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_spin_button_set_range (self->number, TSN_WEIGHT_ROW_LOWEST, TSN_WEIGHT_ROW_HIGHEST);
}

static void
describe (TsnWeightRow *self)
{
  const char *title = tsn_task_text_title (tsn_blend_get_task (self->blend, self->task));
  g_autofree char *key = g_strdup_printf ("%u", self->task + 1);
  /* Translators: %s is a task. */
  g_autofree char *name = g_strdup_printf (_ ("Weight of %s"), title);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->key, key);
  gtk_widget_set_visible (GTK_WIDGET (self->key), self->task < N_KEYS);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->slider), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

/**
 * tsn_weight_row_new:
 *
 * Returns: (transfer floating): a row for one of the blend's tasks.
 */
GtkWidget *
tsn_weight_row_new (TsnBlend *blend, guint task)
{
  TsnWeightRow *self = g_object_new (TSN_TYPE_WEIGHT_ROW, NULL);

  self->blend = g_object_ref (blend);
  self->task = task;
  describe (self);
  g_signal_connect (self->number, "input", G_CALLBACK (input_cb), NULL);
  g_signal_connect_swapped (self->number, "value-changed", G_CALLBACK (number_cb), self);
  g_signal_connect_swapped (self->slider, "value-changed", G_CALLBACK (slider_cb), self);
  g_signal_connect_object (blend, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
