/* 3x3 convolutions by Winograd's method, forward and backward, against the definition in double
 * precision; run once per instruction set. */
#include "core/base/tsn-arena.h"
#include "core/ops/tsn-conv-winograd.h"
#include "backward-case.h"

#include <math.h>
#include <string.h>

/* Shapes whose tiles lie in panels in every way: whole, several rows or images to a panel, a part
 * of a row, sides that are no multiple of four, and more than one round and block of channels. */
static const TsnConv small[] = {
  { 3, 2, 5, 7, 3, 1 }, { 1, 1, 1, 1, 3, 1 },   { 2, 3, 4, 4, 3, 1 },
  { 5, 4, 9, 2, 3, 1 }, { 1, 2, 3, 150, 3, 1 },
};
static const TsnConv large[] = {
  { 33, 37, 16, 16, 3, 1 }, { 7, 5, 12, 128, 3, 1 },  { 70, 130, 30, 22, 3, 1 },
  { 5, 9, 130, 256, 3, 1 }, { 330, 20, 8, 40, 3, 1 },
};

static void
conv_function (const Case *self, double *y)
{
  reference_conv (&self->conv, self->shape.n, self->x[0], self->x[1], self->x[2], y);
}

static Case *
new_conv_case (size_t n, TsnConv conv, guint threads)
{
  Case *self = case_new (threads, conv_function, n * conv.out_channels * conv.height * conv.width);

  self->conv = conv;
  self->shape.n = n;
  add_input (self, n * conv.in_channels * conv.height * conv.width);
  add_input (self, conv.out_channels * conv.in_channels * 9);
  add_input (self, conv.out_channels);
  return self;
}

/* Scratch memory that shows what is read before it is written. */
static float *
new_spoilt_scratch (const Case *self)
{
  size_t length
      = tsn_conv_winograd_scratch (&self->conv, self->shape.n, tsn_pool_get_threads (self->pool));

  return memset (new_scratch (length), 0xff, length * sizeof (float));
}

/* What is expected of the gradients without trying every element: for large shapes. */
static void
drop_inputs (Case *self)
{
  for (guint i = 0; i < self->n_inputs; i++)
    {
      g_free (self->x[i]);
      g_free (self->dx[i]);
    }
  self->n_inputs = 0;
  case_check (self, 0);
}

static void
check_forward (size_t n, TsnConv conv, guint threads)
{
  Case *self = new_conv_case (n, conv, threads);
  g_autofree float *y = g_new (float, self->out_length);
  g_autofree double *expected = g_new (double, self->out_length);
  float *scratch = new_spoilt_scratch (self);
  double largest = 0;

  tsn_conv_winograd_forward (&conv, n, self->x[0], self->x[1], self->x[2], y, scratch, self->pool);
  conv_function (self, expected);
  for (size_t i = 0; i < self->out_length; i++)
    largest = fmax (largest, fabs (expected[i]));
  for (size_t i = 0; i < self->out_length; i++)
    g_assert_cmpfloat_with_epsilon (y[i], expected[i], 2e-5 * largest);
  tsn_aligned_free (scratch);
  drop_inputs (self);
}

static void
test_forward (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (small); i++)
    check_forward (1 + i, small[i], 1 + i % 3);
  for (guint i = 0; i < G_N_ELEMENTS (large); i++)
    check_forward (1 + i % 3, large[i], 1 + i % 3);
}

static void
run_backward (Case *self)
{
  float *scratch = new_spoilt_scratch (self);

  tsn_conv_winograd_backward_data (&self->conv, self->shape.n, self->x[1], self->dy, self->dx[0],
                                   scratch, self->pool);
  tsn_conv_winograd_backward_weight (&self->conv, self->shape.n, self->x[0], self->dy, self->dx[1],
                                     scratch, self->pool);
  tsn_aligned_free (scratch);
}

static void
test_differences (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (small); i++)
    {
      Case *self = new_conv_case (1 + i % 3, small[i], 1 + i % 3);

      run_backward (self);
      tsn_conv_backward_bias (&self->conv, self->shape.n, self->dy, self->dx[2], self->pool);
      case_check (self, 2e-5);
    }
}

static void
assert_near (size_t length, const float *found, const float *expected)
{
  double largest = 0;

  for (size_t i = 0; i < length; i++)
    largest = fmax (largest, fabs (expected[i]));
  for (size_t i = 0; i < length; i++)
    g_assert_cmpfloat_with_epsilon (found[i], expected[i], 5e-5 * largest);
}

/* Too large for differences: the plain operations, which have been compared with them. */
static void
test_plain (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (large); i++)
    {
      Case *self = new_conv_case (1 + i % 3, large[i], 1 + i % 3);
      g_autofree float *dx = g_new (float, self->length[0]);
      g_autofree float *dweight = g_new (float, self->length[1]);
      float *scratch
          = new_scratch (tsn_conv_backward_scratch (&large[i], tsn_pool_get_threads (self->pool)));

      run_backward (self);
      tsn_conv_backward_data (&large[i], self->shape.n, self->x[1], self->dy, dx, scratch,
                              self->pool);
      tsn_conv_backward_weight (&large[i], self->shape.n, self->x[0], self->dy, dweight, scratch,
                                self->pool);
      assert_near (self->length[0], self->dx[0], dx);
      assert_near (self->length[1], self->dx[1], dweight);
      tsn_aligned_free (scratch);
      drop_inputs (self);
    }
}

/* The same numbers whatever the number of threads. */
static void
test_deterministic (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (large); i++)
    {
      g_autofree float *first = NULL;

      for (guint threads = 1; threads <= 3; threads++)
        {
          Case *self = new_conv_case (2, large[i], threads);
          size_t length = self->out_length + self->length[0] + self->length[1];
          g_autofree float *all = g_new (float, length);
          float *scratch = new_spoilt_scratch (self);

          tsn_conv_winograd_forward (&large[i], 2, self->x[0], self->x[1], NULL, all, scratch,
                                     self->pool);
          tsn_aligned_free (scratch);
          run_backward (self);
          memcpy (all + self->out_length, self->dx[0], self->length[0] * sizeof (float));
          memcpy (all + self->out_length + self->length[0], self->dx[1],
                  self->length[1] * sizeof (float));
          if (first == NULL)
            first = g_steal_pointer (&all);
          else
            g_assert_cmpmem (first, length * sizeof (float), all, length * sizeof (float));
          drop_inputs (self);
        }
    }
}

static void
test_suits (void)
{
  g_assert_true (tsn_conv_winograd_suits (&(TsnConv){ 64, 64, 64, 64, 3, 1 }));
  g_assert_false (tsn_conv_winograd_suits (&(TsnConv){ 64, 64, 64, 64, 3, 2 }));
  g_assert_false (tsn_conv_winograd_suits (&(TsnConv){ 64, 64, 64, 64, 1, 1 }));
  g_assert_false (tsn_conv_winograd_suits (&(TsnConv){ 3, 64, 64, 64, 3, 1 }));
  g_assert_false (tsn_conv_winograd_suits (&(TsnConv){ 64, 64, 2, 2, 3, 1 }));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ops/conv-winograd/forward", test_forward);
  g_test_add_func ("/ops/conv-winograd/differences", test_differences);
  g_test_add_func ("/ops/conv-winograd/plain", test_plain);
  g_test_add_func ("/ops/conv-winograd/deterministic", test_deterministic);
  g_test_add_func ("/ops/conv-winograd/suits", test_suits);
  return g_test_run ();
}
