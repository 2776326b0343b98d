#include "loop-watch.h"

#include "ui/tsn-canvas.h"

#include <time.h>

/* Time is that of the thread's processor: on a busy machine the loop also waits for its turn,
 * which is nobody's fault here.  Of painting only what the canvases do counts; the rest is the
 * renderer, which on a screen is the graphics processor. */
static struct
{
  GPollFunc poll;
  double begin;   /* of the turn, after poll */
  double paint;   /* its share that the renderer took */
  double painted; /* when painting began, 0 if it does not go on */
  double longest;
  double longest_paint;
  void (*snapshot) (GtkWidget *widget, GtkSnapshot *snapshot);
  double snapshots;
} watch;

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static int
poll_cb (GPollFD *fds, guint n, int timeout)
{
  int result;

  if (watch.begin > 0)
    watch.longest = MAX (watch.longest, now () - watch.begin - watch.paint);
  result = watch.poll (fds, n, timeout);
  watch.begin = now ();
  watch.paint = 0;
  return result;
}

static void
snapshot_cb (GtkWidget *widget, GtkSnapshot *snapshot)
{
  double begin = now ();

  watch.snapshot (widget, snapshot);
  watch.snapshots += now () - begin;
}

void
loop_watch_start (void)
{
  GtkWidgetClass *klass = g_type_class_ref (TSN_TYPE_CANVAS);

  watch.snapshot = klass->snapshot;
  klass->snapshot = snapshot_cb;
  watch.poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, poll_cb);
  g_type_class_unref (klass);
}

void
loop_watch_stop (void)
{
  GtkWidgetClass *klass = g_type_class_ref (TSN_TYPE_CANVAS);

  klass->snapshot = watch.snapshot;
  g_main_context_set_poll_func (NULL, watch.poll);
  g_type_class_unref (klass);
}

static void
layout_cb (GdkFrameClock *clock, gpointer data)
{
  watch.painted = now ();
  watch.snapshots = 0;
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer data)
{
  double paint;

  if (watch.painted == 0)
    return;
  paint = now () - watch.painted - watch.snapshots;
  watch.painted = 0;
  watch.paint += paint;
  watch.longest_paint = MAX (watch.longest_paint, paint);
}

/* To be called when the window is realized. */
void
loop_watch_follow (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_assert_nonnull (clock);
  g_signal_connect_after (clock, "layout", G_CALLBACK (layout_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), NULL);
}

void
loop_watch_reset (void)
{
  watch.longest = watch.longest_paint = watch.begin = 0;
}

/* The longest turn in seconds since the last reset. */
double
loop_watch_get_longest (void)
{
  return watch.longest;
}

/* The longest painting by the renderer. */
double
loop_watch_get_longest_paint (void)
{
  return watch.longest_paint;
}
