/* Where the threads of a source leave frames and news for its owner. */
#pragma once

#include "core/capture/tsn-frame-source.h"

G_BEGIN_DECLS

/**
 * TsnFrameNews:
 * @state: the state that the source has now
 * @problem: with %TSN_FRAME_SOURCE_FAILED, why
 * @error: (nullable): with %TSN_FRAME_SOURCE_FAILED, the same in a sentence
 * @detail: (nullable): with %TSN_FRAME_SOURCE_FAILED, what GStreamer said itself
 * @duration: of the whole, or %TSN_TIME_UNKNOWN
 * @seekable: whether any time can be gone to
 *
 * What a source is, as its thread last knew it.
 */
typedef struct
{
  TsnFrameSourceState state;
  TsnFrameSourceProblem problem;
  GError *error;
  char *detail;
  gint64 duration;
  gboolean seekable;
} TsnFrameNews;

/**
 * TsnFrameMailbox:
 *
 * Holds the newest frame and all news since the owner last looked.  Any thread may put things in,
 * which wakes the owner's main context; only the owner takes them, and frees the mailbox when no
 * thread knows it any more.
 */
typedef struct _TsnFrameMailbox TsnFrameMailbox;

TsnFrameMailbox *tsn_frame_mailbox_new (GMainContext *context, GSourceFunc wake, gpointer owner);
void tsn_frame_mailbox_free (TsnFrameMailbox *mailbox);

void tsn_frame_mailbox_put_frame (TsnFrameMailbox *mailbox, TsnImage *frame, gint64 time);
TsnImage *tsn_frame_mailbox_take_frame (TsnFrameMailbox *mailbox, gint64 *time);
gboolean tsn_frame_mailbox_take_arrival (TsnFrameMailbox *mailbox, gint64 *time);
void tsn_frame_mailbox_drop_frame (TsnFrameMailbox *mailbox);
void tsn_frame_mailbox_put_news (TsnFrameMailbox *mailbox, const TsnFrameNews *news);
TsnFrameNews *tsn_frame_mailbox_take_news (TsnFrameMailbox *mailbox);
void tsn_frame_mailbox_get_counts (TsnFrameMailbox *mailbox, guint64 *delivered, guint64 *dropped);

void tsn_frame_news_free (TsnFrameNews *news);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnFrameMailbox, tsn_frame_mailbox_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnFrameNews, tsn_frame_news_free)

G_END_DECLS
