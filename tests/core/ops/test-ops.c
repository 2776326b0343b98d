/* Every forward operation against its definition, on odd sizes. */
#include "core/base/tsn-arena.h"
#include "core/base/tsn-random.h"
#include "core/ops/tsn-activation.h"
#include "core/ops/tsn-add.h"
#include "core/ops/tsn-batch-norm.h"
#include "core/ops/tsn-channel-pool.h"
#include "core/ops/tsn-concat.h"
#include "core/ops/tsn-instance-norm.h"
#include "core/ops/tsn-linear.h"
#include "core/ops/tsn-max-pool.h"
#include "core/ops/tsn-pixel-norm.h"
#include "core/ops/tsn-upsample.h"
#include "ops-reference.h"

#include <math.h>

typedef struct
{
  TsnPool *pool;
  TsnRandom random;
} Fixture;

static void
setup (Fixture *fixture, gconstpointer threads)
{
  fixture->pool = tsn_pool_new (GPOINTER_TO_UINT (threads));
  tsn_random_init (&fixture->random, 11);
}

static void
teardown (Fixture *fixture, gconstpointer threads)
{
  tsn_pool_free (fixture->pool);
}

static float *
make_random (Fixture *fixture, size_t length)
{
  float *x = tsn_aligned_alloc (length * sizeof (float));

  for (size_t i = 0; i < length; i++)
    x[i] = tsn_random_normal (&fixture->random);
  return x;
}

/* Compares with a tolerance relative to the largest magnitude of the reference. */
static void
assert_near (const float *y, const double *expected, size_t length, double tolerance)
{
  double largest = 0;

  for (size_t i = 0; i < length; i++)
    largest = fmax (largest, fabs (expected[i]));
  for (size_t i = 0; i < length; i++)
    g_assert_cmpfloat_with_epsilon (y[i], expected[i], tolerance * largest + 1e-30);
}

static void
check_conv (Fixture *fixture, size_t n, TsnConv conv, gboolean with_bias)
{
  size_t plane = tsn_conv_out_height (&conv) * tsn_conv_out_width (&conv);
  size_t length = n * conv.out_channels * plane;
  size_t scratch_length = tsn_conv_scratch (&conv, tsn_pool_get_threads (fixture->pool));
  float *x = make_random (fixture, n * conv.in_channels * conv.height * conv.width);
  float *weight = make_random (fixture, conv.out_channels * conv.in_channels * conv.kernel * conv.kernel);
  float *bias = make_random (fixture, conv.out_channels), *y = make_random (fixture, length);
  float *scratch = tsn_aligned_alloc (scratch_length * sizeof (float));
  g_autofree double *expected = g_new (double, length);

  reference_conv (&conv, n, x, weight, with_bias ? bias : NULL, expected);
  tsn_conv_forward (&conv, n, x, weight, with_bias ? bias : NULL, y, scratch, fixture->pool);
  assert_near (y, expected, length, 1e-5);
  tsn_aligned_free (x);
  tsn_aligned_free (weight);
  tsn_aligned_free (bias);
  tsn_aligned_free (y);
  tsn_aligned_free (scratch);
}

static void
test_conv (Fixture *fixture, gconstpointer threads)
{
  static const size_t kernels[] = { 1, 3, 7 };

  for (guint k = 0; k < G_N_ELEMENTS (kernels); k++)
    for (size_t stride = 1; stride <= 2; stride++)
      for (size_t size = 1; size < 40; size = 2 * size + 3)
        check_conv (fixture, 1 + size % 2,
                    (TsnConv){ 1 + size % 5, 1 + size % 7, size, 2 * size - 1, kernels[k], stride },
                    stride == 1);
  /* Enough columns for several strips. */
  check_conv (fixture, 1, (TsnConv){ 67, 5, 33, 37, 3, 1 }, TRUE);
  check_conv (fixture, 2, (TsnConv){ 67, 5, 33, 37, 3, 2 }, FALSE);
}

