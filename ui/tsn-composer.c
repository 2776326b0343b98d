#include "ui/tsn-composer.h"

#include "ui/tsn-composer-panel.h"
#include "ui/tsn-figure-preview.h"
#include "ui/tsn-figure-work.h"
#include "ui/tsn-resources.h"
#include "ui/tsn-toaster.h"
#include "ui/tsn-weak.h"

#include <glib/gi18n.h>
#include <string.h>

/* While somebody still turns a control or pulls the window larger, no figure is made. */
#define PATIENCE_MS 150

/* Work that is done before that shows no progress. */
#define PROGRESS_MS 400

struct _TsnComposer
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  TsnToaster toaster;
  AdwFlap *flap;
  GtkStack *pages;
  TsnFigurePreview *preview;
  AdwStatusPage *problem;
  GtkRevealer *progress_revealer;
  GtkLabel *progress_label;
  GtkProgressBar *progress;
  TsnComposerPanel *panel;

  TsnDocument *document;
  TsnFigureWork *work;
  GCancellable *drawing; /* of the preview that is being made, or NULL */
  GCancellable *writing; /* of the file or the copy that is being made, or NULL */
  guint refresh;         /* sources, or 0 */
  guint show_progress;
  GtkNativeDialog *chooser;
  GFile *folder; /* of the newest file, or NULL */
};

G_DEFINE_FINAL_TYPE (TsnComposer, tsn_composer, ADW_TYPE_WINDOW)

enum
{
  MADE,
  WRITTEN,
  COPIED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
show_progress_cb (gpointer data)
{
  TsnComposer *self = data;

  self->show_progress = 0;
  gtk_revealer_set_reveal_child (self->progress_revealer, TRUE);
  return G_SOURCE_REMOVE;
}

static void
update_state (TsnComposer *self)
{
  gboolean busy = tsn_composer_is_busy (self);
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "composer.cancel", busy);
  gtk_widget_action_set_enabled (widget, "composer.copy", self->writing == NULL);
  gtk_widget_action_set_enabled (widget, "composer.export", self->writing == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->panel), self->writing == NULL);
  if (busy && self->show_progress == 0 && !gtk_revealer_get_reveal_child (self->progress_revealer))
    self->show_progress = g_timeout_add (PROGRESS_MS, show_progress_cb, self);
  if (busy)
    return;
  g_clear_handle_id (&self->show_progress, g_source_remove);
  gtk_revealer_set_reveal_child (self->progress_revealer, FALSE);
}

static void
say_progress (TsnComposer *self, const char *text, double fraction)
{
  gtk_label_set_text (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress, fraction);
}

static void
progress_cb (TsnComposer *self, guint done, guint total, const char *photo)
{
  /* Translators: which photo of how many is looked at, and its name. */
  g_autofree char *text = g_strdup_printf (_ ("Photo %u of %u: %s"), done + 1, total, photo);

  say_progress (self, text, (double) done / total);
}

static void
open_folder_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TsnComposer *self = TSN_COMPOSER (widget);
  g_autofree char *uri = self->folder != NULL ? g_file_get_uri (self->folder) : NULL;

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

/* Says something that goes away by itself; @folder: whether to offer the newest file's folder. */
static void
say (TsnComposer *self, const char *text, gboolean folder)
{
  tsn_toaster_say (&self->toaster, self->toasts, text, folder ? _ ("Open Folder") : NULL,
                   folder ? "composer.open-folder" : NULL);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
drawn_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (TsnComposer) self = tsn_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *markup = NULL;
  const TsnFigureOrder *order = tsn_figure_work_finish (result, &error);

  /* Another one is wanted meanwhile, or the window is closed. */
  if (self == NULL || self->drawing == NULL
      || g_task_get_cancellable (G_TASK (result)) != self->drawing)
    return;
  g_clear_object (&self->drawing);
  update_state (self);
  if (order != NULL)
    {
      tsn_figure_preview_set_texture (self->preview, order->texture);
      gtk_stack_set_visible_child_name (self->pages, "preview");
      g_signal_emit (self, signals[MADE], 0);
      return;
    }
  gtk_stack_set_visible_child_name (self->pages, is_cancelled (error) ? "stopped" : "problem");
  if (is_cancelled (error))
    return;
  markup = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->problem, markup);
  g_signal_emit (self, signals[FAILED], 0, error);
}

static gboolean
refresh_cb (gpointer data)
{
  TsnComposer *self = data;
  TsnFigureOrder *order
      = tsn_figure_order_new (tsn_composer_panel_make_wish (self->panel), TSN_FIGURE_FORM_SCREEN);

  self->refresh = 0;
  tsn_figure_preview_get_box (self->preview, &order->width, &order->height);
  if (self->drawing != NULL)
    g_cancellable_cancel (self->drawing);
  g_clear_object (&self->drawing);
  self->drawing = g_cancellable_new ();
  if (self->writing == NULL)
    say_progress (self, _ ("Making the figure…"), 0);
  tsn_figure_work_run (self->work, order, self->drawing, drawn_cb, tsn_weak_new (self));
  update_state (self);
  return G_SOURCE_REMOVE;
}

