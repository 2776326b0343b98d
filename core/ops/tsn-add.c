#include "core/ops/tsn-add.h"

#define GRAIN 16384

typedef struct
{
  const float *a;
  const float *b;
  float *y;
} Job;

static void
add_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;

  for (size_t i = first; i < last; i++)
    job->y[i] = job->a[i] + job->b[i];
}

/**
 * tsn_add_forward:
 * @y: (out): may be @a or @b
 */
void
tsn_add_forward (size_t length, const float *a, const float *b, float *y, TsnPool *pool)
{
  Job job = { a, b, y };

  tsn_pool_for (pool, length, GRAIN, add_cb, &job);
}
