#include "core/base/tsn-random.h"

#include <math.h>

/* First outputs of xoshiro256++ from the state 1, 2, 3, 4, worked out by hand from its definition:
 * rotl(1 + 4, 23) + 1, then the same after one state update. */
static void
test_definition (void)
{
  TsnRandom random = { { 1, 2, 3, 4 } };

  g_assert_cmpuint (tsn_random_next (&random), ==, 41943041u);
  g_assert_cmpuint (random.s[0], ==, 7);
  g_assert_cmpuint (random.s[1], ==, 0);
  g_assert_cmpuint (random.s[2], ==, 262146);
  g_assert_cmpuint (random.s[3], ==, G_GUINT64_CONSTANT (6) << 45);
  g_assert_cmpuint (tsn_random_next (&random), ==, 58720359u);
}

static void
test_state_is_data (void)
{
  TsnRandom a, b;

  tsn_random_init (&a, 42);
  for (int i = 0; i < 10; i++)
    tsn_random_next (&a);
  b = a;
  for (int i = 0; i < 100; i++)
    g_assert_cmpfloat (tsn_random_normal (&a), ==, tsn_random_normal (&b));
}

static void
test_moments (void)
{
  double sum = 0, squares = 0, uniform = 0;
  TsnRandom random;
  const int n = 200000;

  tsn_random_init (&random, 7);
  for (int i = 0; i < n; i++)
    {
      double x = tsn_random_normal (&random), u = tsn_random_uniform (&random);

      g_assert_true (u >= 0 && u < 1);
      sum += x;
      squares += x * x;
      uniform += u;
    }
  g_assert_cmpfloat_with_epsilon (sum / n, 0, 0.01);
  g_assert_cmpfloat_with_epsilon (squares / n, 1, 0.02);
  g_assert_cmpfloat_with_epsilon (uniform / n, 0.5, 0.005);
}

static void
test_below (void)
{
  guint count[7] = { 0 };
  TsnRandom random;

  tsn_random_init (&random, 3);
  for (int i = 0; i < 70000; i++)
    {
      guint64 x = tsn_random_below (&random, 7);

      g_assert_cmpuint (x, <, 7);
      count[x]++;
    }
  for (guint i = 0; i < 7; i++)
    g_assert_true (count[i] > 9500 && count[i] < 10500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/random/definition", test_definition);
  g_test_add_func ("/base/random/state-is-data", test_state_is_data);
  g_test_add_func ("/base/random/moments", test_moments);
  g_test_add_func ("/base/random/below", test_below);
  return g_test_run ();
}