static void
queue_refresh (TsnComposer *self)
{
  g_clear_handle_id (&self->refresh, g_source_remove);
  if (self->document != NULL)
    self->refresh = g_timeout_add (PATIENCE_MS, refresh_cb, self);
}

/* The sentences of the core name the file. */
static gboolean
end_writing (TsnComposer *self, GAsyncResult *result, const TsnFigureOrder **order)
{
  g_autoptr (GError) error = NULL;

  *order = tsn_figure_work_finish (result, &error);
  if (self == NULL || self->writing == NULL)
    return FALSE;
  g_clear_object (&self->writing);
  update_state (self);
  if (*order != NULL)
    return TRUE;
  say (self, is_cancelled (error) ? _ ("Stopped") : error->message, FALSE);
  g_signal_emit (self, signals[FAILED], 0, error);
  return FALSE;
}

static void
begin_writing (TsnComposer *self,
               TsnFigureOrder *order,
               const char *text,
               GAsyncReadyCallback callback)
{
  self->writing = g_cancellable_new ();
  say_progress (self, text, 0);
  tsn_figure_work_run (self->work, order, self->writing, callback, tsn_weak_new (self));
  update_state (self);
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (TsnComposer) self = tsn_weak_take (data);
  g_autofree char *text = NULL, *name = NULL;
  g_autoptr (GFile) file = NULL;
  const TsnFigureOrder *order;

  if (self == NULL || !end_writing (self, result, &order))
    return;
  file = g_file_new_for_path (order->path);
  name = g_filename_display_basename (order->path);
  g_clear_object (&self->folder);
  self->folder = g_file_get_parent (file);
  if (order->written->len > 1)
    text = g_strdup_printf (
        /* Translators: %s is the name of a file. */
        ngettext ("Exported “%s” and %u file beside it", "Exported “%s” and %u files beside it",
                  order->written->len - 1),
        name, order->written->len - 1);
  else
    /* Translators: %s is the name of a file. */
    text = g_strdup_printf (_ ("Exported “%s”"), name);
  say (self, order->notes[0] != NULL ? order->notes[0] : text, TRUE);
  g_signal_emit (self, signals[WRITTEN], 0, order->path);
}

static void
copied_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (TsnComposer) self = tsn_weak_take (data);
  const TsnFigureOrder *order;

  if (self == NULL || !end_writing (self, result, &order))
    return;
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), order->content);
  say (self, _ ("Figure copied"), FALSE);
  g_signal_emit (self, signals[COPIED], 0);
}

/**
 * tsn_composer_write:
 * @file: where
 *
 * Writes the figure into a file, in the format that is chosen.
 */
void
tsn_composer_write (TsnComposer *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *text = NULL;

  if (self->writing != NULL)
    return;
  if (path == NULL)
    {
      say (self, _ ("Figures can only be saved on this computer."), FALSE);
      return;
    }
  /* Translators: %s is the name of a file. */
  text = g_strdup_printf (_ ("Writing “%s”…"), name);
  begin_writing (self, tsn_composer_panel_make_order (self->panel, path), text, written_cb);
}

/**
 * tsn_composer_is_busy:
 *
 * Returns: whether a figure is being made, or about to be.
 */
gboolean
tsn_composer_is_busy (TsnComposer *self)
{
  return self->refresh != 0 || self->drawing != NULL || self->writing != NULL;
}

/* A name without the ending gets it, unless that means to overwrite a file that nobody named. */
static void
response_cb (TsnComposer *self, int response, GtkNativeDialog *chooser)
{
  const char *suffix = tsn_composer_panel_get_suffix (self->panel);
  g_autoptr (GFile) file = NULL, renamed = NULL;
  g_autofree char *uri = NULL, *named = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_clear_object (&self->chooser);
  if (file == NULL)
    return;
  uri = g_file_get_uri (file);
  if (g_str_has_suffix (uri, suffix))
    {
      tsn_composer_write (self, file);
      return;
    }
  named = g_strconcat (uri, suffix, NULL);
  renamed = g_file_new_for_uri (named);
  if (g_file_query_exists (renamed, NULL))
    say (self, _ ("There is such a file already; choose it to replace it."), FALSE);
  else
    tsn_composer_write (self, renamed);
}

