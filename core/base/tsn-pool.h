/* Parallel loops over a small pool of threads. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnPool:
 *
 * A few threads that share the iterations of one loop at a time.  One thread at a time may call
 * tsn_pool_for(); calls from inside a loop body run serially.  Numeric code gets its pool from its
 * caller, so one program has one pool and threads never compete for cores.
 */
typedef struct _TsnPool TsnPool;

/**
 * TsnPoolFunc:
 * @data: what was given to tsn_pool_for()
 * @first: first iteration of this share
 * @last: one past its last iteration
 * @thread: index of the running thread, below tsn_pool_get_threads(): to pick a scratch buffer
 */
typedef void (*TsnPoolFunc) (gpointer data, size_t first, size_t last, guint thread);

TsnPool *tsn_pool_new (guint threads);
void tsn_pool_free (TsnPool *pool);
guint tsn_pool_get_threads (TsnPool *pool);
void tsn_pool_for (TsnPool *pool, size_t n, size_t grain, TsnPoolFunc func, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnPool, tsn_pool_free)

G_END_DECLS