static void
test_instance_norm (Fixture *fixture, gconstpointer threads)
{
  static const size_t pixels[] = { 1, 2, 63, 64, 1025 };

  for (guint i = 0; i < G_N_ELEMENTS (pixels); i++)
    {
      size_t length = 2 * 3 * pixels[i];
      float *x = make_random (fixture, length), *gamma = make_random (fixture, 3);
      float *beta = make_random (fixture, 3);
      g_autofree double *expected = g_new (double, length);

      for (size_t j = 0; j < length; j++)
        x[j] = 100 + 0.1f * x[j]; /* a mean far from zero must not eat the variance */
      reference_norm (2, 3, pixels[i], x, gamma, beta, expected);
      tsn_instance_norm_forward (2, 3, pixels[i], x, gamma, beta, x, fixture->pool);
      assert_near (x, expected, length, 2e-4);
      tsn_aligned_free (x);
      tsn_aligned_free (gamma);
      tsn_aligned_free (beta);
    }
}

static void
test_constant_channel_is_beta (Fixture *fixture, gconstpointer threads)
{
  float x[8] = { 5, 5, 5, 5, 5, 5, 5, 5 }, gamma = 3, beta = -2;

  tsn_instance_norm_forward (1, 1, 8, x, &gamma, &beta, x, fixture->pool);
  for (int i = 0; i < 8; i++)
    g_assert_cmpfloat (x[i], ==, -2);
}

static void
test_batch_norm (Fixture *fixture, gconstpointer threads)
{
  const float weight[] = { 2, -1 }, bias[] = { 1, 0.5f }, mean[] = { 3, -2 };
  const float variance[] = { 4, 0.25f };
  float scale[2], shift[2], x[] = { 3, 5, -2, -1.5f, 1, 3, 0, -2 }, y[8];
  const double expected[] = { 1, 3, 0.5, -0.5, -1, 1, -3.5, 0.5 };

  tsn_batch_norm_fold (2, weight, bias, mean, variance, scale, shift);
  tsn_affine_forward (2, 2, 2, x, scale, shift, y, fixture->pool);
  assert_near (y, expected, 8, 1e-4);
}

static void
test_activation (Fixture *fixture, gconstpointer threads)
{
  size_t length = 50001;
  float *x = make_random (fixture, length), *y = make_random (fixture, length);

  tsn_activation_forward (length, x, 0.01f, y, fixture->pool);
  for (size_t i = 0; i < length; i++)
    g_assert_cmpfloat (y[i], ==, x[i] > 0 ? x[i] : 0.01f * x[i]);
  tsn_activation_forward (length, x, 0, x, fixture->pool);
  for (size_t i = 0; i < length; i++)
    g_assert_cmpfloat (x[i], >=, 0);
  tsn_aligned_free (x);
  tsn_aligned_free (y);
}

static void
test_add_and_concat (Fixture *fixture, gconstpointer threads)
{
  float *a = make_random (fixture, 2 * 3 * 5), *b = make_random (fixture, 2 * 4 * 5), y[2 * 7 * 5];

  tsn_concat_forward (2, 3, 4, 5, a, b, y, fixture->pool);
  for (size_t i = 0; i < 2; i++)
    for (size_t c = 0; c < 7; c++)
      for (size_t j = 0; j < 5; j++)
        g_assert_cmpfloat (y[(i * 7 + c) * 5 + j], ==,
                           c < 3 ? a[(i * 3 + c) * 5 + j] : b[(i * 4 + c - 3) * 5 + j]);
  tsn_add_forward (30, a, b, y, fixture->pool);
  for (size_t i = 0; i < 30; i++)
    g_assert_cmpfloat (y[i], ==, a[i] + b[i]);
  tsn_aligned_free (a);
  tsn_aligned_free (b);
}

typedef void (*Reference) (size_t, size_t, size_t, const float *, double *);
typedef void (*Resize) (size_t, size_t, size_t, const float *, float *, TsnPool *);

