#include "ui/tsn-window-private.h"

#include "ui/tsn-focus-guard.h"
#include "ui/tsn-inspection.h"
#include "ui/tsn-popups.h"
#include "ui/tsn-remember.h"
#include "ui/tsn-resources.h"
#include "ui/tsn-shortcuts-guard.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (TsnWindow, tsn_window, ADW_TYPE_APPLICATION_WINDOW)

/**
 * tsn_window_say:
 *
 * Shows a message that goes away by itself, on as many lines as it needs, in place of the one
 * before.
 */
void
tsn_window_say (TsnWindow *self, const char *text)
{
  tsn_toaster_say (&self->toaster, self->toasts, text, NULL, NULL);
}

/**
 * tsn_window_say_action:
 *
 * Says something, as tsn_window_say() does, with a button for an action of the window.
 */
void
tsn_window_say_action (TsnWindow *self, const char *text, const char *button, const char *action)
{
  tsn_toaster_say (&self->toaster, self->toasts, text, button, action);
}

/**
 * tsn_window_say_undo:
 *
 * Says what was done, as tsn_window_say() does, and offers to take it back.
 */
void
tsn_window_say_undo (TsnWindow *self, const char *text)
{
  tsn_toaster_say (&self->toaster, self->toasts, text, _ ("_Undo"), "win.undo");
}

static const char *
choose_page (TsnWindow *self)
{
  gboolean loading = tsn_document_is_loading (self->document);
  gboolean photo = tsn_document_get_photo (self->document) != NULL;

  if (tsn_document_get_model (self->document) == NULL && !loading)
    return "no-model";
  if (tsn_document_is_live (self->document) && !tsn_document_shows_frame (self->document))
    return "live";
  if (photo && g_strcmp0 (adw_view_stack_get_visible_child_name (self->side_stack), "inspect") == 0)
    return "inspect";
  if (photo)
    return "panes";
  return loading ? "loading" : "empty";
}

static void
update_page (TsnWindow *self)
{
  gtk_stack_set_visible_child_name (self->content, choose_page (self));
  tsn_window_update_actions (self);
}

static void
update_title (TsnWindow *self)
{
  const TsnPhoto *photo = tsn_document_get_photo (self->document);
  TsnModel *model = tsn_document_get_model (self->document);
  const char *name = photo != NULL ? photo->name : _ ("TSN Studio");
  /* Translators: title of a window; %s is the name of a photo. */
  g_autofree char *title = g_strdup_printf (_ ("%s – TSN Studio"), name);

  /* Frames come with the same name again and again. */
  if (g_strcmp0 (gtk_window_get_title (GTK_WINDOW (self)), photo != NULL ? title : name) != 0)
    gtk_window_set_title (GTK_WINDOW (self), photo != NULL ? title : name);
  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (self->title,
                                 model != NULL && model->name != NULL ? model->name : "");
}

static void
failed_cb (TsnWindow *self, GError *error)
{
  tsn_window_say (self, error->message);
}

static void
model_changed_cb (TsnWindow *self)
{
  const char *path = tsn_document_get_model_path (self->document);
  g_autofree char *fallback = NULL;

  if (path != NULL)
    g_settings_set_string (self->settings, "last-model",
                           g_strcmp0 (path, self->default_model) == 0 ? "" : path);
  else if ((fallback = g_steal_pointer (&self->default_model)) != NULL)
    tsn_document_load_model (self->document, fallback);
  update_title (self);
  update_page (self);
}

static void
photo_changed_cb (TsnWindow *self)
{
  update_title (self);
  update_page (self);
}

static void
opened_cb (TsnWindow *self, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFile) sample = self->sample != NULL ? g_file_new_for_path (self->sample) : NULL;

  if (sample != NULL && g_file_equal (file, sample))
    return;
  if (folder != NULL)
    {
      g_autofree char *folder_uri = g_file_get_uri (folder);

      g_settings_set_string (self->settings, "last-folder", folder_uri);
    }
  gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri);
  tsn_gallery_open_around (tsn_document_get_gallery (self->document), file);
}

