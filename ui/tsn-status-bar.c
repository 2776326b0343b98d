#include "ui/tsn-status-bar.h"

#include "ui/tsn-document-live.h"
#include "ui/tsn-resources.h"
#include "ui/tsn-task-text.h"
#include "ui/tsn-turns.h"
#include "ui/tsn-zoom-button.h"

#include <glib/gi18n.h>

/* Work that is done within this time is not worth a spinner. */
#define PATIENCE_MS 200

struct _TsnStatusBar
{
  GtkBox parent_instance;

  GtkWidget *working;
  GtkSpinner *spinner;
  GtkProgressBar *progress;
  GtkLabel *timing;
  GtkLabel *sizes;
  GtkLabel *rates;
  GtkLabel *probe;
  TsnZoomButton *zoom;

  TsnDocument *document;
  TsnView *view;
  guint patience;
};

G_DEFINE_FINAL_TYPE (TsnStatusBar, tsn_status_bar, GTK_TYPE_BOX)

static void
show_working (TsnStatusBar *self, gboolean working)
{
  gtk_widget_set_visible (self->working, working);
  gtk_spinner_set_spinning (self->spinner, working);
}

static gboolean
patience_cb (gpointer data)
{
  TsnStatusBar *self = data;

  self->patience = 0;
  show_working (self, TRUE);
  return G_SOURCE_REMOVE;
}

static char *
describe_timing (const TsnTiming *timing)
{
  double encode = 1000 * timing->encode_seconds, decode = 1000 * timing->decode_seconds;

  if (timing->n_tasks == 0)
    return g_strdup ("");
  if (timing->encoder_kept)
    /* Translators: the encoder did not run again for the newest tasks. */
    return g_strdup_printf (_ ("Encode %.0f ms (kept) · Decode %u × %.0f ms"), encode,
                            timing->n_tasks, decode / timing->n_tasks);
  return g_strdup_printf (_ ("Encode %.0f ms · Decode %u × %.0f ms"), encode, timing->n_tasks,
                          decode / timing->n_tasks);
}

static void
update_sizes (TsnStatusBar *self)
{
  const TsnPhoto *photo = tsn_document_get_photo (self->document);
  g_autofree char *text = NULL;
  guint width, height;

  if (tsn_document_get_network_size (self->document, &width, &height))
    text = g_strdup_printf ("%u × %u → %u × %u", photo->image->width, photo->image->height, width,
                            height);
  gtk_label_set_text (self->sizes, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->zoom), text != NULL);
}

static void
update_progress (TsnStatusBar *self)
{
  TsnPredictor *predictor = tsn_document_get_predictor (self->document);
  g_autofree char *timing = describe_timing (tsn_predictor_get_timing (predictor));

  if (tsn_document_is_loading (self->document)
      || tsn_compare_is_loading (tsn_document_get_compare (self->document)))
    gtk_progress_bar_pulse (self->progress);
  else
    gtk_progress_bar_set_fraction (self->progress, tsn_document_get_progress (self->document));
  gtk_label_set_text (self->timing, timing);
}

