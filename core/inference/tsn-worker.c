#include "core/inference/tsn-worker.h"

#include "core/inference/tsn-runner.h"
#include "core/inference/tsn-worker-job.h"

typedef enum
{
  EVENT_PROGRESS,
  EVENT_RESULT,
  EVENT_TAP,
  EVENT_FINISHED,
  EVENT_FAILED,
  EVENT_CANCELLED,
} EventKind;

typedef struct
{
  EventKind kind;
  TsnWorker *worker;
  guint64 generation;
  double fraction;
  double encode_seconds;
  double decode_seconds;
  guint index;
  TsnResult *result;
  char *node;
  TsnTensor *value;
  GError *error;
} Event;

struct _TsnWorker
{
  GObject parent_instance;

  GMainContext *context;
  GThread *thread;

  GMutex mutex;
  GCond wake;
  TsnWorkerJob *queued;  /* under mutex */
  TsnWorkerJob *running; /* under mutex */
  gboolean quit;
  guint64 encoder_passes;

  /* Of the main context. */
  guint64 generation; /* the newest request's */
  gboolean busy;
};

enum
{
  SIGNAL_PROGRESS,
  SIGNAL_RESULT,
  SIGNAL_TAP,
  SIGNAL_FINISHED,
  SIGNAL_FAILED,
  SIGNAL_CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsnWorker, tsn_worker, G_TYPE_OBJECT)

static void
event_free (Event *event)
{
  g_object_unref (event->worker);
  g_clear_pointer (&event->result, tsn_result_unref);
  g_clear_pointer (&event->node, g_free);
  g_clear_pointer (&event->value, tsn_tensor_unref);
  g_clear_error (&event->error);
  g_free (event);
}

static gboolean
deliver_cb (gpointer data)
{
  Event *event = data;
  TsnWorker *self = event->worker;

  if (event->generation != self->generation || !self->busy)
    return G_SOURCE_REMOVE;
  if (event->kind >= EVENT_FINISHED)
    self->busy = FALSE;
  switch (event->kind)
    {
    case EVENT_PROGRESS:
      g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, event->fraction);
      break;
    case EVENT_RESULT:
      g_signal_emit (self, signals[SIGNAL_RESULT], 0, event->index, event->result);
      break;
    case EVENT_TAP:
      g_signal_emit (self, signals[SIGNAL_TAP], 0, event->index, event->node, event->value);
      break;
    case EVENT_FINISHED:
      g_signal_emit (self, signals[SIGNAL_FINISHED], 0, event->encode_seconds,
                     event->decode_seconds);
      break;
    case EVENT_FAILED:
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, event->error);
      break;
    case EVENT_CANCELLED:
      g_signal_emit (self, signals[SIGNAL_CANCELLED], 0);
      break;
    }
  return G_SOURCE_REMOVE;
}

/* Posts an event from the thread to the main context. */
static Event *
event_new (TsnWorker *self, const TsnWorkerJob *job, EventKind kind)
{
  Event *event = g_new0 (Event, 1);

  event->kind = kind;
  event->worker = g_object_ref (self);
  event->generation = job->generation;
  return event;
}

static void
post (Event *event)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, event, (GDestroyNotify) event_free);
  g_source_attach (source, event->worker->context);
}

static void
post_progress (TsnWorker *self, const TsnWorkerJob *job, guint done)
{
  Event *event = event_new (self, job, EVENT_PROGRESS);

  /* The encoder costs about as much as one task. */
  event->fraction = done / (1.0 + job->tasks->len + job->mixtures->len);
  post (event);
}

/* A job on its way through the session. */
typedef struct
{
  TsnWorker *worker;
  TsnRunner *runner;
  const TsnWorkerJob *job;
  guint first; /* index of the first result of what is being decoded */
} Run;

