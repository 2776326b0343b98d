#include "ui/tsn-predictor-private.h"

enum
{
  PREDICTED,
  MIXED,
  TAPPED,
  BUSY_CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsnPredictor, tsn_predictor, G_TYPE_OBJECT)

/* A result on its way to becoming a prediction. */
typedef struct
{
  TsnResult *result;
  Asked asked;
  guint epoch;
  guint side;
} Drawing;

static void
drawing_free (Drawing *drawing)
{
  tsn_result_unref (drawing->result);
  g_free (drawing);
}

static void
emit_busy (TsnPredictor *self)
{
  g_signal_emit (self, signals[BUSY_CHANGED], 0);
}

/* Notes the missing tasks and their indices. */
static void
add_tasks (TsnPredictor *self, guint64 tasks, GArray *indices)
{
  for (guint i = 0; i < TSN_PREDICTOR_MAX_TASKS; i++)
    {
      Asked asked = { NO_SLOT, i };

      if ((tasks & TASK_BIT (i)) == 0)
        continue;
      g_array_append_val (self->request, asked);
      g_array_append_val (indices, i);
    }
}

/* A slot whose last answer is still being drawn waits, so that drawings neither pile up nor overtake
 * each other. */
static gboolean
is_ready (const Slot *slot)
{
  return slot->due && slot->drawing == 0;
}

/* A request has one list of taps, so that one slot takes part at a time. */
static Slot *
take_due_slot (TsnPredictor *self)
{
  for (guint i = 0; i < TSN_PREDICTOR_N_SLOTS; i++)
    {
      Slot *slot = &self->slots[i];

      if (!is_ready (slot))
        continue;
      for (guint k = 0; k < slot->mixtures->len; k++)
        {
          Asked asked = { i, k };

          g_array_append_val (self->request, asked);
        }
      slot->due = FALSE;
      return slot;
    }
  return NULL;
}

static gboolean
has_ready_slot (TsnPredictor *self)
{
  for (guint i = 0; i < TSN_PREDICTOR_N_SLOTS; i++)
    if (is_ready (&self->slots[i]))
      return TRUE;
  return FALSE;
}

static void
submit (TsnPredictor *self, guint64 tasks, gboolean with_slot)
{
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));
  TsnRequest request = { .model = self->model, .image = self->image, .size = self->size };
  const Slot *slot;

  g_array_set_size (self->request, 0);
  add_tasks (self, tasks, indices);
  request.tasks = (const guint *) indices->data;
  request.n_tasks = indices->len;
  slot = with_slot ? take_due_slot (self) : NULL;
  if (slot != NULL)
    {
      request.mixtures = (const TsnMixture *const *) slot->mixtures->pdata;
      request.n_mixtures = slot->mixtures->len;
      request.taps = (const char *const *) slot->taps;
    }
  self->asked = tasks;
  self->progress = 0;
  tsn_worker_submit (self->worker, &request);
}

/* Slots that the cancelled part of the newest request was for are due again. */
static void
put_back_slots (TsnPredictor *self)
{
  for (guint i = 0; i < self->request->len; i++)
    {
      guint slot = g_array_index (self->request, Asked, i).slot;

      if (slot != NO_SLOT)
        self->slots[slot].due = self->slots[slot].mixtures != NULL;
    }
}

/* Tasks that are missing replace what runs, with what is asked already first, so that toggling
 * tasks quickly never starves the worker.  A slot waits for its turn instead: it changes with every
 * move of the pointer, and only the newest change matters. */
static void
schedule (TsnPredictor *self)
{
  guint64 missing = self->wanted & ~(self->known | self->drawing | self->asked);
  gboolean idle = !tsn_worker_is_busy (self->worker);

  if (self->model == NULL || self->image == NULL
      || (missing == 0 && !(idle && has_ready_slot (self))))
    return;
  if (!idle)
    put_back_slots (self);
  submit (self, missing | (self->asked & self->wanted), idle);
  emit_busy (self);
}

/* Tasks that were cancelled stay so. */
static void
resume_slots (TsnPredictor *self)
{
  if (self->model == NULL || self->image == NULL || tsn_worker_is_busy (self->worker)
      || !has_ready_slot (self))
    return;
  submit (self, 0, TRUE);
}

