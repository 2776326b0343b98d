#include "core/data/tsn-loader.h"

#include "core/base/tsn-error.h"
#include "core/data/tsn-stream.h"

/* A batch in the making.  Rows are handed out one by one, to whichever thread is free. */
typedef struct
{
  TsnBatch *batch;
  guint left;    /* rows that are not done */
  GError *error; /* of the first row that failed */
  guint failed_row;
} Slot;

/* One row of one batch. */
typedef struct
{
  Slot *slot;
  guint row;
  const TsnSource *source;
  guint photo;
  TsnRandom random;
} Job;

struct _TsnLoader
{
  TsnLoaderOptions options;
  guint *shares;
  TsnTaskSwitch turns;
  guint64 *epoch_batches;
  TsnSampler **samplers; /* one a task */
  GThread **threads;

  /* What follows is protected by the mutex; the numbers in a slot's rows belong to the job that
   * fills them until it is done. */
  GMutex mutex;
  GCond work;   /* there may be jobs, or it is time to quit */
  GCond done;   /* a slot is complete, or the last job is */
  Slot *slots;  /* a ring: step s is in slot s % ahead */
  guint64 head; /* step that the trainer gets next */
  guint64 next; /* step whose rows are being handed out */
  guint next_row;
  guint running; /* jobs that threads are busy with */
  gboolean paused;
  gboolean quit;
};

static void
clear_slot (Slot *slot)
{
  g_clear_pointer (&slot->batch, tsn_batch_free);
  g_clear_error (&slot->error);
  slot->left = 0;
}

static const TsnTask *
get_task (const TsnLoader *loader, guint task)
{
  return tsn_task_list_get (loader->options.tasks, task);
}

static void
start_slot (TsnLoader *loader, Slot *slot, guint64 step, const TsnTurn *turn)
{
  const TsnLoaderOptions *options = &loader->options;

  slot->batch = tsn_batch_new (turn->task, get_task (loader, turn->task)->kind, options->batch,
                               options->height, options->width);
  slot->batch->step = step;
  slot->batch->round = turn->round;
  slot->batch->ends_round = turn->ends_round;
  slot->left = options->batch;
}

/* Hands out the next row, unless enough batches are ready or in the making. */
static gboolean
take_job (TsnLoader *loader, Job *job)
{
  guint batch = loader->options.batch;
  TsnTurn turn;
  guint64 position;
  TsnDraw draw;

  if (loader->paused || loader->next >= loader->head + loader->options.ahead)
    return FALSE;
  tsn_task_switch_get_turn (&loader->turns, loader->next, &turn);
  job->slot = &loader->slots[loader->next % loader->options.ahead];
  if (loader->next_row == 0)
    start_slot (loader, job->slot, loader->next, &turn);
  job->row = loader->next_row;
  position = turn.batch * batch + job->row;
  draw = tsn_sampler_peek (loader->samplers[turn.task], position);
  job->source = tsn_sampler_get_source (loader->samplers[turn.task], draw.source);
  job->photo = draw.photo;
  tsn_stream_init (&job->random, loader->options.seed, TSN_STREAM_AUGMENT, turn.task, position);
  if (++loader->next_row == batch)
    {
      loader->next_row = 0;
      loader->next++;
    }
  loader->running++;
  return TRUE;
}

static gboolean
run_job (const TsnLoader *loader, Job *job, GError **error)
{
  TsnBatch *batch = job->slot->batch;
  TsnBatchRow row = tsn_batch_get_row (batch, job->row);

  batch->photos[job->row] = tsn_source_get_photo_path (job->source, job->photo);
  return tsn_source_load_row (job->source, job->photo, &loader->options.augment, &job->random, &row,
                              error);
}

/* Of several rows that failed, the first is reported: which one that is must not depend on which
 * thread was quicker. */
static void
finish_job (TsnLoader *loader, Job *job, GError *error)
{
  Slot *slot = job->slot;

  if (error != NULL && (slot->error == NULL || job->row < slot->failed_row))
    {
      g_clear_error (&slot->error);
      slot->error = error;
      slot->failed_row = job->row;
    }
  else
    g_clear_error (&error);
  slot->left--;
  loader->running--;
  if (slot->left == 0 || loader->running == 0)
    g_cond_signal (&loader->done);
}

