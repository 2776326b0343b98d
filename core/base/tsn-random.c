#include "core/base/tsn-random.h"

#include <math.h>

static guint64
rotate_left (guint64 x, int k)
{
  return (x << k) | (x >> (64 - k));
}

/**
 * tsn_random_init:
 *
 * Fills the state from @seed by SplitMix64, as the generator's authors advise.
 */
void
tsn_random_init (TsnRandom *random, guint64 seed)
{
  for (int i = 0; i < 4; i++)
    {
      guint64 z = seed += 0x9e3779b97f4a7c15u;

      z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
      z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
      random->s[i] = z ^ (z >> 31);
    }
}

guint64
tsn_random_next (TsnRandom *random)
{
  guint64 *s = random->s;
  guint64 result = rotate_left (s[0] + s[3], 23) + s[0];
  guint64 t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate_left (s[3], 45);
  return result;
}

/**
 * tsn_random_uniform:
 *
 * Returns: a number in [0, 1) with 53 random bits.
 */
double
tsn_random_uniform (TsnRandom *random)
{
  return (tsn_random_next (random) >> 11) * 0x1p-53;
}

/**
 * tsn_random_normal:
 *
 * Returns: a standard normal number (Box and Muller, 1958).  The second number of each pair is
 *   dropped, so that the state stays four words.
 */
double
tsn_random_normal (TsnRandom *random)
{
  double u = 1.0 - tsn_random_uniform (random);
  double v = tsn_random_uniform (random);

  return sqrt (-2.0 * log (u)) * cos (2.0 * G_PI * v);
}

/**
 * tsn_random_below:
 *
 * Returns: an unbiased integer in [0, n); @n must not be 0.
 */
guint64
tsn_random_below (TsnRandom *random, guint64 n)
{
  guint64 limit, x;

  g_return_val_if_fail (n > 0, 0);

  limit = G_MAXUINT64 - G_MAXUINT64 % n;
  do
    x = tsn_random_next (random);
  while (x >= limit);
  return x % n;
}
