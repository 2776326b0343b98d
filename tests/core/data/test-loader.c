#include "core/base/tsn-error.h"
#include "core/data/tsn-loader.h"
#include "tests/core/data/data-fixture.h"

#include <string.h>

#define SIDE 32

typedef struct
{
  char *root;
  TsnTaskList *tasks;
  TsnLoaderOptions options;
} Fixture;

/* Two tasks that learn from the same small set. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "semseg", "saliency" };
  g_autoptr (TsnDataset) dataset = NULL;

  fixture->root = data_fixture_new ();
  g_ptr_array_unref (data_fixture_classes (fixture->root, 11, 3));
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("saliency/p%03u.png", 2 * i);
      guint8 values[24 * 16] = { 255 };

      data_fixture_grey8 (fixture->root, name, 24, 16, values);
    }
  dataset = tsn_dataset_open (fixture->root, NULL, "train", NULL);
  fixture->tasks = tsn_task_list_new ();
  g_ptr_array_add (fixture->tasks, tsn_task_new ("semseg", TSN_TASK_CLASSES, 3));
  g_ptr_array_add (fixture->tasks, tsn_task_new ("saliency", TSN_TASK_SALIENCY, 1));
  fixture->options = (TsnLoaderOptions){
    .tasks = fixture->tasks,
    .sources = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref),
    .width = SIDE,
    .height = SIDE,
    .batch = 2,
    .ahead = 3,
    .mode = TSN_SWITCH_BATCH,
    .seed = 42,
  };
  tsn_augment_options_init (&fixture->options.augment);
  for (guint t = 0; t < G_N_ELEMENTS (names); t++)
    {
      GPtrArray *sources = g_ptr_array_new_with_free_func ((GDestroyNotify)tsn_source_unref);
      TsnSourceOptions options;

      tsn_source_options_init (&options);
      g_ptr_array_add (
          sources, tsn_source_new (dataset, tsn_task_list_get (fixture->tasks, t), &options, NULL));
      g_ptr_array_add (fixture->options.sources, sources);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->options.sources);
  g_ptr_array_unref (fixture->tasks);
  data_fixture_free (fixture->root);
}

static void
assert_tensors_equal (const TsnTensor *a, const TsnTensor *b)
{
  size_t bytes = tsn_tensor_length (a) * sizeof (float);

  g_assert_true (tsn_tensor_has_shape (a, b->rank, b->dim));
  g_assert_cmpmem (a->data, bytes, b->data, bytes);
}

static void
assert_batches_equal (const TsnBatch *a, const TsnBatch *b)
{
  g_assert_cmpuint (a->task, ==, b->task);
  g_assert_cmpuint (a->step, ==, b->step);
  g_assert_cmpuint (a->round, ==, b->round);
  g_assert_cmpint (a->ends_round, ==, b->ends_round);
  g_assert_cmpstrv (a->photos, b->photos);
  assert_tensors_equal (a->image, b->image);
  assert_tensors_equal (a->label, b->label);
  assert_tensors_equal (a->valid, b->valid);
}

static TsnBatch *
take (TsnLoader *loader)
{
  g_autoptr (GError) error = NULL;
  TsnBatch *batch = tsn_loader_next (loader, &error);

  g_assert_no_error (error);
  return batch;
}

static void
test_batches (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnLoader) loader = tsn_loader_new (&fixture->options, NULL);
  guint tasks = 0;

  g_assert_cmpuint (tsn_loader_get_epoch_batches (loader, 0), ==, 5);
  g_assert_cmpuint (tsn_loader_get_epoch_batches (loader, 1), ==, 2);
  g_assert_cmpuint (tsn_loader_get_round_length (loader), ==, 2);
  for (guint step = 0; step < 20; step++)
    {
      g_autoptr (TsnBatch) batch = take (loader);

      tasks |= 1u << batch->task;
      g_assert_cmpuint (batch->step, ==, step);
      g_assert_cmpuint (batch->round, ==, step / 2);
      g_assert_cmpuint (g_strv_length (batch->photos), ==, 2);
      g_assert_true (tsn_tensor_has_shape (batch->image, 4, (size_t[]){ 2, 3, SIDE, SIDE }));
      g_assert_true (tsn_tensor_has_shape (batch->label, 4, (size_t[]){ 2, 1, SIDE, SIDE }));
      for (guint i = 0; i < 2 * 3 * SIDE * SIDE; i++)
        g_assert_true (batch->image->data[i] >= 0 && batch->image->data[i] <= 1);
    }
  g_assert_cmpuint (tasks, ==, 3);
}

/* Both ways to switch, from no thread to more threads than batches. */
static void
test_threads_do_not_matter (Fixture *fixture, gconstpointer data)
{
  static const guint threads[] = { 1, 2, 3, 7 }, ahead[] = { 1, 2, 5, 3 };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (threads); i++)
    {
      TsnLoaderOptions options = fixture->options;
      g_autoptr (TsnLoader) plain = NULL;
      g_autoptr (TsnLoader) threaded = NULL;

      options.mode = i % 2 == 0 ? TSN_SWITCH_EPOCH : TSN_SWITCH_BATCH;
      plain = tsn_loader_new (&options, NULL);
      options.threads = threads[i / 2];
      options.ahead = ahead[i / 2];
      threaded = tsn_loader_new (&options, NULL);
      for (guint step = 0; step < 30; step++)
        {
          g_autoptr (TsnBatch) a = take (plain);
          g_autoptr (TsnBatch) b = take (threaded);

          assert_batches_equal (a, b);
        }
    }
}

