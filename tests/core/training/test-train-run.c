/* Whole runs on a small set of photos: files, stopping, resuming, being killed, going wrong. */
#include "core/base/tsn-error.h"
#include "core/io/tsn-model-file.h"
#include "core/training/tsn-checkpoint.h"
#include "core/training/tsn-train-run.h"
#include "data-fixture.h"

#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_PHOTOS 6
#define SIZE 48
#define STEPS 14

static const char config_text[] = "[network]\n"
                                  "tasks=everyday:edge,depth\n"
                                  "width=0.0625\n"
                                  "code-length=4\n"
                                  "[data]\n"
                                  "width=32\n"
                                  "height=32\n"
                                  "batch=2\n"
                                  "[source edge]\n"
                                  "task=edge\n"
                                  "folder=set\n"
                                  "[source depth]\n"
                                  "task=depth\n"
                                  "folder=set\n"
                                  "[optimiser]\n"
                                  "rate=1e-3\n"
                                  "average=0.9\n"
                                  "[training]\n"
                                  "steps=14\n"
                                  "switch=batch\n"
                                  "checkpoint-seconds=0\n";

typedef struct
{
  char *root;
  char *config;
} Fixture;

static void
write_set (const char *root)
{
  g_autoptr (TsnImage) photo = data_fixture_gradient (SIZE, SIZE);
  g_autoptr (GString) split = g_string_new (NULL);
  guint8 edge[SIZE * SIZE];
  guint16 depth[SIZE * SIZE];

  for (guint i = 0; i < N_PHOTOS; i++)
    {
      g_autofree char *image_name = g_strdup_printf ("set/images/%u.jpg", i);
      g_autofree char *edge_name = g_strdup_printf ("set/edge/%u.png", i);
      g_autofree char *depth_name = g_strdup_printf ("set/depth/%u.png", i);

      for (guint p = 0; p < SIZE * SIZE; p++)
        {
          edge[p] = p % SIZE == 8 * i ? 255 : 0;
          depth[p] = 1000 + 20 * (p / SIZE) + 100 * i;
        }
      data_fixture_photo (root, image_name, photo);
      data_fixture_grey8 (root, edge_name, SIZE, SIZE, edge);
      data_fixture_grey16 (root, depth_name, SIZE, SIZE, depth);
      g_string_append_printf (split, "%u\n", i);
    }
  data_fixture_text (root, "set/splits/train.txt", split->str);
  data_fixture_text (root, "set/splits/val.txt", "1\n4\n5\n");
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->root = data_fixture_new ();
  write_set (fixture->root);
  data_fixture_text (fixture->root, "config.ini", config_text);
  fixture->config = data_fixture_path (fixture->root, "config.ini");
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_free (fixture->config);
  data_fixture_free (fixture->root);
}

typedef struct
{
  GCancellable *cancellable;
  guint64 stop_at;
} Stop;

static void
progress_cb (const TsnTrainProgress *progress, gpointer data)
{
  const Stop *stop = data;

  if (progress->step == stop->stop_at)
    g_cancellable_cancel (stop->cancellable);
}

/* One session of the run in ROOT/NAME. */
static gboolean
session_with (Fixture *fixture,
              const char *name,
              gboolean resume,
              const char *override,
              TsnTrainFunc progress,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree char *folder = data_fixture_path (fixture->root, name);
  g_autofree char *resumed = g_build_filename (folder, TSN_TRAIN_CONFIG_FILE, NULL);
  g_autofree char *root = g_strconcat ("data.root=", fixture->root, NULL);
  const char *const overrides[] = { root, override, NULL };
  g_autoptr (TsnTrainConfig) config
      = tsn_train_config_load (resume ? resumed : fixture->config, overrides, error);
  g_autoptr (TsnPool) pool = NULL;

  if (config == NULL)
    return FALSE;
  pool = tsn_pool_new (2);
  return tsn_train_run (&(TsnTrainOptions){ .config = config,
                                            .folder = folder,
                                            .resume = resume,
                                            .pool = pool,
                                            .progress = progress,
                                            .data = data,
                                            .cancellable = cancellable },
                        error);
}

/* @stop_at is a step to cancel after, or 0. */
static gboolean
session (Fixture *fixture,
         const char *name,
         gboolean resume,
         guint64 stop_at,
         const char *override,
         GError **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Stop stop = { cancellable, stop_at };

  return session_with (fixture, name, resume, override, progress_cb, &stop, cancellable, error);
}

