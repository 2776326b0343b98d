/* Optimisers and schedules against steps worked out by hand. */
#include "core/training/tsn-optimiser.h"
#include "core/training/tsn-schedule.h"
#include "training-fixture.h"

#include <math.h>

/* A model whose every gradient is 0 but that of one number. */
typedef struct
{
  TsnModel *model;
  TsnOptimiser *optimiser;
  TsnPool *pool;
  TsnTensor **grads;
  gboolean *reached;
  guint param;
} Fixture;

static Fixture *
fixture_new (const TsnOptimiserSpec *spec, const char *param)
{
  Fixture *self = g_new0 (Fixture, 1);
  guint n;

  self->model = fixture_model (TSN_CONDITIONING_TSN, 1.0 / 16, 1);
  self->pool = tsn_pool_new (2);
  n = self->model->graph->params->len;
  self->grads = g_new0 (TsnTensor *, n);
  self->reached = g_new0 (gboolean, n);
  self->param = tsn_graph_find_param (self->model->graph, param);
  g_assert_cmpuint (self->param, !=, TSN_NONE);
  for (guint i = 0; i < n; i++)
    if (tsn_graph_param (self->model->graph, i)->trained)
      {
        self->grads[i] = tsn_tensor_new (self->model->params[i]->rank, self->model->params[i]->dim);
        self->reached[i] = TRUE;
      }
  self->model->params[self->param]->data[0] = 1;
  self->optimiser = tsn_optimiser_new (self->model, spec);
  return self;
}

static void
fixture_free (Fixture *self)
{
  for (guint i = 0; i < self->model->graph->params->len; i++)
    g_clear_pointer (&self->grads[i], tsn_tensor_unref);
  g_free (self->grads);
  g_free (self->reached);
  tsn_optimiser_free (self->optimiser);
  tsn_model_unref (self->model);
  tsn_pool_free (self->pool);
  g_free (self);
}

/* Steps once with a gradient; returns the number it moved. */
static double
step (Fixture *self, float gradient, double schedule)
{
  double norm;

  self->grads[self->param]->data[0] = gradient;
  norm = tsn_optimiser_gradient_norm (self->optimiser, self->grads, self->reached, self->pool);
  g_assert_cmpfloat_with_epsilon (norm, fabsf (gradient), 1e-6);
  tsn_optimiser_step (self->optimiser, self->grads, self->reached, schedule, norm, self->pool);
  return self->model->params[self->param]->data[0];
}

static void
test_adam (void)
{
  TsnOptimiserSpec spec = TSN_OPTIMISER_SPEC_INIT;
  Fixture *self;
  double m, v;

  spec.rate = 0.1;
  self = fixture_new (&spec, "head.weight");
  /* Whatever its length, the first gradient moves by the rate. */
  g_assert_cmpfloat_with_epsilon (step (self, 2, 1), 0.9, 1e-6);
  m = 0.9 * 0.2 + 0.1 * -1;
  v = 0.999 * 0.004 + 0.001 * 1;
  g_assert_cmpfloat_with_epsilon (
      step (self, -1, 1), 0.9 - 0.1 * (m / (1 - 0.81)) / sqrt (v / (1 - 0.999 * 0.999)), 1e-6);
  fixture_free (self);
}

static void
test_weight_decay (void)
{
  TsnOptimiserSpec spec = TSN_OPTIMISER_SPEC_INIT;
  Fixture *self;

  spec.rate = 0.1;
  spec.weight_decay = 0.5;
  self = fixture_new (&spec, "head.weight");
  /* Adam: the decay is a gradient like any other, and its first step has the length of the rate. */
  g_assert_cmpfloat_with_epsilon (step (self, 0, 1), 0.9, 1e-6);
  fixture_free (self);
  spec.kind = TSN_OPTIMISER_ADAMW;
  self = fixture_new (&spec, "head.weight");
  g_assert_cmpfloat_with_epsilon (step (self, 0, 1), 1 - 0.1 * 0.5, 1e-6);
  fixture_free (self);
}

