#include "ui/tsn-blend-path.h"

#include <math.h>

struct _TsnBlendPath
{
  GObject parent_instance;

  guint n_tasks;
  GPtrArray *points; /* of double[n_tasks] */
  double time;
  double duration;
  gboolean loop;
  gboolean playing;
};

enum
{
  PROP_TIME = 1,
  PROP_DURATION,
  PROP_LOOP,
  PROP_PLAYING,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsnBlendPath, tsn_blend_path, G_TYPE_OBJECT)

static void
tsn_blend_path_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TsnBlendPath *self = TSN_BLEND_PATH (object);

  switch (prop_id)
    {
    case PROP_TIME:
      g_value_set_double (value, self->time);
      break;
    case PROP_DURATION:
      g_value_set_double (value, self->duration);
      break;
    case PROP_LOOP:
      g_value_set_boolean (value, self->loop);
      break;
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsn_blend_path_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TsnBlendPath *self = TSN_BLEND_PATH (object);

  switch (prop_id)
    {
    case PROP_TIME:
      tsn_blend_path_set_time (self, g_value_get_double (value));
      break;
    case PROP_DURATION:
      tsn_blend_path_set_duration (self, g_value_get_double (value));
      break;
    case PROP_LOOP:
      tsn_blend_path_set_loop (self, g_value_get_boolean (value));
      break;
    case PROP_PLAYING:
      tsn_blend_path_set_playing (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsn_blend_path_finalize (GObject *object)
{
  g_ptr_array_unref (TSN_BLEND_PATH (object)->points);
  G_OBJECT_CLASS (tsn_blend_path_parent_class)->finalize (object);
}

static void
tsn_blend_path_class_init (TsnBlendPathClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tsn_blend_path_get_property;
  object_class->set_property = tsn_blend_path_set_property;
  object_class->finalize = tsn_blend_path_finalize;
  props[PROP_TIME] = g_param_spec_double ("time", NULL, NULL, 0, 1, 0, flags);
  props[PROP_DURATION]
      = g_param_spec_double ("duration", NULL, NULL, TSN_BLEND_PATH_SHORTEST,
                             TSN_BLEND_PATH_LONGEST, TSN_BLEND_PATH_DURATION, flags);
  props[PROP_LOOP] = g_param_spec_boolean ("loop", NULL, NULL, TRUE, flags);
  props[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", TSN_TYPE_BLEND_PATH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
tsn_blend_path_init (TsnBlendPath *self)
{
  self->points = g_ptr_array_new_with_free_func (g_free);
  self->duration = TSN_BLEND_PATH_DURATION;
  self->loop = TRUE;
}

TsnBlendPath *
tsn_blend_path_new (void)
{
  return g_object_new (TSN_TYPE_BLEND_PATH, NULL);
}

static void
emit_changed (TsnBlendPath *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * tsn_blend_path_set_n_tasks:
 *
 * Says how many tasks there are to mix; way-points of other tasks are dropped.
 */
void
tsn_blend_path_set_n_tasks (TsnBlendPath *self, guint n_tasks)
{
  tsn_blend_path_set_playing (self, FALSE);
  self->n_tasks = n_tasks;
  tsn_blend_path_clear (self);
  tsn_blend_path_set_time (self, 0);
}

/**
 * tsn_blend_path_add:
 * @weights: (array): one for each task
 *
 * Adds a way-point behind the others, if there is room.
 */
void
tsn_blend_path_add (TsnBlendPath *self, const double *weights)
{
  if (self->points->len == TSN_BLEND_PATH_MAX_POINTS)
    return;
  g_ptr_array_add (self->points, g_memdup2 (weights, self->n_tasks * sizeof (double)));
  emit_changed (self);
}

void
tsn_blend_path_remove (TsnBlendPath *self, guint point)
{
  g_return_if_fail (point < self->points->len);

  g_ptr_array_remove_index (self->points, point);
  emit_changed (self);
}

void
tsn_blend_path_clear (TsnBlendPath *self)
{
  g_ptr_array_set_size (self->points, 0);
  emit_changed (self);
}

/**
 * tsn_blend_path_add_tour:
 *
 * Adds a way-point at every task, as far as there is room.
 */
void
tsn_blend_path_add_tour (TsnBlendPath *self)
{
  for (guint i = 0; i < self->n_tasks; i++)
    {
      g_autofree double *weights = g_new0 (double, self->n_tasks);

      weights[i] = 1;
      tsn_blend_path_add (self, weights);
    }
}

guint
tsn_blend_path_get_n_points (TsnBlendPath *self)
{
  return self->points->len;
}

/**
 * tsn_blend_path_get_point:
 *
 * Returns: (transfer none) (array): the weights of one way-point.
 */
const double *
tsn_blend_path_get_point (TsnBlendPath *self, guint point)
{
  g_return_val_if_fail (point < self->points->len, NULL);

  return self->points->pdata[point];
}

double
tsn_blend_path_get_time (TsnBlendPath *self)
{
  return self->time;
}

void
tsn_blend_path_set_time (TsnBlendPath *self, double time)
{
  time = CLAMP (time, 0, 1);
  if (time == self->time)
    return;
  self->time = time;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TIME]);
}

double
tsn_blend_path_get_duration (TsnBlendPath *self)
{
  return self->duration;
}

void
tsn_blend_path_set_duration (TsnBlendPath *self, double duration)
{
  duration = CLAMP (duration, TSN_BLEND_PATH_SHORTEST, TSN_BLEND_PATH_LONGEST);
  if (duration == self->duration)
    return;
  self->duration = duration;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DURATION]);
}

gboolean
tsn_blend_path_get_loop (TsnBlendPath *self)
{
  return self->loop;
}

void
tsn_blend_path_set_loop (TsnBlendPath *self, gboolean loop)
{
  if (loop == self->loop)
    return;
  self->loop = loop;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOOP]);
}

