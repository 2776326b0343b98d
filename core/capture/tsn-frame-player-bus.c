/* What a player's pipeline says, and what is done about it. */
#include "core/capture/tsn-frame-player-private.h"

#include "core/base/tsn-error.h"
#include "core/capture/tsn-frame-problem.h"

#include <glib/gi18n-lib.h>

void
tsn_frame_player_tell (TsnFramePlayer *player, TsnFrameSourceState state)
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
void
tsn_frame_player_close (TsnFramePlayer *player)
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

void
tsn_frame_player_fail (TsnFramePlayer *player, TsnFrameSourceProblem problem, GError *error)
{
  g_autoptr (GError) owned = error;

  tsn_frame_player_close (player);
  player->target = TSN_FRAME_SOURCE_STOPPED;
  player->news.problem = problem;
  player->news.error = owned;
  tsn_frame_player_tell (player, TSN_FRAME_SOURCE_FAILED);
  player->news.problem = TSN_FRAME_SOURCE_PROBLEM_NONE;
  player->news.error = NULL;
}

void
tsn_frame_player_explain_failure (TsnFramePlayer *player, const GError *reason, const char *debug)
{
  TsnFrameTrouble trouble
      = { player->origin, player->got_frame, player->missing_plugin, reason, debug };
  TsnFrameSourceProblem problem = tsn_frame_problem_find (&trouble);
  GError *error = tsn_frame_problem_explain (&trouble, problem);
  /* Whoever fails closes, and with that forgets what is missing. */
  g_autofree char *detail = tsn_frame_problem_get_detail (&trouble);

  player->news.detail = detail;
  tsn_frame_player_fail (player, problem, error);
  player->news.detail = NULL;
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
    tsn_frame_player_tell (player, player->target);
}

void
tsn_frame_player_seek_wanted (TsnFramePlayer *player)
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
void
tsn_frame_player_restart (TsnFramePlayer *player)
{
  player->ended = FALSE;
  player->n_frames_at_start = tsn_frame_pipeline_get_n_frames (player->pipeline);
  if (player->news.seekable)
    {
      player->wanted = 0;
      player->wanted_accurate = FALSE;
      tsn_frame_player_seek_wanted (player);
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
    tsn_frame_player_fail (player, TSN_FRAME_SOURCE_PROBLEM_UNPLUGGED,
                           tsn_frame_problem_unplugged (player->origin));
  else if (!player->got_frame && n_frames == 0)
    tsn_frame_player_fail (player, TSN_FRAME_SOURCE_PROBLEM_FORMAT,
                           g_error_new (TSN_ERROR, TSN_ERROR_FORMAT,
                                        _ ("'%s' is not a video: it has no pictures"),
                                        player->origin->name));
  else if (player->loop && n_frames > 0)
    tsn_frame_player_restart (player);
  else
    {
      player->ended = TRUE;
      tsn_frame_player_tell (player, TSN_FRAME_SOURCE_ENDED);
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
  tsn_frame_player_seek_wanted (player);
}

static void
handle_error (TsnFramePlayer *player, GstMessage *message)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *debug = NULL;

  gst_message_parse_error (message, &reason, &debug);
  tsn_frame_player_explain_failure (player, reason, debug);
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
void
tsn_frame_player_apply_target (TsnFramePlayer *player)
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
    tsn_frame_player_fail (
        player, TSN_FRAME_SOURCE_PROBLEM_OTHER,
        g_error_new (TSN_ERROR, TSN_ERROR_IO, _ ("'%s' cannot be played"), player->origin->name));
}

gboolean
tsn_frame_player_message_cb (GstBus *bus, GstMessage *message, gpointer data)
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
        tsn_frame_player_apply_target (player);
      break;
    case GST_MESSAGE_ELEMENT:
      handle_element (player, message);
      break;
    case GST_MESSAGE_ASYNC_DONE:
      player->seeking = FALSE;
      look_at_length (player);
      tsn_frame_player_seek_wanted (player);
      settle (player);
      if (player->running && player->target == TSN_FRAME_SOURCE_PAUSED)
        tsn_frame_player_apply_target (player);
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
