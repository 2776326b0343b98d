/* Every backward operation against central differences of its definition in double precision. */
#include "core/base/tsn-arena.h"
#include "core/ops/tsn-activation.h"
#include "core/ops/tsn-channel-pool.h"
#include "core/ops/tsn-concat.h"
#include "core/ops/tsn-instance-norm.h"
#include "core/ops/tsn-linear.h"
#include "core/ops/tsn-max-pool.h"
#include "core/ops/tsn-pixel-norm.h"
#include "core/ops/tsn-rows.h"
#include "core/ops/tsn-upsample.h"
#include "backward-case.h"

#include <math.h>
#include <string.h>

static void
conv_function (const Case *self, double *y)
{
  reference_conv (&self->conv, self->shape.n, self->x[0], self->x[1],
                  self->n_inputs > 2 ? self->x[2] : NULL, y);
}

static void
check_conv (size_t n, TsnConv conv, guint threads)
{
  size_t plane = tsn_conv_out_height (&conv) * tsn_conv_out_width (&conv);
  Case *self = case_new (threads, conv_function, n * conv.out_channels * plane);
  float *scratch = new_scratch (tsn_conv_backward_scratch (&conv, threads));

  self->conv = conv;
  self->shape.n = n;
  add_input (self, n * conv.in_channels * conv.height * conv.width);
  add_input (self, conv.out_channels * conv.in_channels * conv.kernel * conv.kernel);
  add_input (self, conv.out_channels);
  tsn_conv_backward_data (&conv, n, self->x[1], self->dy, self->dx[0], scratch, self->pool);
  tsn_conv_backward_weight (&conv, n, self->x[0], self->dy, self->dx[1], scratch, self->pool);
  tsn_conv_backward_bias (&conv, n, self->dy, self->dx[2], self->pool);
  tsn_aligned_free (scratch);
  case_check (self, 1e-5);
}