gboolean
tsn_blend_path_get_playing (TsnBlendPath *self)
{
  return self->playing;
}

/**
 * tsn_blend_path_set_playing:
 *
 * Starts or stops.  A path that has come to its end starts again.
 */
void
tsn_blend_path_set_playing (TsnBlendPath *self, gboolean playing)
{
  playing = playing && self->n_tasks > 0;
  if (playing == self->playing)
    return;
  self->playing = playing;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLAYING]);
  if (playing && !self->loop && self->time >= 1)
    tsn_blend_path_set_time (self, 0);
}

/**
 * tsn_blend_path_advance:
 * @seconds: since the last call
 *
 * Goes on, if the path is played; at the end of one that is no loop the playing ends.
 */
void
tsn_blend_path_advance (TsnBlendPath *self, double seconds)
{
  double time = self->time + seconds / self->duration;

  if (!self->playing)
    return;
  tsn_blend_path_set_time (self, self->loop ? time - floor (time) : time);
  if (!self->loop && self->time >= 1)
    tsn_blend_path_set_playing (self, FALSE);
}

static double
weight_at (TsnBlendPath *self, guint point, guint task)
{
  guint n = self->points->len;

  if (n == 0)
    return point % self->n_tasks == task;
  return ((const double *) self->points->pdata[point % n])[task];
}

/**
 * tsn_blend_path_get_weights:
 * @time: from 0 to 1
 * @weights: (out) (array): one for each task
 *
 * Says what is mixed at a time.
 */
void
tsn_blend_path_get_weights (TsnBlendPath *self, double time, double *weights)
{
  guint n_points = self->points->len > 0 ? self->points->len : self->n_tasks;
  guint n_legs = self->loop ? n_points : n_points - 1, leg;
  double place, share;

  g_return_if_fail (self->n_tasks > 0);

  place = CLAMP (time, 0, 1) * n_legs;
  leg = floor (place);
  share = place - leg;
  for (guint i = 0; i < self->n_tasks; i++)
    weights[i] = (1 - share) * weight_at (self, leg, i) + share * weight_at (self, leg + 1, i);
}
