#include "core/io/tsn-half.h"

#include <math.h>
#include <string.h>

/* The value of a half from its definition. */
static double
half_value (guint16 half)
{
  int exponent = half >> 10 & 31, mantissa = half & 1023;
  double sign = half & 0x8000 ? -1 : 1;

  if (exponent == 31)
    return mantissa != 0 ? NAN : sign * INFINITY;
  return sign * (exponent == 0 ? ldexp (mantissa, -24) : ldexp (1024 + mantissa, exponent - 25));
}

static void
test_every_half (void)
{
  for (guint half = 0; half < 0x10000; half++)
    {
      double expected = half_value (half);
      float value = tsn_half_to_float (half);

      if (isnan (expected))
        {
          g_assert_true (isnan (value));
          g_assert_true (isnan (half_value (tsn_half_from_float (value))));
          continue;
        }
      g_assert_true (value == expected && !signbit (value) == !signbit (expected));
      g_assert_cmphex (tsn_half_from_float (value), ==, half);
    }
}

/* Between any two neighbours: the middle goes to the even one, all else to the nearer one. */
static void
test_half_rounding (void)
{
  for (guint half = 0; half < 0x7bff; half++)
    {
      float low = tsn_half_to_float (half), high = tsn_half_to_float (half + 1);
      float middle = 0.5f * (low + high);

      g_assert_cmphex (tsn_half_from_float (middle), ==, half + (half & 1));
      g_assert_cmphex (tsn_half_from_float (nextafterf (middle, 0)), ==, half);
      g_assert_cmphex (tsn_half_from_float (nextafterf (middle, 1e9f)), ==, half + 1);
      g_assert_cmphex (tsn_half_from_float (-nextafterf (middle, 0)), ==, half | 0x8000);
    }
}

static void
test_half_range (void)
{
  g_assert_cmphex (tsn_half_from_float (TSN_HALF_MAX), ==, 0x7bff);
  g_assert_cmphex (tsn_half_from_float (nextafterf (TSN_HALF_MAX, 1e9f)), ==, 0x7c00);
  g_assert_cmphex (tsn_half_from_float (3e38f), ==, 0x7c00);
  g_assert_cmphex (tsn_half_from_float (-INFINITY), ==, 0xfc00);
  g_assert_cmphex (tsn_half_from_float (1e-30f), ==, 0);
  g_assert_cmphex (tsn_half_from_float (-1e-30f), ==, 0x8000);
}

static void
test_bfloat (void)
{
  for (guint bfloat = 0; bfloat < 0x7f80; bfloat++)
    {
      float low = tsn_bfloat_to_float (bfloat), middle;
      guint32 bits = bfloat << 16 | 0x8000;

      memcpy (&middle, &bits, sizeof middle);
      g_assert_cmphex (tsn_bfloat_from_float (low), ==, bfloat);
      g_assert_cmphex (tsn_bfloat_from_float (middle), ==, bfloat + (bfloat & 1));
      g_assert_cmphex (tsn_bfloat_from_float (nextafterf (middle, 0)), ==, bfloat);
      g_assert_cmphex (tsn_bfloat_from_float (nextafterf (middle, INFINITY)), ==, bfloat + 1);
    }
  g_assert_true (isnan (tsn_bfloat_to_float (tsn_bfloat_from_float (NAN))));
  g_assert_true (isinf (tsn_bfloat_to_float (tsn_bfloat_from_float (INFINITY))));
}

static void
test_rows (void)
{
  const float values[] = { 0, 1, -2.5f, 65504, 0x1p-24f };
  guint8 bytes[11];
  float back[5];

  /* One byte off: files do not align what they hold. */
  tsn_half_write (values, bytes + 1, 5);
  g_assert_cmphex (bytes[3], ==, 0x00);
  g_assert_cmphex (bytes[4], ==, 0x3c);
  tsn_half_read (bytes + 1, back, 5);
  g_assert_cmpmem (back, sizeof back, values, sizeof values);
  tsn_bfloat_write (values, bytes + 1, 3);
  g_assert_cmphex (bytes[3], ==, 0x80);
  g_assert_cmphex (bytes[4], ==, 0x3f);
  tsn_bfloat_read (bytes + 1, back, 3);
  g_assert_cmpmem (back, 3 * sizeof *back, values, 3 * sizeof *values);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/io/half/every-half", test_every_half);
  g_test_add_func ("/io/half/rounding", test_half_rounding);
  g_test_add_func ("/io/half/range", test_half_range);
  g_test_add_func ("/io/half/bfloat", test_bfloat);
  g_test_add_func ("/io/half/rows", test_rows);
  return g_test_run ();
}
