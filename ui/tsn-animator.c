#include "ui/tsn-animator.h"

#include "ui/tsn-document-study.h"
#include "ui/tsn-figure-preview.h"
#include "ui/tsn-film-work.h"
#include "ui/tsn-resources.h"
#include "ui/tsn-toaster.h"
#include "ui/tsn-weak.h"

#include <glib/gi18n.h>
#include <string.h>

/* While somebody still turns a control, no frame is made. */
#define PATIENCE_MS 60

/* Work that is done before that shows no progress. */
#define PROGRESS_MS 400

struct _TsnAnimator
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  TsnToaster toaster;
  AdwFlap *flap;
  GtkStack *pages;
  TsnFigurePreview *preview;
  AdwStatusPage *problem;
  GtkAdjustment *time;
  GtkRevealer *progress_revealer;
  GtkLabel *progress_label;
  GtkProgressBar *progress;
  GtkWidget *panel;
  AdwComboRow *format;
  GtkLabel *format_problem;
  AdwComboRow *side;
  GtkSpinButton *fps;
  GtkSpinButton *seconds;
  GtkSwitch *loop;
  GtkSwitch *photo;
  GtkSwitch *captions;
  GtkLabel *extent;

  TsnDocument *document;
  TsnFilmWork *work;
  GCancellable *drawing; /* of the frame that is being made, or NULL */
  GCancellable *writing; /* of the film that is being written, or NULL */
  gboolean redraw;       /* whether another frame is wanted once this one is there */
  gboolean possible;     /* whether films of the chosen format can be written here */
  guint refresh;         /* sources, or 0 */
  guint show_progress;
  GtkNativeDialog *chooser;
  GFile *folder; /* of the newest film, or NULL */
};

G_DEFINE_FINAL_TYPE (TsnAnimator, tsn_animator, ADW_TYPE_WINDOW)

enum
{
  MADE,
  WRITTEN,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* As the rows of the window list them. */
static const struct
{
  TsnVideoFormat format;
  const char *suffix;
} formats[] = {
  { TSN_VIDEO_WEBM, ".webm" },
  { TSN_VIDEO_MP4, ".mp4" },
  { TSN_VIDEO_GIF, ".gif" },
  { TSN_VIDEO_PNG, "" },
};

static const guint sides[] = { 480, 640, 960, 1280, 1920, 3840 };

static gboolean
show_progress_cb (gpointer data)
{
  TsnAnimator *self = data;

  self->show_progress = 0;
  gtk_revealer_set_reveal_child (self->progress_revealer, TRUE);
  return G_SOURCE_REMOVE;
}

static void
update_state (TsnAnimator *self)
{
  gboolean writing = self->writing != NULL;
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "animator.cancel", writing);
  gtk_widget_action_set_enabled (widget, "animator.export", !writing && self->possible);
  gtk_widget_set_sensitive (self->panel, !writing);
  if (writing && self->show_progress == 0
      && !gtk_revealer_get_reveal_child (self->progress_revealer))
    self->show_progress = g_timeout_add (PROGRESS_MS, show_progress_cb, self);
  if (writing)
    return;
  g_clear_handle_id (&self->show_progress, g_source_remove);
  gtk_revealer_set_reveal_child (self->progress_revealer, FALSE);
}

static void
progress_cb (TsnAnimator *self, guint done, guint total)
{
  /* Translators: which frame of how many is drawn. */
  g_autofree char *text = g_strdup_printf (_ ("Frame %u of %u"), done + 1, total);

  gtk_label_set_text (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress, (double) done / total);
}

static void
open_folder_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TsnAnimator *self = TSN_ANIMATOR (widget);
  g_autofree char *uri = self->folder != NULL ? g_file_get_uri (self->folder) : NULL;

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

