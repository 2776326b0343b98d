/* Losses: hand-worked values, gradients against central differences, what is ignored. */
#include "core/base/tsn-error.h"
#include "core/base/tsn-random.h"
#include "core/model/tsn-task-list.h"
#include "core/training/tsn-loss.h"

#include <math.h>
#include <string.h>

typedef struct
{
  TsnTask *task;
  TsnLoss loss;
  TsnBatch *batch;
  TsnTensor *y;
  TsnTensor *dy;
  TsnPool *pool;
} Fixture;

static Fixture *
fixture_new (TsnTaskKind kind, guint channels, size_t n, size_t height, size_t width)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->task = tsn_task_new ("task", kind, channels);
  self->loss = (TsnLoss){ kind, channels, 1, TSN_LOSS_EDGE_WEIGHT_PASCAL };
  self->batch = g_new0 (TsnBatch, 1);
  self->batch->image = tsn_tensor_new_nchw (n, 3, height, width);
  self->batch->photos = g_new0 (char *, n + 1);
  self->batch->label = tsn_tensor_new_nchw (n, kind == TSN_TASK_NORMALS ? 3 : 1, height, width);
  self->batch->valid = tsn_tensor_new_nchw (n, 1, height, width);
  self->y = tsn_tensor_new_nchw (n, channels, height, width);
  self->dy = tsn_tensor_new_nchw (n, channels, height, width);
  for (size_t i = 0; i < n * height * width; i++)
    self->batch->valid->data[i] = 1;
  self->pool = tsn_pool_new (2);
  return self;
}

static void
fixture_free (Fixture *self)
{
  tsn_task_free (self->task);
  tsn_batch_free (self->batch);
  tsn_tensor_unref (self->y);
  tsn_tensor_unref (self->dy);
  tsn_pool_free (self->pool);
  g_free (self);
}

static double
value (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  tsn_loss_check (self->batch, self->task, &error);
  g_assert_no_error (error);
  return tsn_loss_value (&self->loss, self->batch, self->y->data, self->dy->data, self->pool);
}

static void
test_classes_by_hand (void)
{
  Fixture *self = fixture_new (TSN_TASK_CLASSES, 3, 1, 1, 2);

  /* Logits ln 1, ln 2, ln 5 make probabilities 1/8, 1/4, 5/8; the second pixel is ignored. */
  self->y->data[0] = 0;
  self->y->data[2] = logf (2);
  self->y->data[4] = logf (5);
  self->batch->label->data[0] = 2;
  self->batch->label->data[1] = 255;
  g_assert_cmpfloat_with_epsilon (value (self), -log (5.0 / 8), 1e-6);
  g_assert_cmpfloat_with_epsilon (self->dy->data[0], 1.0 / 8, 1e-6);
  g_assert_cmpfloat_with_epsilon (self->dy->data[4], 5.0 / 8 - 1, 1e-6);
  g_assert_cmpfloat (self->dy->data[1], ==, 0);
  fixture_free (self);
}

static void
test_edge_by_hand (void)
{
  Fixture *self = fixture_new (TSN_TASK_EDGE, 1, 1, 1, 4);

  self->batch->label->data[0] = 1;
  self->loss.weight = 50;
  /* All logits 0: every term is ln 2; one positive of weight 0.95, three negatives of 0.05. */
  g_assert_cmpfloat_with_epsilon (value (self), 50 * log (2) * (0.95 + 3 * 0.05) / 4, 1e-5);
  g_assert_cmpfloat_with_epsilon (self->dy->data[0], 50 * 0.95 * -0.5 / 4, 1e-5);
  g_assert_cmpfloat_with_epsilon (self->dy->data[1], 50 * 0.05 * 0.5 / 4, 1e-5);
  fixture_free (self);
}

static void
test_saliency_balances (void)
{
  Fixture *self = fixture_new (TSN_TASK_SALIENCY, 1, 1, 1, 4);

  self->batch->label->data[0] = 1;
  g_assert_cmpfloat_with_epsilon (value (self), log (2) * (0.75 + 3 * 0.25) / 4, 1e-6);
  fixture_free (self);
}

static void
test_huge_logits_stay_finite (void)
{
  Fixture *self = fixture_new (TSN_TASK_EDGE, 1, 1, 1, 2);

  self->batch->label->data[0] = 1;
  self->y->data[0] = 1e4f;
  self->y->data[1] = 1e4f;
  g_assert_cmpfloat_with_epsilon (value (self), 0.05 * 1e4 / 2, 1e-2);
  g_assert_cmpfloat (self->dy->data[0], ==, 0);
  self->y->data[0] = -1e4f;
  self->y->data[1] = -1e4f;
  g_assert_cmpfloat_with_epsilon (value (self), 0.95 * 1e4 / 2, 1e-1);
  fixture_free (self);
}

static void
test_normals_by_hand (void)
{
  Fixture *self = fixture_new (TSN_TASK_NORMALS, 3, 1, 1, 1);

  /* (3, 0, 4) points to (0.6, 0, 0.8); the label is z. */
  self->y->data[0] = 3;
  self->y->data[2] = 4;
  self->batch->label->data[2] = 1;
  g_assert_cmpfloat_with_epsilon (value (self), (0.6 + 0.2) / 3, 1e-6);
  /* The gradient has no part along the prediction: longer is not better. */
  g_assert_cmpfloat_with_epsilon (3 * self->dy->data[0] + 4 * self->dy->data[2], 0, 1e-6);
  fixture_free (self);
}

static void
test_depth_by_hand (void)
{
  Fixture *self = fixture_new (TSN_TASK_DEPTH, 1, 1, 3, 3);

  /* A single difference of 2 in the middle: each Sobel filter sees 8 times 2 around it in all. */
  self->y->data[4] = 2;
  g_assert_cmpfloat_with_epsilon (value (self), (2 + 2 * 8 * 2) / 9.0, 1e-6);
  fixture_free (self);
}

