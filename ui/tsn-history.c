#include "ui/tsn-history.h"

/* Changes of one gradual property that follow each other within this time are one step. */
#define MERGE_USEC (700 * G_TIME_SPAN_MILLISECOND)

/* A property that is watched. */
typedef struct
{
  GObject *object; /* weak */
  GParamSpec *pspec;
  GValue value; /* as it was last */
  gulong handler;
} Track;

/* A property that changed. */
typedef struct
{
  guint track;
  GValue before;
  GValue after;
} Change;

typedef struct
{
  GArray *changes; /* of Change */
  gint64 time;     /* of the last one */
} Step;

struct _TsnHistory
{
  GObject parent_instance;

  GPtrArray *tracks; /* of Track */
  GPtrArray *steps;  /* of Step */
  guint done;        /* how many of them are not undone */
  gboolean open;     /* whether what changes now belongs to the last one */
  gboolean applying;
  guint close;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsnHistory, tsn_history, G_TYPE_OBJECT)

static void
change_clear (gpointer data)
{
  Change *change = data;

  g_value_unset (&change->before);
  g_value_unset (&change->after);
}

static Step *
step_new (void)
{
  Step *step = g_new0 (Step, 1);

  step->changes = g_array_new (FALSE, TRUE, sizeof (Change));
  g_array_set_clear_func (step->changes, change_clear);
  return step;
}

static void
step_free (Step *step)
{
  g_array_unref (step->changes);
  g_free (step);
}

static void
track_free (Track *track)
{
  if (track->object != NULL)
    g_signal_handler_disconnect (track->object, track->handler);
  g_clear_weak_pointer (&track->object);
  g_param_spec_unref (track->pspec);
  g_value_unset (&track->value);
  g_free (track);
}

static Track *
get_track (TsnHistory *self, guint index)
{
  return self->tracks->pdata[index];
}

static gboolean
close_cb (gpointer data)
{
  TsnHistory *self = data;

  self->close = 0;
  self->open = FALSE;
  return G_SOURCE_REMOVE;
}

