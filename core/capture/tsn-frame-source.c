#include "core/capture/tsn-frame-source.h"

#include "core/capture/tsn-frame-mailbox.h"
#include "core/capture/tsn-frame-origin.h"
#include "core/capture/tsn-frame-player.h"

struct _TsnFrameSource
{
  GObject parent_instance;

  TsnFrameOrigin origin;
  TsnFrameMailbox *mailbox;
  TsnFramePlayer *player;

  TsnFrameNews news; /* the last that was taken and notified */
  gint64 position;
  gboolean loop;
};

enum
{
  PROP_STATE = 1,
  PROP_DURATION,
  PROP_SEEKABLE,
  PROP_LOOP,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_FRAME,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (TsnFrameSourceState,
                    tsn_frame_source_state,
                    G_DEFINE_ENUM_VALUE (TSN_FRAME_SOURCE_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (TSN_FRAME_SOURCE_STARTING, "starting"),
                    G_DEFINE_ENUM_VALUE (TSN_FRAME_SOURCE_PLAYING, "playing"),
                    G_DEFINE_ENUM_VALUE (TSN_FRAME_SOURCE_PAUSED, "paused"),
                    G_DEFINE_ENUM_VALUE (TSN_FRAME_SOURCE_ENDED, "ended"),
                    G_DEFINE_ENUM_VALUE (TSN_FRAME_SOURCE_FAILED, "failed"))

G_DEFINE_FINAL_TYPE (TsnFrameSource, tsn_frame_source, G_TYPE_OBJECT)

static void
take_over (TsnFrameSource *self, TsnFrameNews *news)
{
  g_autoptr (TsnFrameNews) old = g_memdup2 (&self->news, sizeof self->news);
  GObject *object = G_OBJECT (self);

  self->news = *news;
  news->error = NULL;
  news->detail = NULL;
  g_object_freeze_notify (object);
  if (self->news.state != old->state)
    g_object_notify_by_pspec (object, props[PROP_STATE]);
  if (self->news.duration != old->duration)
    g_object_notify_by_pspec (object, props[PROP_DURATION]);
  if (self->news.seekable != old->seekable)
    g_object_notify_by_pspec (object, props[PROP_SEEKABLE]);
  if (self->news.state == TSN_FRAME_SOURCE_STOPPED)
    {
      tsn_frame_mailbox_drop_frame (self->mailbox);
      self->position = TSN_TIME_UNKNOWN;
    }
  g_object_thaw_notify (object);
}

static gboolean
wake_cb (gpointer data)
{
  g_autoptr (TsnFrameSource) self = g_object_ref (data);
  TsnFrameNews *next;

  while (self->mailbox != NULL && (next = tsn_frame_mailbox_take_news (self->mailbox)) != NULL)
    {
      g_autoptr (TsnFrameNews) news = next;

      take_over (self, news);
    }
  /* A frame may be quicker than the news that the source plays; then these wake again. */
  if (self->mailbox != NULL && self->news.state != TSN_FRAME_SOURCE_STARTING
      && self->news.state != TSN_FRAME_SOURCE_STOPPED
      && tsn_frame_mailbox_take_arrival (self->mailbox, &self->position))
    g_signal_emit (self, signals[SIGNAL_FRAME], 0);
  return G_SOURCE_CONTINUE;
}

static void
tsn_frame_source_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TsnFrameSource *self = TSN_FRAME_SOURCE (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->news.state);
      break;
    case PROP_DURATION:
      g_value_set_int64 (value, self->news.duration);
      break;
    case PROP_SEEKABLE:
      g_value_set_boolean (value, self->news.seekable);
      break;
    case PROP_LOOP:
      g_value_set_boolean (value, self->loop);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tsn_frame_source_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LOOP)
    tsn_frame_source_set_loop (TSN_FRAME_SOURCE (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tsn_frame_source_dispose (GObject *object)
{
  TsnFrameSource *self = TSN_FRAME_SOURCE (object);

  g_clear_pointer (&self->player, tsn_frame_player_free);
  g_clear_pointer (&self->mailbox, tsn_frame_mailbox_free);
  G_OBJECT_CLASS (tsn_frame_source_parent_class)->dispose (object);
}

static void
tsn_frame_source_finalize (GObject *object)
{
  TsnFrameSource *self = TSN_FRAME_SOURCE (object);

  g_clear_error (&self->news.error);
  g_free (self->news.detail);
  g_free (self->origin.id);
  g_free (self->origin.path);
  g_free (self->origin.name);
  g_free ((char *) self->origin.pattern.kind);
  G_OBJECT_CLASS (tsn_frame_source_parent_class)->finalize (object);
}

static void
tsn_frame_source_class_init (TsnFrameSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tsn_frame_source_get_property;
  object_class->set_property = tsn_frame_source_set_property;
  object_class->dispose = tsn_frame_source_dispose;
  object_class->finalize = tsn_frame_source_finalize;
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, TSN_TYPE_FRAME_SOURCE_STATE,
                                         TSN_FRAME_SOURCE_STOPPED, flags);
  props[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, TSN_TIME_UNKNOWN, G_MAXINT64,
                                             TSN_TIME_UNKNOWN, flags);
  props[PROP_SEEKABLE] = g_param_spec_boolean ("seekable", NULL, NULL, FALSE, flags);
  props[PROP_LOOP] = g_param_spec_boolean ("loop", NULL, NULL, FALSE, flags | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_FRAME] = g_signal_new ("frame", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tsn_frame_source_init (TsnFrameSource *self)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  self->mailbox = tsn_frame_mailbox_new (context, wake_cb, self);
  self->news.duration = TSN_TIME_UNKNOWN;
  self->position = TSN_TIME_UNKNOWN;
}

static TsnFrameSource *
source_new (TsnFrameOriginKind kind)
{
  TsnFrameSource *self = g_object_new (TSN_TYPE_FRAME_SOURCE, NULL);

  self->origin.kind = kind;
  return self;
}

/**
 * tsn_frame_source_new_camera:
 * @id: of a #TsnCamera; it need not be connected now
 * @name: (nullable): what messages call it; %NULL for the id
 *
 * Returns: (transfer full): a source that is stopped.
 */
TsnFrameSource *
tsn_frame_source_new_camera (const char *id, const char *name)
{
  TsnFrameSource *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = source_new (TSN_FRAME_ORIGIN_CAMERA);
  self->origin.id = g_strdup (id);
  self->origin.name = g_strdup (name != NULL ? name : id);
  return self;
}

/**
 * tsn_frame_source_new_file:
 * @path: of a film; whether it is one shows when it is played
 *
 * Returns: (transfer full): a source that is stopped.
 */
TsnFrameSource *
tsn_frame_source_new_file (const char *path)
{
  TsnFrameSource *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = source_new (TSN_FRAME_ORIGIN_FILE);
  self->origin.path = g_strdup (path);
  self->origin.name = g_filename_display_name (path);
  return self;
}

/**
 * tsn_frame_source_new_pattern:
 * @pattern: (nullable): what to show; copied
 *
 * Returns: (transfer full): a source that is stopped.
 */
TsnFrameSource *
tsn_frame_source_new_pattern (const TsnTestPattern *pattern)
{
  static const TsnTestPattern usual;
  TsnFrameSource *self = source_new (TSN_FRAME_ORIGIN_PATTERN);
  TsnTestPattern *own = &self->origin.pattern;

  *own = pattern != NULL ? *pattern : usual;
  own->width = own->width != 0 ? own->width : 640;
  own->height = own->height != 0 ? own->height : 480;
  own->fps = own->fps != 0 ? own->fps : 30;
  own->kind = g_strdup (own->kind != NULL ? own->kind : "smpte");
  self->origin.name = g_strdup ("test pattern");
  return self;
}

static void
set_target (TsnFrameSource *self, TsnFrameSourceState target)
{
  if (self->player == NULL)
    {
      self->player = tsn_frame_player_new (&self->origin, self->mailbox);
      tsn_frame_player_set_loop (self->player, self->loop);
    }
  tsn_frame_player_set_target (self->player, target);
}

/**
 * tsn_frame_source_play:
 *
 * Opens what is closed, lets run what is frozen, begins again what has ended.
 */
void
tsn_frame_source_play (TsnFrameSource *source)
{
  g_return_if_fail (TSN_IS_FRAME_SOURCE (source));

  set_target (source, TSN_FRAME_SOURCE_PLAYING);
}

/**
 * tsn_frame_source_pause:
 *
 * Freezes; opens what is closed and stays on its first frame.
 */
void
tsn_frame_source_pause (TsnFrameSource *source)
{
  g_return_if_fail (TSN_IS_FRAME_SOURCE (source));

  set_target (source, TSN_FRAME_SOURCE_PAUSED);
}

/**
 * tsn_frame_source_stop:
 *
 * Closes the camera or file; `state` becomes %TSN_FRAME_SOURCE_STOPPED when that is done.  A frame
 * that waits is thrown away then.
 */
void
tsn_frame_source_stop (TsnFrameSource *source)
{
  g_return_if_fail (TSN_IS_FRAME_SOURCE (source));

  if (source->player != NULL)
    tsn_frame_player_set_target (source->player, TSN_FRAME_SOURCE_STOPPED);
}

/**
 * tsn_frame_source_seek:
 * @time: from the beginning, in nanoseconds, at least 0
 * @accurate: go to the very frame, which may take long, instead of the key frame before it
 */
void
tsn_frame_source_seek (TsnFrameSource *source, gint64 time, gboolean accurate)
{
  g_return_if_fail (TSN_IS_FRAME_SOURCE (source));
  g_return_if_fail (time >= 0);

  if (source->player != NULL)
    tsn_frame_player_seek (source->player, time, accurate);
}

/**
 * tsn_frame_source_take_frame:
 * @time: (out) (optional): when the frame is, in nanoseconds from the beginning
 *
 * Returns: (transfer full) (nullable): the newest frame, or %NULL if it was taken before.
 */
TsnImage *
tsn_frame_source_take_frame (TsnFrameSource *source, gint64 *time)
{
  g_return_val_if_fail (TSN_IS_FRAME_SOURCE (source), NULL);

  return tsn_frame_mailbox_take_frame (source->mailbox, time);
}

void
tsn_frame_source_set_loop (TsnFrameSource *source, gboolean loop)
{
  g_return_if_fail (TSN_IS_FRAME_SOURCE (source));

  loop = !!loop;
  if (source->loop == loop)
    return;
  source->loop = loop;
  if (source->player != NULL)
    tsn_frame_player_set_loop (source->player, loop);
  g_object_notify_by_pspec (G_OBJECT (source), props[PROP_LOOP]);
}

gboolean
tsn_frame_source_get_loop (TsnFrameSource *source)
{
  return source->loop;
}

TsnFrameSourceState
tsn_frame_source_get_state (TsnFrameSource *source)
{
  return source->news.state;
}

/**
 * tsn_frame_source_get_problem:
 *
 * Returns: why the source failed; %TSN_FRAME_SOURCE_PROBLEM_NONE if it has not.
 */
TsnFrameSourceProblem
tsn_frame_source_get_problem (TsnFrameSource *source)
{
  return source->news.problem;
}

/**
 * tsn_frame_source_get_error:
 *
 * Returns: (transfer none) (nullable): why the source failed, in a sentence; good until the state
 *   changes.
 */
const GError *
tsn_frame_source_get_error (TsnFrameSource *source)
{
  return source->news.error;
}

/**
 * tsn_frame_source_get_detail:
 *
 * Returns: (nullable): what GStreamer itself says about why the source failed, in the language of
 *   the system as far as GStreamer speaks it; good until the state changes.
 */
const char *
tsn_frame_source_get_detail (TsnFrameSource *source)
{
  return source->news.detail;
}

/**
 * tsn_frame_source_get_name:
 *
 * Returns: the camera's name, the file's path for display, or "test pattern".
 */
const char *
tsn_frame_source_get_name (TsnFrameSource *source)
{
  return source->origin.name;
}

/**
 * tsn_frame_source_get_path:
 *
 * Returns: (nullable): the path of a file, %NULL for anything else.
 */
const char *
tsn_frame_source_get_path (TsnFrameSource *source)
{
  return source->origin.path;
}

/**
 * tsn_frame_source_is_live:
 *
 * Returns: whether frames come when they happen, as a camera's; then there is nothing to seek in.
 */
gboolean
tsn_frame_source_is_live (TsnFrameSource *source)
{
  return tsn_frame_origin_is_live (&source->origin);
}

/**
 * tsn_frame_source_is_seekable:
 *
 * Returns: whether tsn_frame_source_seek() does anything; %FALSE until the file is open.
 */
gboolean
tsn_frame_source_is_seekable (TsnFrameSource *source)
{
  return source->news.seekable;
}

/**
 * tsn_frame_source_get_duration:
 *
 * Returns: the length of a file in nanoseconds, or %TSN_TIME_UNKNOWN.
 */
gint64
tsn_frame_source_get_duration (TsnFrameSource *source)
{
  return source->news.duration;
}

/**
 * tsn_frame_source_get_position:
 *
 * Returns: when the frame is that was signalled last, in nanoseconds from the beginning, or
 *   %TSN_TIME_UNKNOWN.
 */
gint64
tsn_frame_source_get_position (TsnFrameSource *source)
{
  return source->position;
}

/**
 * tsn_frame_source_get_delivered:
 *
 * Returns: how many frames were taken since the source was made.
 */
guint64
tsn_frame_source_get_delivered (TsnFrameSource *source)
{
  guint64 delivered, dropped;

  tsn_frame_mailbox_get_counts (source->mailbox, &delivered, &dropped);
  return delivered;
}

/**
 * tsn_frame_source_get_dropped:
 *
 * Returns: how many frames were ready, but gave way to a newer one before they were taken.
 */
guint64
tsn_frame_source_get_dropped (TsnFrameSource *source)
{
  guint64 delivered, dropped;

  tsn_frame_mailbox_get_counts (source->mailbox, &delivered, &dropped);
  return dropped;
}
