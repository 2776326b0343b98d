#include "core/base/tsn-cpu.h"
#include "core/base/tsn-pool.h"

#include <string.h>

#define N 10007

typedef struct
{
  TsnPool *pool;
  guint8 seen[N];
  guint threads;
  size_t inner_sum;
} Loop;

static void
mark_cb (gpointer data, size_t first, size_t last, guint thread)
{
  Loop *loop = data;

  g_assert_cmpuint (thread, <, loop->threads);
  for (size_t i = first; i < last; i++)
    loop->seen[i]++;
}

static void
test_every_iteration_once (void)
{
  for (guint threads = 1; threads <= 5; threads++)
    {
      g_autoptr (TsnPool) pool = tsn_pool_new (threads);

      g_assert_cmpuint (tsn_pool_get_threads (pool), ==, threads);
      for (size_t n = 0; n < N; n = 3 * n + 1)
        for (size_t grain = 1; grain < 200; grain = 5 * grain + 2)
          {
            Loop loop = { .pool = pool, .threads = threads };

            tsn_pool_for (pool, n, grain, mark_cb, &loop);
            for (size_t i = 0; i < N; i++)
              g_assert_cmpuint (loop.seen[i], ==, i < n);
          }
    }
}

static void
add_cb (gpointer data, size_t first, size_t last, guint thread)
{
  *(size_t *) data += last - first;
}

static void
nest_cb (gpointer data, size_t first, size_t last, guint thread)
{
  Loop *loop = data;

  for (size_t i = first; i < last; i++)
    {
      size_t sum = 0;

      tsn_pool_for (loop->pool, 100, 7, add_cb, &sum);
      loop->seen[i] = sum;
    }
}

static void
test_nested_loops_run_serially (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (3);
  Loop loop = { .pool = pool, .threads = 3 };

  tsn_pool_for (pool, 1000, 1, nest_cb, &loop);
  for (size_t i = 0; i < 1000; i++)
    g_assert_cmpuint (loop.seen[i], ==, 100);
}

static void
test_sleepers_wake_up (void)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (2);

  for (int round = 0; round < 5; round++)
    {
      Loop loop = { .pool = pool, .threads = 2 };

      g_usleep (20000);
      tsn_pool_for (pool, N, 1, mark_cb, &loop);
      g_assert_null (memchr (loop.seen, 0, N));
    }
}

static void
test_environment (void)
{
  g_setenv ("TSN_THREADS", "3", TRUE);
  {
    g_autoptr (TsnPool) pool = tsn_pool_new (0);

    g_assert_cmpuint (tsn_pool_get_threads (pool), ==, 3);
  }
  g_unsetenv ("TSN_THREADS");
  {
    g_autoptr (TsnPool) pool = tsn_pool_new (0);

    g_assert_cmpuint (tsn_pool_get_threads (pool), ==, tsn_cpu_count_cores ());
  }
}

static void
test_isa_can_be_lowered (void)
{
  TsnIsa best = tsn_cpu_detect_isa ();

  g_unsetenv ("TSN_ISA");
  g_assert_cmpint (tsn_cpu_get_isa (), ==, best);
  g_setenv ("TSN_ISA", "c", TRUE);
  g_assert_cmpint (tsn_cpu_get_isa (), ==, TSN_ISA_C);
  g_setenv ("TSN_ISA", "avx2", TRUE);
  g_assert_cmpint (tsn_cpu_get_isa (), ==, MIN (best, TSN_ISA_AVX2));
  g_setenv ("TSN_ISA", "quantum", TRUE);
  g_assert_cmpint (tsn_cpu_get_isa (), ==, best);
  g_unsetenv ("TSN_ISA");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/pool/every-iteration-once", test_every_iteration_once);
  g_test_add_func ("/base/pool/nested-loops-run-serially", test_nested_loops_run_serially);
  g_test_add_func ("/base/pool/sleepers-wake-up", test_sleepers_wake_up);
  g_test_add_func ("/base/pool/environment", test_environment);
  g_test_add_func ("/base/cpu/isa-can-be-lowered", test_isa_can_be_lowered);
  return g_test_run ();
}