static char *
read_file (Fixture *fixture, const char *run, const char *name, size_t *length)
{
  g_autofree char *relative = g_build_filename (run, name, NULL);
  g_autofree char *path = data_fixture_path (fixture->root, relative);
  g_autoptr (GError) error = NULL;
  char *content;

  g_file_get_contents (path, &content, length, &error);
  g_assert_no_error (error);
  return content;
}

static void
assert_same_file (Fixture *fixture, const char *run, const char *other, const char *name)
{
  size_t length, other_length;
  g_autofree char *content = read_file (fixture, run, name, &length);
  g_autofree char *other_content = read_file (fixture, other, name, &other_length);

  g_assert_cmpmem (content, length, other_content, other_length);
}

static void
assert_same_run (Fixture *fixture, const char *run, const char *other)
{
  assert_same_file (fixture, run, other, TSN_TRAIN_MODEL_FILE);
  assert_same_file (fixture, run, other, TSN_TRAIN_BEST_FILE);
  assert_same_file (fixture, run, other, "log.csv");
}

static void
run_whole (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;

  session (fixture, name, FALSE, 0, NULL, &error);
  g_assert_no_error (error);
}

/* What TensorBoard reads. */
static guint
count_event_files (Fixture *fixture, const char *run)
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
test_files (Fixture *fixture, gconstpointer unused)
{
  size_t length;
  g_autofree char *log = NULL;
  g_autofree char *best = data_fixture_path (fixture->root, "run/best.safetensors");
  g_autofree char *last = data_fixture_path (fixture->root, "run/model.safetensors");
  g_autoptr (TsnModel) model = NULL;
  g_auto (GStrv) lines = NULL;
  guint steps = 0, validations = 0;

  run_whole (fixture, "run");
  log = read_file (fixture, "run", "log.csv", &length);
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
test_stop_and_resume (Fixture *fixture, gconstpointer unused)
{
  run_whole (fixture, "whole");
  for (guint64 stop = 1; stop < STEPS; stop += 4)
    {
      g_autofree char *name = g_strdup_printf ("stopped-%u", (guint) stop);
      g_autoptr (GError) error = NULL;

      g_assert_false (session (fixture, name, FALSE, stop, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      session (fixture, name, TRUE, 0, NULL, &error);
      g_assert_no_error (error);
      assert_same_run (fixture, "whole", name);
    }
}

/* A validation that is stopped is made when the run goes on; half of it leaves no trace. */
static void
test_stop_in_validation (Fixture *fixture, gconstpointer unused)
{
  static const guint64 stops[] = { 6, 12, STEPS };

  run_whole (fixture, "whole");
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    {
      g_autofree char *name = g_strdup_printf ("stopped-%u", (guint) stops[i]);
      g_autofree char *path = data_fixture_path (fixture->root, name);
      g_autofree char *message = g_strdup_printf (
          "Stopped after step %u; go on with tsn train --resume %s", (guint) stops[i], path);
      g_autofree char *log = NULL, *line = g_strdup_printf ("\n%u,", (guint) stops[i]);
      size_t length;
      g_autoptr (GError) error = NULL;

      g_assert_false (session (fixture, name, FALSE, stops[i], NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpstr (error->message, ==, message);
      log = read_file (fixture, name, "log.csv", &length);
      g_assert_nonnull (strstr (log, line));
      g_assert_null (strstr (strstr (log, line), ",val,"));
      g_clear_error (&error);
      session (fixture, name, TRUE, 0, NULL, &error);
      g_assert_no_error (error);
      assert_same_run (fixture, "whole", name);
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
kill_session (Fixture *fixture, gboolean resume, guint microseconds)
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
      session_with (fixture, "killed", resume, "training.steps=100000", at_work_cb, &work, NULL,
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
count_saved_steps (Fixture *fixture, const char *run)
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
test_killed_again_and_again (Fixture *fixture, gconstpointer unused)
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
  session (fixture, "killed", TRUE, 0, steps, &error);
  g_assert_no_error (error);
  session (fixture, "whole", FALSE, 0, steps, &error);
  g_assert_no_error (error);
  assert_same_run (fixture, "whole", "killed");
}

static void
test_full_disk (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *before = NULL, *after = NULL;
  size_t length, other_length;
  g_autoptr (GError) error = NULL;
  pid_t child;
  int status;

  session (fixture, "run", FALSE, 3, NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  before = read_file (fixture, "run", TSN_TRAIN_CHECKPOINT_FILE, &length);
  child = fork ();
  if (child == 0)
    {
      g_autoptr (GError) cause = NULL;

      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &(struct rlimit) { 100000, 100000 });
      _exit (!session (fixture, "run", TRUE, 0, NULL, &cause)
                     && g_error_matches (cause, TSN_ERROR, TSN_ERROR_IO)
                 ? 0
                 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  after = read_file (fixture, "run", TSN_TRAIN_CHECKPOINT_FILE, &other_length);
  g_assert_cmpmem (before, length, after, other_length);
}

static void
test_diverging (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *checkpoint = data_fixture_path (fixture->root, "run/checkpoint.safetensors");
  g_autofree char *wild = g_strconcat (config_text, "[schedule]\nkind=constant\n", NULL);
  const char *at;
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnSafetensors) file = NULL;
  g_autoptr (TsnTensor) head = NULL;
  g_auto (GStrv) parts = g_strsplit (wild, "rate=1e-3", 2);
  g_autofree char *text
      = g_strjoin ("kind=sgd\nweight-decay=1000\nrate=1000", parts[0], parts[1], NULL);

  data_fixture_text (fixture->root, "config.ini", text);
  g_assert_false (session (fixture, "run", FALSE, 0, NULL, &error));
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
test_diverging_in_validation (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *best = data_fixture_path (fixture->root, "run/best.safetensors");
  g_auto (GStrv) parts = g_strsplit (config_text, "rate=1e-3\naverage=0.9\n", 2);
  g_autofree char *text
      = g_strjoin ("kind=sgd\nweight-decay=1000\nrate=1000\n", parts[0], parts[1], NULL);
  g_autoptr (GError) error = NULL;

  data_fixture_text (fixture->root, "config.ini", text);
  g_assert_false (session (fixture, "run", FALSE, 0, "training.steps=1", &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_MODEL);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "The validation loss of task edge"));
  g_assert_nonnull (strstr (error->message, "set/images/1.jpg, "));
  g_assert_false (g_file_test (best, G_FILE_TEST_EXISTS));
}

static void
test_a_run_is_not_overwritten (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  run_whole (fixture, "run");
  g_assert_false (session (fixture, "run", FALSE, 0, NULL, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
}

static void
expect_failure (Fixture *fixture, const char *override, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (session (fixture, "run", FALSE, 0, override, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_bad_configs (Fixture *fixture, gconstpointer unused)
{
  expect_failure (fixture, "optimiser.speed=1", "speed");
  expect_failure (fixture, "wings.span=1", "span");
  expect_failure (fixture, "optimiser.rate=fast", "rate");
  expect_failure (fixture, "optimiser.rate=-1", "rate");
  expect_failure (fixture, "optimiser.kind=lion", "lion");
  expect_failure (fixture, "data.batch=1.5", "batch");
  expect_failure (fixture, "data.width=50", "multiples of 32");
  expect_failure (fixture, "network.tasks=mars", "mars");
  expect_failure (fixture, "network.tasks=everyday:edge,smell", "smell");
  expect_failure (fixture, "network.tasks=everyday:depth", "edge");
  expect_failure (fixture, "network.encoder=20", "20");
  expect_failure (fixture, "training.share-edge=0", "share-edge");
  expect_failure (fixture, "training.share-smell=2", "share-smell");
  expect_failure (fixture, "loss.weight-semseg=1", "weight-semseg");
  expect_failure (fixture, "source edge.task=semseg", "semseg");
  expect_failure (fixture, "source edge.folder=nowhere", "nowhere");
  expect_failure (fixture, "source edge.wings=2", "wings");
  expect_failure (fixture, "nonsense", "nonsense");
  expect_failure (fixture, ".rate=1", "not like “.rate=1”");
  expect_failure (fixture, " .rate=1", "not like");
  expect_failure (fixture, "optimiser.=1", "not like “optimiser.=1”");
  expect_failure (fixture, "optimiser. =1", "not like");
  expect_failure (fixture, "optimiser[1].rate=1", "not like");
  expect_failure (fixture, "optimiser.rate[de]=1", "not like");
}

/* Spaces around the sign are no part of what is meant. */
static void
test_overrides (Fixture *fixture, gconstpointer unused)
{
  const char *const overrides[]
      = { " optimiser.rate = 1e-2 ", "optimiser . clip= 3", "network.name =  two words ", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnTrainConfig) config
      = tsn_train_config_load (fixture->config, overrides, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (config->optimiser.rate, ==, 1e-2);
  g_assert_cmpfloat (config->optimiser.clip, ==, 3);
  g_assert_cmpstr (config->name, ==, "two words");
}

/* A value that is no text is an error, not a reason to take the standard one. */
static void
test_unreadable_value (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *text = g_strconcat (config_text, "[schedule]\nkind=cosine\\\n", NULL);

  data_fixture_text (fixture->root, "config.ini", text);
  expect_failure (fixture, NULL, "“kind” of [schedule] cannot be read");
}

/* One task more than a config has room for weights of. */
static void
test_too_many_tasks (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GString) text = g_string_new ("[network]\ntasks=custom\n");

  for (guint i = 0; i <= TSN_MAX_TASKS; i++)
    g_string_append_printf (text, "[task t%u]\nkind=edge\n", i);
  data_fixture_text (fixture->root, "config.ini", text->str);
  expect_failure (fixture, NULL, "64 tasks at most, but 65");
}

static void
test_bad_labels (Fixture *fixture, gconstpointer unused)
{
  guint8 small[4] = { 0 };

  data_fixture_grey8 (fixture->root, "set/edge/3.png", 2, 2, small);
  expect_failure (fixture, NULL, "3.png");
}

static void
test_class_out_of_range (Fixture *fixture, gconstpointer unused)
{
  guint8 classes[SIZE * SIZE] = { 0 };

  for (guint i = 0; i < N_PHOTOS; i++)
    {
      g_autofree char *name = g_strdup_printf ("set/things/%u.png", i);

      classes[SIZE + 1] = i == 3 ? 2 : 1; /* of two */
      data_fixture_grey8 (fixture->root, name, SIZE, SIZE, classes);
    }
  data_fixture_text (fixture->root, "config.ini",
                     "[network]\ntasks=custom\nwidth=0.0625\n"
                     "[task things]\nkind=classes\nclasses=ground;thing\n"
                     "[data]\nwidth=32\nheight=32\nbatch=2\n"
                     "[source things]\ntask=things\nfolder=set\n"
                     "[training]\nsteps=3\n");
  expect_failure (fixture, NULL, "things/3.png");
}

/* A run of a single step that moves nothing, from the model of the run "first". */
static gboolean
start_from_first (
    Fixture *fixture, const char *name, gboolean encoder, const char *override, GError **error)
{
  g_autofree char *folder = data_fixture_path (fixture->root, name);
  g_autofree char *start = data_fixture_path (fixture->root, "first/model.safetensors");
  g_autofree char *root = g_strconcat ("data.root=", fixture->root, NULL);
  const char *const overrides[]
      = { root,     "optimiser.rate=0", "optimiser.average=0", "training.steps=1",
          override, "network.size=320", NULL };
  g_autoptr (TsnTrainConfig) config = tsn_train_config_load (fixture->config, overrides, error);
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  TsnTrainOptions options = { .config = config,
                              .folder = folder,
                              .init = start,
                              .init_encoder = encoder,
                              .pool = pool };

  return config != NULL && tsn_train_run (&options, error);
}

static TsnModel *
load_model (Fixture *fixture, const char *run)
{
  g_autofree char *relative = g_build_filename (run, TSN_TRAIN_MODEL_FILE, NULL);
  g_autofree char *path = data_fixture_path (fixture->root, relative);
  g_autoptr (GError) error = NULL;
  TsnModel *model = tsn_model_load (path, &error);

  g_assert_no_error (error);
  return model;
}

static void
assert_same_param (const TsnModel *a, const TsnModel *b, const char *name)
{
  TsnTensor *x = a->params[tsn_graph_find_param (a->graph, name)];
  TsnTensor *y = b->params[tsn_graph_find_param (b->graph, name)];

  g_assert_cmpmem (x->data, tsn_tensor_length (x) * 4, y->data, tsn_tensor_length (y) * 4);
}

static void
expect_no_start (Fixture *fixture, const char *override, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (start_from_first (fixture, "refused", FALSE, override, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, TSN_ERROR, TSN_ERROR_MODEL);
  g_assert_nonnull (strstr (error->message, "first/model.safetensors"));
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_init (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TsnModel) before = NULL, encoder = NULL, whole = NULL;
  g_autoptr (GError) error = NULL;

  run_whole (fixture, "first");
  start_from_first (fixture, "encoder", TRUE, "network.conditioning=ts-in", &error);
  g_assert_no_error (error);
  start_from_first (fixture, "whole", FALSE, NULL, &error);
  g_assert_no_error (error);
  before = load_model (fixture, "first");
  encoder = load_model (fixture, "encoder");
  whole = load_model (fixture, "whole");
  g_assert_cmpuint (before->size, ==, 32);
  g_assert_cmpuint (encoder->size, ==, 320);
  assert_same_param (before, encoder, "encoder.layers.2.0.conv1.weight");
  assert_same_param (before, whole, "encoder.layers.2.0.conv1.weight");
  assert_same_param (before, whole, "head.weight");
  /* Weights that fit by their shapes are not enough. */
  expect_no_start (fixture, "network.conditioning=ts-in", "conditioning is tsn");
  expect_no_start (fixture, "network.code=gaussian", "code is orthogonal");
  expect_no_start (fixture, "network.tasks=everyday:depth,edge",
                   "its tasks are edge, depth, but those of the config are depth, edge");
  expect_no_start (fixture, "network.encoder=34", "encoder is 18");
}

/* Gaussian codes go with the weights that were trained with them. */
static void
test_init_gaussian (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = data_fixture_path (fixture->root, "first/model.safetensors");
  g_autoptr (TsnModel) before = NULL, after = NULL;
  g_autoptr (GError) error = NULL;

  session (fixture, "first", FALSE, 0, "network.code=gaussian", &error);
  g_assert_no_error (error);
  before = load_model (fixture, "first");
  before->codes->data[0] = 3; /* as another program may draw them */
  tsn_model_save (before, path, TSN_DTYPE_F32, &error);
  g_assert_no_error (error);
  start_from_first (fixture, "second", FALSE, "network.code=gaussian", &error);
  g_assert_no_error (error);
  after = load_model (fixture, "second");
  g_assert_cmpmem (before->codes->data, tsn_tensor_length (before->codes) * 4, after->codes->data,
                   tsn_tensor_length (after->codes) * 4);
  expect_no_start (fixture, NULL, "code is gaussian, but that of the config is orthogonal");
}

static void
expect_no_resumption (Fixture *fixture, const char *override, const char *word)
{
  size_t length, other_length;
  g_autofree char *before = read_file (fixture, "run", TSN_TRAIN_CONFIG_FILE, &length);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (session (fixture, "run", TRUE, 0, override, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
  after = read_file (fixture, "run", TSN_TRAIN_CONFIG_FILE, &other_length);
  g_assert_cmpmem (before, length, after, other_length);
}

/* What contradicts the checkpoint is refused, and the folder's config goes on to tell the truth. */
static void
test_resume_as_begun (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (session (fixture, "run", FALSE, 3, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  expect_no_resumption (fixture, "network.code=gaussian", "network.code=orthogonal");
  expect_no_resumption (fixture, "network.tasks=everyday:depth,edge", "its tasks are edge, depth");
  expect_no_resumption (fixture, "network.conditioning=te-bn", "network.conditioning=tsn");
  expect_no_resumption (fixture, "training.seed=2", "training.seed=1");
  expect_no_resumption (fixture, "data.batch=4", "data.batch=2");
  /* The same said in other words, and what may change. */
  session (fixture, "run", TRUE, 4, "network.width=625e-4", &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  session (fixture, "run", TRUE, 0, "training.share-edge=3", &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/training/run/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("killed-again-and-again", test_killed_again_and_again);
  ADD ("files", test_files);
  ADD ("stop-and-resume", test_stop_and_resume);
  ADD ("stop-in-validation", test_stop_in_validation);
  ADD ("full-disk", test_full_disk);
  ADD ("diverging", test_diverging);
  ADD ("diverging-in-validation", test_diverging_in_validation);
  ADD ("a-run-is-not-overwritten", test_a_run_is_not_overwritten);
  ADD ("bad-configs", test_bad_configs);
  ADD ("overrides", test_overrides);
  ADD ("unreadable-value", test_unreadable_value);
  ADD ("too-many-tasks", test_too_many_tasks);
  ADD ("bad-labels", test_bad_labels);
  ADD ("class-out-of-range", test_class_out_of_range);
  ADD ("init", test_init);
  ADD ("init-gaussian", test_init_gaussian);
  ADD ("resume-as-begun", test_resume_as_begun);
  return g_test_run ();
}