static void
check_resize (Fixture *fixture, Reference reference, Resize resize, gboolean doubles)
{
  for (size_t height = 1; height < 60; height = 2 * height + 1)
    for (size_t width = 1; width < 90; width = 3 * width + 2)
      {
        size_t length
            = 3 * (doubles ? 4 * height * width : (height + 1) / 2 * ((width + 1) / 2));
        float *x = make_random (fixture, 3 * height * width), *y = make_random (fixture, length);
        g_autofree double *expected = g_new (double, length);

        reference (3, height, width, x, expected);
        resize (3, height, width, x, y, fixture->pool);
        assert_near (y, expected, length, 1e-5);
        tsn_aligned_free (x);
        tsn_aligned_free (y);
      }
}

static void
test_max_pool (Fixture *fixture, gconstpointer threads)
{
  check_resize (fixture, reference_max_pool, tsn_max_pool_forward, FALSE);
}

static void
test_upsample (Fixture *fixture, gconstpointer threads)
{
  check_resize (fixture, reference_upsample, tsn_upsample_forward, TRUE);
}

static void
test_upsample_keeps_corners (Fixture *fixture, gconstpointer threads)
{
  const float x[] = { 1, 2, 3, 4, 5, 6 };
  float y[24];

  tsn_upsample_forward (1, 2, 3, x, y, fixture->pool);
  g_assert_cmpfloat (y[0], ==, 1);
  g_assert_cmpfloat (y[5], ==, 3);
  g_assert_cmpfloat (y[18], ==, 4);
  g_assert_cmpfloat (y[23], ==, 6);
}

static void
test_channel_pool (Fixture *fixture, gconstpointer threads)
{
  static const size_t bins[] = { 1, 2, 3, 7, 20, 21 };

  for (guint i = 0; i < G_N_ELEMENTS (bins); i++)
    {
      size_t length = 2 * bins[i] * 35;
      float *x = make_random (fixture, 2 * 21 * 35), *y = make_random (fixture, length);
      g_autofree double *expected = g_new (double, length);

      reference_channel_pool (2, 21, bins[i], 35, x, expected);
      tsn_channel_pool_forward (2, 21, bins[i], 35, x, y, fixture->pool);
      assert_near (y, expected, length, 1e-5);
      tsn_aligned_free (x);
      tsn_aligned_free (y);
    }
}

static void
test_linear (Fixture *fixture, gconstpointer threads)
{
  const float x[] = { 1, -2, 0.5f }, weight[] = { 1, 2, 4, -1, 0, 2 }, bias[] = { 10, 20 };
  float y[2];

  tsn_linear_forward (3, 2, x, weight, bias, 0.5f, y);
  g_assert_cmpfloat (y[0], ==, 10 - 0.5f);
  g_assert_cmpfloat (y[1], ==, 20);
}

static void
test_pixel_norm (Fixture *fixture, gconstpointer threads)
{
  float x[] = { 3, 4, 0, 0 }, zero[3] = { 0 };

  tsn_pixel_norm_forward (4, x, x);
  g_assert_cmpfloat_with_epsilon (x[0], 3 / 2.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (x[1], 4 / 2.5, 1e-6);
  tsn_pixel_norm_forward (3, zero, zero);
  g_assert_cmpfloat (zero[1], ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "conv", test_conv },
    { "instance-norm", test_instance_norm },
    { "constant-channel-is-beta", test_constant_channel_is_beta },
    { "batch-norm", test_batch_norm },
    { "activation", test_activation },
    { "add-and-concat", test_add_and_concat },
    { "max-pool", test_max_pool },
    { "upsample", test_upsample },
    { "upsample-keeps-corners", test_upsample_keeps_corners },
    { "channel-pool", test_channel_pool },
    { "linear", test_linear },
    { "pixel-norm", test_pixel_norm },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint threads = 1; threads <= 3; threads++)
    for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
      {
        g_autofree char *path = g_strdup_printf ("/ops/%s/%u-threads", tests[i].name, threads);

        g_test_add (path, Fixture, GUINT_TO_POINTER (threads), setup, tests[i].test, teardown);
      }
  return g_test_run ();
}
