#include "core/base/tsn-error.h"
#include "core/data/tsn-sampler.h"
#include "core/data/tsn-task-switch.h"
#include "tests/core/data/data-fixture.h"

#include <string.h>

#define CLASSES 3

typedef struct
{
  char *roots[2];
  TsnTask *task;
  GPtrArray *sources; /* 10 photos of weight 1, 4 photos of weight 3 */
} Fixture;

static TsnSource *
open_source (Fixture *fixture, guint set, const TsnSourceOptions *options, GError **error)
{
  g_autoptr (TsnDataset) dataset = tsn_dataset_open (fixture->roots[set], NULL, "train", error);

  g_assert_nonnull (dataset);
  return tsn_source_new (dataset, fixture->task, options, error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const guint lengths[] = { 10, 4 };
  static const double weights[] = { 1, 3 };

  fixture->task = tsn_task_new ("semseg", TSN_TASK_CLASSES, CLASSES);
  fixture->sources = g_ptr_array_new_with_free_func ((GDestroyNotify)tsn_source_unref);
  for (guint i = 0; i < 2; i++)
    {
      TsnSourceOptions options = { .weight = weights[i] };
      TsnSource *source;

      fixture->roots[i] = data_fixture_new ();
      g_ptr_array_unref (data_fixture_classes (fixture->roots[i], lengths[i], CLASSES));
      source = open_source (fixture, i, &options, NULL);
      g_assert_nonnull (source);
      g_ptr_array_add (fixture->sources, source);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->sources);
  tsn_task_free (fixture->task);
  for (guint i = 0; i < 2; i++)
    data_fixture_free (fixture->roots[i]);
}

/* With one source, every epoch has every photo once, and no two epochs are alike. */
static void
test_permutations (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnSampler) sampler = NULL;
  guint last[10] = { 0 };

  g_ptr_array_set_size (fixture->sources, 1);
  sampler = tsn_sampler_new (0, fixture->sources, 10, 7);
  for (guint epoch = 0; epoch < 5; epoch++)
    {
      guint photos[10], seen = 0;

      for (guint i = 0; i < 10; i++)
        {
          photos[i] = tsn_sampler_next (sampler).photo;
          seen |= 1u << photos[i];
        }
      g_assert_cmpuint (seen, ==, 0x3ff);
      g_assert_cmpint (memcmp (photos, last, sizeof last), !=, 0);
      memcpy (last, photos, sizeof last);
    }
}

/* An epoch that leaves photos over takes them up in the next one. */
static void
test_passes_go_on (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnSampler) sampler = NULL;
  guint counts[10] = { 0 };

  g_ptr_array_set_size (fixture->sources, 1);
  sampler = tsn_sampler_new (0, fixture->sources, 8, 7);
  for (guint i = 0; i < 5 * 8; i++)
    counts[tsn_sampler_next (sampler).photo]++;
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (counts[i], ==, 4);
}

static void
test_weights (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnSampler) sampler = tsn_sampler_new (0, fixture->sources, 14, 7);

  for (guint epoch = 0; epoch < 4; epoch++)
    {
      guint counts[2] = { 0, 0 };

      for (guint i = 0; i < 14; i++)
        counts[tsn_sampler_next (sampler).source]++;
      g_assert_cmpuint (counts[0], ==, 4); /* 14 / 4, rounded */
      g_assert_cmpuint (counts[1], ==, 10);
    }
}

static void
test_resume (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnSampler) a = tsn_sampler_new (1, fixture->sources, 14, 7);
  g_autoptr (TsnSampler) b = tsn_sampler_new (1, fixture->sources, 14, 99);
  g_autoptr (TsnSampler) other = tsn_sampler_new (2, fixture->sources, 14, 7);
  TsnSamplerState state;
  guint differences = 0;

  for (guint i = 0; i < 23; i++)
    tsn_sampler_next (a);
  tsn_sampler_get_state (a, &state);
  g_assert_cmpuint (state.position, ==, 23);
  tsn_sampler_set_state (b, &state);
  tsn_sampler_set_state (other, &state);
  for (guint i = 0; i < 100; i++)
    {
      TsnDraw x = tsn_sampler_next (a), y = tsn_sampler_next (b), z = tsn_sampler_next (other);

      g_assert_cmpmem (&x, sizeof x, &y, sizeof y);
      differences += memcmp (&x, &z, sizeof x) != 0;
    }
  g_assert_cmpuint (differences, >, 50);
}

