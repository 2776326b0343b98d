#include "core/ops/tsn-upsample.h"

#include "core/ops/tsn-train-kernels.h"

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

/* Position 2 k of the large side lies between k - 1 and k of the small one, 2 k + 1 between k and
 * k + 1, this much of the way; at the ends there is a copy of the last position. */
typedef struct
{
  float *even; /* [length] */
  float *odd;  /* [length] */
} Shares;

static Shares
shares_new (size_t length)
{
  Shares shares = { g_new (float, length), g_new (float, length) };

  for (size_t k = 0; k < length; k++)
    {
      size_t low, high;
      float fraction;

      tsn_upsample_position (length, 2 * k, &low, &high, &fraction);
      shares.even[k] = (float) low - (float) k + 1 + fraction;
      tsn_upsample_position (length, 2 * k + 1, &low, &high, &fraction);
      shares.odd[k] = (float) low - (float) k + fraction;
    }
  return shares;
}

static void
shares_clear (Shares *shares)
{
  g_free (shares->even);
  g_free (shares->odd);
}

typedef struct
{
  const TsnTrainKernels *kernels;
  size_t height;
  size_t width;
  const float *x;
  float *y;
  Shares rows;
  Shares columns;
  float *buffers; /* of each thread */
} Job;

/* Of one thread: a row with a pixel more on either side, or what downsample_row() takes. */
static size_t
buffer_length (const Job *job)
{
  return 2 * (job->width + TSN_PANEL);
}

static void
run (Job *job, size_t planes, TsnPoolFunc func, TsnPool *pool)
{
  job->kernels = tsn_train_kernels_get (tsn_cpu_get_isa ());
  job->rows = shares_new (job->height);
  job->columns = shares_new (job->width);
  job->buffers = g_new (float, tsn_pool_get_threads (pool) * buffer_length (job));
  tsn_pool_for (pool, planes, 1, func, job);
  shares_clear (&job->rows);
  shares_clear (&job->columns);
  g_free (job->buffers);
}

/* Down first, where all columns are alike, then across. */
static void
upsample_row (const Job *job, const float *a, const float *b, float share, float *row, float *y)
{
  size_t width = job->width;

  for (size_t i = 0; i < width; i++)
    row[1 + i] = a[i] + share * (b[i] - a[i]);
  row[0] = row[1];
  row[width + 1] = row[width];
  job->kernels->upsample_row (row + 1, width, job->columns.even, job->columns.odd, y);
}

static void
upsample_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;
  size_t width = job->width, plane = job->height * width;
  float *row = job->buffers + thread * buffer_length (job);

  for (size_t i = first; i < last; i++)
    for (size_t k = 0; k < job->height; k++)
      {
        const float *here = job->x + i * plane + k * width;
        float *y = job->y + 4 * i * plane + 4 * k * width;

        upsample_row (job, k > 0 ? here - width : here, here, job->rows.even[k], row, y);
        upsample_row (job, here, k + 1 < job->height ? here + width : here, job->rows.odd[k], row,
                      y + 2 * width);
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

  run (&job, planes, upsample_cb, pool);
}

/* Every small row is the sum of the large rows that it went into, folded across. */
static void
upsample_backward_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;
  size_t height = job->height, width = job->width, plane = height * width;
  const Shares *shares = &job->rows;

  for (size_t i = first; i < last; i++)
    for (size_t k = 0; k < height; k++)
      {
        const float *here = job->x + 4 * i * plane + 4 * k * width;
        gboolean above = k > 0, below = k + 1 < height;
        const float *rows[4] = { above ? here - 2 * width : here, here, here + 2 * width,
                                 below ? here + 4 * width : here };
        float weights[4] = { above ? shares->odd[k - 1] : 0, shares->even[k], 1 - shares->odd[k],
                             below ? 1 - shares->even[k + 1] : 0 };

        job->kernels->downsample_row (rows, weights, width, job->columns.even, job->columns.odd,
                                      job->buffers + thread * buffer_length (job),
                                      job->y + i * plane + k * width);
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

  run (&job, planes, upsample_backward_cb, pool);
}