/* After the photo. */
static char *
propose_name (TsnComposer *self)
{
  const TsnPhoto *photo = tsn_document_get_photo (self->document);
  g_autofree char *stem = photo != NULL ? g_path_get_basename (photo->name) : g_strdup ("tsn");
  char *dot = strrchr (stem, '.');

  if (dot != NULL && dot != stem)
    *dot = '\0';
  return g_strconcat (stem, "-figure", tsn_composer_panel_get_suffix (self->panel), NULL);
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TsnComposer *self = TSN_COMPOSER (widget);
  g_autofree char *name = propose_name (self);
  GtkFileChooser *chooser;

  if (self->chooser != NULL)
    return;
  self->chooser = GTK_NATIVE_DIALOG (gtk_file_chooser_native_new (
      _ ("Export Figure"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL));
  chooser = GTK_FILE_CHOOSER (self->chooser);
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  if (self->folder != NULL)
    gtk_file_chooser_set_current_folder (chooser, self->folder, NULL);
  gtk_file_chooser_set_current_name (chooser, name);
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (self->chooser);
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TsnComposer *self = TSN_COMPOSER (widget);

  if (self->writing == NULL)
    begin_writing (self,
                   tsn_figure_order_new (tsn_composer_panel_make_wish (self->panel),
                                         TSN_FIGURE_FORM_CLIPBOARD),
                   _ ("Copying the figure…"), copied_cb);
}

static void
cancel_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TsnComposer *self = TSN_COMPOSER (widget);

  if (self->writing != NULL)
    g_cancellable_cancel (self->writing);
  else if (self->drawing != NULL)
    g_cancellable_cancel (self->drawing);
}

static void
refresh_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  queue_refresh (TSN_COMPOSER (widget));
}

static void
panel_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AdwFlap *flap = TSN_COMPOSER (widget)->flap;

  adw_flap_set_reveal_flap (flap, !adw_flap_get_reveal_flap (flap));
}

/* Escape ends what is going on, puts away the panel where it covers the figure, or closes the
 * window. */
static void
leave_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TsnComposer *self = TSN_COMPOSER (widget);

  if (self->writing != NULL)
    cancel_cb (widget, action, parameter);
  else if (adw_flap_get_folded (self->flap) && adw_flap_get_reveal_flap (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
stop (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static void
tsn_composer_dispose (GObject *object)
{
  TsnComposer *self = TSN_COMPOSER (object);

  g_clear_handle_id (&self->refresh, g_source_remove);
  g_clear_handle_id (&self->show_progress, g_source_remove);
  stop (&self->drawing);
  stop (&self->writing);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (self->chooser);
  g_clear_object (&self->chooser);
  tsn_toaster_clear (&self->toaster);
  if (self->work != NULL)
    g_signal_handlers_disconnect_by_data (self->work, self);
  g_clear_object (&self->work);
  g_clear_object (&self->document);
  g_clear_object (&self->folder);
  G_OBJECT_CLASS (tsn_composer_parent_class)->dispose (object);
}

static void
add_signals (GType type)
{
  signals[MADE]
      = g_signal_new ("made", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WRITTEN] = g_signal_new ("written", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[COPIED]
      = g_signal_new ("copied", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
add_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "composer.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "composer.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "composer.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "composer.open-folder", NULL, open_folder_cb);
  gtk_widget_class_install_action (widget_class, "composer.refresh", NULL, refresh_action_cb);
  gtk_widget_class_install_action (widget_class, "composer.panel", NULL, panel_cb);
  gtk_widget_class_install_action (widget_class, "composer.leave", NULL, leave_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "composer.export",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "composer.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F9, 0, "composer.panel", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "composer.refresh", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "composer.leave", NULL);
}

static void
tsn_composer_class_init (TsnComposerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TSN_TYPE_COMPOSER_PANEL);
  g_type_ensure (TSN_TYPE_FIGURE_PREVIEW);
  G_OBJECT_CLASS (klass)->dispose = tsn_composer_dispose;
  add_signals (G_TYPE_FROM_CLASS (klass));
  add_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnComposer, toasts);
  gtk_widget_class_bind_template_child (widget_class, TsnComposer, flap);
  gtk_widget_class_bind_template_child (widget_class, TsnComposer, pages);
  gtk_widget_class_bind_template_child (widget_class, TsnComposer, preview);
  gtk_widget_class_bind_template_child (widget_class, TsnComposer, problem);
  gtk_widget_class_bind_template_child (widget_class, TsnComposer, progress_revealer);
  gtk_widget_class_bind_template_child (widget_class, TsnComposer, progress_label);
  gtk_widget_class_bind_template_child (widget_class, TsnComposer, progress);
  gtk_widget_class_bind_template_child (widget_class, TsnComposer, panel);
}

static void
tsn_composer_init (TsnComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->work = tsn_figure_work_new ();
  g_signal_connect_object (self->work, "progress", G_CALLBACK (progress_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panel, "changed", G_CALLBACK (queue_refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preview, "resized", G_CALLBACK (queue_refresh), self,
                           G_CONNECT_SWAPPED);
  update_state (self);
}

/**
 * tsn_composer_new:
 * @document: what figures are made of
 *
 * Returns: (transfer none): a window.
 */
GtkWindow *
tsn_composer_new (TsnDocument *document)
{
  TsnComposer *self = g_object_new (TSN_TYPE_COMPOSER, NULL);

  self->document = g_object_ref (document);
  tsn_composer_panel_set_document (self->panel, document);
  queue_refresh (self);
  return GTK_WINDOW (self);
}