static void
test_resume (Fixture *fixture, gconstpointer data)
{
  TsnLoaderOptions options = fixture->options;
  g_autoptr (TsnLoader) first = NULL;
  g_autoptr (TsnLoader) second = NULL;
  TsnLoaderState state;

  options.threads = 2;
  first = tsn_loader_new (&options, NULL);
  options.threads = 3;
  options.seed = 1;
  second = tsn_loader_new (&options, NULL);
  for (guint i = 0; i < 13; i++)
    tsn_batch_free (take (first));
  tsn_batch_free (take (second));
  tsn_loader_get_state (first, &state);
  g_assert_cmpuint (state.step, ==, 13);
  tsn_loader_set_state (second, &state);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (TsnBatch) a = take (first);
      g_autoptr (TsnBatch) b = take (second);

      assert_batches_equal (a, b);
    }
}

static void
test_seeds_differ (Fixture *fixture, gconstpointer data)
{
  TsnLoaderOptions options = fixture->options;
  g_autoptr (TsnLoader) a = tsn_loader_new (&options, NULL);
  g_autoptr (TsnLoader) b = NULL;
  guint equal = 0;

  options.seed++;
  b = tsn_loader_new (&options, NULL);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (TsnBatch) x = take (a);
      g_autoptr (TsnBatch) y = take (b);

      equal += memcmp (x->image->data, y->image->data, 6 * SIDE * SIDE * sizeof (float)) == 0;
    }
  g_assert_cmpuint (equal, ==, 0);
}

/* The same photo in another epoch is cropped another way. */
static void
test_epochs_differ (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnLoader) loader = tsn_loader_new (&fixture->options, NULL);
  g_autoptr (GHashTable) valid = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint met_again = 0, equal = 0;

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (TsnBatch) batch = take (loader);
      size_t bytes = SIDE * SIDE * sizeof (float);
      const float *before = g_hash_table_lookup (valid, batch->photos[0]);

      met_again += before != NULL;
      equal += before != NULL && memcmp (before, batch->valid->data, bytes) == 0;
      g_hash_table_insert (valid, g_strdup (batch->photos[0]),
                           g_memdup2 (batch->valid->data, bytes));
    }
  g_assert_cmpuint (met_again, >, 20);
  g_assert_cmpuint (equal, <, met_again / 2);
}

/* A broken file is reported at its batch, however many threads there are, and again if asked
 * again; the batches before it are sound. */
