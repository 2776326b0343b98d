/* The fast path against plain definitions and, kernel by kernel, against the portable version: on
 * odd sizes, zeros and huge values. */
#include "core/base/tsn-arena.h"
#include "core/base/tsn-random.h"
#include "core/ops/tsn-direct-conv.h"
#include "core/ops/tsn-upsample-conv.h"
#include "core/ops/tsn-winograd.h"
#include "ops-reference.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const TsnKernels *kernels;
  TsnPool *pool;
  TsnRandom random;
} Fixture;

static void
setup (Fixture *self, gconstpointer isa)
{
  self->kernels = tsn_kernels_get (GPOINTER_TO_INT (isa));
  self->pool = tsn_pool_new (2);
  tsn_random_init (&self->random, 5);
}

static void
teardown (Fixture *self, gconstpointer isa)
{
  tsn_pool_free (self->pool);
}

static float *
make_random (Fixture *self, size_t length)
{
  float *x = tsn_aligned_alloc (length * sizeof (float));

  for (size_t i = 0; i < length; i++)
    x[i] = tsn_random_normal (&self->random);
  return x;
}

static void
assert_near (const float *y, const float *expected, size_t length, double tolerance)
{
  double largest = 0;

  for (size_t i = 0; i < length; i++)
    largest = fmax (largest, fabs (expected[i]));
  for (size_t i = 0; i < length; i++)
    g_assert_cmpfloat_with_epsilon (y[i], expected[i], tolerance * largest);
}

static TsnMap
map_new (size_t height, size_t width, size_t channels)
{
  TsnMap map = { .height = height, .width = width, .channels = TSN_PADDED (channels) };

  map.data = tsn_aligned_alloc0 (height * width * map.channels * sizeof (float));
  return map;
}

/* Channels-last and padded, from planes. */
static TsnMap
map_from_planes (const float *x, size_t channels, size_t height, size_t width)
{
  TsnMap map = map_new (height, width, channels);

  for (size_t c = 0; c < channels; c++)
    for (size_t i = 0; i < height * width; i++)
      map.data[i * map.channels + c] = x[c * height * width + i];
  return map;
}

/* Compares with planes; the padding must be zero. */
static void
assert_map_near (const TsnMap *map, const double *expected, size_t channels, double tolerance)
{
  size_t pixels = map->height * map->width;
  double largest = 0;

  for (size_t i = 0; i < channels * pixels; i++)
    largest = fmax (largest, fabs (expected[i]));
  for (size_t c = 0; c < map->channels; c++)
    for (size_t i = 0; i < pixels; i++)
      g_assert_cmpfloat_with_epsilon (map->data[i * map->channels + c],
                                      c < channels ? expected[c * pixels + i] : 0,
                                      tolerance * largest + 1e-30);
}

static void
check_direct (Fixture *self, TsnConv shape)
{
  size_t oh = tsn_conv_out_height (&shape), ow = tsn_conv_out_width (&shape);
  float *x = make_random (self, shape.in_channels * shape.height * shape.width);
  float *weight
      = make_random (self, shape.out_channels * shape.in_channels * shape.kernel * shape.kernel);
  float *bias = make_random (self, TSN_PADDED (shape.out_channels));
  g_autofree double *expected = g_new (double, shape.out_channels *oh *ow);
  TsnMap input = map_from_planes (x, shape.in_channels, shape.height, shape.width);
  TsnMap output = map_new (oh, ow, shape.out_channels);
  TsnMap residual = map_new (oh, ow, shape.out_channels);
  TsnEpilogue epilogue = { bias, residual.data, TRUE };
  TsnConvWeights weights;
  TsnDirectConv conv;
  float *scratch;

  memset (bias + shape.out_channels, 0,
          (TSN_PADDED (shape.out_channels) - shape.out_channels) * sizeof (float));
  for (size_t i = 0; i < oh * ow; i++)
    residual.data[i * residual.channels] = 0.25f;
  reference_conv (&shape, 1, x, weight, bias, expected);
  for (size_t i = 0; i < shape.out_channels * oh * ow; i++)
    expected[i] = fmax (0, expected[i] + (i < oh * ow ? 0.25 : 0));
  if (shape.in_channels == 3)
    {
      input.channels = 3;
      for (size_t i = 0; i < shape.height * shape.width; i++)
        for (size_t c = 0; c < 3; c++)
          input.data[3 * i + c] = x[c * shape.height * shape.width + i];
    }
  weights = (TsnConvWeights){ weight,
                              shape.out_channels,
                              shape.in_channels,
                              shape.kernel,
                              shape.in_channels * shape.kernel * shape.kernel,
                              NULL };
  tsn_direct_conv_init (&conv, &weights, shape.stride, self->pool);
  scratch = tsn_aligned_alloc (tsn_direct_conv_scratch (&conv, &output) * sizeof (float));
  tsn_direct_conv_forward (&conv, self->kernels, &input, &epilogue, &output, scratch, self->pool);
  assert_map_near (&output, expected, shape.out_channels, 2e-6);
  tsn_packed_clear (&conv.weights);
  tsn_aligned_free (scratch);
  tsn_aligned_free (x);
  tsn_aligned_free (weight);
  tsn_aligned_free (bias);
  tsn_aligned_free (input.data);
  tsn_aligned_free (output.data);
  tsn_aligned_free (residual.data);
}

