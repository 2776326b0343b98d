#include "core/capture/tsn-frame-mailbox.h"

#include "core/capture/tsn-capture-thread.h"

struct _TsnFrameMailbox
{
  GSource *wake; /* of the owner's context */

  GMutex mutex;
  TsnImage *frame; /* the rest is under mutex */
  gint64 time;
  gboolean arrived; /* a frame came that the owner has not been told of */
  guint64 delivered;
  guint64 dropped;
  GQueue news; /* of TsnFrameNews */
};

/**
 * tsn_frame_mailbox_new:
 * @context: the owner's
 * @wake: called in @context with @owner after something was put in; returns %G_SOURCE_CONTINUE
 * @owner: must free the mailbox before it is gone
 *
 * Returns: (transfer full): an empty mailbox.
 */
TsnFrameMailbox *
tsn_frame_mailbox_new (GMainContext *context, GSourceFunc wake, gpointer owner)
{
  TsnFrameMailbox *mailbox = g_new0 (TsnFrameMailbox, 1);

  g_mutex_init (&mailbox->mutex);
  g_queue_init (&mailbox->news);
  mailbox->wake = tsn_capture_wake_new (context, wake, owner);
  return mailbox;
}

void
tsn_frame_mailbox_free (TsnFrameMailbox *mailbox)
{
  g_source_destroy (mailbox->wake);
  g_source_unref (mailbox->wake);
  g_clear_pointer (&mailbox->frame, tsn_image_unref);
  g_queue_clear_full (&mailbox->news, (GDestroyNotify) tsn_frame_news_free);
  g_mutex_clear (&mailbox->mutex);
  g_free (mailbox);
}

/**
 * tsn_frame_mailbox_put_frame:
 * @frame: (transfer full): takes the place of a frame that was not taken
 * @time: of the frame in nanoseconds
 */
void
tsn_frame_mailbox_put_frame (TsnFrameMailbox *mailbox, TsnImage *frame, gint64 time)
{
  TsnImage *old;

  g_mutex_lock (&mailbox->mutex);
  old = mailbox->frame;
  if (old != NULL)
    mailbox->dropped++;
  mailbox->frame = frame;
  mailbox->time = time;
  mailbox->arrived = TRUE;
  g_mutex_unlock (&mailbox->mutex);
  g_clear_pointer (&old, tsn_image_unref);
  tsn_capture_wake (mailbox->wake);
}

/**
 * tsn_frame_mailbox_take_frame:
 * @time: (out) (optional): when the frame is, in nanoseconds
 *
 * Returns: (transfer full) (nullable): the newest frame, if it was not taken before.
 */
TsnImage *
tsn_frame_mailbox_take_frame (TsnFrameMailbox *mailbox, gint64 *time)
{
  TsnImage *frame;

  g_mutex_lock (&mailbox->mutex);
  frame = g_steal_pointer (&mailbox->frame);
  if (frame != NULL)
    mailbox->delivered++;
  if (time != NULL)
    *time = frame != NULL ? mailbox->time : TSN_TIME_UNKNOWN;
  g_mutex_unlock (&mailbox->mutex);
  return frame;
}

/**
 * tsn_frame_mailbox_take_arrival:
 * @time: (out): when the newest frame is
 *
 * Returns: whether a frame came since this was last asked.
 */
gboolean
tsn_frame_mailbox_take_arrival (TsnFrameMailbox *mailbox, gint64 *time)
{
  gboolean arrived;

  g_mutex_lock (&mailbox->mutex);
  arrived = mailbox->arrived;
  mailbox->arrived = FALSE;
  *time = mailbox->time;
  g_mutex_unlock (&mailbox->mutex);
  return arrived;
}

/**
 * tsn_frame_mailbox_drop_frame:
 *
 * Throws a waiting frame away.
 */
void
tsn_frame_mailbox_drop_frame (TsnFrameMailbox *mailbox)
{
  g_mutex_lock (&mailbox->mutex);
  if (mailbox->frame != NULL)
    mailbox->dropped++;
  g_clear_pointer (&mailbox->frame, tsn_image_unref);
  mailbox->arrived = FALSE;
  g_mutex_unlock (&mailbox->mutex);
}

/**
 * tsn_frame_mailbox_put_news:
 * @news: copied
 */
void
tsn_frame_mailbox_put_news (TsnFrameMailbox *mailbox, const TsnFrameNews *news)
{
  TsnFrameNews *copy = g_memdup2 (news, sizeof *news);

  copy->error = news->error != NULL ? g_error_copy (news->error) : NULL;
  copy->detail = g_strdup (news->detail);
  g_mutex_lock (&mailbox->mutex);
  g_queue_push_tail (&mailbox->news, copy);
  g_mutex_unlock (&mailbox->mutex);
  tsn_capture_wake (mailbox->wake);
}

/**
 * tsn_frame_mailbox_take_news:
 *
 * Returns: (transfer full) (nullable): the oldest news.
 */
TsnFrameNews *
tsn_frame_mailbox_take_news (TsnFrameMailbox *mailbox)
{
  TsnFrameNews *news;

  g_mutex_lock (&mailbox->mutex);
  news = g_queue_pop_head (&mailbox->news);
  g_mutex_unlock (&mailbox->mutex);
  return news;
}

/**
 * tsn_frame_mailbox_get_counts:
 * @delivered: (out): frames that were taken
 * @dropped: (out): frames that a newer one replaced
 */
void
tsn_frame_mailbox_get_counts (TsnFrameMailbox *mailbox, guint64 *delivered, guint64 *dropped)
{
  g_mutex_lock (&mailbox->mutex);
  *delivered = mailbox->delivered;
  *dropped = mailbox->dropped;
  g_mutex_unlock (&mailbox->mutex);
}

void
tsn_frame_news_free (TsnFrameNews *news)
{
  g_clear_error (&news->error);
  g_free (news->detail);
  g_free (news);
}