static void
test_broken_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *expected = NULL;
  guint64 failed_step = 0;

  data_fixture_text (fixture->root, "images/p007.png", "nothing");
  data_fixture_text (fixture->root, "images/p004.png", "nothing");
  for (guint threads = 0; threads < 5; threads++)
    {
      TsnLoaderOptions options = fixture->options;
      g_autoptr (TsnLoader) loader = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) again = NULL;
      TsnBatch *batch;
      TsnLoaderState state;

      options.threads = threads;
      loader = tsn_loader_new (&options, NULL);
      while ((batch = tsn_loader_next (loader, &error)) != NULL)
        tsn_batch_free (batch);
      g_assert_nonnull (error);
      tsn_loader_get_state (loader, &state);
      g_assert_null (tsn_loader_next (loader, &again));
      g_assert_cmpstr (again->message, ==, error->message);
      if (threads == 0)
        {
          expected = g_strdup (error->message);
          failed_step = state.step;
          g_assert_nonnull (strstr (expected, "images/p00"));
        }
      g_assert_cmpstr (error->message, ==, expected);
      g_assert_cmpuint (state.step, ==, failed_step);
    }
}

/* Threads that are busy, or wait, stop when asked to. */
static void
test_shutdown (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 50; i++)
    {
      TsnLoaderOptions options = fixture->options;
      g_autoptr (TsnLoader) loader = NULL;

      options.threads = 1 + i % 5;
      options.ahead = 1 + i % 4;
      loader = tsn_loader_new (&options, NULL);
      for (guint j = 0; j < i % 3; j++)
        tsn_batch_free (take (loader));
    }
}

static void
test_bad_options (Fixture *fixture, gconstpointer data)
{
  TsnLoaderOptions options = fixture->options;
  g_autoptr (GError) batch = NULL;
  g_autoptr (GError) ahead = NULL;
  g_autoptr (GError) empty = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  GPtrArray *sources = options.sources;
  gpointer saliency = g_ptr_array_index (sources, 1);

  options.batch = 0;
  g_assert_null (tsn_loader_new (&options, &batch));
  DATA_ASSERT_ERROR (batch, TSN_ERROR_ARGUMENT, "0 crops");
  options = fixture->options;
  options.ahead = 0;
  g_assert_null (tsn_loader_new (&options, &ahead));
  DATA_ASSERT_ERROR (ahead, TSN_ERROR_ARGUMENT, "1 to 1024");
  options = fixture->options;
  g_ptr_array_index (sources, 1) = none;
  g_assert_null (tsn_loader_new (&options, &empty));
  DATA_ASSERT_ERROR (empty, TSN_ERROR_ARGUMENT, "saliency");
  g_ptr_array_index (sources, 1) = saliency;
}

/* Validation reads photos in their order, from the middle, unchanged. */
static void
test_validation_batch (Fixture *fixture, gconstpointer data)
{
  GPtrArray *sources = g_ptr_array_index (fixture->options.sources, 0);
  const TsnSource *source = g_ptr_array_index (sources, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnBatch) batch = tsn_source_load_batch (source, 4, 3, SIDE, SIDE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    for (guint j = 0; j < SIDE * SIDE; j++)
      {
        g_assert_cmpfloat (batch->label->data[i * SIDE * SIDE + j], ==, (4 + i) % 3);
        g_assert_cmpfloat_with_epsilon (batch->image->data[3 * i * SIDE * SIDE + j],
                                        (4 + i) / 255.0f, 1e-6);
      }
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/data/loader/batches", test_batches);
  ADD ("/data/loader/threads-do-not-matter", test_threads_do_not_matter);
  ADD ("/data/loader/resume", test_resume);
  ADD ("/data/loader/seeds-differ", test_seeds_differ);
  ADD ("/data/loader/epochs-differ", test_epochs_differ);
  ADD ("/data/loader/broken-file", test_broken_file);
  ADD ("/data/loader/shutdown", test_shutdown);
  ADD ("/data/loader/bad-options", test_bad_options);
  ADD ("/data/loader/validation-batch", test_validation_batch);
  return g_test_run ();
}