static void
test_conv (void)
{
  static const TsnConv shapes[] = {
    { 3, 2, 5, 7, 3, 1 }, { 2, 3, 5, 7, 3, 2 }, { 1, 1, 1, 1, 3, 1 }, { 1, 2, 1, 2, 3, 2 },
    { 2, 3, 4, 6, 3, 2 }, { 5, 4, 3, 5, 1, 1 }, { 4, 3, 5, 6, 1, 2 }, { 3, 2, 6, 5, 7, 2 },
    { 2, 2, 3, 4, 7, 1 }, { 2, 2, 2, 2, 7, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    check_conv (1 + i % 3, shapes[i], 1 + i % 3);
}

static double
dot (size_t length, const float *a, const float *b)
{
  double sum = 0;

  for (size_t i = 0; i < length; i++)
    sum += (double) a[i] * b[i];
  return sum;
}

/* Shapes that fill several strips and blocks are too large for differences.  A convolution is
 * linear in its weight and in its input: <dy, conv(x, w)> = <dw, w> = <dx, x>. */
static void
check_adjoint (size_t n, TsnConv conv, guint threads)
{
  size_t plane = tsn_conv_out_height (&conv) * tsn_conv_out_width (&conv);
  Case *self = case_new (threads, NULL, n * conv.out_channels * plane);
  g_autofree float *y = g_new (float, self->out_length);
  float *scratch = new_scratch (
      MAX (tsn_conv_backward_scratch (&conv, threads), tsn_conv_scratch (&conv, threads)));
  double expected, scale;

  add_input (self, n * conv.in_channels * conv.height * conv.width);
  add_input (self, conv.out_channels * conv.in_channels * conv.kernel * conv.kernel);
  tsn_conv_forward (&conv, n, self->x[0], self->x[1], NULL, y, scratch, self->pool);
  tsn_conv_backward_data (&conv, n, self->x[1], self->dy, self->dx[0], scratch, self->pool);
  tsn_conv_backward_weight (&conv, n, self->x[0], self->dy, self->dx[1], scratch, self->pool);
  tsn_aligned_free (scratch);
  expected = dot (self->out_length, y, self->dy);
  scale = sqrt (dot (self->out_length, y, y) * dot (self->out_length, self->dy, self->dy));
  for (guint i = 0; i < 2; i++)
    g_assert_cmpfloat_with_epsilon (dot (self->length[i], self->x[i], self->dx[i]), expected,
                                    1e-6 * scale);
  self->n_inputs = 0;
  for (guint i = 0; i < 2; i++)
    {
      g_free (self->x[i]);
      g_free (self->dx[i]);
    }
  case_check (self, 0);
}

static void
test_conv_blocks (void)
{
  check_adjoint (2, (TsnConv){ 67, 37, 33, 37, 3, 1 }, 2);
  check_adjoint (3, (TsnConv){ 67, 37, 33, 37, 3, 2 }, 3);
  check_adjoint (2, (TsnConv){ 3, 33, 61, 64, 7, 2 }, 2);
  check_adjoint (2, (TsnConv){ 130, 70, 31, 33, 1, 1 }, 2);
  check_adjoint (1, (TsnConv){ 96, 96, 5, 5, 3, 1 }, 2);
  check_adjoint (2, (TsnConv){ 128, 64, 24, 40, 3, 1 }, 2);
}

/* The same numbers whatever the number of threads. */
static void
test_conv_deterministic (void)
{
  static const TsnConv conv = { 40, 24, 19, 23, 3, 2 };
  size_t out = 2 * 24 * tsn_conv_out_height (&conv) * tsn_conv_out_width (&conv);
  size_t in = 2 * 40 * 19 * 23, weights = 40 * 24 * 9;
  g_autofree float *first = NULL;

  for (guint threads = 1; threads <= 3; threads++)
    {
      Case *self = case_new (threads, NULL, out);
      float *scratch = new_scratch (tsn_conv_backward_scratch (&conv, threads));
      g_autofree float *result = g_new (float, in + weights);
      g_autofree float *x = make_random (self, in), *w = make_random (self, weights);

      tsn_conv_backward_data (&conv, 2, w, self->dy, result, scratch, self->pool);
      tsn_conv_backward_weight (&conv, 2, x, self->dy, result + in, scratch, self->pool);
      tsn_aligned_free (scratch);
      if (first == NULL)
        first = g_steal_pointer (&result);
      else
        g_assert_cmpmem (first, (in + weights) * sizeof (float), result,
                         (in + weights) * sizeof (float));
      case_check (self, 0);
    }
}

static void
instance_norm_function (const Case *self, double *y)
{
  reference_norm (self->shape.n, self->shape.channels, self->shape.pixels, self->x[0], self->x[1],
                  self->x[2], y);
}

static void
test_instance_norm (void)
{
  static const TsnPlaneShape shapes[] = { { 1, 1, 7 }, { 2, 3, 12 }, { 3, 2, 65 } };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      TsnPlaneShape s = shapes[i];
      size_t length = s.n * s.channels * s.pixels;
      Case *self = case_new (1 + i, instance_norm_function, length);
      g_autofree float *y = g_new (float, length);
      g_autofree float *statistics = g_new (float, 2 * s.n * s.channels);

      self->shape = s;
      add_input (self, length);
      add_input (self, s.channels);
      add_input (self, s.channels);
      tsn_instance_norm_train (&s, self->x[0], self->x[1], self->x[2], y, statistics, self->pool);
      tsn_instance_norm_backward (&(TsnInstanceNormBackward){ .shape = s,
                                                              .x = self->x[0],
                                                              .statistics = statistics,
                                                              .gamma = self->x[1],
                                                              .dy = self->dy,
                                                              .dx = self->dx[0],
                                                              .dgamma = self->dx[1],
                                                              .dbeta = self->dx[2] },
                                  self->pool);
      case_check (self, 1e-3);
    }
}

/* Moves [N, C, P] to [C, N, P]: batch norm is instance norm of that with one image. */
static void
exchange (const TsnPlaneShape *s, const float *x, float *y)
{
  for (size_t n = 0; n < s->n; n++)
    for (size_t c = 0; c < s->channels; c++)
      memcpy (y + (c * s->n + n) * s->pixels, x + (n * s->channels + c) * s->pixels,
              s->pixels * sizeof (float));
}

static void
batch_norm_function (const Case *self, double *y)
{
  const TsnPlaneShape *s = &self->shape;
  g_autofree float *moved = g_new (float, self->length[0]);
  g_autofree double *normed = g_new (double, self->length[0]);

  exchange (s, self->x[0], moved);
  reference_norm (1, s->channels, s->n * s->pixels, moved, self->x[1], self->x[2], normed);
  for (size_t n = 0; n < s->n; n++)
    for (size_t c = 0; c < s->channels; c++)
      memcpy (y + (n * s->channels + c) * s->pixels, normed + (c * s->n + n) * s->pixels,
              s->pixels * sizeof (double));
}

static Case *
new_batch_norm (TsnPlaneShape s, guint threads, float *mean, float *variance)
{
  Case *self = case_new (threads, batch_norm_function, s.n * s.channels * s.pixels);

  self->shape = s;
  add_input (self, s.n * s.channels * s.pixels);
  add_input (self, s.channels);
  add_input (self, s.channels);
  tsn_batch_norm_measure (&s, self->x[0], mean, variance, self->pool);
  return self;
}

static const TsnPlaneShape batch_shapes[] = { { 2, 1, 5 }, { 3, 3, 7 }, { 2, 2, 33 } };

static void
test_batch_norm (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (batch_shapes); i++)
    {
      float mean[3], variance[3];
      Case *self = new_batch_norm (batch_shapes[i], 1 + i, mean, variance);

      tsn_batch_norm_backward (&(TsnBatchNormBackward){ .shape = self->shape,
                                                        .x = self->x[0],
                                                        .mean = mean,
                                                        .variance = variance,
                                                        .weight = self->x[1],
                                                        .dy = self->dy,
                                                        .dx = self->dx[0],
                                                        .dweight = self->dx[1],
                                                        .dbias = self->dx[2] },
                               self->pool);
      case_check (self, 1e-3);
    }
}