static void
test_sgd (void)
{
  TsnOptimiserSpec spec = TSN_OPTIMISER_SPEC_INIT;
  Fixture *self;

  spec.kind = TSN_OPTIMISER_SGD;
  spec.rate = 0.1;
  spec.momentum = 0.5;
  self = fixture_new (&spec, "head.weight");
  g_assert_cmpfloat_with_epsilon (step (self, 2, 1), 1 - 0.2, 1e-6);
  g_assert_cmpfloat_with_epsilon (step (self, 2, 1), 0.8 - 0.1 * 3, 1e-6);
  g_assert_cmpfloat_with_epsilon (step (self, 0, 0.5), 0.5 - 0.05 * 1.5, 1e-6);
  fixture_free (self);
}

static void
test_groups_and_schedule (void)
{
  TsnOptimiserSpec spec = TSN_OPTIMISER_SPEC_INIT;
  Fixture *self;

  spec.kind = TSN_OPTIMISER_SGD;
  spec.rate = 0.1;
  spec.encoder_factor = 0.01;
  self = fixture_new (&spec, "encoder.conv1.weight");
  g_assert_cmpfloat_with_epsilon (step (self, 100, 0.5), 1 - 0.1 * 0.01 * 0.5 * 100, 1e-6);
  fixture_free (self);
}

static void
test_clip (void)
{
  TsnOptimiserSpec spec = TSN_OPTIMISER_SPEC_INIT;
  Fixture *self;

  spec.kind = TSN_OPTIMISER_SGD;
  spec.rate = 0.1;
  spec.momentum = 0;
  spec.clip = 2;
  self = fixture_new (&spec, "head.weight");
  g_assert_cmpfloat_with_epsilon (step (self, 8, 1), 1 - 0.1 * 2, 1e-6);
  g_assert_cmpfloat_with_epsilon (step (self, 1, 1), 0.8 - 0.1 * 1, 1e-6);
  fixture_free (self);
}

static void
test_unreached_stay (void)
{
  TsnOptimiserSpec spec = TSN_OPTIMISER_SPEC_INIT;
  Fixture *self;

  spec.rate = 0.1;
  spec.weight_decay = 0.5;
  self = fixture_new (&spec, "head.weight");
  step (self, 1, 1);
  self->reached[self->param] = FALSE;
  self->grads[self->param]->data[0] = 7;
  g_assert_cmpfloat (
      tsn_optimiser_gradient_norm (self->optimiser, self->grads, self->reached, self->pool), ==, 0);
  tsn_optimiser_step (self->optimiser, self->grads, self->reached, 1, 0, self->pool);
  g_assert_cmpfloat_with_epsilon (self->model->params[self->param]->data[0], 0.9, 1e-6);
  g_assert_cmpuint (self->optimiser->steps[self->param], ==, 1);
  g_assert_cmpuint (self->optimiser->updates, ==, 2);
  fixture_free (self);
}

