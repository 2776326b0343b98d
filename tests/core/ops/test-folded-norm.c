/* Norms that do their activation along with their own work, against the two after each other. */
#include "core/ops/tsn-activation.h"
#include "backward-case.h"

#include <math.h>

static void
assert_close (size_t length, const float *found, const float *expected)
{
  for (size_t i = 0; i < length; i++)
    g_assert_cmpfloat_with_epsilon (found[i], expected[i], 2e-5 * (1 + fabsf (expected[i])));
}

#define FOLDED 4 /* channels */

/* An activation that is folded into an instance norm does what the two do after each other; rows
 * are longer than any vector. */
static void
test_instance_norm (void)
{
  TsnPlaneShape s = { 3, FOLDED, 145 };
  size_t length = s.n * s.channels * s.pixels;
  Case *self = case_new (2, NULL, length);
  g_autofree float *x = make_random (self, length), *gamma = make_random (self, FOLDED);
  g_autofree float *beta = make_random (self, FOLDED), *statistics = g_new (float, 2 * 3 * FOLDED);
  g_autofree float *y = g_new (float, length), *folded = g_new (float, length);
  g_autofree float *dx = g_new (float, length), *dy = g_new (float, length);
  float slopes[2][2 * FOLDED];
  TsnInstanceNormBackward backward = { .shape = s,
                                       .x = x,
                                       .statistics = statistics,
                                       .gamma = gamma,
                                       .dy = dy,
                                       .dx = dy,
                                       .dgamma = slopes[0],
                                       .dbeta = slopes[0] + FOLDED };

  tsn_instance_norm_train (&s, x, gamma, beta, y, statistics, self->pool);
  tsn_activation_forward (length, y, 0.25f, y, self->pool);
  tsn_instance_norm_activate (&(TsnInstanceNorm){ s, x, gamma, beta, 0.25f, folded, statistics },
                              self->pool);
  assert_close (length, folded, y);
  tsn_activation_backward (length, y, 0.25f, self->dy, dy, self->pool);
  tsn_instance_norm_backward (&backward, self->pool);
  backward = (TsnInstanceNormBackward){ .shape = s,
                                        .x = x,
                                        .statistics = statistics,
                                        .gamma = gamma,
                                        .dy = self->dy,
                                        .dx = dx,
                                        .dgamma = slopes[1],
                                        .dbeta = slopes[1] + FOLDED,
                                        .beta = beta,
                                        .slope = 0.25f };
  tsn_instance_norm_backward (&backward, self->pool);
  assert_close (length, dx, dy);
  assert_close (2 * FOLDED, slopes[1], slopes[0]);
  case_check (self, 0);
}

/* The same of a batch norm and ReLU. */
static void
test_batch_norm (void)
{
  TsnPlaneShape s = { 3, FOLDED, 37 };
  size_t length = s.n * s.channels * s.pixels;
  Case *self = case_new (2, NULL, length);
  g_autofree float *x = make_random (self, length), *weight = make_random (self, FOLDED);
  g_autofree float *bias = make_random (self, FOLDED), *y = g_new (float, length);
  g_autofree float *folded = g_new (float, length), *dx = g_new (float, length);
  g_autofree float *dy = g_new (float, length);
  float mean[FOLDED], variance[FOLDED], scale[FOLDED], shift[FOLDED], slopes[2][2 * FOLDED];
  TsnBatchNormBackward backward = { .shape = s,
                                    .x = x,
                                    .mean = mean,
                                    .variance = variance,
                                    .weight = weight,
                                    .dy = dy,
                                    .dx = dy,
                                    .dweight = slopes[0],
                                    .dbias = slopes[0] + FOLDED };

  tsn_batch_norm_measure (&s, x, mean, variance, self->pool);
  tsn_batch_norm_fold (s.channels, weight, bias, mean, variance, scale, shift);
  tsn_affine_forward (s.n, s.channels, s.pixels, x, scale, shift, y, self->pool);
  tsn_activation_forward (length, y, 0, y, self->pool);
  tsn_affine_activate (&(TsnAffine){ s, x, scale, shift, 0, folded }, self->pool);
  assert_close (length, folded, y);
  tsn_activation_backward (length, y, 0, self->dy, dy, self->pool);
  tsn_batch_norm_backward (&backward, self->pool);
  backward = (TsnBatchNormBackward){ .shape = s,
                                     .x = x,
                                     .mean = mean,
                                     .variance = variance,
                                     .weight = weight,
                                     .dy = self->dy,
                                     .dx = dx,
                                     .dweight = slopes[1],
                                     .dbias = slopes[1] + FOLDED,
                                     .bias = bias };
  tsn_batch_norm_backward (&backward, self->pool);
  assert_close (length, dx, dy);
  assert_close (2 * FOLDED, slopes[1], slopes[0]);
  case_check (self, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ops/folded-norm/instance-norm", test_instance_norm);
  g_test_add_func ("/ops/folded-norm/batch-norm", test_batch_norm);
  return g_test_run ();
}
