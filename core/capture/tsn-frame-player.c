#include "core/capture/tsn-frame-player.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "core/base/tsn-error.h"
#include "core/capture/tsn-camera-open.h"
#include "core/capture/tsn-capture-thread.h"
#include "core/capture/tsn-frame-pipeline.h"
#include "core/capture/tsn-frame-problem.h"

/* How long a camera may take from being opened to its first frame, in seconds. */
#define PATIENCE 10

struct _TsnFramePlayer
{
  const TsnFrameOrigin *origin;
  TsnFrameMailbox *mailbox;
  TsnCaptureThread *thread;

  /* All else is of the thread. */
  TsnFrameNews news;          /* the last that the mailbox was told; its error is not kept */
  TsnFrameSourceState target; /* STOPPED, PLAYING or PAUSED */
  TsnFramePipeline *pipeline; /* NULL while nothing is open */
  GSource *bus_watch;
  GSource *patience;
  GCancellable *opening; /* while the camera is searched or asked for */
  char *missing_plugin;
  gboolean loop;
  gboolean running; /* the pipeline was last told to play, not to pause */
  gboolean got_frame;
  gboolean ended;
  guint n_frames_at_start; /* of this round, for files without any */
  gboolean seeking;        /* one seek is on its way */
  gint64 wanted;           /* the next seek's time, or TSN_TIME_UNKNOWN */
  gboolean wanted_accurate;
};

static void
tell (TsnFramePlayer *player, TsnFrameSourceState state)
{
  if (player->news.state == state)
    return;
  player->news.state = state;
  tsn_frame_mailbox_put_news (player->mailbox, &player->news);
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Closes whatever is open and waits until it is. */
static void
close_pipeline (TsnFramePlayer *player)
{
  clear_source (&player->bus_watch);
  clear_source (&player->patience);
  g_clear_pointer (&player->pipeline, tsn_frame_pipeline_free);
  g_clear_pointer (&player->missing_plugin, g_free);
  player->running = FALSE;
  player->got_frame = FALSE;
  player->ended = FALSE;
  player->seeking = FALSE;
  player->wanted = TSN_TIME_UNKNOWN;
  player->news.duration = TSN_TIME_UNKNOWN;
  player->news.seekable = FALSE;
}

static void
fail (TsnFramePlayer *player, TsnFrameSourceProblem problem, GError *error)
{
  g_autoptr (GError) owned = error;

  close_pipeline (player);
  player->target = TSN_FRAME_SOURCE_STOPPED;
  player->news.problem = problem;
  player->news.error = owned;
  tell (player, TSN_FRAME_SOURCE_FAILED);
  player->news.problem = TSN_FRAME_SOURCE_PROBLEM_NONE;
  player->news.error = NULL;
}

static void
fail_by_trouble (TsnFramePlayer *player, const GError *reason, const char *debug)
{
  TsnFrameTrouble trouble
      = { player->origin, player->got_frame, player->missing_plugin, reason, debug };
  TsnFrameSourceProblem problem = tsn_frame_problem_find (&trouble);

  fail (player, problem, tsn_frame_problem_explain (&trouble, problem));
}

/* Tells that what was asked for has come about, once it has. */
static void
settle (TsnFramePlayer *player)
{
  GstState state = GST_STATE_NULL;

  if (player->pipeline == NULL || !player->got_frame || player->ended || player->seeking)
    return;
  gst_element_get_state (player->pipeline->element, &state, NULL, 0);
  if (tsn_frame_origin_is_live (player->origin)
      || state
             == (player->target == TSN_FRAME_SOURCE_PAUSED ? GST_STATE_PAUSED : GST_STATE_PLAYING))
    tell (player, player->target);
}

static void
seek_wanted (TsnFramePlayer *player)
{
  gint64 time = player->wanted;
  GstSeekFlags flags
      = GST_SEEK_FLAG_FLUSH
        | (player->wanted_accurate ? GST_SEEK_FLAG_ACCURATE : GST_SEEK_FLAG_KEY_UNIT);

  if (time == TSN_TIME_UNKNOWN || player->seeking || !player->got_frame)
    return;
  player->wanted = TSN_TIME_UNKNOWN;
  if (!player->news.seekable)
    return;
  if (player->news.duration != TSN_TIME_UNKNOWN)
    time = MIN (time, player->news.duration);
  player->seeking
      = gst_element_seek_simple (player->pipeline->element, GST_FORMAT_TIME, flags, time);
  if (player->seeking)
    player->ended = FALSE;
}

/* Begins again after the end. */
static void
restart (TsnFramePlayer *player)
{
  player->ended = FALSE;
  player->n_frames_at_start = tsn_frame_pipeline_get_n_frames (player->pipeline);
  if (player->news.seekable)
    {
      player->wanted = 0;
      player->wanted_accurate = FALSE;
      seek_wanted (player);
      return;
    }
  gst_element_set_state (player->pipeline->element, GST_STATE_READY);
  gst_element_set_state (player->pipeline->element, GST_STATE_PLAYING);
}

static void
handle_end (TsnFramePlayer *player)
{
  guint n_frames = tsn_frame_pipeline_get_n_frames (player->pipeline) - player->n_frames_at_start;

  /* The end of what was before a seek does not matter after it. */
  if (player->seeking)
    return;
  if (player->origin->kind == TSN_FRAME_ORIGIN_CAMERA)
    fail (player, TSN_FRAME_SOURCE_PROBLEM_UNPLUGGED, tsn_frame_problem_unplugged (player->origin));
  else if (!player->got_frame && n_frames == 0)
    fail (player, TSN_FRAME_SOURCE_PROBLEM_FORMAT,
          g_error_new (TSN_ERROR, TSN_ERROR_FORMAT, "'%s' is not a video: it has no pictures",
                       player->origin->name));
  else if (player->loop && n_frames > 0)
    restart (player);
  else
    {
      player->ended = TRUE;
      tell (player, TSN_FRAME_SOURCE_ENDED);
    }
}

/* A file's length and whether one can go to any time; only files have either. */
static void
look_at_length (TsnFramePlayer *player)
{
  g_autoptr (GstQuery) query = gst_query_new_seeking (GST_FORMAT_TIME);
  TsnFrameNews *news = &player->news;
  gint64 duration = TSN_TIME_UNKNOWN;
  gboolean seekable = FALSE;

  if (player->origin->kind != TSN_FRAME_ORIGIN_FILE)
    return;
  if (!gst_element_query_duration (player->pipeline->element, GST_FORMAT_TIME, &duration)
      || duration < 0)
    duration = TSN_TIME_UNKNOWN;
  if (gst_element_query (player->pipeline->element, query))
    gst_query_parse_seeking (query, NULL, &seekable, NULL, NULL);
  if (duration == news->duration && seekable == news->seekable)
    return;
  news->duration = duration;
  news->seekable = seekable;
  tsn_frame_mailbox_put_news (player->mailbox, news);
}

static void
handle_first_frame (TsnFramePlayer *player)
{
  player->got_frame = TRUE;
  clear_source (&player->patience);
  tsn_frame_pipeline_set_frozen (player->pipeline,
                                 tsn_frame_origin_is_live (player->origin)
                                     && player->target == TSN_FRAME_SOURCE_PAUSED);
  look_at_length (player);
  settle (player);
  seek_wanted (player);
}

static void
handle_error (TsnFramePlayer *player, GstMessage *message)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *debug = NULL;

  gst_message_parse_error (message, &reason, &debug);
  fail_by_trouble (player, reason, debug);
}

