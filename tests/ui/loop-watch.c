#include "loop-watch.h"

#include "ui/tsn-blend-pad.h"
#include "ui/tsn-canvas.h"
#include "ui/tsn-channel-grid.h"
#include "ui/tsn-figure-preview.h"
#include "ui/tsn-graph-view.h"
#include "ui/tsn-plot-area.h"
#include "ui/tsn-swatch.h"
#include "ui/tsn-thumbnail.h"

#include <time.h>

/* Time is that of the thread's processor: on a busy machine the loop also waits for its turn,
 * which is nobody's fault here.  Of a frame only what our own widgets draw counts: the rest is GTK,
 * which styles and lays out what came into sight, and the renderer, which on a screen is the
 * graphics processor. */
static struct
{
  GPollFunc poll;
  double begin;   /* of the turn, after poll */
  double frame;   /* its share that GTK and the renderer took */
  double laid;    /* when layout began, 0 if no frame goes on */
  double painted; /* when painting began */
  double longest;
  double longest_layout;
  double longest_paint;
  double snapshots;
} watch;

typedef void (*Snapshot) (GtkWidget *widget, GtkSnapshot *snapshot);

/* The widgets that draw something themselves, and how. */
static struct
{
  GType (*get_type) (void);
  Snapshot snapshot;
} drawers[] = {
  { tsn_blend_pad_get_type, NULL },    { tsn_canvas_get_type, NULL },
  { tsn_channel_grid_get_type, NULL }, { tsn_figure_preview_get_type, NULL },
  { tsn_graph_view_get_type, NULL },   { tsn_plot_area_get_type, NULL },
  { tsn_swatch_get_type, NULL },       { tsn_thumbnail_get_type, NULL },
};

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
    watch.longest = MAX (watch.longest, now () - watch.begin - watch.frame);
  result = watch.poll (fds, n, timeout);
  watch.begin = now ();
  watch.frame = 0;
  return result;
}

static Snapshot
find_snapshot (GtkWidget *widget)
{
  for (guint i = 0; i < G_N_ELEMENTS (drawers); i++)
    if (G_TYPE_CHECK_INSTANCE_TYPE (widget, drawers[i].get_type ()))
      return drawers[i].snapshot;
  g_assert_not_reached ();
}

/* One may draw another inside of it. */
static void
snapshot_cb (GtkWidget *widget, GtkSnapshot *snapshot)
{
  double begin = now (), before = watch.snapshots;

  find_snapshot (widget) (widget, snapshot);
  watch.snapshots = before + now () - begin;
}

void
loop_watch_start (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (drawers); i++)
    {
      GtkWidgetClass *klass = g_type_class_ref (drawers[i].get_type ());

      drawers[i].snapshot = klass->snapshot;
      klass->snapshot = snapshot_cb;
      g_type_class_unref (klass);
    }
  watch.poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, poll_cb);
}

void
loop_watch_stop (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (drawers); i++)
    {
      GtkWidgetClass *klass = g_type_class_ref (drawers[i].get_type ());

      klass->snapshot = drawers[i].snapshot;
      g_type_class_unref (klass);
    }
  g_main_context_set_poll_func (NULL, watch.poll);
}

static void
update_cb (GdkFrameClock *clock, gpointer data)
{
  watch.laid = now ();
  watch.snapshots = 0;
}

static void
layout_cb (GdkFrameClock *clock, gpointer data)
{
  watch.painted = now ();
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer data)
{
  double time = now ();

  if (watch.laid == 0)
    return;
  watch.frame += time - watch.laid - watch.snapshots;
  watch.longest_layout = MAX (watch.longest_layout, watch.painted - watch.laid);
  watch.longest_paint = MAX (watch.longest_paint, time - watch.painted - watch.snapshots);
  watch.laid = 0;
}

/* To be called when the window is realized. */
void
loop_watch_follow (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_assert_nonnull (clock);
  g_signal_connect_after (clock, "update", G_CALLBACK (update_cb), NULL);
  g_signal_connect_after (clock, "layout", G_CALLBACK (layout_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), NULL);
}

void
loop_watch_reset (void)
{
  watch.longest = watch.longest_layout = watch.longest_paint = watch.begin = watch.laid = 0;
}

/* The longest turn in seconds since the last reset. */
double
loop_watch_get_longest (void)
{
  return watch.longest;
}

/* The longest layout by GTK. */
double
loop_watch_get_longest_layout (void)
{
  return watch.longest_layout;
}

/* The longest painting by the renderer. */
double
loop_watch_get_longest_paint (void)
{
  return watch.longest_paint;
}
