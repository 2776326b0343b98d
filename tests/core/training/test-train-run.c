/* Whole runs on a small set of photos: files, stopping, resuming, being killed, going wrong. */
#include "core/base/tsn-error.h"
#include "core/io/tsn-model-file.h"
#include "core/training/tsn-checkpoint.h"
#include "core/training/tsn-train-run.h"
#include "data-fixture.h"
#include "train-run-fixture.h"

#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define STEPS 14

/* What TensorBoard reads. */
static guint
count_event_files (TrainRunFixture *fixture, const char *run)
{
  g_autofree char *path = data_fixture_path (fixture->root, run);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, "events.out.tfevents.");
  return n;
}

static void
test_files (TrainRunFixture *fixture, gconstpointer unused)
{
  size_t length;
  g_autofree char *log = NULL;
  g_autofree char *best = data_fixture_path (fixture->root, "run/best.safetensors");
  g_autofree char *last = data_fixture_path (fixture->root, "run/model.safetensors");
  g_autoptr (TsnModel) model = NULL;
  g_auto (GStrv) lines = NULL;
  guint steps = 0, validations = 0;

  train_run_whole (fixture, "run");
  log = train_run_read (fixture, "run", "log.csv", &length);
  lines = g_strsplit (log, "\n", 0);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      steps += strstr (lines[i], ",train,") != NULL;
      validations += strstr (lines[i], ",val,mean,") != NULL;
    }
  g_assert_cmpuint (steps, ==, STEPS);
  /* A round is three batches of each task; the end is validated, too. */
  g_assert_cmpuint (validations, ==, STEPS / 6 + 1);
  g_assert_cmpuint (count_event_files (fixture, "run"), ==, 1);
  model = tsn_model_load (best, NULL);
  g_assert_nonnull (model);
  g_clear_pointer (&model, tsn_model_unref);
  model = tsn_model_load (last, NULL);
  g_assert_nonnull (model);
  g_assert_cmpuint (tsn_model_get_n_tasks (model), ==, 2);
}