/* What decodebin tells before it fails for want of a decoder; one for sound matters least. */
static void
handle_element (TsnFramePlayer *player, GstMessage *message)
{
  const GstStructure *structure = gst_message_get_structure (message);
  g_autoptr (GstCaps) caps = NULL;

  if (!gst_message_has_name (message, "missing-plugin"))
    return;
  gst_structure_get (structure, "detail", GST_TYPE_CAPS, &caps, NULL);
  if (caps != NULL && gst_caps_get_size (caps) > 0
      && g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), "audio/"))
    return;
  g_free (player->missing_plugin);
  player->missing_plugin = g_strdup (gst_structure_get_string (structure, "name"));
}

/* Otherwise it is tried again when the pipeline says that it is rolling. */
static gboolean
may_pause (TsnFramePlayer *player)
{
  return !player->running || player->ended
         || (!player->seeking && tsn_frame_pipeline_is_rolling (player->pipeline));
}

/* Brings the pipeline to what is asked for.  A live one runs always: when frozen, its frames are
 * thrown away at the source, so that it notices that it was unplugged and is never stale. */
static void
apply_target (TsnFramePlayer *player)
{
  gboolean live = tsn_frame_origin_is_live (player->origin);
  gboolean paused = player->target == TSN_FRAME_SOURCE_PAUSED;
  GstState state = paused && !live ? GST_STATE_PAUSED : GST_STATE_PLAYING;
  g_autoptr (GstBus) bus = gst_element_get_bus (player->pipeline->element);
  g_autoptr (GstMessage) message = NULL;

  if (live && player->got_frame)
    tsn_frame_pipeline_set_frozen (player->pipeline, paused);
  if (state == GST_STATE_PAUSED && !may_pause (player))
    return;
  player->running = state == GST_STATE_PLAYING;
  if (gst_element_set_state (player->pipeline->element, state) != GST_STATE_CHANGE_FAILURE)
    {
      settle (player);
      return;
    }
  /* Which of the elements refused, and why, is on the bus. */
  while ((message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT)) != NULL
         && GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT)
    {
      handle_element (player, message);
      g_clear_pointer (&message, gst_message_unref);
    }
  if (message != NULL)
    handle_error (player, message);
  else
    fail (player, TSN_FRAME_SOURCE_PROBLEM_OTHER,
          g_error_new (TSN_ERROR, TSN_ERROR_IO, "'%s' cannot be played", player->origin->name));
}