/* The two halves that a row of batch norms and its affine node make of it. */
static void
test_batch_norm_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (batch_shapes); i++)
    {
      float mean[3], variance[3], scale[3], shift[3], dscale[3], dshift[3];
      Case *self = new_batch_norm (batch_shapes[i], 1 + i, mean, variance);
      const TsnPlaneShape *s = &self->shape;

      tsn_batch_norm_fold (s->channels, self->x[1], self->x[2], mean, variance, scale, shift);
      tsn_affine_backward (
          &(TsnAffineBackward){ *s, self->x[0], scale, self->dy, self->dx[0], dscale, dshift },
          self->pool);
      for (size_t c = 0; c < s->channels; c++)
        {
          TsnNormSlope slope = tsn_norm_slope (dscale[c], dshift[c], self->x[1][c], mean[c],
                                               variance[c], s->n * s->pixels);

          self->dx[1][c] = slope.dweight;
          self->dx[2][c] = slope.dbias;
          for (size_t j = 0; j < s->n * s->pixels; j++)
            {
              size_t at = (j / s->pixels * s->channels + c) * s->pixels + j % s->pixels;

              self->dx[0][at] += slope.factor * self->x[0][at] + slope.offset;
            }
        }
      case_check (self, 1e-3);
    }
}

static void
test_running_statistics (void)
{
  /* Two images of one channel: mean 3, biased variance 5, unbiased 20 / 3. */
  static const float x[] = { 0, 2, 4, 6 };
  TsnPlaneShape s = { 2, 1, 2 };
  TsnPool *pool = tsn_pool_new (1);
  float mean, variance, running_mean = 1, running_variance = 2;

  tsn_batch_norm_measure (&s, x, &mean, &variance, pool);
  g_assert_cmpfloat (mean, ==, 3);
  g_assert_cmpfloat (variance, ==, 5);
  tsn_batch_norm_track (&s, &mean, &variance, &running_mean, &running_variance);
  g_assert_cmpfloat_with_epsilon (running_mean, 0.9 * 1 + 0.1 * 3, 1e-6);
  g_assert_cmpfloat_with_epsilon (running_variance, 0.9 * 2 + 0.1 * 20 / 3, 1e-6);
  tsn_pool_free (pool);
}