static void
test_stop_and_resume (TrainRunFixture *fixture, gconstpointer unused)
{
  train_run_whole (fixture, "whole");
  for (guint64 stop = 1; stop < STEPS; stop += 4)
    {
      g_autofree char *name = g_strdup_printf ("stopped-%u", (guint) stop);
      g_autoptr (GError) error = NULL;

      g_assert_false (train_run_session (fixture, name, FALSE, stop, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      train_run_session (fixture, name, TRUE, 0, NULL, &error);
      g_assert_no_error (error);
      train_run_assert_same (fixture, "whole", name);
    }
}

/* A validation that is stopped is made when the run goes on; half of it leaves no trace. */
static void
test_stop_in_validation (TrainRunFixture *fixture, gconstpointer unused)
{
  static const guint64 stops[] = { 6, 12, STEPS };

  train_run_whole (fixture, "whole");
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    {
      g_autofree char *name = g_strdup_printf ("stopped-%u", (guint) stops[i]);
      g_autofree char *path = data_fixture_path (fixture->root, name);
      g_autofree char *message = g_strdup_printf (
          "Stopped after step %u; go on with tsn train --resume %s", (guint) stops[i], path);
      g_autofree char *log = NULL, *line = g_strdup_printf ("\n%u,", (guint) stops[i]);
      size_t length;
      g_autoptr (GError) error = NULL;

      g_assert_false (train_run_session (fixture, name, FALSE, stops[i], NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpstr (error->message, ==, message);
      log = train_run_read (fixture, name, "log.csv", &length);
      g_assert_nonnull (strstr (log, line));
      g_assert_null (strstr (strstr (log, line), ",val,"));
      g_clear_error (&error);
      train_run_session (fixture, name, TRUE, 0, NULL, &error);
      g_assert_no_error (error);
      train_run_assert_same (fixture, "whole", name);
    }
}

typedef struct
{
  int pipe; /* to the parent */
  gboolean told;
} Child;

static void
at_work_cb (const TsnTrainProgress *progress, gpointer data)
{
  Child *child = data;

  if (!child->told)
    g_assert_cmpint (write (child->pipe, "", 1), ==, 1);
  child->told = TRUE;
}

/* Starts a session in a child, waits for its first step and kills it somewhat later.
 *
 * Returns: whether it was at work until then. */
static gboolean
kill_session (TrainRunFixture *fixture, gboolean resume, guint microseconds)
{
  Child work = { 0 };
  int ends[2], status;
  char byte;
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  work.pipe = ends[1];
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      train_run_session_with (fixture, "killed", resume, "training.steps=100000", at_work_cb, &work, NULL,
                    NULL);
      _exit (1);
    }
  close (ends[1]);
  g_assert_cmpint (read (ends[0], &byte, 1), ==, 1);
  close (ends[0]);
  g_usleep (microseconds);
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL;
}

/* Steps of the run that a checkpoint knows of. */
static guint64
count_saved_steps (TrainRunFixture *fixture, const char *run)
{
  g_autofree char *relative = g_build_filename (run, TSN_TRAIN_CHECKPOINT_FILE, NULL);
  g_autofree char *path = data_fixture_path (fixture->root, relative);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnSafetensors) file = tsn_safetensors_open (path, &error);

  g_assert_no_error (error);
  return g_ascii_strtoull (tsn_safetensors_get_metadata (file, "step"), NULL, 10);
}

/* Twenty times at random moments of a run that has no end; when it is given one, it is the run that
 * was never killed. */
static void
test_killed_again_and_again (TrainRunFixture *fixture, gconstpointer unused)
{
  g_autofree char *checkpoint = data_fixture_path (fixture->root, "killed/checkpoint.safetensors");
  g_autofree char *steps = NULL;
  g_autoptr (GError) error = NULL;
  guint killed = 0;

  for (guint i = 0; i < 20; i++)
    killed += kill_session (fixture, g_file_test (checkpoint, G_FILE_TEST_EXISTS),
                            g_test_rand_int_range (0, 120000));
  g_assert_cmpuint (killed, ==, 20);
  steps = g_strdup_printf ("training.steps=%" G_GUINT64_FORMAT,
                           count_saved_steps (fixture, "killed") + 3);
  g_test_message ("%s", steps);
  train_run_session (fixture, "killed", TRUE, 0, steps, &error);
  g_assert_no_error (error);
  train_run_session (fixture, "whole", FALSE, 0, steps, &error);
  g_assert_no_error (error);
  train_run_assert_same (fixture, "whole", "killed");
}

static void
test_full_disk (TrainRunFixture *fixture, gconstpointer unused)
{
  g_autofree char *before = NULL, *after = NULL;
  size_t length, other_length;
  g_autoptr (GError) error = NULL;
  pid_t child;
  int status;

  train_run_session (fixture, "run", FALSE, 3, NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  before = train_run_read (fixture, "run", TSN_TRAIN_CHECKPOINT_FILE, &length);
  child = fork ();
  if (child == 0)
    {
      g_autoptr (GError) cause = NULL;

      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &(struct rlimit) { 100000, 100000 });
      _exit (!train_run_session (fixture, "run", TRUE, 0, NULL, &cause)
                     && g_error_matches (cause, TSN_ERROR, TSN_ERROR_IO)
                 ? 0
                 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  after = train_run_read (fixture, "run", TSN_TRAIN_CHECKPOINT_FILE, &other_length);
  g_assert_cmpmem (before, length, after, other_length);
}

static void
test_diverging (TrainRunFixture *fixture, gconstpointer unused)
{
  g_autofree char *checkpoint = data_fixture_path (fixture->root, "run/checkpoint.safetensors");
  g_autofree char *wild = g_strconcat (train_run_config, "[schedule]\nkind=constant\n", NULL);
  const char *at;
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnSafetensors) file = NULL;
  g_autoptr (TsnTensor) head = NULL;
  g_auto (GStrv) parts = g_strsplit (wild, "rate=1e-3", 2);
  g_autofree char *text
      = g_strjoin ("kind=sgd\nweight-decay=1000\nrate=1000", parts[0], parts[1], NULL);

  data_fixture_text (fixture->root, "config.ini", text);
  g_assert_false (train_run_session (fixture, "run", FALSE, 0, NULL, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_MODEL);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "set/images/"));
  at = strstr (error->message, "after ");
  g_assert_nonnull (at);
  /* The last step that went well, which is saved at once here. */
  g_assert_cmpuint (count_saved_steps (fixture, "run"), ==,
                    g_ascii_strtoull (at + strlen ("after "), NULL, 10));
  g_clear_error (&error);
  file = tsn_safetensors_open (checkpoint, &error);
  g_assert_no_error (error);
  head = tsn_safetensors_read (file, "param.head.weight", &error);
  for (size_t i = 0; i < tsn_tensor_length (head); i++)
    g_assert_true (isfinite (head->data[i]));
}

/* Losses of single steps are finite; what the next step makes of the photos is not. */
static void
test_diverging_in_validation (TrainRunFixture *fixture, gconstpointer unused)
{
  g_autofree char *best = data_fixture_path (fixture->root, "run/best.safetensors");
  g_auto (GStrv) parts = g_strsplit (train_run_config, "rate=1e-3\naverage=0.9\n", 2);
  g_autofree char *text
      = g_strjoin ("kind=sgd\nweight-decay=1000\nrate=1000\n", parts[0], parts[1], NULL);
  g_autoptr (GError) error = NULL;

  data_fixture_text (fixture->root, "config.ini", text);
  g_assert_false (train_run_session (fixture, "run", FALSE, 0, "training.steps=1", &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_MODEL);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "The validation loss of task edge"));
  g_assert_nonnull (strstr (error->message, "set/images/1.jpg, "));
  g_assert_false (g_file_test (best, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/training/run/" path, TrainRunFixture, NULL, train_run_set_up, test, train_run_tear_down)
  ADD ("killed-again-and-again", test_killed_again_and_again);
  ADD ("files", test_files);
  ADD ("stop-and-resume", test_stop_and_resume);
  ADD ("stop-in-validation", test_stop_in_validation);
  ADD ("full-disk", test_full_disk);
  ADD ("diverging", test_diverging);
  ADD ("diverging-in-validation", test_diverging_in_validation);
  return g_test_run ();
}
