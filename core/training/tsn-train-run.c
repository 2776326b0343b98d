#include "core/training/tsn-train-run.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-model-file.h"
#include "core/training/tsn-checkpoint.h"
#include "core/training/tsn-train-data.h"
#include "core/training/tsn-train-init.h"
#include "core/training/tsn-train-log.h"
#include "core/training/tsn-train-resume.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* Share of the newest step in the averages that people see. */
#define RECENT 0.05

typedef struct
{
  const TsnTrainOptions *options;
  const TsnTrainConfig *config;
  TsnTrainData *data;
  TsnLoader *loader;
  TsnTrainer *trainer;
  TsnTrainLog *log;
  guint64 round_length; /* steps per pass over the data of all tasks */
  TsnProgressState state;
  TsnTrainProgress progress;
  char **photos;             /* of the last step */
  guint task;                /* of the last step */
  gint64 saved;              /* when the last checkpoint was, on the monotonic clock */
  gint64 clock;              /* when the time in the state was last right */
  double validation_seconds; /* that the last validation took, 0 before there was one */
} Run;

static char *
run_file (const Run *run, const char *name)
{
  return g_build_filename (run->options->folder, name, NULL);
}

static TsnModel *
make_model (const TsnTrainOptions *options, GError **error)
{
  const TsnTrainConfig *config = options->config;
  g_autoptr (TsnModel) model = tsn_model_new (&config->spec, error);
  TsnRandom random;

  if (model == NULL)
    return NULL;
  tsn_random_init (&random, config->seed);
  tsn_model_initialise (model, &random);
  model->size = config->size != 0 ? config->size : MIN (config->width, config->height);
  model->named = *config->name != '\0';
  if (model->named)
    model->name = g_strdup (config->name);
  if (*config->provenance != '\0')
    model->provenance = g_strdup (config->provenance);
  if (options->init != NULL && !options->resume
      && !tsn_train_init (model, options->init, options->init_encoder, error))
    return NULL;
  return g_steal_pointer (&model);
}

static gboolean
make_trainer (Run *run, GError **error)
{
  const TsnTrainConfig *config = run->config;
  g_autoptr (TsnModel) model = make_model (run->options, error);
  g_autofree TsnLoss *losses = g_new (TsnLoss, config->tasks->len);
  TsnTrainerOptions options = { config->optimiser, config->schedule, losses };

  if (model == NULL)
    return FALSE;
  for (guint t = 0; t < config->tasks->len; t++)
    {
      const TsnTask *task = tsn_task_list_get (config->tasks, t);

      losses[t] = (TsnLoss){ task->kind, task->channels, config->weights[t], config->edge_weight };
    }
  options.schedule.steps = run->progress.steps;
  run->trainer = tsn_trainer_new (model, &options, run->options->pool);
  return TRUE;
}

/* Temporaries of a session that was killed while it saved. */
static void
remove_leftovers (const Run *run)
{
  g_autoptr (GDir) folder = g_dir_open (run->options->folder, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, ".tsn-"))
      {
        g_autofree char *path = run_file (run, name);

        g_unlink (path);
      }
}

static gboolean
make_folder (const Run *run, GError **error)
{
  g_autofree char *checkpoint = run_file (run, TSN_TRAIN_CHECKPOINT_FILE);
  g_autofree char *name = g_filename_display_name (run->options->folder);

  if (g_mkdir_with_parents (run->options->folder, 0777) != 0)
    g_set_error (error, TSN_ERROR, TSN_ERROR_IO, "Cannot make the folder '%s': %s", name,
                 g_strerror (errno));
  else if (!run->options->resume && g_file_test (checkpoint, G_FILE_TEST_EXISTS))
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                 "'%s' holds a run already; resume it or choose another folder", name);
  else
    return TRUE;
  return FALSE;
}

