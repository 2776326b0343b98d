/* Training as a whole: it learns, it goes on bit for bit, it says when it cannot. */
#include "core/base/tsn-error.h"
#include "core/training/tsn-checkpoint.h"
#include "training-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static double
step (TsnTrainer *trainer, const TsnBatch *batch)
{
  g_autoptr (GError) error = NULL;
  TsnStepReport report;

  tsn_trainer_step (trainer, batch, &report, &error);
  g_assert_no_error (error);
  return report.loss;
}

/* An L1 loss pulls as hard near its minimum as far from it: what is left of it shrinks with the
 * learning rate alone.  Depth, whose jumps between blocks count twice by their Sobel gradients,
 * takes more steps and channels to come as far down as the others. */
#define OVERFIT_STEPS 200
#define OVERFIT_DEPTH_STEPS 600
#define OVERFIT_SHARE 0.02

static void
overfit (TsnConditioning conditioning, guint task)
{
  gboolean depth = task == FIXTURE_DEPTH;
  TsnOptimiserSpec optimiser = TSN_OPTIMISER_SPEC_INIT;
  TsnScheduleSpec schedule = TSN_SCHEDULE_SPEC_INIT;
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  g_autoptr (TsnModel) model = fixture_model (conditioning, depth ? 1.0 / 4 : 1.0 / 8, 4);
  g_autoptr (TsnTrainer) trainer = NULL;
  g_autoptr (TsnBatch) batch = fixture_batch (model, task, 2, 32, 0);
  double first, last = 0;

  optimiser.rate = depth ? 5e-3 : 1e-2;
  schedule.kind = TSN_SCHEDULE_COSINE;
  schedule.steps = depth ? OVERFIT_DEPTH_STEPS : OVERFIT_STEPS;
  trainer = fixture_trainer (model, &optimiser, &schedule, pool);
  first = step (trainer, batch);
  for (guint i = 1; i < schedule.steps; i++)
    last = step (trainer, batch);
  g_test_message ("%s: %g to %g", tsn_model_get_task (model, task)->name, first, last);
  g_assert_cmpfloat (last, <, OVERFIT_SHARE * first);
}

static void
test_overfit (gconstpointer data)
{
  TsnConditioning conditioning = GPOINTER_TO_INT (data);

  for (guint task = 0; task < FIXTURE_TASKS; task++)
    if (conditioning == TSN_CONDITIONING_TSN || task == 0)
      overfit (conditioning, task);
}

/* A short run over all tasks in turn, from where the trainer is. */
static void
run (TsnTrainer *trainer, guint64 from, guint64 to)
{
  for (guint64 i = from; i < to; i++)
    {
      g_autoptr (TsnBatch) batch = fixture_batch (trainer->model, i % FIXTURE_TASKS, 2, 32, i);

      step (trainer, batch);
    }
}

static void
assert_same (const TsnTrainer *a, const TsnTrainer *b)
{
  for (guint i = 0; i < a->model->graph->params->len; i++)
    {
      size_t bytes = tsn_tensor_length (a->model->params[i]) * sizeof (float);

      g_assert_cmpmem (a->model->params[i]->data, bytes, b->model->params[i]->data, bytes);
      if (a->optimiser->average != NULL)
        g_assert_cmpmem (a->optimiser->average[i]->data, bytes, b->optimiser->average[i]->data,
                         bytes);
    }
}

static TsnTrainer *
new_trainer (TsnConditioning conditioning, TsnOptimiserKind kind, guint64 seed, TsnPool *pool)
{
  TsnOptimiserSpec optimiser = TSN_OPTIMISER_SPEC_INIT;
  TsnScheduleSpec schedule = TSN_SCHEDULE_SPEC_INIT;
  g_autoptr (TsnModel) model = fixture_model (conditioning, 1.0 / 16, seed);

  optimiser.kind = kind;
  optimiser.rate = 1e-3;
  optimiser.average = 0.9;
  schedule.kind = TSN_SCHEDULE_PLATEAU;
  return fixture_trainer (model, &optimiser, &schedule, pool);
}

static char *
make_path (char **folder)
{
  g_autoptr (GError) error = NULL;

  *folder = g_dir_make_tmp ("tsn-trainer-XXXXXX", &error);
  g_assert_no_error (error);
  return g_build_filename (*folder, "checkpoint.safetensors", NULL);
}

