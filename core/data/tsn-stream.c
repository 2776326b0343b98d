#include "core/data/tsn-stream.h"

/* The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): every bit of @x reaches every bit of
 * the result. */
static guint64
scramble (guint64 x)
{
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

static guint64
absorb (guint64 hash, guint64 word)
{
  return scramble (hash + word + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
}

/**
 * tsn_stream_init:
 * @random: (out): the start of a stream
 * @seed: of the whole run
 * @use: what it is for
 * @a: first number that tells streams of one use apart
 * @b: second number
 */
void
tsn_stream_init (TsnRandom *random, guint64 seed, TsnStream use, guint64 a, guint64 b)
{
  tsn_random_init (random, absorb (absorb (absorb (scramble (seed), use), a), b));
}

/**
 * tsn_stream_shuffle:
 * @values: (inout) (array length=n): are brought into random order (Fisher and Yates)
 */
void
tsn_stream_shuffle (TsnRandom *random, guint32 *values, guint n)
{
  for (guint i = n; i > 1; i--)
    {
      guint j = tsn_random_below (random, i);
      guint32 swap = values[i - 1];

      values[i - 1] = values[j];
      values[j] = swap;
    }
}
