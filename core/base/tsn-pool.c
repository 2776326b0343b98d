#include "core/base/tsn-pool.h"

#include "core/base/tsn-cpu.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

/* How long a thread that ran out of work looks for more before it sleeps.  Loops of one network
 * pass follow each other within microseconds; waking a sleeper costs some tens of them. */
#define SPIN_ROUNDS 20000

typedef struct
{
  TsnPoolFunc func;
  gpointer data;
  size_t n;
  size_t grain;
} Loop;

struct _TsnPool
{
  guint threads;
  GThread **others; /* threads - 1 of them; the caller is thread 0 */

  /* POSIX threads rather than GMutex, whose futexes ThreadSanitizer does not see. */
  pthread_mutex_t mutex;
  pthread_cond_t wake;
  Loop loop;
  atomic_uint_fast64_t gate; /* see enter(); a new generation is the signal to start */
  atomic_size_t next;        /* the first iteration nobody took yet */
  atomic_uint left;          /* other threads that are done with the current loop */
  atomic_int quit;
  guint sleepers; /* under mutex */
};

typedef struct
{
  TsnPool *pool;
  guint index;
} Worker;

/* Index of this thread in the loop it is inside of, or -1: nested loops run serially under it. */
static _Thread_local int loop_thread = -1;

static void
relax (void)
{
#if defined(__x86_64__)
  __builtin_ia32_pause ();
#endif
}

static void
run_share (TsnPool *pool, guint thread)
{
  const Loop *loop = &pool->loop;

  loop_thread = thread;
  for (;;)
    {
      size_t first = atomic_fetch_add (&pool->next, loop->grain);

      if (first >= loop->n)
        break;
      loop->func (loop->data, first, MIN (first + loop->grain, loop->n), thread);
    }
  loop_thread = -1;
}

/* The gate holds the number of loops so far (its generation), whether the current one takes no more
 * threads, and how many have entered it.  The caller waits for those alone: on a busy machine the
 * others may not even have been woken by the time the work is done. */
#define GATE_GENERATION (G_GUINT64_CONSTANT (1) << 32)
#define GATE_CLOSED (G_GUINT64_CONSTANT (1) << 31)

static guint64
generation_of (guint64 gate)
{
  return gate / GATE_GENERATION;
}

/* Whether this thread may take part in loop @generation; it must leave it again then. */
static gboolean
enter (TsnPool *pool, guint64 generation)
{
  guint64 gate = atomic_load (&pool->gate);

  while (generation_of (gate) == generation && (gate & GATE_CLOSED) == 0)
    if (atomic_compare_exchange_weak (&pool->gate, &gate, gate + 1))
      return TRUE;
  return FALSE;
}

static guint64
wait_for_loop (TsnPool *pool, guint64 seen)
{
  for (guint i = 0; i < SPIN_ROUNDS; i++)
    {
      if (generation_of (atomic_load (&pool->gate)) != seen)
        return generation_of (atomic_load (&pool->gate));
      relax ();
    }
  pthread_mutex_lock (&pool->mutex);
  pool->sleepers++;
  while (generation_of (atomic_load (&pool->gate)) == seen)
    pthread_cond_wait (&pool->wake, &pool->mutex);
  pool->sleepers--;
  pthread_mutex_unlock (&pool->mutex);
  return generation_of (atomic_load (&pool->gate));
}

static gpointer
worker_main (gpointer data)
{
  g_autofree Worker *worker = data;
  TsnPool *pool = worker->pool;
  guint64 seen = 0;

  for (;;)
    {
      seen = wait_for_loop (pool, seen);
      if (atomic_load (&pool->quit))
        return NULL;
      if (!enter (pool, seen))
        continue;
      run_share (pool, worker->index);
      atomic_fetch_add (&pool->left, 1);
    }
}

static void
start_generation (TsnPool *pool)
{
  guint64 generation = generation_of (atomic_load (&pool->gate)) + 1;

  pthread_mutex_lock (&pool->mutex);
  atomic_store (&pool->gate, generation % GATE_GENERATION * GATE_GENERATION);
  if (pool->sleepers > 0)
    pthread_cond_broadcast (&pool->wake);
  pthread_mutex_unlock (&pool->mutex);
}

static guint
default_threads (void)
{
  const char *wanted = g_getenv ("TSN_THREADS");
  long n = wanted != NULL ? strtol (wanted, NULL, 10) : 0;

  return n > 0 ? MIN (n, 256) : tsn_cpu_count_cores ();
}

/**
 * tsn_pool_new:
 * @threads: how many threads share a loop, the caller included; 0 for the environment variable
 *   TSN_THREADS or else one per core
 *
 * Returns: (transfer full): a pool.
 */
TsnPool *
tsn_pool_new (guint threads)
{
  TsnPool *pool = g_new0 (TsnPool, 1);

  pool->threads = threads > 0 ? threads : default_threads ();
  pthread_mutex_init (&pool->mutex, NULL);
  pthread_cond_init (&pool->wake, NULL);
  pool->others = g_new (GThread *, pool->threads);
  for (guint i = 1; i < pool->threads; i++)
    {
      Worker *worker = g_new (Worker, 1);

      *worker = (Worker){ pool, i };
      pool->others[i - 1] = g_thread_new ("tsn-pool", worker_main, worker);
    }
  return pool;
}

void
tsn_pool_free (TsnPool *pool)
{
  atomic_store (&pool->quit, 1);
  start_generation (pool);
  for (guint i = 1; i < pool->threads; i++)
    g_thread_join (pool->others[i - 1]);
  pthread_mutex_destroy (&pool->mutex);
  pthread_cond_destroy (&pool->wake);
  g_free (pool->others);
  g_free (pool);
}

guint
tsn_pool_get_threads (TsnPool *pool)
{
  return pool->threads;
}

/**
 * tsn_pool_for:
 * @n: number of iterations
 * @grain: how many iterations a thread takes at a time, at least 1
 * @func: the loop body; it may be called several times by each thread
 *
 * Runs iterations 0 to @n - 1, each exactly once, and returns when all are done.
 */
void
tsn_pool_for (TsnPool *pool, size_t n, size_t grain, TsnPoolFunc func, gpointer data)
{
  guint entered;

  g_return_if_fail (grain > 0);

  if (n == 0)
    return;
  if (pool->threads == 1 || n <= grain || loop_thread >= 0)
    {
      func (data, 0, n, MAX (loop_thread, 0));
      return;
    }
  pool->loop = (Loop){ func, data, n, grain };
  atomic_store (&pool->next, 0);
  atomic_store (&pool->left, 0);
  start_generation (pool);
  run_share (pool, 0);
  entered = atomic_fetch_or (&pool->gate, GATE_CLOSED) % GATE_CLOSED;
  for (guint i = 1; atomic_load (&pool->left) < entered; i++)
    if (i % SPIN_ROUNDS == 0)
      sched_yield (); /* the others may be waiting for this very core */
    else
      relax ();
}
