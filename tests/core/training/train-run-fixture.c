#include "train-run-fixture.h"

#include "data-fixture.h"

const char train_run_config[] = "[network]\n"
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

static void
write_set (const char *root)
{
  g_autoptr (TsnImage) photo = data_fixture_gradient (TRAIN_RUN_SIZE, TRAIN_RUN_SIZE);
  g_autoptr (GString) split = g_string_new (NULL);
  guint8 edge[TRAIN_RUN_SIZE * TRAIN_RUN_SIZE];
  guint16 depth[TRAIN_RUN_SIZE * TRAIN_RUN_SIZE];

  for (guint i = 0; i < TRAIN_RUN_PHOTOS; i++)
    {
      g_autofree char *image_name = g_strdup_printf ("set/images/%u.jpg", i);
      g_autofree char *edge_name = g_strdup_printf ("set/edge/%u.png", i);
      g_autofree char *depth_name = g_strdup_printf ("set/depth/%u.png", i);

      for (guint p = 0; p < TRAIN_RUN_SIZE * TRAIN_RUN_SIZE; p++)
        {
          edge[p] = p % TRAIN_RUN_SIZE == 8 * i ? 255 : 0;
          depth[p] = 1000 + 20 * (p / TRAIN_RUN_SIZE) + 100 * i;
        }
      data_fixture_photo (root, image_name, photo);
      data_fixture_grey8 (root, edge_name, TRAIN_RUN_SIZE, TRAIN_RUN_SIZE, edge);
      data_fixture_grey16 (root, depth_name, TRAIN_RUN_SIZE, TRAIN_RUN_SIZE, depth);
      g_string_append_printf (split, "%u\n", i);
    }
  data_fixture_text (root, "set/splits/train.txt", split->str);
  data_fixture_text (root, "set/splits/val.txt", "1\n4\n5\n");
}

void
train_run_set_up (TrainRunFixture *fixture, gconstpointer unused)
{
  fixture->root = data_fixture_new ();
  write_set (fixture->root);
  data_fixture_text (fixture->root, "config.ini", train_run_config);
  fixture->config = data_fixture_path (fixture->root, "config.ini");
}

void
train_run_tear_down (TrainRunFixture *fixture, gconstpointer unused)
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
gboolean
train_run_session_with (TrainRunFixture *fixture,
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
gboolean
train_run_session (TrainRunFixture *fixture,
         const char *name,
         gboolean resume,
         guint64 stop_at,
         const char *override,
         GError **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Stop stop = { cancellable, stop_at };

  return train_run_session_with (fixture, name, resume, override, progress_cb, &stop, cancellable, error);
}

char *
train_run_read (TrainRunFixture *fixture, const char *run, const char *name, size_t *length)
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
train_run_assert_same_file (TrainRunFixture *fixture, const char *run, const char *other, const char *name)
{
  size_t length, other_length;
  g_autofree char *content = train_run_read (fixture, run, name, &length);
  g_autofree char *other_content = train_run_read (fixture, other, name, &other_length);

  g_assert_cmpmem (content, length, other_content, other_length);
}

void
train_run_assert_same (TrainRunFixture *fixture, const char *run, const char *other)
{
  train_run_assert_same_file (fixture, run, other, TSN_TRAIN_MODEL_FILE);
  train_run_assert_same_file (fixture, run, other, TSN_TRAIN_BEST_FILE);
  train_run_assert_same_file (fixture, run, other, "log.csv");
}

void
train_run_whole (TrainRunFixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;

  train_run_session (fixture, name, FALSE, 0, NULL, &error);
  g_assert_no_error (error);
}