static void
activation_function (const Case *self, double *y)
{
  for (size_t i = 0; i < self->out_length; i++)
    y[i] = self->x[0][i] > 0 ? self->x[0][i] : self->slope * self->x[0][i];
}

static void
test_activation (void)
{
  for (guint i = 0; i < 2; i++)
    {
      Case *self = case_new (2, activation_function, 77);
      float y[77];

      self->slope = i == 0 ? 0 : 0.25f;
      add_input (self, 77);
      for (size_t j = 0; j < 77; j++)
        self->x[0][j] += self->x[0][j] == 0; /* the kink has no difference quotient */
      tsn_activation_forward (77, self->x[0], self->slope, y, self->pool);
      tsn_activation_backward (77, y, self->slope, self->dy, self->dx[0], self->pool);
      case_check (self, 1e-5);
    }
}

static void
max_pool_function (const Case *self, double *y)
{
  reference_max_pool (self->shape.n, self->height, self->width, self->x[0], y);
}

/* All values apart, so that no step changes which is the largest. */
static void
spread_values (Case *self, guint input)
{
  for (size_t i = 0; i < self->length[input]; i++)
    self->x[input][i] = (i * 37 % 101) / 16.0f;
}

static void
test_max_pool (void)
{
  for (size_t height = 1; height < 8; height += 3)
    for (size_t width = 1; width < 7; width += 2)
      {
        size_t out = 2 * ((height + 1) / 2) * ((width + 1) / 2);
        Case *self = case_new (2, max_pool_function, out);

        self->shape.n = 2;
        self->height = height;
        self->width = width;
        add_input (self, 2 * height * width);
        spread_values (self, 0);
        tsn_max_pool_backward (2, height, width, self->x[0], self->dy, self->dx[0], self->pool);
        case_check (self, 1e-5);
      }
}

static void
test_max_pool_ties (void)
{
  static const float x[] = { 0, 0, 1, 1, 1, 1, 0, 0, 0 }, dy[] = { 1, 10, 100, 1000 };
  static const float expected[] = { 0, 0, 10, 101, 1000, 0, 0, 0, 0 };
  TsnPool *pool = tsn_pool_new (1);
  float dx[9];

  tsn_max_pool_backward (1, 3, 3, x, dy, dx, pool);
  for (int i = 0; i < 9; i++)
    g_assert_cmpfloat (dx[i], ==, expected[i]);
  tsn_pool_free (pool);
}

static void
upsample_function (const Case *self, double *y)
{
  reference_upsample (self->shape.n, self->height, self->width, self->x[0], y);
}

static void
test_upsample (void)
{
  for (size_t height = 1; height < 8; height += 2)
    for (size_t width = 1; width < 9; width = 2 * width + 1)
      {
        Case *self = case_new (2, upsample_function, 3 * 4 * height * width);

        self->shape.n = 3;
        self->height = height;
        self->width = width;
        add_input (self, 3 * height * width);
        tsn_upsample_backward (3, height, width, self->dy, self->dx[0], self->pool);
        case_check (self, 1e-5);
      }
}

static void
channel_pool_function (const Case *self, double *y)
{
  reference_channel_pool (self->shape.n, self->shape.channels, self->bins, self->shape.pixels,
                          self->x[0], y);
}

static void
test_channel_pool (void)
{
  static const size_t bins[] = { 1, 2, 3, 5, 7 };

  for (guint i = 0; i < G_N_ELEMENTS (bins); i++)
    {
      Case *self = case_new (2, channel_pool_function, 2 * bins[i] * 3);

      self->shape = (TsnPlaneShape){ 2, 7, 3 };
      self->bins = bins[i];
      add_input (self, 2 * 7 * 3);
      tsn_channel_pool_backward (2, 7, bins[i], 3, self->dy, self->dx[0], self->pool);
      case_check (self, 1e-5);
    }
}