/* Whether the config is that of the folder's earlier sessions, as far as it has to be. */
static gboolean
check_config (const Run *run, GError **error)
{
  g_autofree char *path = run_file (run, TSN_TRAIN_CONFIG_FILE);
  g_autofree char *name = g_filename_display_name (run->options->folder);
  g_autoptr (TsnTrainConfig) before = NULL;

  if (!run->options->resume || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  before = tsn_train_config_load (path, NULL, error);
  if (before == NULL)
    return FALSE;
  if (tsn_train_resume_check (before, run->config, error))
    return TRUE;
  g_prefix_error (error, "The run in '%s' cannot be resumed like that; start another one: ", name);
  return FALSE;
}

static gboolean
restore (Run *run, GError **error)
{
  g_autofree char *path = run_file (run, TSN_TRAIN_CHECKPOINT_FILE);
  TsnLoaderState loader;

  remove_leftovers (run);
  if (!tsn_checkpoint_load (run->trainer, &run->state, path, error))
    return FALSE;
  loader = (TsnLoaderState){ run->state.seed, run->state.step };
  tsn_loader_set_state (run->loader, &loader);
  return TRUE;
}

static gboolean
set_up (Run *run, GError **error)
{
  g_autofree char *config = run_file (run, TSN_TRAIN_CONFIG_FILE);

  if (!make_folder (run, error) || !check_config (run, error))
    return FALSE;
  run->data = tsn_train_data_open (run->config, error);
  run->loader = run->data != NULL ? tsn_train_data_load (run->data, run->config, error) : NULL;
  if (run->loader == NULL)
    return FALSE;
  for (guint t = 0; t < run->config->tasks->len; t++)
    {
      run->round_length += tsn_loader_get_epoch_batches (run->loader, t);
      run->progress.losses[t] = NAN;
    }
  run->progress.steps
      = run->config->steps > 0 ? run->config->steps : run->config->rounds * run->round_length;
  run->progress.validation = NAN;
  run->state = (TsnProgressState){ .seed = run->config->seed, .best = INFINITY };
  if (!make_trainer (run, error) || (run->options->resume && !restore (run, error)))
    return FALSE;
  run->log = tsn_train_log_open (run->options->folder, run->state.step, run->state.pending, error);
  run->saved = run->clock = g_get_monotonic_time ();
  return run->log != NULL && tsn_train_config_save (run->options->config, config, error);
}

static void
tear_down (Run *run)
{
  g_clear_pointer (&run->photos, g_strfreev);
  g_clear_pointer (&run->log, tsn_train_log_free);
  g_clear_pointer (&run->trainer, tsn_trainer_free);
  g_clear_pointer (&run->loader, tsn_loader_free);
  g_clear_pointer (&run->data, tsn_train_data_free);
}

static void
keep_time (Run *run)
{
  gint64 now = g_get_monotonic_time ();

  run->state.seconds += (now - run->clock) / 1e6;
  run->clock = now;
}

/* Parameters that stop being finite in a step are met when they are saved. */
static void
name_last_batch (const Run *run, GError **error)
{
  g_autofree char *photos = run->photos != NULL ? g_strjoinv (", ", run->photos) : NULL;
  char *message;

  if (photos == NULL || error == NULL || !g_error_matches (*error, TSN_ERROR, TSN_ERROR_MODEL))
    return;
  message = g_strdup_printf ("%s; the last batch was of task %s, with %s", (*error)->message,
                             tsn_task_list_get (run->config->tasks, run->task)->name, photos);
  g_free ((*error)->message);
  (*error)->message = message;
}

static gboolean
save_checkpoint (Run *run, GError **error)
{
  g_autofree char *path = run_file (run, TSN_TRAIN_CHECKPOINT_FILE);

  keep_time (run);
  /* The log first: a checkpoint must not know of steps that the log does not. */
  if (!tsn_train_log_flush (run->log, error))
    return FALSE;
  if (!tsn_checkpoint_save (run->trainer, &run->state, path, error))
    {
      name_last_batch (run, error);
      return FALSE;
    }
  run->saved = g_get_monotonic_time ();
  return TRUE;
}

static gboolean
save_model (Run *run, const char *name, GError **error)
{
  g_autofree char *path = run_file (run, name);
  gboolean saved;

  tsn_optimiser_swap_average (run->trainer->optimiser);
  saved = tsn_model_save (run->trainer->model, path, TSN_DTYPE_F32, error);
  tsn_optimiser_swap_average (run->trainer->optimiser);
  return saved;
}

/* What people type: the shell's quotes only where they are needed. */
static char *
quote_folder (const char *folder)
{
  for (const char *c = folder; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("/._-+,", *c) == NULL)
      return g_shell_quote (folder);
  return g_strdup (folder);
}

/* Only where a checkpoint of this step is there. */
static gboolean
stop (const Run *run, GError **error)
{
  g_autofree char *folder = quote_folder (run->options->folder);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
               "Stopped after step %" G_GUINT64_FORMAT "; go on with tsn train --resume %s",
               run->state.step, folder);
  return FALSE;
}