static gboolean
message_cb (GstBus *bus, GstMessage *message, gpointer data)
{
  TsnFramePlayer *player = data;

  switch (GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_ERROR:
      handle_error (player, message);
      break;
    case GST_MESSAGE_EOS:
      handle_end (player);
      break;
    case GST_MESSAGE_APPLICATION:
      if (gst_message_has_name (message, TSN_FRAME_PIPELINE_FIRST_FRAME))
        handle_first_frame (player);
      else if (player->running && player->target == TSN_FRAME_SOURCE_PAUSED)
        apply_target (player);
      break;
    case GST_MESSAGE_ELEMENT:
      handle_element (player, message);
      break;
    case GST_MESSAGE_ASYNC_DONE:
      player->seeking = FALSE;
      look_at_length (player);
      seek_wanted (player);
      settle (player);
      if (player->running && player->target == TSN_FRAME_SOURCE_PAUSED)
        apply_target (player);
      break;
    case GST_MESSAGE_STATE_CHANGED:
      if (GST_MESSAGE_SRC (message) == GST_OBJECT (player->pipeline->element))
        settle (player);
      break;
    case GST_MESSAGE_DURATION_CHANGED:
      look_at_length (player);
      break;
    case GST_MESSAGE_LATENCY:
      gst_bin_recalculate_latency (GST_BIN (player->pipeline->element));
      break;
    default:
      break;
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
out_of_patience_cb (gpointer data)
{
  TsnFramePlayer *player = data;

  fail (player, TSN_FRAME_SOURCE_PROBLEM_OTHER,
        g_error_new (TSN_ERROR, TSN_ERROR_IO, "The camera '%s' gave no picture within %d seconds",
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
      fail (player, TSN_FRAME_SOURCE_PROBLEM_PLUGIN, g_steal_pointer (&error));
      return;
    }
  player->n_frames_at_start = 0;
  bus = gst_element_get_bus (player->pipeline->element);
  player->bus_watch = gst_bus_create_watch (bus);
  g_source_set_callback (player->bus_watch, G_SOURCE_FUNC (message_cb), player, NULL);
  g_source_attach (player->bus_watch, g_main_context_get_thread_default ());
  if (player->origin->kind == TSN_FRAME_ORIGIN_CAMERA)
    wait_for_camera (player);
  apply_target (player);
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
    fail_by_trouble (player, error, NULL);
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
      return tsn_error_set (error, TSN_ERROR_FORMAT, "'%s' is not a video: it is %s", path,
                            S_ISDIR (info.st_mode) ? "a folder" : "not a regular file");
    }
  if (number == 0)
    return TRUE;
  *problem = number == EACCES ? TSN_FRAME_SOURCE_PROBLEM_REFUSED : TSN_FRAME_SOURCE_PROBLEM_MISSING;
  return tsn_error_set (error, TSN_ERROR_IO, "Cannot open '%s': %s", path, g_strerror (number));
}

static void
start (TsnFramePlayer *player)
{
  TsnFrameSourceProblem problem = TSN_FRAME_SOURCE_PROBLEM_OTHER;
  g_autoptr (GError) error = NULL;

  tell (player, TSN_FRAME_SOURCE_STARTING);
  if (!tsn_capture_init (&error)
      || (player->origin->kind == TSN_FRAME_ORIGIN_FILE
          && !check_file (player->origin->path, &problem, &error)))
    fail (player, problem, g_steal_pointer (&error));
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
  close_pipeline (player);
  tell (player, TSN_FRAME_SOURCE_STOPPED);
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
        restart (player);
      apply_target (player);
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
  seek_wanted (player);
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