static void
draw_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Drawing *drawing = data;

  g_task_return_pointer (task, tsn_prediction_new_limited (drawing->result, drawing->side),
                         (GDestroyNotify) tsn_prediction_unref);
}

static void
keep (TsnPredictor *self, guint task, TsnPrediction *prediction)
{
  g_clear_pointer (&self->predictions[task], tsn_prediction_unref);
  self->predictions[task] = tsn_prediction_ref (prediction);
  self->drawing &= ~TASK_BIT (task);
  self->known |= TASK_BIT (task);
  g_signal_emit (self, signals[PREDICTED], 0, task);
}

static void
drawn_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  TsnPredictor *self = TSN_PREDICTOR (object);
  Drawing *drawing = g_task_get_task_data (G_TASK (result));
  g_autoptr (TsnPrediction) prediction = g_task_propagate_pointer (G_TASK (result), NULL);
  guint slot = drawing->asked.slot;

  if (slot != NO_SLOT)
    self->slots[slot].drawing--;
  if (drawing->epoch != self->epoch)
    {
      resume_slots (self);
      return;
    }
  if (slot == NO_SLOT)
    keep (self, drawing->asked.index, prediction);
  else if (self->slots[slot].mixtures != NULL)
    g_signal_emit (self, signals[MIXED], 0, slot, drawing->asked.index, prediction);
  resume_slots (self);
  emit_busy (self);
}

static void
result_cb (TsnPredictor *self, guint index, TsnResult *result)
{
  Asked asked = g_array_index (self->request, Asked, index);
  g_autoptr (GTask) thread = NULL;
  Drawing *drawing;

  /* Who taps nodes looks at their values alone. */
  if (asked.slot != NO_SLOT && self->slots[asked.slot].taps != NULL)
    return;
  thread = g_task_new (self, NULL, drawn_cb, NULL);
  drawing = g_new (Drawing, 1);
  *drawing = (Drawing){ tsn_result_ref (result), asked, self->epoch, self->drawn_side };
  if (drawing->asked.slot == NO_SLOT)
    {
      self->asked &= ~TASK_BIT (drawing->asked.index);
      self->drawing |= TASK_BIT (drawing->asked.index);
    }
  else
    self->slots[drawing->asked.slot].drawing++;
  g_task_set_task_data (thread, drawing, (GDestroyNotify) drawing_free);
  g_task_run_in_thread (thread, draw_thread);
}

static void
tap_cb (TsnPredictor *self, guint index, const char *node, TsnTensor *value)
{
  const Asked *asked = &g_array_index (self->request, Asked, index);
  const Slot *slot = &self->slots[asked->slot];

  /* Indices are those of the newest ask. */
  if (slot->mixtures != NULL && !slot->due)
    g_signal_emit (self, signals[TAPPED], 0, asked->slot, asked->index, node, value);
}

static void
progress_cb (TsnPredictor *self, double fraction)
{
  self->progress = fraction;
  emit_busy (self);
}

/* What a task costs is told by requests of tasks; nodes are tapped one decoding at a time, and a lone
 * mixture shares its work with nothing. */
static void
note_timing (TsnPredictor *self, double encode_seconds, double decode_seconds)
{
  TsnTiming *timing = &self->timing;
  gboolean tasks = FALSE, taps = FALSE;

  for (guint i = 0; i < self->request->len; i++)
    {
      guint slot = g_array_index (self->request, Asked, i).slot;

      tasks |= slot == NO_SLOT;
      taps |= slot != NO_SLOT && self->slots[slot].taps != NULL;
    }
  timing->encoder_kept = encode_seconds == 0;
  if (encode_seconds > 0)
    timing->encode_seconds = encode_seconds;
  timing->decode_seconds = decode_seconds;
  timing->n_tasks = self->request->len;
  if (tasks && !taps)
    timing->task_seconds = decode_seconds / self->request->len;
}

static void
note_answers (TsnPredictor *self)
{
  for (guint i = 0; i < self->request->len; i++)
    {
      guint slot = g_array_index (self->request, Asked, i).slot;

      if (slot != NO_SLOT)
        self->slots[slot].owed = FALSE;
    }
}

