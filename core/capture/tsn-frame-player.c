/* What a player is asked for, and what it opens for that. */
#include "core/capture/tsn-frame-player-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "core/base/tsn-error.h"
#include "core/capture/tsn-camera-open.h"

/* How long a camera may take from being opened to its first frame, in seconds. */
#define PATIENCE 10

static gboolean
out_of_patience_cb (gpointer data)
{
  TsnFramePlayer *player = data;

  tsn_frame_player_fail (player, TSN_FRAME_SOURCE_PROBLEM_OTHER,
                         g_error_new (TSN_ERROR, TSN_ERROR_IO,
                                      _ ("The camera '%s' gave no picture within %d seconds"),
                                      player->origin->name, PATIENCE));
  return G_SOURCE_REMOVE;
}

static void
wait_for_camera (TsnFramePlayer *player)
{
  player->patience = g_timeout_source_new_seconds (PATIENCE);
  g_source_set_callback (player->patience, out_of_patience_cb, player, NULL);
  g_source_attach (player->patience, g_main_context_get_thread_default ());
}

/* @camera: (nullable): the camera's element, if it is one */
static void
open_pipeline (TsnFramePlayer *player, GstElement *camera)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstBus) bus = NULL;

  player->pipeline = tsn_frame_pipeline_new (player->origin, camera, player->mailbox, &error);
  if (player->pipeline == NULL)
    {
      tsn_frame_player_fail (player, TSN_FRAME_SOURCE_PROBLEM_PLUGIN, g_steal_pointer (&error));
      return;
    }
  player->n_frames_at_start = 0;
  bus = gst_element_get_bus (player->pipeline->element);
  player->bus_watch = gst_bus_create_watch (bus);
  g_source_set_callback (player->bus_watch, G_SOURCE_FUNC (tsn_frame_player_message_cb), player,
                         NULL);
  g_source_attach (player->bus_watch, g_main_context_get_thread_default ());
  if (player->origin->kind == TSN_FRAME_ORIGIN_CAMERA)
    wait_for_camera (player);
  tsn_frame_player_apply_target (player);
}

static void start (TsnFramePlayer *player);

static void
camera_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  TsnFramePlayer *player = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) camera = tsn_camera_open_finish (result, &error);
  gboolean cancelled = g_cancellable_is_cancelled (player->opening);

  g_clear_object (&player->opening);
  if (!cancelled && camera != NULL)
    open_pipeline (player, camera);
  else if (!cancelled)
    tsn_frame_player_explain_failure (player, error, NULL);
  else if (player->target != TSN_FRAME_SOURCE_STOPPED)
    start (player); /* It was stopped and played again meanwhile. */
}

/* What is not a file would not say so for long: opening a pipe waits for whoever writes to it. */
static gboolean
check_file (const char *path, TsnFrameSourceProblem *problem, GError **error)
{
  int number = 0;
  GStatBuf info;

  if (g_stat (path, &info) != 0 || (S_ISREG (info.st_mode) && g_access (path, R_OK) != 0))
    number = errno;
  else if (!S_ISREG (info.st_mode))
    {
      *problem = TSN_FRAME_SOURCE_PROBLEM_FORMAT;
      return tsn_error_set (error, TSN_ERROR_FORMAT,
                            S_ISDIR (info.st_mode)
                                ? _ ("'%s' is not a video: it is a folder")
                                : _ ("'%s' is not a video: it is not a regular file"),
                            path);
    }
  if (number == 0)
    return TRUE;
  *problem = number == EACCES ? TSN_FRAME_SOURCE_PROBLEM_REFUSED : TSN_FRAME_SOURCE_PROBLEM_MISSING;
  return tsn_error_set (error, TSN_ERROR_IO, _ ("Cannot open '%s': %s"), path, g_strerror (number));
}

static void
start (TsnFramePlayer *player)
{
  TsnFrameSourceProblem problem = TSN_FRAME_SOURCE_PROBLEM_OTHER;
  g_autoptr (GError) error = NULL;

  tsn_frame_player_tell (player, TSN_FRAME_SOURCE_STARTING);
  if (!tsn_capture_init (&error)
      || (player->origin->kind == TSN_FRAME_ORIGIN_FILE
          && !check_file (player->origin->path, &problem, &error)))
    tsn_frame_player_fail (player, problem, g_steal_pointer (&error));
  else if (player->origin->kind != TSN_FRAME_ORIGIN_CAMERA)
    open_pipeline (player, NULL);
  else
    {
      player->opening = g_cancellable_new ();
      tsn_camera_open (player->origin->id, player->opening, camera_cb, player);
    }
}

