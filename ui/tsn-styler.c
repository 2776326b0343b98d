#include "ui/tsn-styler.h"

/* A way to draw a prediction. */
typedef struct
{
  TsnPrediction *prediction; /* NULL for none */
  TsnRenderOptions options;
} Style;

typedef struct
{
  Style wanted;
  Style drawn;
  TsnPicture *picture; /* of @drawn */
  gboolean running;
} Slot;

struct _TsnStyler
{
  GObject parent_instance;

  Slot slots[TSN_STYLER_SLOTS];
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsnStyler, tsn_styler, G_TYPE_OBJECT)

static void
style_set (Style *style, TsnPrediction *prediction, const TsnRenderOptions *options)
{
  TsnPrediction *old = style->prediction;

  style->prediction = prediction != NULL ? tsn_prediction_ref (prediction) : NULL;
  style->options = *options;
  g_clear_pointer (&old, tsn_prediction_unref);
}

static gboolean
style_equal (const Style *style, const Style *other)
{
  const TsnRenderOptions *a = &style->options, *b = &other->options;

  return style->prediction == other->prediction && a->low == b->low && a->high == b->high
         && a->isolate == b->isolate && a->isolated == b->isolated && a->hatch == b->hatch;
}

static void
style_clear (Style *style)
{
  g_clear_pointer (&style->prediction, tsn_prediction_unref);
}

/* One drawing on its way. */
typedef struct
{
  guint slot;
  Style style;
} Job;

static void
job_free (Job *job)
{
  style_clear (&job->style);
  g_free (job);
}

static void
draw_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  g_task_return_pointer (task,
                         tsn_prediction_draw (job->style.prediction->result, &job->style.options, 0),
                         (GDestroyNotify) tsn_picture_unref);
}

static void start (TsnStyler *self, guint index);

static void
drawn_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  TsnStyler *self = TSN_STYLER (object);
  Job *job = g_task_get_task_data (G_TASK (result));
  Slot *slot = &self->slots[job->slot];

  slot->running = FALSE;
  g_clear_pointer (&slot->picture, tsn_picture_unref);
  slot->picture = g_task_propagate_pointer (G_TASK (result), NULL);
  style_set (&slot->drawn, job->style.prediction, &job->style.options);
  start (self, job->slot);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Draws what is wanted unless it is there; of wishes that come meanwhile only the last counts. */
static void
start (TsnStyler *self, guint index)
{
  Slot *slot = &self->slots[index];
  g_autoptr (GTask) thread = NULL;
  Job *job;

  if (slot->running || slot->wanted.prediction == NULL
      || style_equal (&slot->wanted, &slot->drawn))
    return;
  thread = g_task_new (self, NULL, drawn_cb, NULL);
  job = g_new0 (Job, 1);
  job->slot = index;
  style_set (&job->style, slot->wanted.prediction, &slot->wanted.options);
  slot->running = TRUE;
  g_task_set_task_data (thread, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (thread, draw_thread);
}

static void
slot_clear (Slot *slot)
{
  style_clear (&slot->wanted);
  style_clear (&slot->drawn);
  g_clear_pointer (&slot->picture, tsn_picture_unref);
}

static void
tsn_styler_dispose (GObject *object)
{
  for (guint i = 0; i < TSN_STYLER_SLOTS; i++)
    slot_clear (&TSN_STYLER (object)->slots[i]);
  G_OBJECT_CLASS (tsn_styler_parent_class)->dispose (object);
}

static void
tsn_styler_class_init (TsnStylerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsn_styler_dispose;
  signals[CHANGED] = g_signal_new ("changed", TSN_TYPE_STYLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
tsn_styler_init (TsnStyler *self)
{
}

TsnStyler *
tsn_styler_new (void)
{
  return g_object_new (TSN_TYPE_STYLER, NULL);
}

static gboolean
is_plain (const TsnRenderOptions *options)
{
  return options->low == 0 && options->high == 0 && !options->isolate && options->hatch == 0;
}

/**
 * tsn_styler_get_picture:
 * @slot: below %TSN_STYLER_SLOTS
 * @prediction: (nullable): what to draw
 * @options: how, for the size that tsn_prediction_limit_size() gives
 *
 * Returns: (transfer none) (nullable): the picture, or until it is drawn what comes nearest to it.
 */
TsnPicture *
tsn_styler_get_picture (TsnStyler *self,
                        guint slot_index,
                        TsnPrediction *prediction,
                        const TsnRenderOptions *options)
{
  Slot *slot;

  g_return_val_if_fail (slot_index < TSN_STYLER_SLOTS, NULL);

  slot = &self->slots[slot_index];
  if (prediction == NULL || is_plain (options))
    {
      if (!slot->running)
        slot_clear (slot);
      style_clear (&slot->wanted);
      return prediction != NULL ? prediction->picture : NULL;
    }
  style_set (&slot->wanted, prediction, options);
  start (self, slot_index);
  return slot->drawn.prediction == prediction ? slot->picture : prediction->picture;
}