/* Of 10 photos of classes 0, 1, 2, 0, ..., class 2 is on 3 and class 1 on 3; one more photo has
 * class 2 replaced by 1, so that 1 is on 4 and 2 on 2: both are drawn alike, background hardly. */
static void
test_balance (Fixture *fixture, gconstpointer data)
{
  TsnSourceOptions options = { .weight = 1, .balance = TRUE };
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  g_autoptr (TsnSource) source = NULL;
  g_autoptr (TsnSampler) sampler = NULL;
  g_autoptr (GError) error = NULL;
  guint8 values[24 * 16];
  guint counts[CLASSES] = { 0 };

  memset (values, 1, sizeof values);
  data_fixture_grey8 (fixture->roots[0], "semseg/p002.png", 24, 16, values);
  source = open_source (fixture, 0, &options, &error);
  g_assert_no_error (error);
  g_ptr_array_add (sources, source);
  sampler = tsn_sampler_new (0, sources, 1000, 7);
  for (guint i = 0; i < 6000; i++)
    {
      guint photo = tsn_sampler_next (sampler).photo;

      counts[photo == 2 ? 1 : photo % CLASSES]++;
    }
  g_assert_cmpuint (counts[0], <, 20);
  g_assert_cmpint (ABS ((int)counts[1] - 3000), <, 200);
  g_assert_cmpint (ABS ((int)counts[2] - 3000), <, 200);
}

/* Photos whose semantic label shows no person are all background for human parts. */
static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  TsnSourceOptions options = { .weight = 1, .nobody = TRUE };
  g_autoptr (TsnTask) parts = tsn_task_new ("human_parts", TSN_TASK_CLASSES, 7);
  g_autoptr (TsnDataset) dataset = tsn_dataset_open (fixture->roots[0], NULL, "train", NULL);
  g_autoptr (TsnSource) source = NULL;
  g_autoptr (TsnImage) photo = NULL;
  g_autoptr (TsnTruth) truth = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  guint8 values[24 * 16] = { 0, 15 };

  data_fixture_grey8 (fixture->roots[0], "semseg/p000.png", 24, 16, values);
  source = tsn_source_new (dataset, parts, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tsn_source_get_length (source), ==, 9);
  path = tsn_source_get_photo_path (source, 0);
  g_assert_true (g_str_has_suffix (path, "p001.png"));
  g_assert_true (tsn_source_load (source, 0, &photo, &truth, &error));
  for (guint i = 0; i < 24 * 16; i++)
    {
      g_assert_cmpfloat (truth->label->data[i], ==, 0);
      g_assert_cmpfloat (truth->valid->data[i], ==, 1);
    }
}

static void
test_bad_source (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnTask) depth = tsn_task_new ("depth", TSN_TASK_DEPTH, 1);
  g_autoptr (TsnDataset) dataset = tsn_dataset_open (fixture->roots[0], NULL, "train", NULL);
  g_autoptr (GError) none = NULL;
  g_autoptr (GError) balance = NULL;
  g_autoptr (GError) weight = NULL;
  g_autoptr (GError) range = NULL;
  guint8 values[24 * 16] = { CLASSES };

  g_assert_null (tsn_source_new (dataset, depth, &(TsnSourceOptions){ .weight = 1 }, &none));
  DATA_ASSERT_ERROR (none, TSN_ERROR_FORMAT, fixture->roots[0], "depth", "train");
  g_assert_null (tsn_source_new (dataset, depth,
                                 &(TsnSourceOptions){ .weight = 1, .balance = TRUE }, &balance));
  DATA_ASSERT_ERROR (balance, TSN_ERROR_ARGUMENT, "depth");
  g_assert_null (tsn_source_new (dataset, fixture->task, &(TsnSourceOptions){ 0 }, &weight));
  DATA_ASSERT_ERROR (weight, TSN_ERROR_ARGUMENT, "weight");
  data_fixture_grey8 (fixture->roots[0], "semseg/p003.png", 24, 16, values);
  g_assert_null (
      open_source (fixture, 0, &(TsnSourceOptions){ .weight = 1, .balance = TRUE }, &range));
  DATA_ASSERT_ERROR (range, TSN_ERROR_FORMAT, "semseg/p003.png", "class 3");
}