static void
test_direct_conv (Fixture *self, gconstpointer isa)
{
  check_direct (self, (TsnConv){ 3, 5, 32, 64, 7, 2 });
  check_direct (self, (TsnConv){ 3, 40, 9, 11, 7, 2 });
  check_direct (self, (TsnConv){ 4, 33, 13, 7, 3, 2 });
  check_direct (self, (TsnConv){ 70, 65, 5, 9, 3, 1 });
  check_direct (self, (TsnConv){ 33, 3, 1, 1, 3, 1 });
  check_direct (self, (TsnConv){ 300, 64, 17, 3, 1, 1 });
  check_direct (self, (TsnConv){ 8, 8, 6, 6, 1, 2 });
}

/* Scales and shifts for padded channels, zero beyond the last one. */
static float *
make_coefficients (Fixture *self, size_t channels)
{
  float *x = make_random (self, TSN_PADDED (channels));

  memset (x + channels, 0, (TSN_PADDED (channels) - channels) * sizeof (float));
  return x;
}

static void
activate_planes (float *x, size_t channels, size_t pixels, const TsnActivation *activation)
{
  for (size_t i = 0; activation->scale != NULL && i < channels * pixels; i++)
    {
      x[i] = activation->scale[i / pixels] * x[i] + activation->shift[i / pixels];
      x[i] = x[i] > 0 ? x[i] : activation->slope * x[i];
    }
}

static void
check_winograd_tile (
    Fixture *self, size_t tile, size_t in, size_t out, size_t height, size_t width, gboolean active)
{
  double tolerance = tile == 4 ? 1e-5 : 2e-5;
  TsnConv shape = { in, out, height, width, 3, 1 };
  float *x = make_random (self, in * height * width), *weight = make_random (self, out * in * 9);
  float *scale = make_coefficients (self, in), *shift = make_coefficients (self, in);
  g_autofree double *expected = g_new (double, out *height *width);
  TsnMap input, output = map_new (height, width, out);
  TsnActivation activation = { active ? scale : NULL, shift, 0.1f };
  TsnEpilogue epilogue = { 0 };
  TsnConvWeights weights = { weight, out, in, 3, in * 9, NULL };
  TsnMap second = map_new (height, width, out);
  TsnWinogradItem items[]
      = { { &input, activation, NULL, &output }, { &input, activation, NULL, &second } };
  TsnWinograd conv;
  float *scratch;

  input = map_from_planes (x, in, height, width);
  activate_planes (x, in, height * width, &activation);
  reference_conv (&shape, 1, x, weight, NULL, expected);
  tsn_winograd_init (&conv, &weights, tile, self->pool);
  scratch = tsn_aligned_alloc (tsn_winograd_scratch (&conv, 2) * sizeof (float));
  tsn_winograd_forward (&conv, self->kernels, items, 2, &epilogue, scratch, self->pool);
  assert_map_near (&output, expected, out, tolerance);
  assert_map_near (&second, expected, out, tolerance);
  tsn_aligned_free (second.data);
  tsn_winograd_clear (&conv);
  tsn_aligned_free (scratch);
  tsn_aligned_free (x);
  tsn_aligned_free (weight);
  tsn_aligned_free (scale);
  tsn_aligned_free (shift);
  tsn_aligned_free (input.data);
  tsn_aligned_free (output.data);
}

static void
check_winograd (Fixture *self, size_t in, size_t out, size_t height, size_t width, gboolean active)
{
  check_winograd_tile (self, 4, in, out, height, width, active);
  check_winograd_tile (self, 6, in, out, height, width, active);
}

static void
test_winograd (Fixture *self, gconstpointer isa)
{
  check_winograd (self, 4, 5, 1, 1, FALSE);
  check_winograd (self, 33, 31, 5, 9, FALSE);
  check_winograd (self, 64, 64, 16, 20, TRUE);
  check_winograd (self, 7, 70, 35, 50, TRUE);
}

