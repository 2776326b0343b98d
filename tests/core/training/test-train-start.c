/* What a training is begun or gone on with: configs, labels, models, earlier sessions. */
#include "core/base/tsn-error.h"
#include "core/io/tsn-model-file.h"
#include "core/training/tsn-train-config.h"
#include "data-fixture.h"
#include "train-run-fixture.h"

#include <string.h>

static void
test_a_run_is_not_overwritten (TrainRunFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  train_run_whole (fixture, "run");
  g_assert_false (train_run_session (fixture, "run", FALSE, 0, NULL, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
}

static void
expect_failure (TrainRunFixture *fixture, const char *override, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (train_run_session (fixture, "run", FALSE, 0, override, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_bad_configs (TrainRunFixture *fixture, gconstpointer unused)
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
test_overrides (TrainRunFixture *fixture, gconstpointer unused)
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
test_unreadable_value (TrainRunFixture *fixture, gconstpointer unused)
{
  g_autofree char *text = g_strconcat (train_run_config, "[schedule]\nkind=cosine\\\n", NULL);

  data_fixture_text (fixture->root, "config.ini", text);
  expect_failure (fixture, NULL, "“kind” of [schedule] cannot be read");
}

/* One task more than a config has room for weights of. */
static void
test_too_many_tasks (TrainRunFixture *fixture, gconstpointer unused)
{
  g_autoptr (GString) text = g_string_new ("[network]\ntasks=custom\n");

  for (guint i = 0; i <= TSN_MAX_TASKS; i++)
    g_string_append_printf (text, "[task t%u]\nkind=edge\n", i);
  data_fixture_text (fixture->root, "config.ini", text->str);
  expect_failure (fixture, NULL, "64 tasks at most, but 65");
}

static void
test_bad_labels (TrainRunFixture *fixture, gconstpointer unused)
{
  guint8 small[4] = { 0 };

  data_fixture_grey8 (fixture->root, "set/edge/3.png", 2, 2, small);
  expect_failure (fixture, NULL, "3.png");
}

static void
test_class_out_of_range (TrainRunFixture *fixture, gconstpointer unused)
{
  guint8 classes[TRAIN_RUN_SIZE * TRAIN_RUN_SIZE] = { 0 };

  for (guint i = 0; i < TRAIN_RUN_PHOTOS; i++)
    {
      g_autofree char *name = g_strdup_printf ("set/things/%u.png", i);

      classes[TRAIN_RUN_SIZE + 1] = i == 3 ? 2 : 1; /* of two */
      data_fixture_grey8 (fixture->root, name, TRAIN_RUN_SIZE, TRAIN_RUN_SIZE, classes);
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
    TrainRunFixture *fixture, const char *name, gboolean encoder, const char *override, GError **error)
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
load_model (TrainRunFixture *fixture, const char *run)
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
expect_no_start (TrainRunFixture *fixture, const char *override, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (start_from_first (fixture, "refused", FALSE, override, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, TSN_ERROR, TSN_ERROR_MODEL);
  g_assert_nonnull (strstr (error->message, "first/model.safetensors"));
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_init (TrainRunFixture *fixture, gconstpointer unused)
{
  g_autoptr (TsnModel) before = NULL, encoder = NULL, whole = NULL;
  g_autoptr (GError) error = NULL;

  train_run_whole (fixture, "first");
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
test_init_gaussian (TrainRunFixture *fixture, gconstpointer unused)
{
  g_autofree char *path = data_fixture_path (fixture->root, "first/model.safetensors");
  g_autoptr (TsnModel) before = NULL, after = NULL;
  g_autoptr (GError) error = NULL;

  train_run_session (fixture, "first", FALSE, 0, "network.code=gaussian", &error);
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
expect_no_resumption (TrainRunFixture *fixture, const char *override, const char *word)
{
  size_t length, other_length;
  g_autofree char *before = train_run_read (fixture, "run", TSN_TRAIN_CONFIG_FILE, &length);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (train_run_session (fixture, "run", TRUE, 0, override, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, word));
  after = train_run_read (fixture, "run", TSN_TRAIN_CONFIG_FILE, &other_length);
  g_assert_cmpmem (before, length, after, other_length);
}

/* What contradicts the checkpoint is refused, and the folder's config goes on to tell the truth. */
static void
test_resume_as_begun (TrainRunFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (train_run_session (fixture, "run", FALSE, 3, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  expect_no_resumption (fixture, "network.code=gaussian", "network.code=orthogonal");
  expect_no_resumption (fixture, "network.tasks=everyday:depth,edge", "its tasks are edge, depth");
  expect_no_resumption (fixture, "network.conditioning=te-bn", "network.conditioning=tsn");
  expect_no_resumption (fixture, "training.seed=2", "training.seed=1");
  expect_no_resumption (fixture, "data.batch=4", "data.batch=2");
  /* The same said in other words, and what may change. */
  train_run_session (fixture, "run", TRUE, 4, "network.width=625e-4", &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  train_run_session (fixture, "run", TRUE, 0, "training.share-edge=3", &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/training/run/" path, TrainRunFixture, NULL, train_run_set_up, test, train_run_tear_down)
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
