/* What a source of frames does, on its own thread. */
#pragma once

#include "core/capture/tsn-frame-mailbox.h"
#include "core/capture/tsn-frame-origin.h"

G_BEGIN_DECLS

/**
 * TsnFramePlayer:
 *
 * Owns the thread and the pipeline of a source.  Functions say what should be and return at once;
 * the mailbox tells what came of it.
 */
typedef struct _TsnFramePlayer TsnFramePlayer;

TsnFramePlayer *tsn_frame_player_new (const TsnFrameOrigin *origin, TsnFrameMailbox *mailbox);
void tsn_frame_player_set_target (TsnFramePlayer *player, TsnFrameSourceState target);
void tsn_frame_player_set_loop (TsnFramePlayer *player, gboolean loop);
void tsn_frame_player_seek (TsnFramePlayer *player, gint64 time, gboolean accurate);
void tsn_frame_player_free (TsnFramePlayer *player);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnFramePlayer, tsn_frame_player_free)

G_END_DECLS