/* Mean loss over the validation photos of one task. */
static gboolean
validate_task (Run *run, guint task, guint n, double *mean, GError **error)
{
  double sum = 0;

  for (guint first = 0; first < n;)
    {
      g_autoptr (TsnBatch) batch = NULL;
      double loss;

      if (g_cancellable_is_cancelled (run->options->cancellable))
        return stop (run, error);
      batch = tsn_train_data_load_validation (run->data, run->config, task, first, error);
      if (batch == NULL || !tsn_trainer_judge (run->trainer, batch, &loss, error))
        return FALSE;
      sum += loss * batch->image->dim[0];
      first += batch->image->dim[0];
    }
  *mean = sum / n;
  return TRUE;
}

/* Validates all tasks that have photos for it, with the averaged weights if there are any; the
 * losses of others are NaN. */
static gboolean
validate_tasks (Run *run, double *losses, GError **error)
{
  gboolean judged = TRUE;

  tsn_optimiser_swap_average (run->trainer->optimiser);
  for (guint t = 0; judged && t < run->config->tasks->len; t++)
    {
      guint n = tsn_train_data_count_validation (run->data, run->config, t);

      losses[t] = NAN;
      judged = n == 0 || validate_task (run, t, n, &losses[t], error);
    }
  tsn_optimiser_swap_average (run->trainer->optimiser);
  return judged;
}

/* All at once, so that the log never knows of half a validation. */
static gboolean
log_validation (Run *run, const double *losses, GError **error)
{
  double sum = 0;
  guint tasks = 0;

  for (guint t = 0; t < run->config->tasks->len; t++)
    {
      const char *name = tsn_task_list_get (run->config->tasks, t)->name;

      if (isnan (losses[t]))
        continue;
      if (!tsn_train_log_add_validation (run->log, run->state.step, run->state.rounds, name,
                                         losses[t], error))
        return FALSE;
      sum += losses[t];
      tasks++;
    }
  run->progress.validation = tasks > 0 ? sum / tasks : NAN;
  return tasks == 0
         || tsn_train_log_add_validation (run->log, run->state.step, run->state.rounds, "mean",
                                          run->progress.validation, error);
}

static void
tell (Run *run, gboolean validated)
{
  run->progress.step = run->state.step;
  run->progress.round = run->state.rounds;
  run->progress.best = run->state.best;
  run->progress.validated = validated;
  if (run->options->progress != NULL)
    run->options->progress (&run->progress, run->options->data);
}

/* A checkpoint before, too: a validation may take minutes, and may be stopped. */
static gboolean
validate (Run *run, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  double losses[TSN_MAX_TASKS];

  run->state.pending = TRUE;
  if (!save_checkpoint (run, error) || !validate_tasks (run, losses, error)
      || !log_validation (run, losses, error))
    return FALSE;
  run->state.pending = FALSE;
  run->validation_seconds = (g_get_monotonic_time () - start) / 1e6;
  if (!isnan (run->progress.validation))
    tsn_schedule_observe (&run->trainer->schedule, run->progress.validation);
  if (run->progress.validation < run->state.best)
    {
      run->state.best = run->progress.validation;
      if (!save_model (run, TSN_TRAIN_BEST_FILE, error))
        return FALSE;
    }
  tell (run, TRUE);
  return save_checkpoint (run, error);
}

