#include "app/cli/tsn-bench.h"

#include "core/base/tsn-cpu.h"
#include "core/training/tsn-trainer.h"

/* The task that has most channels, as the reference's step has it. */
static guint
widest_task (const TsnModel *model)
{
  guint widest = 0;

  for (guint t = 1; t < tsn_model_get_n_tasks (model); t++)
    if (tsn_model_get_task (model, t)->channels > tsn_model_get_task (model, widest)->channels)
      widest = t;
  return widest;
}

/* Labels of any kind that no loss ignores. */
static float
random_label (const TsnTask *task, TsnRandom *random)
{
  switch (task->kind)
    {
    case TSN_TASK_CLASSES:
      return tsn_random_below (random, task->channels);
    case TSN_TASK_NORMALS:
      return 0.577f; /* of three equal components */
    case TSN_TASK_DEPTH:
      return 1 + 4 * tsn_random_uniform (random);
    default:
      return tsn_random_below (random, 2);
    }
}

static TsnBatch *
random_batch (const TsnModel *model, size_t n, guint size)
{
  guint index = widest_task (model);
  const TsnTask *task = tsn_model_get_task (model, index);
  TsnBatch *batch = tsn_batch_new (index, task->kind, n, size, size);
  TsnRandom random;

  tsn_random_init (&random, 1);
  for (size_t i = 0; i < tsn_tensor_length (batch->image); i++)
    batch->image->data[i] = tsn_random_uniform (&random);
  for (size_t i = 0; i < tsn_tensor_length (batch->label); i++)
    batch->label->data[i] = random_label (task, &random);
  for (size_t i = 0; i < tsn_tensor_length (batch->valid); i++)
    batch->valid->data[i] = 1;
  return batch;
}

static TsnTrainer *
new_trainer (TsnModel *model, TsnPool *pool)
{
  guint n = tsn_model_get_n_tasks (model);
  g_autofree TsnLoss *losses = g_new (TsnLoss, n);
  TsnTrainerOptions options = { TSN_OPTIMISER_SPEC_INIT, TSN_SCHEDULE_SPEC_INIT, losses };

  for (guint t = 0; t < n; t++)
    {
      const TsnTask *task = tsn_model_get_task (model, t);

      losses[t] = (TsnLoss){ task->kind, task->channels, tsn_loss_default_weight (task),
                             TSN_LOSS_EDGE_WEIGHT_PASCAL };
    }
  return tsn_trainer_new (model, &options, pool);
}

/* Milliseconds of each step. */
static gboolean
measure (
    TsnTrainer *trainer, guint size, const TsnBenchOptions *options, GArray *into, GError **error)
{
  g_autoptr (TsnBatch) batch = random_batch (trainer->model, options->batch, size);

  for (int i = 0; i < TSN_BENCH_WARM_UP + options->repeats; i++)
    {
      gint64 start = g_get_monotonic_time ();
      TsnStepReport report;
      double milliseconds;

      if (!tsn_trainer_step (trainer, batch, &report, error))
        return FALSE;
      milliseconds = 1e-3 * (g_get_monotonic_time () - start);
      if (i >= TSN_BENCH_WARM_UP)
        g_array_append_val (into, milliseconds);
    }
  return TRUE;
}

static void
print_text (const TsnModel *model, guint threads, const TsnBenchOptions *options)
{
  g_print ("Training %s, %u thread%s, %s, batch %d, median of %d steps\n", model->name, threads,
           threads == 1 ? "" : "s", tsn_isa_get_name (tsn_cpu_get_isa ()), options->batch,
           options->repeats);
  g_print ("%10s %10s %10s\n", "size", "step", "images / s");
}

static void
build_size (JsonBuilder *builder, guint size, GArray *steps, int batch)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "size");
  json_builder_add_int_value (builder, size);
  json_builder_set_member_name (builder, "batch");
  json_builder_add_int_value (builder, batch);
  tsn_bench_add_number (builder, "step_ms", tsn_bench_median (steps));
  tsn_bench_add_number (builder, "images_per_second", 1e3 * batch / tsn_bench_median (steps));
  json_builder_end_object (builder);
}

/**
 * tsn_bench_training:
 * @model: changes, but is written nowhere
 * @sizes: (array length=n): sides of the input
 *
 * Measures whole steps of training, forward, loss, backward and Adam, on random pixels and labels
 * of the model's widest task.
 */
TsnExit
tsn_bench_training (
    TsnModel *model, TsnPool *pool, const TsnBenchOptions *options, const guint *sizes, guint n)
{
  g_autoptr (TsnTrainer) trainer = new_trainer (model, pool);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) error = NULL;
  guint threads = tsn_pool_get_threads (pool);

  if (options->json)
    tsn_bench_begin_json (builder, model, threads);
  else
    print_text (model, threads, options);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (double));

      if (!measure (trainer, sizes[i], options, steps, &error))
        return tsn_cli_fail (error);
      if (options->json)
        build_size (builder, sizes[i], steps, options->batch);
      else
        g_print ("%10u %10.2f %10.2f\n", sizes[i], tsn_bench_median (steps),
                 1e3 * options->batch / tsn_bench_median (steps));
    }
  if (options->json)
    tsn_bench_end_json (builder);
  return TSN_EXIT_OK;
}