static void
stop (TsnFramePlayer *player)
{
  g_cancellable_cancel (player->opening);
  tsn_frame_player_close (player);
  tsn_frame_player_tell (player, TSN_FRAME_SOURCE_STOPPED);
}

/* What the owner asks for, on its way to the thread. */
typedef struct
{
  TsnFramePlayer *player;
  TsnFrameSourceState target;
  gint64 time;
  gboolean accurate;
  gboolean loop;
} Command;

static Command *
command_new (TsnFramePlayer *player)
{
  Command *command = g_new0 (Command, 1);

  command->player = player;
  return command;
}

static gboolean
target_cb (gpointer data)
{
  const Command *command = data;
  TsnFramePlayer *player = command->player;

  player->target = command->target;
  if (player->target == TSN_FRAME_SOURCE_STOPPED)
    stop (player);
  else if (player->opening == NULL && player->pipeline == NULL)
    start (player);
  else if (player->pipeline != NULL)
    {
      if (player->ended && player->target == TSN_FRAME_SOURCE_PLAYING)
        tsn_frame_player_restart (player);
      tsn_frame_player_apply_target (player);
    }
  return G_SOURCE_REMOVE;
}

static gboolean
loop_cb (gpointer data)
{
  const Command *command = data;

  command->player->loop = command->loop;
  return G_SOURCE_REMOVE;
}

static gboolean
seek_cb (gpointer data)
{
  const Command *command = data;
  TsnFramePlayer *player = command->player;

  if (player->pipeline == NULL && player->opening == NULL)
    return G_SOURCE_REMOVE;
  player->wanted = command->time;
  player->wanted_accurate = command->accurate;
  tsn_frame_player_seek_wanted (player);
  return G_SOURCE_REMOVE;
}

static gboolean
shut_down_cb (gpointer data)
{
  TsnFramePlayer *player = data;

  player->target = TSN_FRAME_SOURCE_STOPPED;
  stop (player);
  while (player->opening != NULL)
    g_main_context_iteration (g_main_context_get_thread_default (), TRUE);
  return G_SOURCE_REMOVE;
}

/**
 * tsn_frame_player_new:
 * @origin: outlives the player; so does @mailbox
 *
 * Returns: (transfer full): a player at rest.
 */
TsnFramePlayer *
tsn_frame_player_new (const TsnFrameOrigin *origin, TsnFrameMailbox *mailbox)
{
  TsnFramePlayer *player = g_new0 (TsnFramePlayer, 1);

  player->origin = origin;
  player->mailbox = mailbox;
  player->news.duration = TSN_TIME_UNKNOWN;
  player->wanted = TSN_TIME_UNKNOWN;
  player->thread = tsn_capture_thread_new ("tsn-capture");
  return player;
}

/**
 * tsn_frame_player_set_target:
 * @target: %TSN_FRAME_SOURCE_STOPPED, PLAYING or PAUSED
 */
void
tsn_frame_player_set_target (TsnFramePlayer *player, TsnFrameSourceState target)
{
  Command *command = command_new (player);

  command->target = target;
  tsn_capture_thread_invoke (player->thread, target_cb, command, g_free);
}

void
tsn_frame_player_set_loop (TsnFramePlayer *player, gboolean loop)
{
  Command *command = command_new (player);

  command->loop = loop;
  tsn_capture_thread_invoke (player->thread, loop_cb, command, g_free);
}

/**
 * tsn_frame_player_seek:
 * @time: in nanoseconds
 *
 * While one seek is on its way, the newest of those that follow is kept.
 */
void
tsn_frame_player_seek (TsnFramePlayer *player, gint64 time, gboolean accurate)
{
  Command *command = command_new (player);

  command->time = time;
  command->accurate = accurate;
  tsn_capture_thread_invoke (player->thread, seek_cb, command, g_free);
}

/**
 * tsn_frame_player_free:
 *
 * Waits until everything is closed.
 */
void
tsn_frame_player_free (TsnFramePlayer *player)
{
  tsn_capture_thread_invoke (player->thread, shut_down_cb, player, NULL);
  tsn_capture_thread_free (player->thread);
  g_free (player);
}
