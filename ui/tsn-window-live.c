/* Cameras and videos as sources of what the window shows. */
#include "ui/tsn-window-private.h"

#include <glib/gi18n.h>

static TsnLive *
get_live (TsnWindow *self)
{
  return tsn_document_get_live (self->document);
}

/**
 * tsn_window_open_camera:
 *
 * Opens the camera that a person chose last, or any.
 */
void
tsn_window_open_camera (TsnWindow *self)
{
  g_autofree char *last = g_settings_get_string (self->settings, "camera");

  tsn_live_open_camera (get_live (self), last);
}

/**
 * tsn_window_open_video:
 *
 * Plays a video file.
 */
void
tsn_window_open_video (TsnWindow *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *uri = g_file_get_uri (file);

  if (path == NULL)
    {
      tsn_window_say (self, _ ("Only videos on this computer can be played."));
      return;
    }
  tsn_live_open_source (get_live (self), tsn_frame_source_new_file (path), TSN_LIVE_VIDEO);
  gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri);
}

static void
open_video_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Videos"));
  gtk_file_filter_add_mime_type (filter, "video/*");
  tsn_window_choose (data, _ ("Open a Video"), GTK_FILE_CHOOSER_ACTION_OPEN, filter);
}

static void
camera_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  TsnWindow *self = data;

  if (g_variant_get_boolean (state))
    tsn_window_open_camera (self);
  else
    tsn_live_close (get_live (self));
}

static gboolean
is_in_use (TsnLive *live, const char *camera)
{
  return tsn_live_get_kind (live) == TSN_LIVE_CAMERA
         && tsn_live_get_status (live) != TSN_LIVE_FAILED
         && g_strcmp0 (tsn_live_get_camera (live), camera) == 0;
}

/* Only what a person chose is remembered: another camera may stand in for it today. */
static void
choose_camera_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TsnWindow *self = data;
  const char *camera = g_variant_get_string (parameter, NULL);

  g_settings_set_string (self->settings, "camera", camera);
  if (!is_in_use (get_live (self), camera))
    tsn_window_open_camera (self);
}

static void
freeze_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TsnLive *live = get_live (data);

  tsn_live_set_frozen (live, tsn_live_get_status (live) == TSN_LIVE_RUNNING);
}

static void
retry_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_live_retry (get_live (data));
}

static void
close_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_live_close (get_live (data));
}

/**
 * tsn_window_add_live_actions:
 *
 * Adds the actions of cameras and videos.
 */
void
tsn_window_add_live_actions (TsnWindow *self)
{
  static const GActionEntry entries[] = {
    { "open-video", open_video_cb, NULL, NULL, NULL, { 0 } },
    { "camera", NULL, NULL, "false", camera_cb, { 0 } },
    { "choose-camera", choose_camera_cb, "s", "''", NULL, { 0 } },
    { "freeze", freeze_cb, NULL, NULL, NULL, { 0 } },
    { "retry-live", retry_cb, NULL, NULL, NULL, { 0 } },
    { "close-live", close_cb, NULL, NULL, NULL, { 0 } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

static GSimpleAction *
find_action (TsnWindow *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name));
}

/**
 * tsn_window_update_live_actions:
 *
 * Makes available what can be done with the camera or video now.
 */
void
tsn_window_update_live_actions (TsnWindow *self)
{
  TsnLive *live = get_live (self);
  TsnLiveStatus status = tsn_live_get_status (live);
  const char *camera = tsn_live_get_camera (live);
  gboolean frames
      = status == TSN_LIVE_RUNNING || status == TSN_LIVE_FROZEN || status == TSN_LIVE_ENDED;

  g_simple_action_set_state (find_action (self, "camera"),
                             g_variant_new_boolean (tsn_live_get_kind (live) == TSN_LIVE_CAMERA));
  g_simple_action_set_state (find_action (self, "choose-camera"),
                             g_variant_new_string (camera != NULL ? camera : ""));
  g_simple_action_set_enabled (find_action (self, "freeze"), frames);
  g_simple_action_set_enabled (find_action (self, "retry-live"), status != TSN_LIVE_OFF);
  g_simple_action_set_enabled (find_action (self, "close-live"), status != TSN_LIVE_OFF);
}

/* Whoever opened it: a session does, too. */
static void
update_loop (TsnWindow *self)
{
  TsnFrameSource *source = tsn_live_get_source (get_live (self));

  if (source != NULL)
    tsn_frame_source_set_loop (source, g_settings_get_boolean (self->settings, "loop-video"));
}

static void
live_changed_cb (TsnWindow *self)
{
  update_loop (self);
  tsn_window_update_live_actions (self);
}

/**
 * tsn_window_init_live:
 *
 * Connects what shows and controls cameras and videos to the document.
 */
void
tsn_window_init_live (TsnWindow *self)
{
  tsn_live_bar_set_live (self->live_bar, get_live (self));
  tsn_live_page_set_live (self->live_page, get_live (self));
  tsn_window_init_record (self);
}

/**
 * tsn_window_bind_live:
 *
 * Makes cameras and videos follow the settings.
 */
void
tsn_window_bind_live (TsnWindow *self)
{
  g_signal_connect_object (get_live (self), "changed", G_CALLBACK (live_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::loop-video", G_CALLBACK (update_loop), self,
                           G_CONNECT_SWAPPED);
}
