#include "core/ops/tsn-upsample.h"

#include <string.h>

/**
 * tsn_upsample_position:
 * @length: length of the small side
 * @i: position on the large side, below 2 @length
 * @low, @high: (out): the two positions on the small side that it lies between
 * @fraction: (out): weight of @high; that of @low is 1 - @fraction
 *
 * With aligned corners the first and the last positions of both sides coincide:
 * i (length - 1) / (2 length - 1).
 */
void
tsn_upsample_position (size_t length, size_t i, size_t *low, size_t *high, float *fraction)
{
  /* In float, as PyTorch computes it: the golden files were made with its rounding. */
  float scale = (float) (length - 1) / (float) (2 * length - 1), at = scale * (float) i;

  *low = MIN ((size_t) at, length - 1);
  *high = MIN (*low + 1, length - 1);
  *fraction = at - (float) *low;
}

/* Where every column of the large side lies between columns of the small one: [2 W]. */
typedef struct
{
  guint32 *low;
  guint32 *high;
  float *fraction;
} Positions;

typedef struct
{
  size_t height;
  size_t width;
  const float *x;
  float *y;
  Positions columns;
  float *rows; /* [threads, W] */
} Job;

static void
job_init (Job *job, TsnPool *pool)
{
  size_t width = 2 * job->width;

  job->columns
      = (Positions){ g_new (guint32, width), g_new (guint32, width), g_new (float, width) };
  job->rows = g_new (float, tsn_pool_get_threads (pool) * job->width);
  for (size_t i = 0; i < width; i++)
    {
      size_t low, high;

      tsn_upsample_position (job->width, i, &low, &high, &job->columns.fraction[i]);
      job->columns.low[i] = low;
      job->columns.high[i] = high;
    }
}

static void
job_clear (Job *job)
{
  g_free (job->columns.low);
  g_free (job->columns.high);
  g_free (job->columns.fraction);
  g_free (job->rows);
}

/* Down first, where all columns are alike, then across. */
static void
upsample_row (const Job *job, const float *a, const float *b, float fraction, float *row, float *y)
{
  const Positions *columns = &job->columns;

  for (size_t i = 0; i < job->width; i++)
    row[i] = a[i] + fraction * (b[i] - a[i]);
  for (size_t i = 0; i < 2 * job->width; i++)
    y[i] = row[columns->low[i]]
           + columns->fraction[i] * (row[columns->high[i]] - row[columns->low[i]]);
}

static void
upsample_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;
  size_t width = job->width, plane = job->height * width;

  for (size_t oy = 0; oy < 2 * job->height; oy++)
    {
      size_t low, high;
      float fraction;

      tsn_upsample_position (job->height, oy, &low, &high, &fraction);
      for (size_t i = first; i < last; i++)
        upsample_row (job, job->x + i * plane + low * width, job->x + i * plane + high * width,
                      fraction, job->rows + thread * width,
                      job->y + 4 * i * plane + oy * 2 * width);
    }
}

/**
 * tsn_upsample_forward:
 * @planes: N x C
 * @x: [planes, H, W]
 * @y: (out): [planes, 2 H, 2 W]
 */
void
tsn_upsample_forward (
    size_t planes, size_t height, size_t width, const float *x, float *y, TsnPool *pool)
{
  Job job = { .height = height, .width = width, .x = x, .y = y };

  job_init (&job, pool);
  tsn_pool_for (pool, planes, 1, upsample_cb, &job);
  job_clear (&job);
}

/* Adds one row of the large side to the two rows of the small side that it was made of. */
static void
downsample_row (const Job *job, const float *dy, float fraction, float *row, float *a, float *b)
{
  const Positions *columns = &job->columns;

  memset (row, 0, job->width * sizeof (float));
  for (size_t i = 0; i < 2 * job->width; i++)
    {
      float share = columns->fraction[i] * dy[i];

      row[columns->low[i]] += dy[i] - share;
      row[columns->high[i]] += share;
    }
  for (size_t i = 0; i < job->width; i++)
    a[i] += (1 - fraction) * row[i];
  for (size_t i = 0; i < job->width; i++)
    b[i] += fraction * row[i];
}

static void
upsample_backward_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;
  size_t width = job->width, plane = job->height * width;

  memset (job->y + first * plane, 0, (last - first) * plane * sizeof (float));
  for (size_t oy = 0; oy < 2 * job->height; oy++)
    {
      size_t low, high;
      float fraction;

      tsn_upsample_position (job->height, oy, &low, &high, &fraction);
      for (size_t i = first; i < last; i++)
        downsample_row (job, job->x + 4 * i * plane + oy * 2 * width, fraction,
                        job->rows + thread * width, job->y + i * plane + low * width,
                        job->y + i * plane + high * width);
    }
}

/**
 * tsn_upsample_backward:
 * @dy: [planes, 2 H, 2 W]
 * @dx: (out): [planes, H, W]
 *
 * The adjoint of tsn_upsample_forward().
 */
void
tsn_upsample_backward (
    size_t planes, size_t height, size_t width, const float *dy, float *dx, TsnPool *pool)
{
  Job job = { .height = height, .width = width, .x = dy, .y = dx };

  job_init (&job, pool);
  tsn_pool_for (pool, planes, 1, upsample_backward_cb, &job);
  job_clear (&job);
}
