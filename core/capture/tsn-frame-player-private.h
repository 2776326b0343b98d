/* The two halves of a player: what it opens, and what its pipeline says.  All of it runs on the
 * player's thread. */
#pragma once

#include "core/capture/tsn-capture-thread.h"
#include "core/capture/tsn-frame-pipeline.h"
#include "core/capture/tsn-frame-player.h"

G_BEGIN_DECLS

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

void tsn_frame_player_tell (TsnFramePlayer *player, TsnFrameSourceState state);
void tsn_frame_player_close (TsnFramePlayer *player);
void tsn_frame_player_fail (TsnFramePlayer *player, TsnFrameSourceProblem problem, GError *error);
void
tsn_frame_player_explain_failure (TsnFramePlayer *player, const GError *reason, const char *debug);
void tsn_frame_player_seek_wanted (TsnFramePlayer *player);
void tsn_frame_player_restart (TsnFramePlayer *player);
void tsn_frame_player_apply_target (TsnFramePlayer *player);
gboolean tsn_frame_player_message_cb (GstBus *bus, GstMessage *message, gpointer data);

G_END_DECLS
