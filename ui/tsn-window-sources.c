/* Photos, folders and data sets as sources of what the window shows. */
#include "ui/tsn-window-private.h"

#include "core/figure/tsn-study.h"
#include "ui/tsn-canvas.h"
#include "ui/tsn-remember.h"

#include <glib/gi18n.h>

/* With fewer photos there is nothing to choose from. */
#define WORTH_A_FILMSTRIP 2

static void
open_folder_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_window_choose (data, _ ("Open a Folder or a Data Set"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                     NULL);
}

static void
next_photo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_document_step (TSN_WINDOW (data)->document, 1);
}

static void
previous_photo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_document_step (TSN_WINDOW (data)->document, -1);
}

static void
enable (TsnWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  if (action != NULL)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/**
 * tsn_window_update_source_actions:
 *
 * Makes available what can be done with the source now.
 */
void
tsn_window_update_source_actions (TsnWindow *self)
{
  enable (self, "next-photo", tsn_document_can_step (self->document, 1));
  enable (self, "previous-photo", tsn_document_can_step (self->document, -1));
  tsn_window_update_live_actions (self);
}

/**
 * tsn_window_add_source_actions:
 *
 * Adds the actions that choose what is shown.
 */
void
tsn_window_add_source_actions (TsnWindow *self)
{
  static const GActionEntry entries[] = {
    { "open-folder", open_folder_cb, NULL, NULL, NULL, { 0 } },
    { "next-photo", next_photo_cb, NULL, NULL, NULL, { 0 } },
    { "previous-photo", previous_photo_cb, NULL, NULL, NULL, { 0 } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  tsn_window_add_live_actions (self);
}

/**
 * tsn_window_install_source_keys:
 *
 * Gives the actions of tsn_window_add_source_actions() their keys.
 */
void
tsn_window_install_source_keys (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *keys[3];
  } keys[] = {
    { "win.open-folder", { "<Control>d", NULL } },
    { "win.next-photo", { "<Alt>Right", "<Control>Page_Down", NULL } },
    { "win.previous-photo", { "<Alt>Left", "<Control>Page_Up", NULL } },
    { "win.show-filmstrip", { "F8", NULL } },
    { "win.show-truth", { "t", NULL } },
    { "win.open-video", { "<Control><Shift>v", NULL } },
    { "win.camera", { "<Control>k", NULL } },
    { "win.close-live", { "<Control>e", NULL } },
    { "win.retry-live", { "<Control>F5", NULL } },
    { "win.loop-video", { "r", NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action, keys[i].keys);
}

/**
 * tsn_window_append_source_menu:
 *
 * Adds what can be opened beside photos to the menu of the Open button.
 */
void
tsn_window_append_source_menu (GMenu *menu)
{
  g_autoptr (GMenu) sources = g_menu_new ();

  g_menu_append (sources, _ ("Open _Folder…"), "win.open-folder");
  g_menu_append (sources, _ ("Open _Video…"), "win.open-video");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (sources));
}

/**
 * tsn_window_is_ours:
 *
 * Returns: whether we opened a recent photo, folder, video or session.
 */
gboolean
tsn_window_is_ours (GtkRecentInfo *info)
{
  const char *mime = gtk_recent_info_get_mime_type (info);

  return gtk_recent_info_has_application (info, g_get_application_name ()) && mime != NULL
         && (g_str_has_prefix (mime, "image/") || g_str_has_prefix (mime, "video/")
             || g_str_equal (mime, "inode/directory")
             || g_str_has_suffix (gtk_recent_info_get_uri (info), TSN_STUDY_SUFFIX));
}

static gboolean
is_video (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *type = name != NULL ? g_content_type_guess (name, NULL, 0, NULL) : NULL;

  return type != NULL && g_content_type_is_a (type, "video/*");
}

static void
open_model (TsnWindow *self, const char *path)
{
  tsn_window_stop_reading (self);
  tsn_document_load_model (self->document, path);
}

/**
 * tsn_window_open:
 *
 * Opens a photo; a folder or a data set; a video; a session, or a figure that carries one; or a
 * model if the file's name ends in ".safetensors".
 */
void
tsn_window_open (TsnWindow *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  if (path != NULL && g_str_has_suffix (path, ".safetensors"))
    open_model (self, path);
  else if (path != NULL && g_file_test (path, G_FILE_TEST_IS_DIR))
    tsn_document_open_folder (self->document, file);
  else if (is_video (file))
    tsn_window_open_video (self, file);
  else if (!tsn_window_open_session (self, file))
    tsn_document_open_file (self->document, file);
}

static void
update_filmstrip (TsnWindow *self)
{
  TsnGallery *gallery = tsn_document_get_gallery (self->document);

  gtk_revealer_set_reveal_child (self->filmstrip_revealer,
                                 g_settings_get_boolean (self->settings, "show-filmstrip")
                                     && !tsn_document_is_live (self->document)
                                     && tsn_gallery_get_length (gallery) >= WORTH_A_FILMSTRIP);
  tsn_window_update_source_actions (self);
}

static void
gallery_opened_cb (TsnWindow *self, gboolean asked, TsnGallery *gallery)
{
  g_autofree char *uri = g_file_get_uri (tsn_gallery_get_folder (gallery));

  if (!asked)
    return;
  g_settings_set_string (self->settings, "last-folder", uri);
  gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri);
}

/* Parts of a network and its channels are reached by arrow keys; only pictures do without. */
static gboolean
step_photo_cb (GtkWidget *content, GVariant *arguments, gpointer action)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (content));

  if (focus == NULL || !TSN_IS_CANVAS (focus))
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_activate_action (content, action, NULL);
}

/* Keys of the panes that would be in the way elsewhere: a list or a slider needs them itself. */
static void
add_pane_keys (TsnWindow *self)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = { { GDK_KEY_Left, "win.previous-photo" }, { GDK_KEY_Right, "win.next-photo" } };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (
            gtk_keyval_trigger_new (keys[i].key, 0),
            gtk_callback_action_new (step_photo_cb, (gpointer) keys[i].action, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->content), controller);
}

/**
 * tsn_window_init_sources:
 *
 * Connects what shows the source to the document.
 */
void
tsn_window_init_sources (TsnWindow *self)
{
  tsn_filmstrip_set_document (self->filmstrip, self->document);
  tsn_window_init_live (self);
  add_pane_keys (self);
}

/**
 * tsn_window_bind_sources:
 *
 * Makes the sources follow the settings.
 */
void
tsn_window_bind_sources (TsnWindow *self)
{
  TsnGallery *gallery = tsn_document_get_gallery (self->document);

  tsn_remember (self->settings, "show-truth", self->document, self->document, "show-truth");
  g_signal_connect_object (self->settings, "changed::show-filmstrip", G_CALLBACK (update_filmstrip),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gallery, "items-changed", G_CALLBACK (update_filmstrip), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (gallery, "opened", G_CALLBACK (gallery_opened_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::position",
                           G_CALLBACK (tsn_window_update_source_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tsn_document_get_live (self->document), "changed",
                           G_CALLBACK (update_filmstrip), self, G_CONNECT_SWAPPED);
  tsn_window_bind_live (self);
  update_filmstrip (self);
}