/* Every so many steps, and after the last. */
static guint64
validation_interval (const Run *run)
{
  return run->round_length * run->config->validate_rounds;
}

/* How long a validation takes if none has told: without a backward pass a photo needs about a third
 * of the time. */
static double
guess_validation_seconds (const Run *run)
{
  guint64 photos = 0;

  for (guint t = 0; t < run->config->tasks->len; t++)
    photos += tsn_train_data_count_validation (run->data, run->config, t);
  return photos / (3 * run->progress.images_per_second);
}

static double
count_seconds_left (const Run *run)
{
  guint64 step = run->state.step, steps = run->progress.steps, interval = validation_interval (run);
  guint64 validations = steps / interval - step / interval + (steps % interval != 0);
  double each
      = run->validation_seconds > 0 ? run->validation_seconds : guess_validation_seconds (run);

  return (steps - step) * run->config->batch / run->progress.images_per_second + validations * each;
}

static void
update_progress (Run *run, guint task, double loss, gint64 duration)
{
  double speed = run->config->batch / MAX (duration / 1e6, 1e-9);
  double *recent = &run->progress.losses[task], *average = &run->progress.images_per_second;

  *recent = isnan (*recent) ? loss : *recent + RECENT * (loss - *recent);
  *average = *average == 0 ? speed : *average + RECENT * (speed - *average);
  run->progress.seconds_left = count_seconds_left (run);
}

static gboolean
take_step (Run *run, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (TsnBatch) batch = tsn_loader_next (run->loader, error);
  TsnStepReport report;

  if (batch == NULL || !tsn_trainer_step (run->trainer, batch, &report, error))
    return FALSE;
  run->state.step++;
  if (!tsn_train_log_add_step (run->log, run->state.step, run->state.rounds,
                               tsn_task_list_get (run->config->tasks, batch->task)->name,
                               (const double[]){ report.loss, report.gradient, report.rate },
                               error))
    return FALSE;
  run->state.rounds = run->state.step / run->round_length;
  g_strfreev (run->photos);
  run->photos = g_steal_pointer (&batch->photos);
  run->task = batch->task;
  update_progress (run, batch->task, report.loss, g_get_monotonic_time () - start);
  tell (run, FALSE);
  return TRUE;
}

static gboolean
is_time_to_validate (const Run *run)
{
  return run->state.step == run->progress.steps || run->state.step % validation_interval (run) == 0;
}

static gboolean
is_time_to_save (const Run *run)
{
  return g_get_monotonic_time () - run->saved > run->config->checkpoint_seconds * 1e6;
}

static gboolean
train (Run *run, GError **error)
{
  if (run->state.pending && is_time_to_validate (run) && !validate (run, error))
    return FALSE;
  while (run->state.step < run->progress.steps)
    {
      gboolean cancelled;

      if (!take_step (run, error))
        return FALSE;
      cancelled = g_cancellable_is_cancelled (run->options->cancellable);
      if (is_time_to_validate (run))
        {
          if (!validate (run, error))
            return FALSE;
        }
      else if ((cancelled || is_time_to_save (run)) && !save_checkpoint (run, error))
        return FALSE;
      if (cancelled)
        return stop (run, error);
    }
  return save_model (run, TSN_TRAIN_MODEL_FILE, error);
}

/**
 * tsn_train_run:
 * @error: %TSN_ERROR for bad data, a full disk, or numbers that are not finite any more;
 *   %G_IO_ERROR_CANCELLED after a cancellation, when a checkpoint of that moment is there; the
 *   sentence says how to go on
 *
 * Trains as the config says.  The folder holds the resolved config, `log.csv`, event files for
 * TensorBoard, the checkpoint to resume from, the model with the lowest validation loss and, at
 * the end, the last one.  A run that is resumed with the same number of threads goes on bit for bit
 * as if it had never stopped.
 */
gboolean
tsn_train_run (const TsnTrainOptions *options, GError **error)
{
  Run run = { .options = options, .config = options->config };
  gboolean done = set_up (&run, error) && train (&run, error);

  tear_down (&run);
  return done;
}