static void
busy_cb (TsnStatusBar *self)
{
  gboolean busy = tsn_document_is_working (self->document);

  g_clear_handle_id (&self->patience, g_source_remove);
  if (busy && !tsn_document_shows_frame (self->document))
    self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
  else
    show_working (self, FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
  update_progress (self);
}

static void
add_value (TsnStatusBar *self, guint task, double x, double y, GString *text)
{
  TsnPrediction *prediction = tsn_document_get_prediction (self->document, task);
  g_autofree char *value = NULL;

  if (prediction == NULL)
    return;
  value = tsn_prediction_describe_at (prediction, x, y);
  g_string_append_printf (text, "   %s: %s", tsn_task_text_title (prediction->result->task), value);
}

/* The photo's colour and what the tasks say, the active one first: not every layout has panes for
 * all of them. */
static void
update_probe (TsnStatusBar *self)
{
  const TsnPhoto *photo = tsn_document_get_photo (self->document);
  guint active = tsn_document_get_active (self->document);
  g_autoptr (GString) text = g_string_new (NULL);
  double x = 0, y = 0;

  if (photo != NULL && tsn_view_get_probe (self->view, &x, &y))
    {
      g_autofree char *colour = tsn_photo_describe_at (photo, x, y);

      g_string_printf (text, "%.0f, %.0f   %s", x - 0.5, y - 0.5, colour);
      add_value (self, active, x, y, text);
      for (guint i = 0; i < tsn_document_get_n_tasks (self->document); i++)
        if (i != active && tsn_document_is_shown (self->document, i))
          add_value (self, i, x, y, text);
    }
  gtk_label_set_text (self->probe, text->str);
}

static void
update_rates (TsnStatusBar *self)
{
  TsnLive *live = tsn_document_get_live (self->document);
  gboolean rolling = tsn_live_get_status (live) == TSN_LIVE_RUNNING;
  double shown, dropped;
  g_autofree char *text = NULL;

  tsn_live_get_rates (live, &shown, &dropped);
  /* Translators: frames of a camera or a video in a second. */
  text = g_strdup_printf (_ ("%.1f shown/s · %.1f dropped/s"), shown, dropped);
  gtk_label_set_text (self->rates, text);
  gtk_widget_set_visible (GTK_WIDGET (self->rates), rolling && shown > 0);
}

static void
tsn_status_bar_dispose (GObject *object)
{
  TsnStatusBar *self = TSN_STATUS_BAR (object);

  tsn_turns_remove (self);
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_object (&self->document);
  g_clear_object (&self->view);
  G_OBJECT_CLASS (tsn_status_bar_parent_class)->dispose (object);
}

static void
tsn_status_bar_class_init (TsnStatusBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TSN_TYPE_ZOOM_BUTTON);
  G_OBJECT_CLASS (klass)->dispose = tsn_status_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-status-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnStatusBar, working);
  gtk_widget_class_bind_template_child (widget_class, TsnStatusBar, spinner);
  gtk_widget_class_bind_template_child (widget_class, TsnStatusBar, progress);
  gtk_widget_class_bind_template_child (widget_class, TsnStatusBar, timing);
  gtk_widget_class_bind_template_child (widget_class, TsnStatusBar, sizes);
  gtk_widget_class_bind_template_child (widget_class, TsnStatusBar, rates);
  gtk_widget_class_bind_template_child (widget_class, TsnStatusBar, probe);
  gtk_widget_class_bind_template_child (widget_class, TsnStatusBar, zoom);
  gtk_widget_class_set_css_name (widget_class, "statusbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
tsn_status_bar_init (TsnStatusBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
follow (TsnStatusBar *self, gpointer object, const char *signal, GCallback callback)
{
  g_signal_connect_object (object, signal, callback, self, G_CONNECT_SWAPPED);
}

/* Once for all tasks that come or go together. */
static void
update_probe_next (TsnStatusBar *self)
{
  tsn_turns_add (self, (TsnTurn) update_probe);
}

/**
 * tsn_status_bar_set_document:
 *
 * Says what to report; to be called once.
 */
void
tsn_status_bar_set_document (TsnStatusBar *self, TsnDocument *document, TsnView *view)
{
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  self->view = g_object_ref (view);
  tsn_zoom_button_set_view (self->zoom, view);
  follow (self, document, "notify::working", G_CALLBACK (busy_cb));
  follow (self, document, "progress", G_CALLBACK (update_progress));
  follow (self, document, "photo-changed", G_CALLBACK (update_sizes));
  follow (self, document, "model-changed", G_CALLBACK (update_sizes));
  follow (self, document, "notify::size", G_CALLBACK (update_sizes));
  follow (self, document, "notify::active", G_CALLBACK (update_probe));
  follow (self, document, "predicted", G_CALLBACK (update_probe_next));
  follow (self, view, "probe-changed", G_CALLBACK (update_probe));
  follow (self, tsn_document_get_live (document), "counted", G_CALLBACK (update_rates));
  follow (self, tsn_document_get_live (document), "changed", G_CALLBACK (update_rates));
  update_sizes (self);
  busy_cb (self);
}