static void
check_upsample (Fixture *self, size_t in, size_t out, size_t height, size_t width, gboolean add)
{
  float *scale = make_coefficients (self, in), *shift = make_coefficients (self, in);
  TsnActivation activation = { add ? scale : NULL, shift, 0.1f };
  TsnConv shape = { in, out, 2 * height, 2 * width, 3, 1 };
  size_t pixels = 4 * height * width;
  float *x = make_random (self, in * height * width), *weight = make_random (self, out * in * 9);
  float *large = tsn_aligned_alloc (in * pixels * sizeof (float)), *scratch;
  g_autofree double *up = g_new (double, in *pixels), *expected = g_new (double, out *pixels);
  g_autofree double *sums = NULL;
  TsnMap input = map_from_planes (x, in, height, width);
  TsnMap output = map_new (2 * height, 2 * width, out);
  TsnConvWeights weights = { weight, out, in, 3, in * 9, NULL };
  TsnMap second = map_new (2 * height, 2 * width, out);
  TsnUpsampleItem items[]
      = { { &input, activation, &output, NULL }, { &input, activation, &second, NULL } };
  TsnUpsampleConv conv;

  activate_planes (x, in, height * width, &activation);
  reference_upsample (in, height, width, x, up);
  for (size_t i = 0; i < in * pixels; i++)
    large[i] = up[i];
  reference_conv (&shape, 1, large, weight, NULL, expected);
  for (size_t i = 0; add && i < pixels; i++)
    {
      output.data[i * output.channels] = second.data[i * output.channels] = 3;
      expected[i] += 3;
    }
  tsn_upsample_conv_init (&conv, &weights, self->pool);
  scratch = tsn_aligned_alloc (tsn_upsample_conv_scratch (&conv, &input, 2) * sizeof (float));
  sums = g_new (double, 4 * output.channels);
  items[0].sums = sums;
  items[1].sums = sums + 2 * output.channels;
  tsn_upsample_conv_forward (&conv, self->kernels, items, 2, add, scratch, self->pool);
  g_assert_cmpmem (sums, 2 * output.channels * sizeof (double), sums + 2 * output.channels,
                   2 * output.channels * sizeof (double));
  assert_map_near (&second, expected, out, 2e-6);
  tsn_aligned_free (second.data);
  assert_map_near (&output, expected, out, 2e-6);
  for (size_t c = 0; c < out; c++)
    {
      double sum = 0, squares = 0;

      for (size_t i = 0; i < pixels; i++)
        {
          sum += expected[c * pixels + i];
          squares += expected[c * pixels + i] * expected[c * pixels + i];
        }
      g_assert_cmpfloat_with_epsilon (sums[c], sum, 1e-5 * (1 + sqrt (squares * pixels)));
      g_assert_cmpfloat_with_epsilon (sums[output.channels + c], squares, 1e-5 * squares);
    }
  tsn_upsample_conv_clear (&conv);
  tsn_aligned_free (scale);
  tsn_aligned_free (shift);
  tsn_aligned_free (scratch);
  tsn_aligned_free (x);
  tsn_aligned_free (weight);
  tsn_aligned_free (large);
  tsn_aligned_free (input.data);
  tsn_aligned_free (output.data);
}

static void
test_upsample_conv (Fixture *self, gconstpointer isa)
{
  check_upsample (self, 4, 5, 1, 1, FALSE);
  check_upsample (self, 40, 33, 1, 7, TRUE);
  check_upsample (self, 33, 64, 7, 1, FALSE);
  check_upsample (self, 64, 32, 16, 11, TRUE);
  check_upsample (self, 16, 100, 33, 20, FALSE);
}

static void
test_gemm_like_portable (Fixture *self, gconstpointer isa)
{
  const TsnKernels *plain = tsn_kernels_get (TSN_ISA_C);

  for (size_t m = 1; m < 60; m += 1 + m / 3)
    for (size_t k = 1; k < 700; k = 3 * k + 1)
      {
        float *a = make_random (self, m * (k + 3)), *b = make_random (self, k * TSN_PANEL);
        float *c = make_random (self, m * 2 * TSN_PANEL), *d;

        if (m % 2 == 0)
          for (size_t i = 0; i < m * (k + 3); i++)
            a[i] *= i % 5 == 0 ? 0 : 1e18f;
        d = tsn_aligned_alloc (m * 2 * TSN_PANEL * sizeof (float));
        memcpy (d, c, m * 2 * TSN_PANEL * sizeof (float));
        for (gboolean accumulate = FALSE; accumulate <= TRUE; accumulate++)
          {
            self->kernels->gemm_panel (m, k, a, k + 3, b, c, 2 * TSN_PANEL, accumulate);
            plain->gemm_panel (m, k, a, k + 3, b, d, 2 * TSN_PANEL, accumulate);
            assert_near (c, d, m * 2 * TSN_PANEL, 1e-5);
          }
        tsn_aligned_free (a);
        tsn_aligned_free (b);
        tsn_aligned_free (c);
        tsn_aligned_free (d);
      }
}