static void
check_resume (TsnConditioning conditioning, TsnOptimiserKind kind)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (2);
  g_autoptr (TsnTrainer) whole = new_trainer (conditioning, kind, 1, pool);
  g_autoptr (TsnTrainer) stopped = new_trainer (conditioning, kind, 1, pool);
  g_autoptr (TsnTrainer) resumed = new_trainer (conditioning, kind, 2, pool);
  TsnProgressState state
      = { .seed = G_MAXUINT64, .step = 7, .rounds = 1, .best = INFINITY, .seconds = 0.1 },
      back = { 0 };
  g_autofree char *folder = NULL;
  g_autofree char *path = make_path (&folder);
  g_autoptr (GError) error = NULL;

  run (whole, 0, 12);
  tsn_schedule_observe (&stopped->schedule, 3.7);
  stopped->schedule.scale = 0.1;
  stopped->schedule.bad = 4;
  run (stopped, 0, 7);
  stopped->schedule.scale = 1;
  g_assert_true (tsn_checkpoint_save (stopped, &state, path, &error));
  g_assert_true (tsn_checkpoint_load (resumed, &back, path, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (&state, sizeof state, &back, sizeof back);
  g_assert_cmpfloat (resumed->schedule.best, ==, 3.7);
  g_assert_cmpuint (resumed->schedule.bad, ==, 4);
  g_assert_cmpuint (resumed->optimiser->updates, ==, 7);
  run (resumed, 7, 12);
  run (stopped, 7, 12);
  assert_same (resumed, stopped);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_resume (void)
{
  check_resume (TSN_CONDITIONING_TSN, TSN_OPTIMISER_ADAM);
  check_resume (TSN_CONDITIONING_TS_BN, TSN_OPTIMISER_ADAMW);
  check_resume (TSN_CONDITIONING_TS_IN, TSN_OPTIMISER_SGD);
}

static void
test_same_numbers_again (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (3);
  g_autoptr (TsnTrainer) a = new_trainer (TSN_CONDITIONING_TSN, TSN_OPTIMISER_ADAM, 1, pool);
  g_autoptr (TsnTrainer) b = new_trainer (TSN_CONDITIONING_TSN, TSN_OPTIMISER_ADAM, 1, pool);

  run (a, 0, 10);
  run (b, 0, 10);
  assert_same (a, b);
}

static void
test_wrong_checkpoints (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  g_autoptr (TsnTrainer) a = new_trainer (TSN_CONDITIONING_TSN, TSN_OPTIMISER_ADAM, 1, pool);
  g_autoptr (TsnTrainer) b = new_trainer (TSN_CONDITIONING_TSN, TSN_OPTIMISER_SGD, 1, pool);
  g_autoptr (TsnTrainer) c = new_trainer (TSN_CONDITIONING_TS_IN, TSN_OPTIMISER_ADAM, 1, pool);
  TsnProgressState state = { 0 };
  g_autofree char *folder = NULL;
  g_autofree char *path = make_path (&folder);
  g_autoptr (GError) error = NULL;

  g_assert_true (tsn_checkpoint_save (a, &state, path, &error));
  g_assert_false (tsn_checkpoint_load (b, &state, path, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_MODEL);
  g_clear_error (&error);
  g_assert_false (tsn_checkpoint_load (c, &state, path, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_MODEL);
  g_clear_error (&error);
  g_unlink (path);
  g_assert_false (tsn_checkpoint_load (a, &state, path, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_IO);
  g_rmdir (folder);
}

/* Saves checkpoint after checkpoint until it is killed. */
static void
save_for_ever (TsnTrainer *trainer, const char *path)
{
  for (guint64 i = 0;; i++)
    {
      TsnProgressState state = { .seed = 1, .step = i };

      /* Every number says which checkpoint it belongs to. */
      for (guint p = 0; p < trainer->model->graph->params->len; p++)
        for (size_t j = 0; j < tsn_tensor_length (trainer->model->params[p]); j++)
          trainer->model->params[p]->data[j] = i % 1000;
      if (!tsn_checkpoint_save (trainer, &state, path, NULL))
        _exit (1);
    }
}

static void
assert_whole (TsnTrainer *trainer, const char *path)
{
  TsnProgressState state;
  g_autoptr (GError) error = NULL;

  tsn_checkpoint_load (trainer, &state, path, &error);
  g_assert_no_error (error);
  for (guint p = 0; p < trainer->model->graph->params->len; p++)
    for (size_t j = 0; j < tsn_tensor_length (trainer->model->params[p]); j++)
      g_assert_cmpfloat (trainer->model->params[p]->data[j], ==, state.step % 1000);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_killed_while_saving (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  g_autoptr (TsnTrainer) trainer = new_trainer (TSN_CONDITIONING_TSN, TSN_OPTIMISER_ADAM, 1, pool);
  g_autofree char *folder = NULL;
  g_autofree char *path = make_path (&folder);
  TsnRandom random;

  tsn_random_init (&random, g_get_monotonic_time ());
  for (guint i = 0; i < 20; i++)
    {
      pid_t child = fork ();

      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        save_for_ever (trainer, path);
      while (!g_file_test (path, G_FILE_TEST_EXISTS))
        g_usleep (1000);
      g_usleep (1000 + tsn_random_below (&random, 60000));
      g_assert_cmpint (kill (child, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
      assert_whole (trainer, path);
    }
  remove_folder (folder);
}

static void
test_nan (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  g_autoptr (TsnTrainer) trainer = new_trainer (TSN_CONDITIONING_TSN, TSN_OPTIMISER_ADAM, 1, pool);
  g_autoptr (TsnBatch) batch = fixture_batch (trainer->model, 4, 2, 32, 0);
  guint head = tsn_graph_find_param (trainer->model->graph, "head.weight");
  g_autoptr (TsnTensor) before = tsn_tensor_copy (trainer->model->params[head]);
  g_autoptr (GError) error = NULL;
  TsnStepReport report;

  batch->image->data[17] = NAN;
  g_assert_false (tsn_trainer_step (trainer, batch, &report, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_MODEL);
  g_assert_nonnull (strstr (error->message, "made-up-0.jpg, made-up-1.jpg"));
  g_assert_nonnull (strstr (error->message, "depth"));
  g_assert_cmpmem (before->data, tsn_tensor_length (before) * sizeof (float),
                   trainer->model->params[head]->data, tsn_tensor_length (before) * sizeof (float));
}

static void
test_judge_changes_nothing (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (2);
  g_autoptr (TsnTrainer) a = new_trainer (TSN_CONDITIONING_TS_BN, TSN_OPTIMISER_ADAM, 1, pool);
  g_autoptr (TsnTrainer) b = new_trainer (TSN_CONDITIONING_TS_BN, TSN_OPTIMISER_ADAM, 1, pool);
  g_autoptr (TsnBatch) batch = fixture_batch (a->model, 1, 1, 96, 5);
  g_autoptr (GError) error = NULL;
  double loss, again;

  run (a, 0, 5);
  run (b, 0, 5);
  g_assert_true (tsn_trainer_judge (a, batch, &loss, &error));
  g_assert_true (tsn_trainer_judge (a, batch, &again, &error));
  g_assert_cmpfloat (loss, ==, again);
  run (a, 5, 7);
  run (b, 5, 7);
  assert_same (a, b);
}

static void
test_bad_batches (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  g_autoptr (TsnTrainer) trainer = new_trainer (TSN_CONDITIONING_TSN, TSN_OPTIMISER_ADAM, 1, pool);
  g_autoptr (TsnBatch) odd = fixture_batch (trainer->model, 0, 2, 40, 0);
  g_autoptr (TsnBatch) single = fixture_batch (trainer->model, 0, 1, 32, 0);
  g_autoptr (GError) error = NULL;
  TsnStepReport report;

  g_assert_false (tsn_trainer_step (trainer, odd, &report, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (tsn_trainer_step (trainer, single, &report, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (TsnConditioning c = TSN_CONDITIONING_TSN; c < TSN_N_CONDITIONINGS; c++)
    {
      g_autofree char *path
          = g_strdup_printf ("/training/overfit/%s", tsn_conditioning_get_name (c));

      g_test_add_data_func (path, GINT_TO_POINTER (c), test_overfit);
    }
  g_test_add_func ("/training/resume", test_resume);
  g_test_add_func ("/training/same-numbers-again", test_same_numbers_again);
  g_test_add_func ("/training/wrong-checkpoints", test_wrong_checkpoints);
  g_test_add_func ("/training/killed-while-saving", test_killed_while_saving);
  g_test_add_func ("/training/nan", test_nan);
  g_test_add_func ("/training/judge-changes-nothing", test_judge_changes_nothing);
  g_test_add_func ("/training/bad-batches", test_bad_batches);
  return g_test_run ();
}
