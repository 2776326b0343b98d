#include "core/base/tsn-arena.h"
#include "core/base/tsn-random.h"
#include "core/base/tsn-tensor.h"

static void
test_alignment (void)
{
  for (size_t bytes = 0; bytes < 300; bytes += 37)
    {
      guint8 *block = tsn_aligned_alloc0 (bytes);

      g_assert_cmpuint ((guintptr) block % TSN_ALIGNMENT, ==, 0);
      for (size_t i = 0; i < bytes; i++)
        g_assert_cmpuint (block[i], ==, 0);
      tsn_aligned_free (block);
    }
}

static gboolean
collide (const TsnBlock *a, const TsnBlock *b)
{
  return a->first <= b->last && b->first <= a->last && a->offset < b->offset + b->bytes
         && b->offset < a->offset + a->bytes;
}

static void
test_random_lifetimes (void)
{
  TsnRandom random;

  tsn_random_init (&random, 1);
  for (int round = 0; round < 200; round++)
    {
      TsnBlock blocks[40];
      size_t peak, needed = 0;

      for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
        {
          guint first = tsn_random_below (&random, 50);

          blocks[i] = (TsnBlock){ .bytes = tsn_random_below (&random, 5000),
                                  .first = first,
                                  .last = first + tsn_random_below (&random, 10) };
        }
      peak = tsn_arena_plan (blocks, G_N_ELEMENTS (blocks));
      for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
        {
          g_assert_cmpuint (blocks[i].offset % TSN_ALIGNMENT, ==, 0);
          g_assert_cmpuint (blocks[i].offset + blocks[i].bytes, <=, peak);
          for (guint j = 0; j < i; j++)
            g_assert_false (collide (&blocks[i], &blocks[j]));
        }
      for (guint step = 0; step < 60; step++)
        {
          size_t alive = 0;

          for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
            alive += blocks[i].first <= step && step <= blocks[i].last ? blocks[i].bytes : 0;
          needed = MAX (needed, alive);
        }
      g_assert_cmpuint (peak, >=, needed);
      g_assert_cmpuint (peak, <=, 2 * needed + 64 * G_N_ELEMENTS (blocks));
    }
}

static void
test_chain_needs_two (void)
{
  TsnBlock blocks[10];

  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    blocks[i] = (TsnBlock){ .bytes = 640, .first = i, .last = i + 1 };
  g_assert_cmpuint (tsn_arena_plan (blocks, G_N_ELEMENTS (blocks)), ==, 2 * 640);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/arena/alignment", test_alignment);
  g_test_add_func ("/base/arena/random-lifetimes", test_random_lifetimes);
  g_test_add_func ("/base/arena/chain-needs-two", test_chain_needs_two);
  return g_test_run ();
}