static void
test_loops_like_portable (Fixture *self, gconstpointer isa)
{
  const TsnKernels *plain = tsn_kernels_get (TSN_ISA_C);
  const size_t pixels = 37, channels = 96, n = pixels * channels;
  float *x = make_random (self, n), *scale = make_random (self, channels);
  float *shift = make_random (self, channels), *y = make_random (self, n);
  float *z = tsn_aligned_alloc (n * sizeof (float)), *residual = make_random (self, n);
  TsnActivation activation = { scale, shift, 0.01f };
  TsnEpilogue epilogue = { shift, residual, TRUE };
  float *sums = tsn_aligned_alloc0 (4 * channels * sizeof (float));

  x[5] = 0;
  x[6] = 1e30f;
  x[7] = -1e30f;
  self->kernels->affine (pixels, channels, x, &activation, y);
  plain->affine (pixels, channels, x, &activation, z);
  assert_near (y, z, n, 1e-6);
  memcpy (z, y, n * sizeof (float));
  self->kernels->finish (pixels, channels, channels, &epilogue, y);
  plain->finish (pixels, channels, channels, &epilogue, z);
  assert_near (y, z, n, 1e-6);
  x[6] = x[7] = 1;
  self->kernels->statistics (pixels, channels, x, sums);
  plain->statistics (pixels, channels, x, sums + 2 * channels);
  assert_near (sums, sums + 2 * channels, 2 * channels, 1e-6);
  tsn_aligned_free (x);
  tsn_aligned_free (y);
  tsn_aligned_free (z);
  tsn_aligned_free (scale);
  tsn_aligned_free (shift);
  tsn_aligned_free (residual);
  tsn_aligned_free (sums);
}

static void
test_project_like_portable (Fixture *self, gconstpointer isa)
{
  const size_t pixels = 41, channels = 64, outputs = 3;
  const TsnKernels *plain = tsn_kernels_get (TSN_ISA_C);
  float *x = make_random (self, pixels * channels), *scale = make_random (self, channels);
  float *shift = make_random (self, channels), *weights = make_random (self, outputs * channels);
  float *bias = make_random (self, outputs), *y = make_random (self, outputs * 50);
  float *z = tsn_aligned_alloc (outputs * 50 * sizeof (float));
  TsnActivation activation = { scale, shift, 0.01f };
  TsnProjection projection = { outputs, weights, bias };

  memcpy (z, y, outputs * 50 * sizeof (float));
  self->kernels->project (pixels, channels, x, &activation, &projection, y, 50);
  plain->project (pixels, channels, x, &activation, &projection, z, 50);
  assert_near (y, z, outputs * 50, 1e-5);
  tsn_aligned_free (x);
  tsn_aligned_free (y);
  tsn_aligned_free (z);
  tsn_aligned_free (scale);
  tsn_aligned_free (shift);
  tsn_aligned_free (weights);
  tsn_aligned_free (bias);
}

static void
test_max_pool (Fixture *self, gconstpointer isa)
{
  for (size_t height = 1; height < 12; height += 3)
    for (size_t width = 1; width < 20; width += 6)
      {
        size_t oh = (height + 1) / 2, ow = (width + 1) / 2;
        float *x = make_random (self, 35 * height * width);
        g_autofree double *expected = g_new (double, 35 * oh * ow);
        TsnMap input = map_from_planes (x, 35, height, width), output = map_new (oh, ow, 35);

        reference_max_pool (35, height, width, x, expected);
        for (size_t row = 0; row < oh; row++)
          self->kernels->max_pool_row (&input, row, output.data + row * ow * output.channels);
        assert_map_near (&output, expected, 35, 0);
        tsn_aligned_free (x);
        tsn_aligned_free (input.data);
        tsn_aligned_free (output.data);
      }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "direct-conv", test_direct_conv },
    { "winograd", test_winograd },
    { "upsample-conv", test_upsample_conv },
    { "gemm-like-portable", test_gemm_like_portable },
    { "loops-like-portable", test_loops_like_portable },
    { "project-like-portable", test_project_like_portable },
    { "max-pool", test_max_pool },
  };

  g_test_init (&argc, &argv, NULL);
  for (TsnIsa isa = TSN_ISA_C; isa <= tsn_cpu_detect_isa (); isa++)
    for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
      {
        g_autofree char *path
            = g_strdup_printf ("/ops/kernels/%s/%s", tsn_isa_get_name (isa), tests[i].name);

        g_test_add (path, Fixture, GINT_TO_POINTER (isa), setup, tests[i].test, teardown);
      }
  return g_test_run ();
}