static void
fill_random (Fixture *self, TsnRandom *random)
{
  size_t pixels = self->y->dim[2] * self->y->dim[3];

  for (size_t i = 0; i < tsn_tensor_length (self->y); i++)
    self->y->data[i] = tsn_random_normal (random);
  for (size_t i = 0; i < tsn_tensor_length (self->batch->label); i++)
    switch (self->task->kind)
      {
      case TSN_TASK_CLASSES:
        self->batch->label->data[i]
            = i % 7 == 0 ? 255 : tsn_random_below (random, self->task->channels);
        break;
      case TSN_TASK_EDGE:
      case TSN_TASK_SALIENCY:
        self->batch->label->data[i] = tsn_random_below (random, 3) == 0;
        break;
      case TSN_TASK_NORMALS:
        self->batch->label->data[i] = i / pixels % 3 == 2;
        break;
      case TSN_TASK_DEPTH:
        self->batch->label->data[i] = 4 * tsn_random_uniform (random);
        break;
      }
  for (size_t i = 0; i < tsn_tensor_length (self->batch->valid); i++)
    self->batch->valid->data[i] = tsn_random_below (random, 5) > 0;
}

static void
check_gradient (TsnTaskKind kind, guint channels, TsnRandom *random)
{
  Fixture *self = fixture_new (kind, channels, 2, 3, 5);
  g_autoptr (TsnTensor) dy = NULL;
  const float step = 1.0f / 1024;

  self->loss.weight = 3;
  fill_random (self, random);
  value (self);
  dy = tsn_tensor_copy (self->dy);
  for (size_t i = 0; i < tsn_tensor_length (self->y); i++)
    {
      float kept = self->y->data[i];
      float above = kept + step, below = kept - step;
      double difference;

      self->y->data[i] = above;
      difference = value (self);
      self->y->data[i] = below;
      difference -= value (self);
      self->y->data[i] = kept;
      g_assert_cmpfloat_with_epsilon (difference / (above - below), dy->data[i], 2e-3);
    }
  fixture_free (self);
}

static void
test_gradients (void)
{
  TsnRandom random;

  tsn_random_init (&random, 3);
  check_gradient (TSN_TASK_CLASSES, 4, &random);
  check_gradient (TSN_TASK_EDGE, 1, &random);
  check_gradient (TSN_TASK_SALIENCY, 1, &random);
  check_gradient (TSN_TASK_NORMALS, 3, &random);
  check_gradient (TSN_TASK_DEPTH, 1, &random);
}

static void
test_nothing_counts (void)
{
  static const guint channels[] = { 4, 1, 1, 3, 1 };

  for (TsnTaskKind kind = TSN_TASK_CLASSES; kind <= TSN_TASK_DEPTH; kind++)
    {
      Fixture *self = fixture_new (kind, channels[kind], 1, 2, 2);

      for (size_t i = 0; i < tsn_tensor_length (self->y); i++)
        {
          self->y->data[i] = 1 + i;
          self->dy->data[i] = NAN;
        }
      memset (self->batch->valid->data, 0, 4 * sizeof (float));
      g_assert_cmpfloat (value (self), ==, 0);
      for (size_t i = 0; i < tsn_tensor_length (self->dy); i++)
        g_assert_cmpfloat (self->dy->data[i], ==, 0);
      fixture_free (self);
    }
}

static void
test_bad_labels (void)
{
  Fixture *self = fixture_new (TSN_TASK_CLASSES, 4, 1, 2, 2);
  g_autoptr (GError) error = NULL;

  self->batch->photos[0] = g_strdup ("street.jpg");
  self->batch->label->data[3] = 4;
  g_assert_false (tsn_loss_check (self->batch, self->task, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "street.jpg"));
  g_clear_error (&error);
  self->batch->label->data[3] = 0.5f;
  g_assert_false (tsn_loss_check (self->batch, self->task, &error));
  g_clear_error (&error);
  self->batch->label->data[3] = NAN;
  g_assert_false (tsn_loss_check (self->batch, self->task, &error));
  g_clear_error (&error);
  tsn_tensor_unref (self->batch->label);
  self->batch->label = tsn_tensor_new_nchw (1, 1, 2, 3);
  g_assert_false (tsn_loss_check (self->batch, self->task, &error));
  g_assert_nonnull (strstr (error->message, "1 x 1 x 2 x 2"));
  fixture_free (self);
}

static void
test_default_weights (void)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_everyday ();
  static const double expected[] = { 1, 2, 50, 5, 10, 1 };

  for (guint t = 0; t < tasks->len; t++)
    g_assert_cmpfloat (tsn_loss_default_weight (tsn_task_list_get (tasks, t)), ==, expected[t]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/loss/classes-by-hand", test_classes_by_hand);
  g_test_add_func ("/training/loss/edge-by-hand", test_edge_by_hand);
  g_test_add_func ("/training/loss/saliency-balances", test_saliency_balances);
  g_test_add_func ("/training/loss/huge-logits-stay-finite", test_huge_logits_stay_finite);
  g_test_add_func ("/training/loss/normals-by-hand", test_normals_by_hand);
  g_test_add_func ("/training/loss/depth-by-hand", test_depth_by_hand);
  g_test_add_func ("/training/loss/gradients", test_gradients);
  g_test_add_func ("/training/loss/nothing-counts", test_nothing_counts);
  g_test_add_func ("/training/loss/bad-labels", test_bad_labels);
  g_test_add_func ("/training/loss/default-weights", test_default_weights);
  return g_test_run ();
}
