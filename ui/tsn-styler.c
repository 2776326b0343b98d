#include "ui/tsn-styler.h"

/* What is drawn: predictions and labels are reference-counted and immutable, and have a picture of
 * their own. */
typedef struct
{
  gpointer (*ref) (gpointer subject);
  void (*unref) (gpointer subject);
  TsnPicture *(*draw) (gpointer subject, const TsnRenderOptions *options);
} Kind;

/* A way to draw something. */
typedef struct
{
  const Kind *kind;
  gpointer subject; /* NULL for none */
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

static TsnPicture *
draw_prediction (gpointer subject, const TsnRenderOptions *options)
{
  return tsn_prediction_draw (((TsnPrediction *) subject)->result, options, 0);
}

static TsnPicture *
draw_annotation (gpointer subject, const TsnRenderOptions *options)
{
  return tsn_annotation_draw (subject, options);
}

static const Kind predictions = { (gpointer (*) (gpointer)) tsn_prediction_ref,
                                  (void (*) (gpointer)) tsn_prediction_unref, draw_prediction };

static const Kind annotations = { (gpointer (*) (gpointer)) tsn_annotation_ref,
                                  (void (*) (gpointer)) tsn_annotation_unref, draw_annotation };

static void
style_clear (Style *style)
{
  if (style->subject != NULL)
    style->kind->unref (style->subject);
  style->subject = NULL;
}

static void
style_set (Style *style, const Style *other)
{
  Style old = *style;

  *style = *other;
  if (style->subject != NULL)
    style->kind->ref (style->subject);
  style_clear (&old);
}

static gboolean
style_equal (const Style *style, const Style *other)
{
  const TsnRenderOptions *a = &style->options, *b = &other->options;

  return style->subject == other->subject && a->low == b->low && a->high == b->high
         && a->isolate == b->isolate && a->isolated == b->isolated && a->hatch == b->hatch;
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

  g_task_return_pointer (task, job->style.kind->draw (job->style.subject, &job->style.options),
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
  style_set (&slot->drawn, &job->style);
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

  if (slot->running || slot->wanted.subject == NULL || style_equal (&slot->wanted, &slot->drawn))
    return;
  thread = g_task_new (self, NULL, drawn_cb, NULL);
  job = g_new0 (Job, 1);
  job->slot = index;
  style_set (&job->style, &slot->wanted);
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

static TsnPicture *
get_picture (TsnStyler *self, guint index, const Style *style, TsnPicture *plain)
{
  Slot *slot = &self->slots[index];

  if (style->subject == NULL || is_plain (&style->options))
    {
      if (!slot->running)
        slot_clear (slot);
      style_clear (&slot->wanted);
      return plain;
    }
  style_set (&slot->wanted, style);
  start (self, index);
  return slot->drawn.subject == style->subject ? slot->picture : plain;
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
                        guint slot,
                        TsnPrediction *prediction,
                        const TsnRenderOptions *options)
{
  Style style = { &predictions, prediction, *options };

  g_return_val_if_fail (slot < TSN_STYLER_SLOTS, NULL);

  return get_picture (self, slot, &style, prediction != NULL ? prediction->picture : NULL);
}

/**
 * tsn_styler_get_label_picture:
 * @slot: below %TSN_STYLER_SLOTS
 * @annotation: (nullable): what to draw
 * @options: how, for the label's own size
 *
 * Returns: (transfer none) (nullable): the picture, or until it is drawn what comes nearest to it.
 */
TsnPicture *
tsn_styler_get_label_picture (TsnStyler *self,
                              guint slot,
                              TsnAnnotation *annotation,
                              const TsnRenderOptions *options)
{
  Style style = { &annotations, annotation, *options };

  g_return_val_if_fail (slot < TSN_STYLER_SLOTS, NULL);

  return get_picture (self, slot, &style, annotation != NULL ? annotation->picture : NULL);
}