static void
ready_cb (guint index, TsnTensor *output, gpointer data)
{
  const Run *run = data;
  const TsnWorkerJob *job = run->job;
  Event *event = event_new (run->worker, job, EVENT_RESULT);

  event->index = run->first + index;
  event->result = tsn_result_new (
      tsn_model_get_task (job->model, tsn_worker_job_get_readout (job, event->index)), output,
      job->image->width, job->image->height);
  post (event);
  post_progress (run->worker, job, run->first + index + 2);
}

static gboolean
post_taps (const Run *run, GError **error)
{
  for (guint i = 0; run->job->taps != NULL && run->job->taps[i] != NULL; i++)
    {
      TsnTensor *value
          = tsn_session_tap (tsn_runner_get_session (run->runner), run->job->taps[i], error);
      Event *event;

      if (value == NULL)
        return FALSE;
      event = event_new (run->worker, run->job, EVENT_TAP);
      event->index = run->first;
      event->node = g_strdup (run->job->taps[i]);
      event->value = value;
      post (event);
    }
  return TRUE;
}

/* With taps one by one, since the session keeps the values of the last decoding alone. */
static gboolean
decode_mixtures (Run *run, GError **error)
{
  const TsnWorkerJob *job = run->job;
  const TsnMixture *const *mixtures = (const TsnMixture *const *) job->mixtures->pdata;
  guint step = job->taps != NULL ? 1 : job->mixtures->len;

  for (guint i = 0; i < job->mixtures->len; i += step)
    {
      run->first = job->tasks->len + i;
      if (!tsn_session_decode_mixtures (tsn_runner_get_session (run->runner), mixtures + i, step,
                                        ready_cb, run, job->cancellable, error)
          || !post_taps (run, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
encode (Run *run, double *seconds, GError **error)
{
  const TsnWorkerJob *job = run->job;

  if (!tsn_runner_encode (run->runner, job->model, job->image, job->size, seconds, job->cancellable,
                          error))
    return FALSE;
  g_mutex_lock (&run->worker->mutex);
  run->worker->encoder_passes += *seconds > 0;
  g_mutex_unlock (&run->worker->mutex);
  post_progress (run->worker, job, 1);
  return TRUE;
}

static gboolean
decode (Run *run, double *seconds, GError **error)
{
  const TsnWorkerJob *job = run->job;
  gint64 start = g_get_monotonic_time ();

  if (job->tasks->len > 0
      && !tsn_session_decode_tasks (tsn_runner_get_session (run->runner),
                                    (const guint *) job->tasks->data, job->tasks->len, ready_cb,
                                    run, job->cancellable, error))
    return FALSE;
  if (!decode_mixtures (run, error))
    return FALSE;
  *seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
  return TRUE;
}

static void
run_job (TsnWorker *self, TsnRunner *runner, const TsnWorkerJob *job)
{
  g_autoptr (GError) error = NULL;
  double encode_seconds = 0, decode_seconds = 0;
  Run run = { .worker = self, .runner = runner, .job = job };
  Event *event;
  gboolean ok;

  ok = encode (&run, &encode_seconds, &error) && decode (&run, &decode_seconds, &error);
  if (ok)
    event = event_new (self, job, EVENT_FINISHED);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    event = event_new (self, job, EVENT_CANCELLED);
  else
    event = event_new (self, job, EVENT_FAILED);
  event->encode_seconds = encode_seconds;
  event->decode_seconds = decode_seconds;
  event->error = g_steal_pointer (&error);
  post (event);
}

static gpointer
thread_main (gpointer data)
{
  TsnWorker *self = data;
  TsnRunner *runner = tsn_runner_new ();

  g_mutex_lock (&self->mutex);
  while (!self->quit)
    {
      if (self->queued == NULL)
        {
          g_cond_wait (&self->wake, &self->mutex);
          continue;
        }
      self->running = g_steal_pointer (&self->queued);
      g_mutex_unlock (&self->mutex);
      run_job (self, runner, self->running);
      g_mutex_lock (&self->mutex);
      g_clear_pointer (&self->running, tsn_worker_job_free);
    }
  g_mutex_unlock (&self->mutex);
  tsn_runner_free (runner);
  return NULL;
}

/* Cancels what runs and drops what waits; with the mutex held. */
static void
cancel_all (TsnWorker *self)
{
  g_clear_pointer (&self->queued, tsn_worker_job_free);
  if (self->running != NULL)
    g_cancellable_cancel (self->running->cancellable);
}

static void
tsn_worker_dispose (GObject *object)
{
  TsnWorker *self = TSN_WORKER (object);

  self->busy = FALSE;
  if (self->thread != NULL)
    {
      g_mutex_lock (&self->mutex);
      cancel_all (self);
      self->quit = TRUE;
      g_cond_signal (&self->wake);
      g_mutex_unlock (&self->mutex);
      g_thread_join (g_steal_pointer (&self->thread));
    }
  G_OBJECT_CLASS (tsn_worker_parent_class)->dispose (object);
}

static void
tsn_worker_finalize (GObject *object)
{
  TsnWorker *self = TSN_WORKER (object);

  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->wake);
  G_OBJECT_CLASS (tsn_worker_parent_class)->finalize (object);
}

static void
tsn_worker_class_init (TsnWorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = tsn_worker_dispose;
  object_class->finalize = tsn_worker_finalize;
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[SIGNAL_RESULT] = g_signal_new ("result", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_POINTER);
  signals[SIGNAL_TAP] = g_signal_new ("tap", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_STRING, G_TYPE_POINTER);
  signals[SIGNAL_FINISHED] = g_signal_new ("finished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_CANCELLED]
      = g_signal_new ("cancelled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tsn_worker_init (TsnWorker *self)
{
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  self->thread = g_thread_new ("tsn-worker", thread_main, self);
}

/**
 * tsn_worker_new:
 *
 * Returns: (transfer full): a worker that signals on the calling thread's default main context.
 *   Dropping the last reference cancels what runs and waits for the thread, at most one node long.
 */
TsnWorker *
tsn_worker_new (void)
{
  return g_object_new (TSN_TYPE_WORKER, NULL);
}

/**
 * tsn_worker_submit:
 *
 * Asks for results.  The newest request wins: one that waits is dropped, one that runs is
 * cancelled, and no signal is emitted for either any more.
 *
 * Returns: the request's generation number.
 */
guint64
tsn_worker_submit (TsnWorker *self, const TsnRequest *request)
{
  g_return_val_if_fail (TSN_IS_WORKER (self), 0);
  g_return_val_if_fail (request->model != NULL && request->image != NULL, 0);

  self->generation++;
  self->busy = TRUE;
  g_mutex_lock (&self->mutex);
  cancel_all (self);
  self->queued = tsn_worker_job_new (request, self->generation);
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
  return self->generation;
}

/**
 * tsn_worker_cancel:
 *
 * Cancels the newest request, if it is not done; `cancelled` is emitted before this returns.
 */
void
tsn_worker_cancel (TsnWorker *self)
{
  g_return_if_fail (TSN_IS_WORKER (self));

  if (!self->busy)
    return;
  g_mutex_lock (&self->mutex);
  cancel_all (self);
  g_mutex_unlock (&self->mutex);
  self->busy = FALSE;
  g_signal_emit (self, signals[SIGNAL_CANCELLED], 0);
}

/**
 * tsn_worker_is_busy:
 *
 * Returns: whether the newest request still has signals to come.
 */
gboolean
tsn_worker_is_busy (TsnWorker *self)
{
  return self->busy;
}

/**
 * tsn_worker_get_encoder_passes:
 *
 * Returns: how many encoder passes were run since the worker was made.
 */
guint64
tsn_worker_get_encoder_passes (TsnWorker *self)
{
  guint64 passes;

  g_mutex_lock (&self->mutex);
  passes = self->encoder_passes;
  g_mutex_unlock (&self->mutex);
  return passes;
}