static void
tsn_window_dispose (GObject *object)
{
  TsnWindow *self = TSN_WINDOW (object);

  tsn_window_end_take (self);
  tsn_window_remove_session (self);
  tsn_window_remove_actions (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "inspect", NULL);
  tsn_window_remove_view_actions (self);
  if (self->document != NULL)
    {
      tsn_document_cancel (self->document);
      tsn_live_close (tsn_document_get_live (self->document));
    }
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (self->chooser);
  g_clear_object (&self->chooser);
  tsn_toaster_clear (&self->toaster);
  g_clear_object (&self->document);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->default_model, g_free);
  g_clear_pointer (&self->sample, g_free);
  g_clear_pointer (&self->take_path, g_free);
  G_OBJECT_CLASS (tsn_window_parent_class)->dispose (object);
}

static void
tsn_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (tsn_window_parent_class)->size_allocate (widget, width, height, baseline);
  tsn_window_update_words (TSN_WINDOW (widget));
}

static void
tsn_window_class_init (TsnWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TSN_TYPE_BLEND_PANEL);
  g_type_ensure (TSN_TYPE_PANES);
  g_type_ensure (TSN_TYPE_TASK_PANEL);
  g_type_ensure (TSN_TYPE_VIEW_PANEL);
  g_type_ensure (TSN_TYPE_LEGEND_PANEL);
  g_type_ensure (TSN_TYPE_INSPECT_PANEL);
  g_type_ensure (TSN_TYPE_INSPECT_VIEW);
  g_type_ensure (TSN_TYPE_COMPARE_PANEL);
  g_type_ensure (TSN_TYPE_STATUS_BAR);
  g_type_ensure (TSN_TYPE_FILMSTRIP);
  g_type_ensure (TSN_TYPE_LIVE_BAR);
  g_type_ensure (TSN_TYPE_LIVE_PAGE);
  G_OBJECT_CLASS (klass)->dispose = tsn_window_dispose;
  widget_class->size_allocate = tsn_window_size_allocate;
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, title);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, camera_label);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, figure_label);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, compare_label);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, side_stack);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, content);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, no_model);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, panes);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, task_panel);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, view_panel);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, legend_panel);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, blend_panel);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, inspect_panel);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, inspect_view);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, compare_panel);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, status_bar);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, filmstrip_revealer);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, filmstrip);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, live_bar);
  gtk_widget_class_bind_template_child (widget_class, TsnWindow, live_page);
}

