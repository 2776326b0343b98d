#include "backward-case.h"

#include "core/base/tsn-arena.h"

#include <math.h>

/* Half the distance of the two points of a difference: a power of two, so that the points are
 * exact. */
#define STEP (1.0f / 256)

float *
make_random (Case *self, size_t length)
{
  float *x = g_new (float, length);

  /* A grid of sixteenths: steps stay exact and no two values of a window are nearly equal. */
  for (size_t i = 0; i < length; i++)
    x[i] = roundf (tsn_random_normal (&self->random) * 16) / 16;
  return x;
}

float *
new_scratch (size_t floats)
{
  return tsn_aligned_alloc (floats * sizeof (float));
}

Case *
case_new (guint threads, void (*function) (const Case *, double *), size_t out_length)
{
  Case *self = g_new0 (Case, 1);

  self->pool = tsn_pool_new (threads);
  tsn_random_init (&self->random, 5);
  self->function = function;
  self->out_length = out_length;
  self->dy = make_random (self, out_length);
  return self;
}

void
add_input (Case *self, size_t length)
{
  self->x[self->n_inputs] = make_random (self, length);
  self->dx[self->n_inputs] = g_new (float, length);
  for (size_t i = 0; i < length; i++)
    self->dx[self->n_inputs][i] = NAN; /* gradients are set, not added to */
  self->length[self->n_inputs++] = length;
}

static double
weighted_sum (const Case *self)
{
  g_autofree double *y = g_new (double, self->out_length);
  double sum = 0;

  self->function (self, y);
  for (size_t i = 0; i < self->out_length; i++)
    sum += self->dy[i] * y[i];
  return sum;
}

static double
difference (Case *self, guint input, size_t i)
{
  float *x = &self->x[input][i], kept = *x;
  double above, below;

  *x = kept + STEP;
  above = weighted_sum (self);
  *x = kept - STEP;
  below = weighted_sum (self);
  *x = kept;
  return (above - below) / (2 * STEP);
}

void
case_check (Case *self, double tolerance)
{
  for (guint input = 0; input < self->n_inputs; input++)
    {
      g_autofree double *expected = g_new (double, self->length[input]);
      double largest = 0;

      for (size_t i = 0; i < self->length[input]; i++)
        {
          expected[i] = difference (self, input, i);
          largest = fmax (largest, fabs (expected[i]));
        }
      for (size_t i = 0; i < self->length[input]; i++)
        g_assert_cmpfloat_with_epsilon (self->dx[input][i], expected[i],
                                        tolerance * largest + 1e-6);
    }
  for (guint input = 0; input < self->n_inputs; input++)
    {
      g_free (self->x[input]);
      g_free (self->dx[input]);
    }
  g_free (self->dy);
  tsn_pool_free (self->pool);
  g_free (self);
}
