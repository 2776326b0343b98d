#include "ui/tsn-export-progress.h"

#include "ui/tsn-resources.h"

/* Work that is done before that shows no progress. */
#define PATIENCE_MS 400

struct _TsnExportProgress
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;
  GtkProgressBar *bar;
  GtkWidget *stop;

  guint appearing; /* source, or 0 */
};

G_DEFINE_FINAL_TYPE (TsnExportProgress, tsn_export_progress, ADW_TYPE_BIN)

static gboolean
appear_cb (gpointer data)
{
  TsnExportProgress *self = data;

  self->appearing = 0;
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  return G_SOURCE_REMOVE;
}

/**
 * tsn_export_progress_set_working:
 *
 * Lets it appear if the work takes long, or goes.
 */
void
tsn_export_progress_set_working (TsnExportProgress *self, gboolean working)
{
  if (working && self->appearing == 0 && !gtk_revealer_get_reveal_child (self->revealer))
    self->appearing = g_timeout_add (PATIENCE_MS, appear_cb, self);
  if (working)
    return;
  g_clear_handle_id (&self->appearing, g_source_remove);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

/**
 * tsn_export_progress_say:
 * @fraction: how much of the work is done, from 0 to 1
 *
 * Says how far the work is.
 */
void
tsn_export_progress_say (TsnExportProgress *self, const char *text, double fraction)
{
  gtk_label_set_text (self->label, text);
  gtk_progress_bar_set_fraction (self->bar, fraction);
}

/**
 * tsn_export_progress_set_stop_tip:
 *
 * Says what the button stops.
 */
void
tsn_export_progress_set_stop_tip (TsnExportProgress *self, const char *text)
{
  gtk_widget_set_tooltip_text (self->stop, text);
}

static void
tsn_export_progress_dispose (GObject *object)
{
  TsnExportProgress *self = TSN_EXPORT_PROGRESS (object);

  g_clear_handle_id (&self->appearing, g_source_remove);
  G_OBJECT_CLASS (tsn_export_progress_parent_class)->dispose (object);
}

static void
tsn_export_progress_class_init (TsnExportProgressClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_export_progress_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TSN_UI_RESOURCES "tsn-export-progress.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnExportProgress, revealer);
  gtk_widget_class_bind_template_child (widget_class, TsnExportProgress, label);
  gtk_widget_class_bind_template_child (widget_class, TsnExportProgress, bar);
  gtk_widget_class_bind_template_child (widget_class, TsnExportProgress, stop);
}

static void
tsn_export_progress_init (TsnExportProgress *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