static void
follow_document (TsnWindow *self)
{
  g_signal_connect_object (self->document, "failed", G_CALLBACK (failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "opened", G_CALLBACK (opened_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "model-changed", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "photo-changed", G_CALLBACK (photo_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (tsn_document_get_live (self->document), "changed",
                           G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::busy", G_CALLBACK (update_page), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::working",
                           G_CALLBACK (tsn_window_update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "predicted", G_CALLBACK (tsn_window_update_actions),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::active", G_CALLBACK (tsn_window_update_actions),
                           self, G_CONNECT_SWAPPED);
}

/* The blend is beside the tasks while its page is open, the network takes their place. */
static void
page_cb (TsnWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->side_stack);

  if (self->document == NULL)
    return;
  tsn_blend_set_open (tsn_document_get_blend (self->document), g_strcmp0 (name, "blend") == 0);
  update_page (self);
}

static void
add_inspector (TsnWindow *self)
{
  TsnInspection *inspection = tsn_document_get_inspection (self->document);
  g_autoptr (GSimpleActionGroup) actions = tsn_inspection_make_actions (inspection);

  gtk_widget_insert_action_group (GTK_WIDGET (self), "inspect", G_ACTION_GROUP (actions));
  tsn_inspect_panel_set_document (self->inspect_panel, self->document);
  tsn_inspect_view_set_document (self->inspect_view, self->document,
                                 tsn_panes_get_view (self->panes));
}

static void
tsn_window_init (TsnWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tsn_focus_guard (GTK_WINDOW (self));
  tsn_popups_go_first (GTK_WINDOW (self));
  tsn_shortcuts_guard (GTK_APPLICATION_WINDOW (self));
  self->document = tsn_document_new ();
  g_signal_connect_object (self->flap, "notify::folded", G_CALLBACK (tsn_window_update_words), self,
                           G_CONNECT_SWAPPED);
  tsn_panes_set_document (self->panes, self->document);
  tsn_task_panel_set_document (self->task_panel, self->document);
  tsn_view_panel_set_display (self->view_panel, tsn_document_get_display (self->document));
  tsn_legend_panel_set_document (self->legend_panel, self->document);
  tsn_blend_panel_set_document (self->blend_panel, self->document);
  add_inspector (self);
  tsn_compare_panel_set_document (self->compare_panel, self->document);
  tsn_status_bar_set_document (self->status_bar, self->document, tsn_panes_get_view (self->panes));
  tsn_window_init_sources (self);
  follow_document (self);
  g_signal_connect_object (self->side_stack, "notify::visible-child-name", G_CALLBACK (page_cb),
                           self, G_CONNECT_SWAPPED);
  tsn_window_accept_drops (self);
  tsn_window_prefer_typing (self);
  tsn_window_init_focus (self);
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed",
                           G_CALLBACK (tsn_window_update_recent), self, G_CONNECT_SWAPPED);
}

static void
bind_settings (TsnWindow *self)
{
  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "show-panel", self->flap, "reveal-flap",
                   G_SETTINGS_BIND_DEFAULT);
  tsn_remember (self->settings, "show-photo", self->document, self->document, "show-photo");
  tsn_remember (self->settings, "input-size", self->document, self->document, "size");
}

/**
 * tsn_window_new:
 * @files: what to open when nobody names anything; copied
 *
 * Returns: (transfer none): a window that @application owns.
 */
TsnWindow *
tsn_window_new (GtkApplication *application, GSettings *settings, const TsnWindowFiles *files)
{
  TsnWindow *self = g_object_new (TSN_TYPE_WINDOW, "application", application, NULL);

  self->settings = g_object_ref (settings);
  self->default_model = g_strdup (files->model);
  self->sample = g_strdup (files->sample);
  bind_settings (self);
  tsn_window_add_actions (self);
  tsn_window_add_view_actions (self);
  tsn_window_bind_sources (self);
  tsn_window_add_session (self, files->state);
  tsn_window_update_recent (self);
  update_page (self);
  return self;
}

/**
 * tsn_window_open_sample:
 *
 * Opens the photo that comes with the program, if any.
 */
void
tsn_window_open_sample (TsnWindow *self)
{
  g_autoptr (GFile) sample = self->sample != NULL ? g_file_new_for_path (self->sample) : NULL;

  if (sample != NULL)
    tsn_window_open (self, sample);
}

static gboolean
is_first (TsnWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  return g_list_length (gtk_application_get_windows (application)) == 1;
}

/**
 * tsn_window_start:
 * @photo: (nullable): the photo to open; else the first window shows what the last one did, any
 *   other the sample
 * @model: (nullable): path of the model to load, or the one used last, or the default one
 *
 * Opens what a new window shows.
 */
void
tsn_window_start (TsnWindow *self, GFile *photo, const char *model)
{
  g_autofree char *last = g_settings_get_string (self->settings, "last-model");

  adw_status_page_set_description (
      self->no_model,
      _ ("A model file (.safetensors) holds the network that looks at the photos. The one that "
         "comes with TSN Studio is missing; open another, or install TSN Studio again."));
  if (photo == NULL && model == NULL && is_first (self) && tsn_window_restore_session (self))
    return;
  if (model == NULL && *last != '\0' && g_file_test (last, G_FILE_TEST_EXISTS))
    model = last;
  else if (model == NULL)
    model = self->default_model;
  if (model != NULL)
    tsn_document_load_model (self->document, model);
  if (photo != NULL)
    tsn_window_open (self, photo);
  else
    tsn_window_open_sample (self);
  update_page (self);
}

/**
 * tsn_window_get_document:
 *
 * Returns: (transfer none): what the window shows.
 */
TsnDocument *
tsn_window_get_document (TsnWindow *self)
{
  return self->document;
}

TsnView *
tsn_window_get_view (TsnWindow *self)
{
  return tsn_panes_get_view (self->panes);
}