static void
concat_function (const Case *self, double *y)
{
  for (size_t i = 0; i < 2; i++)
    for (size_t j = 0; j < 15; j++)
      y[i * 15 + j] = j < 6 ? self->x[0][i * 6 + j] : self->x[1][i * 9 + j - 6];
}

static void
test_concat (void)
{
  Case *self = case_new (1, concat_function, 30);

  add_input (self, 12);
  add_input (self, 18);
  tsn_concat_backward (2, 2, 3, 3, self->dy, self->dx[0], self->dx[1], self->pool);
  case_check (self, 1e-5);
}

static void
linear_function (const Case *self, double *y)
{
  for (size_t o = 0; o < 3; o++)
    {
      y[o] = self->x[2][o];
      for (size_t i = 0; i < 5; i++)
        y[o] += self->slope * (double) self->x[1][o * 5 + i] * self->x[0][i];
    }
}

static void
test_linear (void)
{
  Case *self = case_new (1, linear_function, 3);

  self->slope = 0.75f;
  add_input (self, 5);
  add_input (self, 15);
  add_input (self, 3);
  tsn_linear_backward (&(TsnLinearBackward){ 5, 3, 0.75f, self->x[0], self->x[1], self->dy,
                                             self->dx[0], self->dx[1], self->dx[2] });
  case_check (self, 1e-5);
}

static void
pixel_norm_function (const Case *self, double *y)
{
  double squares = 0;

  for (size_t i = 0; i < 9; i++)
    squares += (double) self->x[0][i] * self->x[0][i];
  for (size_t i = 0; i < 9; i++)
    y[i] = self->x[0][i] / sqrt (squares / 9 + 1e-8);
}

static void
test_pixel_norm (void)
{
  Case *self = case_new (1, pixel_norm_function, 9);

  add_input (self, 9);
  tsn_pixel_norm_backward (9, self->x[0], self->dy, self->dx[0]);
  case_check (self, 1e-4);
}

static void
rows_function (const Case *self, double *y)
{
  for (size_t i = 0; i < 4; i++)
    {
      y[i] = 0;
      for (size_t t = 0; t < 3; t++)
        y[i] += (double) self->x[0][t] * self->x[1][t * 4 + i];
    }
}

static void
test_rows (void)
{
  Case *self = case_new (1, rows_function, 4);

  add_input (self, 3);
  add_input (self, 12);
  tsn_rows_backward (3, 4, self->x[0], self->x[1], self->dy, self->dx[1], self->dx[0]);
  case_check (self, 1e-5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ops/backward/conv", test_conv);
  g_test_add_func ("/ops/backward/conv-blocks", test_conv_blocks);
  g_test_add_func ("/ops/backward/conv-deterministic", test_conv_deterministic);
  g_test_add_func ("/ops/backward/instance-norm", test_instance_norm);
  g_test_add_func ("/ops/backward/batch-norm", test_batch_norm);
  g_test_add_func ("/ops/backward/batch-norm-rows", test_batch_norm_rows);
  g_test_add_func ("/ops/backward/running-statistics", test_running_statistics);
  g_test_add_func ("/ops/backward/activation", test_activation);
  g_test_add_func ("/ops/backward/max-pool", test_max_pool);
  g_test_add_func ("/ops/backward/max-pool-ties", test_max_pool_ties);
  g_test_add_func ("/ops/backward/upsample", test_upsample);
  g_test_add_func ("/ops/backward/channel-pool", test_channel_pool);
  g_test_add_func ("/ops/backward/concat", test_concat);
  g_test_add_func ("/ops/backward/linear", test_linear);
  g_test_add_func ("/ops/backward/pixel-norm", test_pixel_norm);
  g_test_add_func ("/ops/backward/rows", test_rows);
  return g_test_run ();
}