/* Says something that goes away by itself; @folder: whether to offer the newest film's folder. */
static void
say (TsnAnimator *self, const char *text, gboolean folder)
{
  tsn_toaster_say (&self->toaster, self->toasts, text, folder ? _ ("Open Folder") : NULL,
                   folder ? "animator.open-folder" : NULL);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static TsnFilmOrder *
make_order (TsnAnimator *self)
{
  TsnFilmOrder *order = tsn_film_order_new ();
  TsnStudyFilm *film = &order->study.film;

  tsn_document_get_study (self->document, &order->study);
  order->study.blend.path.loop = gtk_switch_get_active (self->loop);
  film->side = sides[adw_combo_row_get_selected (self->side)];
  film->fps = gtk_spin_button_get_value_as_int (self->fps);
  film->photo = gtk_switch_get_active (self->photo);
  film->captions = gtk_switch_get_active (self->captions);
  order->format = formats[adw_combo_row_get_selected (self->format)].format;
  order->time = gtk_adjustment_get_value (self->time);
  return order;
}

static void queue_refresh (TsnAnimator *self);

/* How much there will be, and whether it can be. */
static void
show_extent (TsnAnimator *self, const TsnFilmOrder *order)
{
  /* Translators: how many frames a film has. */
  g_autofree char *text
      = g_strdup_printf (ngettext ("%u frame", "%u frames", order->n_frames), order->n_frames);

  self->possible = order->problem == NULL;
  gtk_label_set_text (self->extent, text);
  gtk_label_set_text (self->format_problem, self->possible ? "" : order->problem);
  gtk_widget_set_visible (GTK_WIDGET (self->format_problem), !self->possible);
}

static void
drawn_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (TsnAnimator) self = tsn_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *markup = NULL;
  const TsnFilmOrder *order = tsn_film_work_finish (result, &error);

  /* The window is closed. */
  if (self == NULL || self->drawing == NULL)
    return;
  g_clear_object (&self->drawing);
  if (self->redraw)
    queue_refresh (self);
  if (order != NULL)
    {
      tsn_figure_preview_set_texture (self->preview, order->texture);
      gtk_stack_set_visible_child_name (self->pages, "preview");
      show_extent (self, order);
      update_state (self);
      g_signal_emit (self, signals[MADE], 0);
      return;
    }
  self->possible = FALSE;
  update_state (self);
  markup = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->problem, markup);
  gtk_stack_set_visible_child_name (self->pages, "problem");
  g_signal_emit (self, signals[FAILED], 0, error);
}

/* A frame is drawn as large as it is seen.  While one is on its way, the next one waits, so that
 * the picture follows a slider that is dragged. */
static gboolean
refresh_cb (gpointer data)
{
  TsnAnimator *self = data;
  TsnFilmOrder *order;
  guint width, height;

  self->refresh = 0;
  self->redraw = self->drawing != NULL;
  if (self->redraw)
    return G_SOURCE_REMOVE;
  order = make_order (self);
  tsn_figure_preview_get_box (self->preview, &width, &height);
  order->study.film.side
      = CLAMP (MAX (width, height), TSN_STUDY_FILM_MIN_SIDE, order->study.film.side);
  self->drawing = g_cancellable_new ();
  tsn_film_work_run (self->work, order, self->drawing, drawn_cb, tsn_weak_new (self));
  return G_SOURCE_REMOVE;
}

static void
queue_refresh (TsnAnimator *self)
{
  if (self->refresh == 0 && self->document != NULL)
    self->refresh = g_timeout_add (PATIENCE_MS, refresh_cb, self);
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (TsnAnimator) self = tsn_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *name = NULL, *text = NULL;
  const TsnFilmOrder *order = tsn_film_work_finish (result, &error);

  if (self == NULL || self->writing == NULL)
    return;
  g_clear_object (&self->writing);
  update_state (self);
  if (order == NULL)
    {
      say (self, is_cancelled (error) ? _ ("Stopped") : error->message, FALSE);
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  file = g_file_new_for_path (order->path);
  name = g_filename_display_basename (order->path);
  g_clear_object (&self->folder);
  self->folder = g_file_get_parent (file);
  /* Translators: %s is the name of a file. */
  text = g_strdup_printf (_ ("Exported “%s”"), name);
  say (self, order->note != NULL ? order->note : text, TRUE);
  g_signal_emit (self, signals[WRITTEN], 0, order->path);
}

/**
 * tsn_animator_write:
 * @file: where; for PNG files a folder that is not there yet, or empty
 *
 * Writes the film, in the format that is chosen.
 */
void
tsn_animator_write (TsnAnimator *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  TsnFilmOrder *order;

  if (self->writing != NULL)
    return;
  if (path == NULL)
    {
      say (self, _ ("Animations can only be saved on this computer."), FALSE);
      return;
    }
  order = make_order (self);
  order->path = g_steal_pointer (&path);
  self->writing = g_cancellable_new ();
  gtk_label_set_text (self->progress_label, _ ("Beginning…"));
  gtk_progress_bar_set_fraction (self->progress, 0);
  tsn_film_work_run (self->work, order, self->writing, written_cb, tsn_weak_new (self));
  update_state (self);
}

/**
 * tsn_animator_is_busy:
 *
 * Returns: whether a frame or a film is being made, or about to be.
 */
gboolean
tsn_animator_is_busy (TsnAnimator *self)
{
  return self->refresh != 0 || self->drawing != NULL || self->writing != NULL;
}

static const char *
get_suffix (TsnAnimator *self)
{
  return formats[adw_combo_row_get_selected (self->format)].suffix;
}

/* A name without the ending gets it, unless that means to overwrite a file that nobody named. */
static void
response_cb (TsnAnimator *self, int response, GtkNativeDialog *chooser)
{
  const char *suffix = get_suffix (self);
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
      tsn_animator_write (self, file);
      return;
    }
  named = g_strconcat (uri, suffix, NULL);
  renamed = g_file_new_for_uri (named);
  if (g_file_query_exists (renamed, NULL))
    say (self, _ ("There is such a file already; choose it to replace it."), FALSE);
  else
    tsn_animator_write (self, renamed);
}

