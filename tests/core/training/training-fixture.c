#include "training-fixture.h"

#define N_COLOURS 4
#define BLOCK 8

static const float colours[N_COLOURS][3]
    = { { 0.9f, 0.1f, 0.2f }, { 0.2f, 0.8f, 0.3f }, { 0.1f, 0.2f, 0.9f }, { 0.9f, 0.9f, 0.8f } };
static const float normals[N_COLOURS][3]
    = { { 0, 0, 1 }, { 0.6f, 0, 0.8f }, { 0, 0.8f, 0.6f }, { -0.6f, 0, 0.8f } };

TsnModel *
fixture_model (TsnConditioning conditioning, double width, guint64 seed)
{
  TsnTaskList *tasks = tsn_task_list_new ();
  TsnNetworkSpec spec = {
    .depth = 18, .width = width, .conditioning = conditioning, .code_length = 4, .tasks = tasks
  };
  g_autoptr (GError) error = NULL;
  TsnRandom random;
  TsnModel *model;

  g_ptr_array_add (tasks, tsn_task_new ("semseg", TSN_TASK_CLASSES, N_COLOURS));
  g_ptr_array_add (tasks, tsn_task_new ("edge", TSN_TASK_EDGE, 1));
  g_ptr_array_add (tasks, tsn_task_new ("saliency", TSN_TASK_SALIENCY, 1));
  g_ptr_array_add (tasks, tsn_task_new ("normals", TSN_TASK_NORMALS, 3));
  g_ptr_array_add (tasks, tsn_task_new ("depth", TSN_TASK_DEPTH, 1));
  model = tsn_model_new (&spec, &error);
  g_assert_no_error (error);
  g_ptr_array_unref (tasks);
  tsn_random_init (&random, seed);
  tsn_model_initialise (model, &random);
  return model;
}

static void
label_pixel (
    TsnBatch *batch, TsnTaskKind kind, size_t image, size_t at, size_t pixels, guint colour)
{
  float *label = batch->label->data;

  switch (kind)
    {
    case TSN_TASK_CLASSES:
      label[image * pixels + at] = colour;
      break;
    case TSN_TASK_EDGE:
      label[image * pixels + at] = colour == 1;
      break;
    case TSN_TASK_SALIENCY:
      label[image * pixels + at] = colour >= 2;
      break;
    case TSN_TASK_NORMALS:
      for (int c = 0; c < 3; c++)
        label[(image * 3 + c) * pixels + at] = normals[colour][c];
      break;
    case TSN_TASK_DEPTH:
      label[image * pixels + at] = 1 + colour;
      break;
    }
}

TsnBatch *
fixture_batch (const TsnModel *model, guint task, size_t n, size_t size, guint64 step)
{
  TsnTaskKind kind = tsn_model_get_task (model, task)->kind;
  TsnBatch *batch = g_new0 (TsnBatch, 1);
  size_t pixels = size * size, blocks = size / BLOCK;
  TsnRandom random;

  batch->task = task;
  batch->image = tsn_tensor_new_nchw (n, 3, size, size);
  batch->label = tsn_tensor_new_nchw (n, kind == TSN_TASK_NORMALS ? 3 : 1, size, size);
  batch->valid = tsn_tensor_new_nchw (n, 1, size, size);
  batch->photos = g_new0 (char *, n + 1);
  tsn_random_init (&random, 1000 * task + step);
  for (size_t image = 0; image < n; image++)
    {
      g_autofree guint *colour = g_new (guint, blocks * blocks);

      batch->photos[image] = g_strdup_printf ("made-up-%zu.jpg", image);
      for (size_t i = 0; i < blocks * blocks; i++)
        colour[i] = tsn_random_below (&random, N_COLOURS);
      for (size_t at = 0; at < pixels; at++)
        {
          guint chosen = colour[at / size / BLOCK * blocks + at % size / BLOCK];

          for (int c = 0; c < 3; c++)
            batch->image->data[(image * 3 + c) * pixels + at] = colours[chosen][c];
          batch->valid->data[image * pixels + at] = 1;
          label_pixel (batch, kind, image, at, pixels, chosen);
        }
    }
  return batch;
}

TsnTrainer *
fixture_trainer (TsnModel *model,
                 const TsnOptimiserSpec *optimiser,
                 const TsnScheduleSpec *schedule,
                 TsnPool *pool)
{
  TsnLoss losses[FIXTURE_TASKS];
  TsnTrainerOptions options = { .optimiser = *optimiser, .schedule = *schedule, .losses = losses };

  for (guint t = 0; t < FIXTURE_TASKS; t++)
    {
      const TsnTask *task = tsn_model_get_task (model, t);

      losses[t] = (TsnLoss){ task->kind, task->channels, tsn_loss_default_weight (task),
                             TSN_LOSS_EDGE_WEIGHT_PASCAL };
    }
  return tsn_trainer_new (model, &options, pool);
}
