#include "ui/tsn-blend-panel.h"

#include "ui/tsn-blend-pad.h"
#include "ui/tsn-box-filler.h"
#include "ui/tsn-module-list.h"
#include "ui/tsn-path-player.h"
#include "ui/tsn-resources.h"
#include "ui/tsn-task-text.h"
#include "ui/tsn-weight-row.h"

#include <glib/gi18n.h>
#include <math.h>

/* Sums that differ from one by less are shown as one. */
#define SAME_SUM 0.005

struct _TsnBlendPanel
{
  GtkBox parent_instance;

  GtkStack *stack;
  TsnBlendPad *pad;
  GtkBox *weights;
  GtkLabel *sum;
  GtkLabel *space_meaning;
  GtkDropDown *readout;
  GtkLabel *contrast;
  TsnModuleList *modules;
  GtkLabel *modules_title;
  TsnPathPlayer *player;

  TsnBlend *blend;
  GtkWidget *clock; /* borrowed: the window, while it ticks */
  guint tick;
  gint64 last_frame; /* microseconds; 0 before the first */
};

G_DEFINE_FINAL_TYPE (TsnBlendPanel, tsn_blend_panel, GTK_TYPE_BOX)

static void
readout_cb (TsnBlendPanel *self)
{
  tsn_blend_set_readout (self->blend, gtk_drop_down_get_selected (self->readout));
}

static void
update_readout (TsnBlendPanel *self)
{
  g_signal_handlers_block_by_func (self->readout, readout_cb, self);
  gtk_drop_down_set_selected (self->readout, tsn_blend_get_readout (self->blend));
  g_signal_handlers_unblock_by_func (self->readout, readout_cb, self);
}

static void
update_modules_title (TsnBlendPanel *self)
{
  guint own = tsn_blend_count_own_modules (self->blend);
  /* Translators: %u is how many decoder modules have a mix of their own. */
  g_autofree char *title = own == 0
                               ? g_strdup (_ ("Decoder modules"))
                               : g_strdup_printf (_ ("Decoder modules (%u of their own)"), own);

  gtk_label_set_text (self->modules_title, title);
}

static void
changed_cb (TsnBlendPanel *self)
{
  double sum = tsn_blend_get_sum (self->blend);
  /* Translators: %.2f is the sum of all weights. */
  g_autofree char *text = g_strdup_printf (_ ("Sum %.2f"), sum);

  gtk_label_set_text (self->sum, text);
  if (fabs (sum - 1) < SAME_SUM)
    gtk_widget_remove_css_class (GTK_WIDGET (self->sum), "warning");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->sum), "warning");
  gtk_label_set_text (self->space_meaning, tsn_blend_explain_space (self->blend));
  update_readout (self);
  update_modules_title (self);
}

static void
contrasted_cb (TsnBlendPanel *self)
{
  TsnDisagreement *contrast = tsn_blend_get_contrast (self->blend);
  g_autofree char *number = contrast != NULL ? tsn_disagreement_describe (contrast) : NULL;
  g_autofree char *text = NULL;

  if (number != NULL)
    /* Translators: how far a blend is from the plain task; %s is as "RMSE 0.20 m". */
    text = g_strdup_printf (_ ("Against the plain task: %s"), number);
  gtk_label_set_text (self->contrast, text != NULL ? text : "");
}

static GtkWidget *
make_weight (guint row, gpointer data)
{
  return tsn_weight_row_new (data, row);
}

static void
rebuild_readout (TsnBlendPanel *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < tsn_blend_get_n_tasks (self->blend); i++)
    gtk_string_list_append (titles, tsn_task_text_title (tsn_blend_get_task (self->blend, i)));
  g_signal_handlers_block_by_func (self->readout, readout_cb, self);
  gtk_drop_down_set_model (self->readout, G_LIST_MODEL (titles));
  g_signal_handlers_unblock_by_func (self->readout, readout_cb, self);
}

static const char *
choose_page (TsnBlendPanel *self)
{
  if (tsn_blend_get_n_tasks (self->blend) == 0)
    return "empty";
  return tsn_blend_can_mix (self->blend) ? "mix" : "apart";
}

