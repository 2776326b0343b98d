#include "ui/tsn-live.h"

#include "ui/tsn-live-text.h"

struct _TsnLive
{
  GObject parent_instance;

  TsnLiveKind kind;
  TsnFrameSource *source;
  TsnCameraMonitor *cameras; /* made when a camera is asked for first */
  char *camera;              /* identity of the one that is wanted; NULL for any */
  gboolean has_frame;
  gboolean frozen; /* a person asked for it */

  guint counting;
  gint64 counted_at;
  guint64 n_shown;
  guint64 n_dropped_before;
  double shown_rate;
  double dropped_rate;
};

enum
{
  ASKED,
  CHANGED,
  FRAME,
  COUNTED,
  SHOWN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsnLive, tsn_live, G_TYPE_OBJECT)

static void
emit_changed (TsnLive *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
count_cb (gpointer data)
{
  TsnLive *self = data;
  gint64 now = g_get_monotonic_time ();
  double seconds = (now - self->counted_at) / (double) G_USEC_PER_SEC;
  guint64 dropped = tsn_frame_source_get_dropped (self->source);

  self->shown_rate = self->n_shown / seconds;
  self->dropped_rate
      = dropped > self->n_dropped_before ? (dropped - self->n_dropped_before) / seconds : 0;
  self->n_shown = 0;
  self->n_dropped_before = dropped;
  self->counted_at = now;
  g_signal_emit (self, signals[COUNTED], 0);
  return G_SOURCE_CONTINUE;
}

static void
start_counting (TsnLive *self)
{
  g_clear_handle_id (&self->counting, g_source_remove);
  self->n_shown = 0;
  self->n_dropped_before = tsn_frame_source_get_dropped (self->source);
  self->shown_rate = self->dropped_rate = 0;
  self->counted_at = g_get_monotonic_time ();
  self->counting = g_timeout_add_seconds (1, count_cb, self);
}

static void
state_cb (TsnLive *self)
{
  if (tsn_frame_source_get_state (self->source) != TSN_FRAME_SOURCE_PLAYING)
    g_clear_handle_id (&self->counting, g_source_remove);
  else if (self->counting == 0)
    start_counting (self);
  emit_changed (self);
}

/* A camera that was frozen when it was unplugged gives a frame when it is there again: what a
 * person froze stays. */
static void
frame_cb (TsnLive *self)
{
  g_autoptr (TsnImage) frame = NULL;

  if (self->kind == TSN_LIVE_CAMERA && self->frozen && self->has_frame)
    frame = tsn_frame_source_take_frame (self->source, NULL);
  else
    g_signal_emit (self, signals[FRAME], 0);
}

static void
stopped_cb (TsnFrameSource *source)
{
  TsnFrameSourceState state = tsn_frame_source_get_state (source);

  if (state == TSN_FRAME_SOURCE_STOPPED || state == TSN_FRAME_SOURCE_FAILED)
    {
      g_signal_handlers_disconnect_by_func (source, stopped_cb, NULL);
      g_object_unref (source);
    }
}

/* To drop the last reference would wait for the camera. */
static void
retire (TsnFrameSource *source)
{
  g_signal_connect (source, "notify::state", G_CALLBACK (stopped_cb), NULL);
  tsn_frame_source_stop (source);
  stopped_cb (source);
}

static void
drop_source (TsnLive *self)
{
  g_clear_handle_id (&self->counting, g_source_remove);
  self->shown_rate = self->dropped_rate = 0;
  self->has_frame = FALSE;
  self->frozen = FALSE;
  if (self->source == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->source, self);
  retire (g_steal_pointer (&self->source));
}

static void
take_source (TsnLive *self, TsnFrameSource *source)
{
  drop_source (self);
  self->source = source;
  g_signal_connect_swapped (source, "notify::state", G_CALLBACK (state_cb), self);
  g_signal_connect_swapped (source, "notify::duration", G_CALLBACK (emit_changed), self);
  g_signal_connect_swapped (source, "notify::seekable", G_CALLBACK (emit_changed), self);
  g_signal_connect_swapped (source, "frame", G_CALLBACK (frame_cb), self);
  tsn_frame_source_play (source);
}

/* Opens the camera that is wanted, or any; without one it waits until one is plugged in. */
static void
start_camera (TsnLive *self)
{
  g_autoptr (TsnCamera) camera = NULL;

  if (tsn_camera_monitor_get_state (self->cameras) != TSN_CAMERA_MONITOR_FOUND)
    return;
  if (self->camera != NULL)
    camera = tsn_camera_monitor_find (self->cameras, self->camera);
  if (camera != NULL)
    g_object_ref (camera);
  else
    camera = g_list_model_get_item (G_LIST_MODEL (self->cameras), 0);
  if (camera == NULL)
    return;
  g_free (self->camera);
  self->camera = g_strdup (tsn_camera_get_id (camera));
  take_source (self, tsn_frame_source_new_camera (self->camera, tsn_live_text_camera (camera)));
}

/* Opens again what failed, as it was. */
static void
reopen (TsnLive *self)
{
  if (self->frozen)
    tsn_frame_source_pause (self->source);
  else
    tsn_frame_source_play (self->source);
}

static void
cameras_cb (TsnLive *self)
{
  gboolean failed;

  if (self->kind != TSN_LIVE_CAMERA)
    return;
  failed = self->source != NULL
           && tsn_frame_source_get_state (self->source) == TSN_FRAME_SOURCE_FAILED;
  if (self->source == NULL)
    start_camera (self);
  else if (failed && tsn_camera_monitor_find (self->cameras, self->camera) != NULL)
    reopen (self);
  emit_changed (self);
}

static void
watch_cameras (TsnLive *self)
{
  if (self->cameras != NULL)
    return;
  self->cameras = tsn_camera_monitor_new ();
  g_signal_connect_swapped (self->cameras, "notify::state", G_CALLBACK (cameras_cb), self);
  /* After the lists that show them: they move their selection by themselves first. */
  g_signal_connect_data (self->cameras, "items-changed", G_CALLBACK (cameras_cb), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
tsn_live_dispose (GObject *object)
{
  TsnLive *self = TSN_LIVE (object);

  drop_source (self);
  if (self->cameras != NULL)
    g_signal_handlers_disconnect_by_data (self->cameras, self);
  g_clear_object (&self->cameras);
  g_clear_pointer (&self->camera, g_free);
  G_OBJECT_CLASS (tsn_live_parent_class)->dispose (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, TSN_TYPE_LIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tsn_live_class_init (TsnLiveClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsn_live_dispose;
  signals[ASKED] = new_signal ("asked");
  signals[CHANGED] = new_signal ("changed");
  signals[FRAME] = new_signal ("frame");
  signals[COUNTED] = new_signal ("counted");
  signals[SHOWN] = new_signal ("shown");
}

static void
tsn_live_init (TsnLive *self)
{
}

/**
 * tsn_live_new:
 *
 * Returns: (transfer full): one in which nothing moves.
 */
TsnLive *
tsn_live_new (void)
{
  return g_object_new (TSN_TYPE_LIVE, NULL);
}

/**
 * tsn_live_open_source:
 * @source: (transfer full): a source that is stopped
 *
 * Plays @source in place of what plays.
 */
void
tsn_live_open_source (TsnLive *self, TsnFrameSource *source, TsnLiveKind kind)
{
  g_signal_emit (self, signals[ASKED], 0);
  self->kind = kind;
  take_source (self, source);
  emit_changed (self);
}

/**
 * tsn_live_open_camera:
 * @id: (nullable): the camera to open if it is there; else any
 *
 * Looks for cameras and opens one, as soon as there is one.
 */
void
tsn_live_open_camera (TsnLive *self, const char *id)
{
  char *camera = g_strdup (id != NULL && *id != '\0' ? id : NULL);

  g_signal_emit (self, signals[ASKED], 0);
  drop_source (self);
  g_free (self->camera);
  self->camera = camera;
  self->kind = TSN_LIVE_CAMERA;
  watch_cameras (self);
  start_camera (self);
  emit_changed (self);
}

/**
 * tsn_live_close:
 *
 * Ends what plays.
 */
void
tsn_live_close (TsnLive *self)
{
  if (self->kind == TSN_LIVE_NONE)
    return;
  self->kind = TSN_LIVE_NONE;
  drop_source (self);
  emit_changed (self);
}

/**
 * tsn_live_retry:
 *
 * Opens again what failed, or looks for cameras again.
 */
void
tsn_live_retry (TsnLive *self)
{
  if (self->source != NULL)
    reopen (self);
  else if (self->kind == TSN_LIVE_CAMERA)
    {
      g_signal_handlers_disconnect_by_data (self->cameras, self);
      g_clear_object (&self->cameras);
      watch_cameras (self);
    }
  emit_changed (self);
}

/**
 * tsn_live_set_frozen:
 *
 * Stops at the frame that is shown, or goes on; a video that has ended starts again.
 */
void
tsn_live_set_frozen (TsnLive *self, gboolean frozen)
{
  if (self->source == NULL)
    return;
  self->frozen = frozen;
  reopen (self);
}

TsnLiveKind
tsn_live_get_kind (TsnLive *self)
{
  return self->kind;
}

static TsnLiveStatus
get_search_status (TsnLive *self)
{
  switch (tsn_camera_monitor_get_state (self->cameras))
    {
    case TSN_CAMERA_MONITOR_NONE:
      return TSN_LIVE_NO_CAMERA;
    case TSN_CAMERA_MONITOR_REFUSED:
      return TSN_LIVE_NOT_ALLOWED;
    case TSN_CAMERA_MONITOR_SEARCHING:
    case TSN_CAMERA_MONITOR_FOUND:
    default:
      return TSN_LIVE_SEARCHING;
    }
}

TsnLiveStatus
tsn_live_get_status (TsnLive *self)
{
  if (self->kind == TSN_LIVE_NONE)
    return TSN_LIVE_OFF;
  if (self->source == NULL)
    return get_search_status (self);
  switch (tsn_frame_source_get_state (self->source))
    {
    case TSN_FRAME_SOURCE_PLAYING:
      return TSN_LIVE_RUNNING;
    case TSN_FRAME_SOURCE_PAUSED:
      return TSN_LIVE_FROZEN;
    case TSN_FRAME_SOURCE_ENDED:
      return TSN_LIVE_ENDED;
    case TSN_FRAME_SOURCE_FAILED:
      return TSN_LIVE_FAILED;
    case TSN_FRAME_SOURCE_STOPPED:
    case TSN_FRAME_SOURCE_STARTING:
    default:
      return TSN_LIVE_STARTING;
    }
}

/**
 * tsn_live_get_name:
 *
 * Returns: (transfer full) (nullable): what to call that which plays.
 */
char *
tsn_live_get_name (TsnLive *self)
{
  const char *name = self->source != NULL ? tsn_frame_source_get_name (self->source) : NULL;

  if (name == NULL)
    return NULL;
  return self->kind == TSN_LIVE_VIDEO ? g_filename_display_basename (name) : g_strdup (name);
}

/**
 * tsn_live_get_source:
 *
 * Returns: (transfer none) (nullable): what plays.
 */
TsnFrameSource *
tsn_live_get_source (TsnLive *self)
{
  return self->source;
}

/**
 * tsn_live_get_cameras:
 *
 * Returns: (transfer none) (nullable): the cameras, once one was asked for.
 */
TsnCameraMonitor *
tsn_live_get_cameras (TsnLive *self)
{
  return self->cameras;
}

/**
 * tsn_live_get_camera:
 *
 * Returns: (nullable): identity of the camera that plays or is wanted.
 */
const char *
tsn_live_get_camera (TsnLive *self)
{
  return self->camera;
}

/**
 * tsn_live_has_other_cameras:
 *
 * Returns: whether a camera is connected that is not the one that plays or is wanted.
 */
gboolean
tsn_live_has_other_cameras (TsnLive *self)
{
  guint n = self->cameras != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->cameras)) : 0;
  gboolean known
      = n > 0 && self->camera != NULL && tsn_camera_monitor_find (self->cameras, self->camera);

  return n > (known ? 1 : 0);
}

/**
 * tsn_live_take:
 *
 * Returns: (transfer full) (nullable): the newest frame, if it was not taken before.
 */
TsnImage *
tsn_live_take (TsnLive *self)
{
  TsnImage *frame = self->source != NULL ? tsn_frame_source_take_frame (self->source, NULL) : NULL;

  if (frame != NULL && !self->has_frame)
    {
      self->has_frame = TRUE;
      emit_changed (self);
    }
  return frame;
}

/**
 * tsn_live_has_shown:
 *
 * Returns: whether what is in sight is of this camera or video.
 */
gboolean
tsn_live_has_shown (TsnLive *self)
{
  return self->has_frame;
}

/**
 * tsn_live_count_shown:
 *
 * Says that the results of a frame are in sight.
 */
void
tsn_live_count_shown (TsnLive *self)
{
  self->n_shown++;
  g_signal_emit (self, signals[SHOWN], 0);
}

/**
 * tsn_live_get_rates:
 * @shown: (out): frames a second whose results came into sight, in the last second
 * @dropped: (out): frames a second that were not looked at
 */
void
tsn_live_get_rates (TsnLive *self, double *shown, double *dropped)
{
  *shown = self->shown_rate;
  *dropped = self->dropped_rate;
}