/* Takes and does one job; the mutex is held before and after. */
static gboolean
work_once (TsnLoader *loader)
{
  GError *error = NULL;
  Job job;

  if (!take_job (loader, &job))
    return FALSE;
  g_mutex_unlock (&loader->mutex);
  run_job (loader, &job, &error);
  g_mutex_lock (&loader->mutex);
  finish_job (loader, &job, error);
  return TRUE;
}

static gpointer
loader_main (gpointer data)
{
  TsnLoader *loader = data;

  g_mutex_lock (&loader->mutex);
  while (!loader->quit)
    if (!work_once (loader))
      g_cond_wait (&loader->work, &loader->mutex);
  g_mutex_unlock (&loader->mutex);
  return NULL;
}

static gboolean
check_options (const TsnLoaderOptions *options, GError **error)
{
  const TsnTaskList *tasks = options->tasks;

  if (tasks->len == 0 || tasks->len > TSN_SWITCH_MAX_TASKS || options->sources->len != tasks->len)
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                 "Training should have 1 to %u tasks with data for each, but it has %u tasks and "
                 "data for %u.",
                 TSN_SWITCH_MAX_TASKS, tasks->len, options->sources->len);
  else if (options->batch == 0 || options->batch > 4096 || options->width == 0
           || options->height == 0 || options->width > 4096 || options->height > 4096)
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                 "A batch should be 1 to 4096 crops of at most 4096 x 4096 pixels, but it is said "
                 "to be %u crops of %u x %u.",
                 options->batch, options->width, options->height);
  else if (options->ahead == 0 || options->ahead > 1024 || options->threads > 1024)
    g_set_error (
        error, TSN_ERROR, TSN_ERROR_ARGUMENT,
        "A loader should keep 1 to 1024 batches ready with at most 1024 threads, but it is "
        "said to keep %u with %u.",
        options->ahead, options->threads);
  else
    return tsn_augment_options_check (&options->augment, error);
  return FALSE;
}

static gboolean
make_samplers (TsnLoader *loader, GError **error)
{
  const TsnLoaderOptions *options = &loader->options;

  for (guint t = 0; t < options->tasks->len; t++)
    {
      GPtrArray *sources = g_ptr_array_index (options->sources, t);
      guint64 batches;

      if (sources->len == 0)
        {
          g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                       "The task %s should have a data set to learn from, but it has none.",
                       get_task (loader, t)->name);
          return FALSE;
        }
      batches = MAX (tsn_sources_count (sources) / options->batch, 1);
      loader->epoch_batches[t] = batches;
      loader->samplers[t] = tsn_sampler_new (t, sources, batches * options->batch, options->seed);
    }
  return TRUE;
}

/**
 * tsn_loader_new:
 * @options: how training is fed; tasks must outlive the loader, which keeps the sources
 * @error: set to %TSN_ERROR_ARGUMENT when an option is out of its range or a task has no source
 *
 * Returns: (transfer full): a loader before its first batch, already at work, or %NULL.
 */
TsnLoader *
tsn_loader_new (const TsnLoaderOptions *options, GError **error)
{
  g_autoptr (TsnLoader) loader = NULL;
  guint n_tasks = options->tasks->len;

  if (!check_options (options, error))
    return NULL;
  loader = g_new0 (TsnLoader, 1);
  loader->options = *options;
  loader->options.sources = g_ptr_array_ref (options->sources);
  loader->options.threads = 0; /* as long as none runs */
  g_mutex_init (&loader->mutex);
  g_cond_init (&loader->work);
  g_cond_init (&loader->done);
  loader->slots = g_new0 (Slot, options->ahead);
  loader->samplers = g_new0 (TsnSampler *, n_tasks);
  loader->epoch_batches = g_new0 (guint64, n_tasks);
  loader->shares = g_memdup2 (options->shares, n_tasks * sizeof *options->shares);
  loader->turns = (TsnTaskSwitch){ options->mode, options->seed, n_tasks, loader->epoch_batches,
                                   loader->shares };
  if (!make_samplers (loader, error))
    return NULL;
  loader->threads = g_new (GThread *, options->threads);
  for (guint i = 0; i < options->threads; i++)
    loader->threads[i] = g_thread_new ("tsn-loader", loader_main, loader);
  loader->options.threads = options->threads;
  return g_steal_pointer (&loader);
}