static void
test_switch_by_epoch (void)
{
  static const guint64 batches[] = { 3, 1, 4 };
  TsnTaskSwitch tasks = { TSN_SWITCH_EPOCH, 5, 3, batches, NULL };
  guint64 given[3] = { 0 };
  guint changes = 0, orders = 0;

  g_assert_cmpuint (tsn_task_switch_get_round_length (&tasks), ==, 8);
  for (guint64 step = 0; step < 400; step++)
    {
      TsnTurn turn, before;

      tsn_task_switch_get_turn (&tasks, step, &turn);
      g_assert_cmpuint (turn.round, ==, step / 8);
      g_assert_cmpint (turn.ends_round, ==, step % 8 == 7);
      g_assert_cmpuint (turn.batch, ==, given[turn.task]++);
      if (step % 8 == 0)
        {
          for (guint t = 0; t < 3; t++)
            g_assert_cmpuint (given[t] - (t == turn.task), ==, step / 8 * batches[t]);
          orders |= 1u << turn.task;
          continue;
        }
      tsn_task_switch_get_turn (&tasks, step - 1, &before);
      changes += before.task != turn.task;
    }
  g_assert_cmpuint (changes, ==, 100); /* two a round: each task runs in one piece */
  g_assert_cmpuint (orders, ==, 7);    /* each of the tasks came first in some round */
}

static void
test_switch_by_batch (void)
{
  static const guint64 batches[] = { 3, 1, 4 };
  TsnTaskSwitch tasks = { TSN_SWITCH_BATCH, 5, 3, batches, NULL };

  for (guint64 round = 0; round < 20; round++)
    {
      guint seen = 0;

      for (guint i = 0; i < 3; i++)
        {
          TsnTurn turn;

          tsn_task_switch_get_turn (&tasks, 3 * round + i, &turn);
          seen |= 1u << turn.task;
          g_assert_cmpuint (turn.batch, ==, round);
          g_assert_cmpint (turn.ends_round, ==, i == 2);
        }
      g_assert_cmpuint (seen, ==, 7);
    }
}

/* A task with a larger share has that many batches in every round, not all in one piece. */
static void
test_switch_by_share (void)
{
  static const guint64 batches[] = { 3, 1, 4 };
  static const guint shares[] = { 1, 4, 2 };
  TsnTaskSwitch tasks = { TSN_SWITCH_BATCH, 5, 3, batches, shares };
  guint64 given[3] = { 0 };
  guint changes = 0, last = 3;

  g_assert_cmpuint (tsn_task_switch_get_round_length (&tasks), ==, 7);
  for (guint64 step = 0; step < 700; step++)
    {
      TsnTurn turn;

      tsn_task_switch_get_turn (&tasks, step, &turn);
      g_assert_cmpuint (turn.batch, ==, given[turn.task]++);
      g_assert_cmpint (turn.ends_round, ==, step % 7 == 6);
      changes += turn.task != last;
      last = turn.task;
      for (guint t = 0; turn.ends_round && t < 3; t++)
        g_assert_cmpuint (given[t], ==, (step / 7 + 1) * shares[t]);
    }
  g_assert_cmpuint (changes, >, 300);
}

static void
test_switch_names (void)
{
  TsnSwitchMode mode;

  g_assert_true (tsn_switch_mode_from_name ("batch", &mode));
  g_assert_cmpint (mode, ==, TSN_SWITCH_BATCH);
  g_assert_cmpstr (tsn_switch_mode_get_name (TSN_SWITCH_EPOCH), ==, "epoch");
  g_assert_false (tsn_switch_mode_from_name ("sometimes", &mode));
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/data/sampler/permutations", test_permutations);
  ADD ("/data/sampler/passes-go-on", test_passes_go_on);
  ADD ("/data/sampler/weights", test_weights);
  ADD ("/data/sampler/resume", test_resume);
  ADD ("/data/sampler/balance", test_balance);
  ADD ("/data/source/nobody", test_nobody);
  ADD ("/data/source/bad", test_bad_source);
  g_test_add_func ("/data/switch/by-epoch", test_switch_by_epoch);
  g_test_add_func ("/data/switch/by-batch", test_switch_by_batch);
  g_test_add_func ("/data/switch/by-share", test_switch_by_share);
  g_test_add_func ("/data/switch/names", test_switch_names);
  return g_test_run ();
}