/* Whether it can change little by little; what is chosen among a few is not dragged. */
static gboolean
is_gradual (const Track *track)
{
  switch (G_TYPE_FUNDAMENTAL (track->pspec->value_type))
    {
    case G_TYPE_DOUBLE:
    case G_TYPE_FLOAT:
    case G_TYPE_BOXED:
    case G_TYPE_POINTER:
    case G_TYPE_VARIANT:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Whether the last step is about this property alone, a moment ago, and may go on. */
static gboolean
goes_on (TsnHistory *self, guint track, gint64 now)
{
  const Step *last = self->done > 0 ? self->steps->pdata[self->done - 1] : NULL;

  return last != NULL && self->done == self->steps->len && now - last->time < MERGE_USEC
         && is_gradual (get_track (self, track)) && last->changes->len == 1
         && g_array_index (last->changes, Change, 0).track == track;
}

/* The step that a change belongs to: the one that is open, the last one if it goes on changing the
 * same, or a new one. */
static Step *
take_step (TsnHistory *self, guint track)
{
  Step *last = self->done > 0 ? self->steps->pdata[self->done - 1] : NULL;
  gint64 now = g_get_monotonic_time ();

  if (!(self->open && last != NULL) && !goes_on (self, track, now))
    {
      g_ptr_array_set_size (self->steps, self->done);
      if (self->done == TSN_HISTORY_STEPS)
        g_ptr_array_remove_index (self->steps, 0);
      last = step_new ();
      g_ptr_array_add (self->steps, last);
      self->done = self->steps->len;
    }
  last->time = now;
  self->open = TRUE;
  /* Before the next event, which is another wish. */
  if (self->close == 0)
    self->close = g_idle_add_full (G_PRIORITY_HIGH, close_cb, self, NULL);
  return last;
}

static void
copy_value (const GValue *from, GValue *to)
{
  g_value_init (to, G_VALUE_TYPE (from));
  g_value_copy (from, to);
}

static void
note (TsnHistory *self, guint index, const GValue *value)
{
  Step *step = take_step (self, index);
  Change *change = NULL;

  for (guint i = 0; i < step->changes->len; i++)
    if (g_array_index (step->changes, Change, i).track == index)
      change = &g_array_index (step->changes, Change, i);
  if (change == NULL)
    {
      Change fresh = { index, G_VALUE_INIT, G_VALUE_INIT };

      copy_value (&get_track (self, index)->value, &fresh.before);
      copy_value (value, &fresh.after);
      g_array_append_val (step->changes, fresh);
    }
  else
    g_value_copy (value, &change->after);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
notify_cb (TsnHistory *self, GParamSpec *pspec, GObject *object)
{
  for (guint i = 0; i < self->tracks->len; i++)
    {
      Track *track = get_track (self, i);
      g_auto (GValue) value = G_VALUE_INIT;

      if (track->object != object || track->pspec != pspec)
        continue;
      g_value_init (&value, pspec->value_type);
      g_object_get_property (object, pspec->name, &value);
      if (!self->applying && g_param_values_cmp (pspec, &value, &track->value) != 0)
        note (self, i, &value);
      g_value_copy (&value, &track->value);
    }
}

static void
tsn_history_dispose (GObject *object)
{
  TsnHistory *self = TSN_HISTORY (object);

  g_clear_handle_id (&self->close, g_source_remove);
  g_ptr_array_set_size (self->tracks, 0);
  g_ptr_array_set_size (self->steps, 0);
  self->done = 0;
  G_OBJECT_CLASS (tsn_history_parent_class)->dispose (object);
}

static void
tsn_history_finalize (GObject *object)
{
  g_ptr_array_unref (TSN_HISTORY (object)->tracks);
  g_ptr_array_unref (TSN_HISTORY (object)->steps);
  G_OBJECT_CLASS (tsn_history_parent_class)->finalize (object);
}

static void
tsn_history_class_init (TsnHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsn_history_dispose;
  G_OBJECT_CLASS (klass)->finalize = tsn_history_finalize;
  signals[CHANGED] = g_signal_new ("changed", TSN_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
tsn_history_init (TsnHistory *self)
{
  self->tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) track_free);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
}

TsnHistory *
tsn_history_new (void)
{
  return g_object_new (TSN_TYPE_HISTORY, NULL);
}

/**
 * tsn_history_track:
 * @object: it is not kept alive
 * @property: name of a property that can be read and written
 *
 * Notes from now on how a property changes.
 */
void
tsn_history_track (TsnHistory *self, gpointer object, const char *property)
{
  g_autofree char *signal = g_strdup_printf ("notify::%s", property);
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (object), property);
  Track *track;

  g_return_if_fail (pspec != NULL);

  track = g_new0 (Track, 1);
  g_set_weak_pointer (&track->object, object);
  track->pspec = g_param_spec_ref (pspec);
  g_value_init (&track->value, pspec->value_type);
  g_object_get_property (object, property, &track->value);
  track->handler = g_signal_connect_swapped (object, signal, G_CALLBACK (notify_cb), self);
  g_ptr_array_add (self->tracks, track);
}

/**
 * tsn_history_forget:
 *
 * Forgets all steps: what they are about is gone.
 */
void
tsn_history_forget (TsnHistory *self)
{
  g_ptr_array_set_size (self->steps, 0);
  self->done = 0;
  self->open = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
tsn_history_can_undo (TsnHistory *self)
{
  return self->done > 0;
}

gboolean
tsn_history_can_redo (TsnHistory *self)
{
  return self->done < self->steps->len;
}

static void
apply (TsnHistory *self, const Step *step, gboolean back)
{
  self->applying = TRUE;
  for (guint t = 0; t < self->tracks->len; t++)
    for (guint i = 0; i < step->changes->len; i++)
      {
        const Change *change = &g_array_index (step->changes, Change, i);
        const Track *track = get_track (self, t);

        if (change->track == t && track->object != NULL)
          g_object_set_property (track->object, track->pspec->name,
                                 back ? &change->before : &change->after);
      }
  self->applying = FALSE;
  self->open = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * tsn_history_undo:
 *
 * Sets the properties of the last step that is not undone to what they were before it.
 */
void
tsn_history_undo (TsnHistory *self)
{
  if (tsn_history_can_undo (self))
    apply (self, self->steps->pdata[--self->done], TRUE);
}

/**
 * tsn_history_redo:
 *
 * Sets the properties of the last undone step to what they were after it.
 */
void
tsn_history_redo (TsnHistory *self)
{
  if (tsn_history_can_redo (self))
    apply (self, self->steps->pdata[self->done++], FALSE);
}