/* What was asked stays unanswered until it is asked anew. */
static void
give_up (TsnPredictor *self)
{
  self->asked = 0;
  g_array_set_size (self->request, 0);
  for (guint i = 0; i < TSN_PREDICTOR_N_SLOTS; i++)
    self->slots[i].due = self->slots[i].owed = FALSE;
}

static void
finished_cb (TsnPredictor *self, double encode_seconds, double decode_seconds)
{
  note_timing (self, encode_seconds, decode_seconds);
  note_answers (self);
  self->asked = 0;
  self->progress = 1;
  schedule (self);
  emit_busy (self);
}

static void
failed_cb (TsnPredictor *self, GError *error)
{
  give_up (self);
  g_signal_emit (self, signals[FAILED], 0, error);
  emit_busy (self);
}

static void
cancelled_cb (TsnPredictor *self)
{
  give_up (self);
  emit_busy (self);
}

static void
clear_slot (Slot *slot)
{
  g_clear_pointer (&slot->mixtures, g_ptr_array_unref);
  g_clear_pointer (&slot->taps, g_strfreev);
  slot->due = slot->owed = FALSE;
}

static void
tsn_predictor_dispose (GObject *object)
{
  TsnPredictor *self = TSN_PREDICTOR (object);

  if (self->worker != NULL)
    g_signal_handlers_disconnect_by_data (self->worker, self);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->model, tsn_model_unref);
  g_clear_pointer (&self->image, tsn_image_unref);
  for (guint i = 0; i < TSN_PREDICTOR_MAX_TASKS; i++)
    g_clear_pointer (&self->predictions[i], tsn_prediction_unref);
  for (guint i = 0; i < TSN_PREDICTOR_N_SLOTS; i++)
    clear_slot (&self->slots[i]);
  G_OBJECT_CLASS (tsn_predictor_parent_class)->dispose (object);
}

static void
tsn_predictor_finalize (GObject *object)
{
  g_array_unref (TSN_PREDICTOR (object)->request);
  G_OBJECT_CLASS (tsn_predictor_parent_class)->finalize (object);
}