static void
test_average (void)
{
  TsnOptimiserSpec spec = TSN_OPTIMISER_SPEC_INIT;
  Fixture *self;

  spec.kind = TSN_OPTIMISER_SGD;
  spec.rate = 1;
  spec.momentum = 0;
  spec.average = 0.999;
  self = fixture_new (&spec, "head.weight");
  /* The first decay is 2 / 11: the young average follows fast. */
  g_assert_cmpfloat_with_epsilon (step (self, 1, 1), 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (self->optimiser->average[self->param]->data[0], 2.0 / 11, 1e-6);
  tsn_optimiser_swap_average (self->optimiser);
  g_assert_cmpfloat_with_epsilon (self->model->params[self->param]->data[0], 2.0 / 11, 1e-6);
  tsn_optimiser_swap_average (self->optimiser);
  g_assert_cmpfloat_with_epsilon (self->model->params[self->param]->data[0], 0, 1e-6);
  fixture_free (self);
}

static void
test_warmup (void)
{
  TsnScheduleSpec spec = TSN_SCHEDULE_SPEC_INIT;
  TsnSchedule schedule;

  spec.warmup = 4;
  tsn_schedule_init (&schedule, &spec);
  g_assert_cmpfloat_with_epsilon (tsn_schedule_get_factor (&schedule, 0), 0.2, 1e-9);
  g_assert_cmpfloat_with_epsilon (tsn_schedule_get_factor (&schedule, 3), 0.8, 1e-9);
  g_assert_cmpfloat (tsn_schedule_get_factor (&schedule, 4), ==, 1);
  g_assert_cmpfloat (tsn_schedule_get_factor (&schedule, 400), ==, 1);
}

static void
test_falling (void)
{
  TsnScheduleSpec spec = TSN_SCHEDULE_SPEC_INIT;
  TsnSchedule schedule;

  spec.kind = TSN_SCHEDULE_COSINE;
  spec.steps = 100;
  spec.floor = 0.1;
  tsn_schedule_init (&schedule, &spec);
  g_assert_cmpfloat (tsn_schedule_get_factor (&schedule, 0), ==, 1);
  g_assert_cmpfloat_with_epsilon (tsn_schedule_get_factor (&schedule, 50), 0.55, 1e-9);
  g_assert_cmpfloat_with_epsilon (tsn_schedule_get_factor (&schedule, 100), 0.1, 1e-9);
  g_assert_cmpfloat_with_epsilon (tsn_schedule_get_factor (&schedule, 900), 0.1, 1e-9);
  spec.kind = TSN_SCHEDULE_POLYNOMIAL;
  spec.power = 2;
  spec.floor = 0;
  tsn_schedule_init (&schedule, &spec);
  g_assert_cmpfloat_with_epsilon (tsn_schedule_get_factor (&schedule, 50), 0.25, 1e-9);
  g_assert_cmpfloat_with_epsilon (tsn_schedule_get_factor (&schedule, 101), 0, 1e-9);
}

static void
test_plateau (void)
{
  TsnScheduleSpec spec = TSN_SCHEDULE_SPEC_INIT;
  TsnSchedule schedule;

  spec.kind = TSN_SCHEDULE_PLATEAU;
  spec.patience = 2;
  tsn_schedule_init (&schedule, &spec);
  tsn_schedule_observe (&schedule, 5);
  tsn_schedule_observe (&schedule, 5); /* not better: 1 */
  tsn_schedule_observe (&schedule, 4); /* better */
  tsn_schedule_observe (&schedule, 4.5);
  tsn_schedule_observe (&schedule, 3.9999999); /* too little to count: 2 */
  g_assert_cmpfloat (tsn_schedule_get_factor (&schedule, 9), ==, 1);
  tsn_schedule_observe (&schedule, 6);
  g_assert_cmpfloat (tsn_schedule_get_factor (&schedule, 9), ==, 0.5);
  g_assert_cmpuint (schedule.bad, ==, 0);
}

static void
test_names (void)
{
  TsnOptimiserKind optimiser;
  TsnScheduleKind schedule;

  for (TsnOptimiserKind k = TSN_OPTIMISER_ADAM; k <= TSN_OPTIMISER_SGD; k++)
    {
      g_assert_true (tsn_optimiser_kind_from_name (tsn_optimiser_kind_get_name (k), &optimiser));
      g_assert_cmpint (optimiser, ==, k);
    }
  for (TsnScheduleKind k = TSN_SCHEDULE_CONSTANT; k <= TSN_SCHEDULE_POLYNOMIAL; k++)
    {
      g_assert_true (tsn_schedule_kind_from_name (tsn_schedule_kind_get_name (k), &schedule));
      g_assert_cmpint (schedule, ==, k);
    }
  g_assert_false (tsn_optimiser_kind_from_name ("lion", &optimiser));
  g_assert_false (tsn_schedule_kind_from_name (NULL, &schedule));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/optimiser/adam", test_adam);
  g_test_add_func ("/training/optimiser/weight-decay", test_weight_decay);
  g_test_add_func ("/training/optimiser/sgd", test_sgd);
  g_test_add_func ("/training/optimiser/groups-and-schedule", test_groups_and_schedule);
  g_test_add_func ("/training/optimiser/clip", test_clip);
  g_test_add_func ("/training/optimiser/unreached-stay", test_unreached_stay);
  g_test_add_func ("/training/optimiser/average", test_average);
  g_test_add_func ("/training/schedule/warmup", test_warmup);
  g_test_add_func ("/training/schedule/falling", test_falling);
  g_test_add_func ("/training/schedule/plateau", test_plateau);
  g_test_add_func ("/training/names", test_names);
  return g_test_run ();
}