/* After the photo. */
static char *
propose_name (TsnAnimator *self)
{
  const TsnPhoto *photo = tsn_document_get_photo (self->document);
  g_autofree char *stem = photo != NULL ? g_path_get_basename (photo->name) : g_strdup ("tsn");
  char *dot = strrchr (stem, '.');

  if (dot != NULL && dot != stem)
    *dot = '\0';
  return g_strconcat (stem, "-tasks", get_suffix (self), NULL);
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TsnAnimator *self = TSN_ANIMATOR (widget);
  g_autofree char *name = propose_name (self);
  GtkFileChooser *chooser;

  if (self->chooser != NULL)
    return;
  self->chooser = GTK_NATIVE_DIALOG (
      gtk_file_chooser_native_new (_ ("Export Animation"), GTK_WINDOW (self),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL));
  chooser = GTK_FILE_CHOOSER (self->chooser);
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  if (self->folder != NULL)
    gtk_file_chooser_set_current_folder (chooser, self->folder, NULL);
  gtk_file_chooser_set_current_name (chooser, name);
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (self->chooser);
}

static void
cancel_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TsnAnimator *self = TSN_ANIMATOR (widget);

  if (self->writing != NULL)
    g_cancellable_cancel (self->writing);
}

static void
panel_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  AdwFlap *flap = TSN_ANIMATOR (widget)->flap;

  adw_flap_set_reveal_flap (flap, !adw_flap_get_reveal_flap (flap));
}

/* Escape ends what is going on, puts away the panel where it covers the film, or closes the window.
 */
static void
leave_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TsnAnimator *self = TSN_ANIMATOR (widget);

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
tsn_animator_dispose (GObject *object)
{
  TsnAnimator *self = TSN_ANIMATOR (object);

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
  G_OBJECT_CLASS (tsn_animator_parent_class)->dispose (object);
}

static void
add_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "animator.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "animator.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "animator.open-folder", NULL, open_folder_cb);
  gtk_widget_class_install_action (widget_class, "animator.panel", NULL, panel_cb);
  gtk_widget_class_install_action (widget_class, "animator.leave", NULL, leave_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "animator.export",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F9, 0, "animator.panel", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "animator.leave", NULL);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, toasts);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, flap);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, pages);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, preview);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, problem);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, time);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, progress_revealer);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, progress_label);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, progress);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, panel);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, format);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, format_problem);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, side);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, fps);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, seconds);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, loop);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, photo);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, captions);
  gtk_widget_class_bind_template_child (widget_class, TsnAnimator, extent);
}

static void
tsn_animator_class_init (TsnAnimatorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  g_type_ensure (TSN_TYPE_FIGURE_PREVIEW);
  G_OBJECT_CLASS (klass)->dispose = tsn_animator_dispose;
  signals[MADE]
      = g_signal_new ("made", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WRITTEN] = g_signal_new ("written", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-animator.ui");
  bind_children (widget_class);
  add_actions (widget_class);
}

static void
follow (TsnAnimator *self, gpointer object, const char *signal)
{
  g_signal_connect_object (object, signal, G_CALLBACK (queue_refresh), self, G_CONNECT_SWAPPED);
}

static void
tsn_animator_init (TsnAnimator *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tsn_figure_preview_set_paper (self->preview, FALSE);
  self->work = tsn_film_work_new ();
  g_signal_connect_object (self->work, "progress", G_CALLBACK (progress_cb), self,
                           G_CONNECT_SWAPPED);
  follow (self, self->preview, "resized");
  follow (self, self->time, "value-changed");
  follow (self, self->format, "notify::selected");
  follow (self, self->fps, "value-changed");
  follow (self, self->photo, "notify::active");
  follow (self, self->captions, "notify::active");
  update_state (self);
}

/**
 * tsn_animator_new:
 * @document: whose path is shown
 *
 * Returns: (transfer none): a window.
 */
GtkWindow *
tsn_animator_new (TsnDocument *document)
{
  TsnAnimator *self = g_object_new (TSN_TYPE_ANIMATOR, NULL);
  TsnBlendPath *path = tsn_blend_get_path (tsn_document_get_blend (document));

  self->document = g_object_ref (document);
  tsn_blend_path_set_playing (path, FALSE);
  gtk_adjustment_set_value (self->time, tsn_blend_path_get_time (path));
  gtk_spin_button_set_range (self->seconds, TSN_BLEND_PATH_SHORTEST, TSN_BLEND_PATH_LONGEST);
  g_object_bind_property (path, "duration", self->seconds, "value",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (path, "loop", self->loop, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  follow (self, self->seconds, "value-changed");
  follow (self, self->loop, "notify::active");
  queue_refresh (self);
  return GTK_WINDOW (self);
}