void
tsn_loader_free (TsnLoader *loader)
{
  g_mutex_lock (&loader->mutex);
  loader->quit = TRUE;
  g_cond_broadcast (&loader->work);
  g_mutex_unlock (&loader->mutex);
  for (guint i = 0; i < loader->options.threads; i++)
    g_thread_join (loader->threads[i]);
  for (guint i = 0; i < loader->options.ahead; i++)
    clear_slot (&loader->slots[i]);
  for (guint t = 0; t < loader->turns.n_tasks; t++)
    g_clear_pointer (&loader->samplers[t], tsn_sampler_free);
  g_mutex_clear (&loader->mutex);
  g_cond_clear (&loader->work);
  g_cond_clear (&loader->done);
  g_ptr_array_unref (loader->options.sources);
  g_free (loader->threads);
  g_free (loader->slots);
  g_free (loader->samplers);
  g_free (loader->epoch_batches);
  g_free (loader->shares);
  g_free (loader);
}

/* Waits for the batch of the step at the head; without threads, prepares it. */
static Slot *
wait_for_head (TsnLoader *loader)
{
  Slot *slot = &loader->slots[loader->head % loader->options.ahead];

  while (loader->next <= loader->head || slot->left > 0)
    if (loader->options.threads > 0 || !work_once (loader))
      g_cond_wait (&loader->done, &loader->mutex);
  return slot;
}

/**
 * tsn_loader_next:
 * @error: set when a photo or label of the batch is broken; the loader then stays where it is
 *
 * Returns: (transfer full): the next batch, or %NULL.
 */
TsnBatch *
tsn_loader_next (TsnLoader *loader, GError **error)
{
  TsnBatch *batch = NULL;
  Slot *slot;

  g_mutex_lock (&loader->mutex);
  slot = wait_for_head (loader);
  if (slot->error != NULL)
    g_propagate_error (error, g_error_copy (slot->error));
  else
    {
      batch = g_steal_pointer (&slot->batch);
      loader->head++;
      g_cond_broadcast (&loader->work);
    }
  g_mutex_unlock (&loader->mutex);
  return batch;
}

/**
 * tsn_loader_get_round_length:
 *
 * Returns: the steps in which every task has its turn.
 */
guint64
tsn_loader_get_round_length (const TsnLoader *loader)
{
  return tsn_task_switch_get_round_length (&loader->turns);
}

/**
 * tsn_loader_get_epoch_batches:
 *
 * Returns: the batches in an epoch of @task.
 */
guint64
tsn_loader_get_epoch_batches (const TsnLoader *loader, guint task)
{
  g_return_val_if_fail (task < loader->turns.n_tasks, 0);

  return loader->epoch_batches[task];
}

/**
 * tsn_loader_get_state:
 * @state: (out): where the loader is: after the batch that tsn_loader_next() returned last
 */
void
tsn_loader_get_state (const TsnLoader *loader, TsnLoaderState *state)
{
  *state = (TsnLoaderState){ loader->options.seed, loader->head };
}

/**
 * tsn_loader_set_state:
 *
 * Continues from @state; batches that were prepared for another place are dropped.
 */
void
tsn_loader_set_state (TsnLoader *loader, const TsnLoaderState *state)
{
  g_mutex_lock (&loader->mutex);
  loader->paused = TRUE;
  while (loader->running > 0)
    g_cond_wait (&loader->done, &loader->mutex);
  for (guint i = 0; i < loader->options.ahead; i++)
    clear_slot (&loader->slots[i]);
  loader->options.seed = loader->turns.seed = state->seed;
  for (guint t = 0; t < loader->turns.n_tasks; t++)
    tsn_sampler_set_state (loader->samplers[t], &(TsnSamplerState){ state->seed, 0 });
  loader->head = loader->next = state->step;
  loader->next_row = 0;
  loader->paused = FALSE;
  g_cond_broadcast (&loader->work);
  g_mutex_unlock (&loader->mutex);
}