static void
tsn_predictor_class_init (TsnPredictorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tsn_predictor_dispose;
  object_class->finalize = tsn_predictor_finalize;
  signals[PREDICTED] = g_signal_new ("predicted", TSN_TYPE_PREDICTOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[MIXED]
      = g_signal_new ("mixed", TSN_TYPE_PREDICTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, TSN_TYPE_PREDICTION);
  signals[TAPPED]
      = g_signal_new ("tapped", TSN_TYPE_PREDICTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 4, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_STRING, G_TYPE_POINTER);
  signals[BUSY_CHANGED] = g_signal_new ("busy-changed", TSN_TYPE_PREDICTOR, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", TSN_TYPE_PREDICTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
tsn_predictor_init (TsnPredictor *self)
{
  self->request = g_array_new (FALSE, FALSE, sizeof (Asked));
  self->worker = tsn_worker_new ();
  g_signal_connect_swapped (self->worker, "result", G_CALLBACK (result_cb), self);
  g_signal_connect_swapped (self->worker, "tap", G_CALLBACK (tap_cb), self);
  g_signal_connect_swapped (self->worker, "progress", G_CALLBACK (progress_cb), self);
  g_signal_connect_swapped (self->worker, "finished", G_CALLBACK (finished_cb), self);
  g_signal_connect_swapped (self->worker, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_swapped (self->worker, "cancelled", G_CALLBACK (cancelled_cb), self);
}

TsnPredictor *
tsn_predictor_new (void)
{
  return g_object_new (TSN_TYPE_PREDICTOR, NULL);
}

/**
 * tsn_predictor_set_input:
 * @model: (nullable): the model
 * @image: (nullable): the photo
 * @size: length of the shorter side of the network's input, 0 for the model's own
 *
 * Starts anew.  Earlier predictions stay to be seen until new ones replace them, or until
 * tsn_predictor_forget().  No task is wanted of the new input until somebody says so; slots
 * ask again by themselves, but those of another model are emptied.
 */
void
tsn_predictor_set_input (TsnPredictor *self, TsnModel *model, TsnImage *image, guint size)
{
  TsnModel *new_model = model != NULL ? tsn_model_ref (model) : NULL;
  TsnImage *new_image = image != NULL ? tsn_image_ref (image) : NULL;

  self->wanted = self->drawing = self->known = 0;
  self->progress = 0;
  self->epoch++;
  tsn_worker_cancel (self->worker);
  for (guint i = 0; i < TSN_PREDICTOR_N_SLOTS; i++)
    if (model != self->model)
      clear_slot (&self->slots[i]);
    else
      self->slots[i].due = self->slots[i].owed = self->slots[i].mixtures != NULL;
  g_clear_pointer (&self->model, tsn_model_unref);
  g_clear_pointer (&self->image, tsn_image_unref);
  self->model = new_model;
  self->image = new_image;
  self->size = size;
}

/**
 * tsn_predictor_take_input:
 * @other: another predictor
 * @divisor: into how many parts the length of its network's input is cut
 *
 * Works on what another one works on, but smaller.  Nothing happens if it does so already.
 */
void
tsn_predictor_take_input (TsnPredictor *self, TsnPredictor *other, guint divisor)
{
  guint size;

  if (other->model == NULL || other->image == NULL)
    {
      tsn_predictor_set_input (self, NULL, NULL, 0);
      return;
    }
  size = MAX ((other->size != 0 ? other->size : other->model->size) / divisor, 1);
  if (self->model != other->model || self->image != other->image || self->size != size)
    tsn_predictor_set_input (self, other->model, other->image, size);
}

/**
 * tsn_predictor_set_drawn_side:
 * @side: longest side in pixels, 0 for %TSN_PREDICTION_MAX_SIDE
 *
 * Limits the size at which results that come from now on are drawn.
 */
void
tsn_predictor_set_drawn_side (TsnPredictor *self, guint side)
{
  self->drawn_side = side;
}

/**
 * tsn_predictor_forget:
 *
 * Drops all predictions: they are of another photo or of other tasks.
 */
void
tsn_predictor_forget (TsnPredictor *self)
{
  self->known = 0;
  for (guint i = 0; i < TSN_PREDICTOR_MAX_TASKS; i++)
    if (self->predictions[i] != NULL)
      {
        g_clear_pointer (&self->predictions[i], tsn_prediction_unref);
        g_signal_emit (self, signals[PREDICTED], 0, i);
      }
}

/**
 * tsn_predictor_want:
 * @tasks: a bit for every task of the model that is to be known
 *
 * Asks the worker for those that are not known yet.
 */
void
tsn_predictor_want (TsnPredictor *self, guint64 tasks)
{
  self->wanted = tasks;
  schedule (self);
}

/**
 * tsn_predictor_ask:
 * @mixtures: (array length=n_mixtures) (nullable): of the model's tasks; copied
 * @taps: (nullable) (array zero-terminated=1): nodes whose values are wanted under each of them
 *
 * Replaces what a slot asks for.  Without mixtures it asks for nothing any more.  While the worker
 * runs the slot waits, and only what was asked last is ever run.
 */
void
tsn_predictor_ask (TsnPredictor *self,
                   TsnPredictorSlot slot,
                   const TsnMixture *const *mixtures,
                   guint n_mixtures,
                   const char *const *taps)
{
  Slot *place = &self->slots[slot];
  gboolean owed = place->owed;

  clear_slot (place);
  if (n_mixtures == 0)
    return;
  place->mixtures = g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_mixture_free);
  for (guint i = 0; i < n_mixtures; i++)
    g_ptr_array_add (place->mixtures, tsn_mixture_copy (mixtures[i]));
  place->taps = g_strdupv ((char **) taps);
  place->due = TRUE;
  place->owed = owed;
  schedule (self);
}

/**
 * tsn_predictor_cancel:
 *
 * Stops the work; what is there stays.
 */
void
tsn_predictor_cancel (TsnPredictor *self)
{
  tsn_worker_cancel (self->worker);
}