static void
model_changed_cb (TsnBlendPanel *self)
{
  tsn_box_fill (self->weights, tsn_blend_get_n_tasks (self->blend), make_weight, self->blend);
  rebuild_readout (self);
  gtk_stack_set_visible_child_name (self->stack, choose_page (self));
  changed_cb (self);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  TsnBlendPanel *self = data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  gint64 passed = self->last_frame != 0 ? now - self->last_frame : 0;

  self->last_frame = now;
  tsn_blend_path_advance (tsn_blend_get_path (self->blend), passed / (double) G_USEC_PER_SEC);
  return G_SOURCE_CONTINUE;
}

static void
stop_clock (TsnBlendPanel *self)
{
  if (self->clock != NULL)
    gtk_widget_remove_tick_callback (self->clock, self->tick);
  self->clock = NULL;
}

/* The window's clock also runs while the page of the blend is not to be seen. */
static void
start_clock (TsnBlendPanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->clock != NULL || root == NULL)
    return;
  self->clock = GTK_WIDGET (root);
  self->last_frame = 0;
  self->tick = gtk_widget_add_tick_callback (self->clock, tick_cb, self, NULL);
}

static void
playing_cb (TsnBlendPanel *self)
{
  if (!tsn_blend_path_get_playing (tsn_blend_get_path (self->blend)))
    {
      stop_clock (self);
      return;
    }
  if (!tsn_blend_is_active (self->blend))
    tsn_blend_set_shown (self->blend, TRUE);
  start_clock (self);
}

static void
tsn_blend_panel_root (GtkWidget *widget)
{
  TsnBlendPanel *self = TSN_BLEND_PANEL (widget);

  GTK_WIDGET_CLASS (tsn_blend_panel_parent_class)->root (widget);
  if (self->blend != NULL)
    playing_cb (self);
}

static void
tsn_blend_panel_unroot (GtkWidget *widget)
{
  stop_clock (TSN_BLEND_PANEL (widget));
  GTK_WIDGET_CLASS (tsn_blend_panel_parent_class)->unroot (widget);
}

static void
tsn_blend_panel_dispose (GObject *object)
{
  TsnBlendPanel *self = TSN_BLEND_PANEL (object);

  stop_clock (self);
  g_clear_object (&self->blend);
  G_OBJECT_CLASS (tsn_blend_panel_parent_class)->dispose (object);
}

static void
tsn_blend_panel_class_init (TsnBlendPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TSN_TYPE_BLEND_PAD);
  g_type_ensure (TSN_TYPE_MODULE_LIST);
  g_type_ensure (TSN_TYPE_PATH_PLAYER);
  G_OBJECT_CLASS (klass)->dispose = tsn_blend_panel_dispose;
  widget_class->root = tsn_blend_panel_root;
  widget_class->unroot = tsn_blend_panel_unroot;
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-blend-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnBlendPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, TsnBlendPanel, pad);
  gtk_widget_class_bind_template_child (widget_class, TsnBlendPanel, weights);
  gtk_widget_class_bind_template_child (widget_class, TsnBlendPanel, sum);
  gtk_widget_class_bind_template_child (widget_class, TsnBlendPanel, space_meaning);
  gtk_widget_class_bind_template_child (widget_class, TsnBlendPanel, readout);
  gtk_widget_class_bind_template_child (widget_class, TsnBlendPanel, contrast);
  gtk_widget_class_bind_template_child (widget_class, TsnBlendPanel, modules);
  gtk_widget_class_bind_template_child (widget_class, TsnBlendPanel, modules_title);
  gtk_widget_class_bind_template_child (widget_class, TsnBlendPanel, player);
}

static void
tsn_blend_panel_init (TsnBlendPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->readout, "notify::selected", G_CALLBACK (readout_cb), self);
}

/**
 * tsn_blend_panel_set_document:
 *
 * Says whose blend to show; to be called once.
 */
void
tsn_blend_panel_set_document (TsnBlendPanel *self, TsnDocument *document)
{
  TsnBlend *blend = tsn_document_get_blend (document);

  g_return_if_fail (self->blend == NULL);

  self->blend = g_object_ref (blend);
  tsn_blend_pad_set_blend (self->pad, blend);
  tsn_module_list_set_blend (self->modules, blend);
  tsn_path_player_set_blend (self->player, blend);
  g_signal_connect_object (blend, "model-changed", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (blend, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (blend, "contrasted", G_CALLBACK (contrasted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (tsn_blend_get_path (blend), "notify::playing", G_CALLBACK (playing_cb),
                           self, G_CONNECT_SWAPPED);
  model_changed_cb (self);
}
