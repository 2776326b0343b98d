#include "core/ops/tsn-upsample-conv.h"

#include "core/base/tsn-tensor.h"
#include "core/ops/tsn-upsample.h"

#include <string.h>

#define TAPS 9

/* Rows of products that one output row can need: those around its three upsampled rows. */
#define RING 4

typedef struct
{
  TsnUpsampleConv *conv;
  const TsnConvWeights *weights;
} Packing;

static void
pack_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Packing *packing = data;
  TsnPacked *packed = &packing->conv->weights;

  for (size_t panel = first; panel < last; panel++)
    for (size_t c = 0; c < packing->weights->in_channels; c++)
      tsn_conv_weights_gather (packing->weights, panel / TAPS, c, panel % TAPS,
                               packed->data + (panel * packed->k + c) * TSN_PANEL);
}

/**
 * tsn_upsample_conv_init:
 * @weights: 3x3 kernels
 *
 * Packs weights.
 */
void
tsn_upsample_conv_init (TsnUpsampleConv *conv, const TsnConvWeights *weights, TsnPool *pool)
{
  Packing packing = { conv, weights };

  tsn_packed_init (&conv->weights, TSN_PADDED (weights->in_channels),
                   TAPS * TSN_PADDED (weights->out_channels));
  tsn_pool_for (pool, conv->weights.panels, 1, pack_cb, &packing);
}

void
tsn_upsample_conv_clear (TsnUpsampleConv *conv)
{
  tsn_packed_clear (&conv->weights);
}

/* Where the rows or columns of the large map lie on the small one. */
typedef struct
{
  guint32 *low;
  guint32 *high;
  float *fraction;
} Positions;

static void
positions_init (Positions *positions, size_t small)
{
  positions->low = g_new (guint32, 2 * small);
  positions->high = g_new (guint32, 2 * small);
  positions->fraction = g_new (float, 2 * small);
  for (size_t i = 0; i < 2 * small; i++)
    {
      size_t low, high;

      tsn_upsample_position (small, i, &low, &high, &positions->fraction[i]);
      positions->low[i] = low;
      positions->high[i] = high;
    }
}

static void
positions_clear (Positions *positions)
{
  g_free (positions->low);
  g_free (positions->high);
  g_free (positions->fraction);
}

typedef struct
{
  const TsnUpsampleConv *conv;
  const TsnKernels *kernels;
  const TsnUpsampleItem *items;
  size_t n_items;
  gboolean add;
  float *scratch;
  Positions rows;
  Positions columns;
  size_t bands;    /* into which the output rows are split */
  double *partial; /* [items, chunks, bands, 2, TSN_PANEL] */
} Job;

static size_t
count_chunks (const Job *job)
{
  return job->items[0].y->channels / TSN_PANEL;
}

/* Floats of one row of products of one tap: [width, TSN_PANEL]. */
static size_t
tap_row (const TsnMap *x)
{
  return x->width * TSN_PANEL + TSN_SKEW;
}

/* Floats of one row of products: TAPS tap rows. */
static size_t
ring_row (const TsnMap *x)
{
  return TAPS * tap_row (x);
}

static size_t
thread_scratch (const TsnMap *x)
{
  return RING * ring_row (x) + 3 * tap_row (x);
}

/**
 * tsn_upsample_conv_scratch:
 *
 * Returns: how many floats of scratch memory the forward pass needs with @threads threads.
 */
size_t
tsn_upsample_conv_scratch (const TsnUpsampleConv *conv, const TsnMap *x, guint threads)
{
  return thread_scratch (x) * threads;
}

/* The products of small row @row with all taps of one chunk of 32 output channels. */
static void
multiply_row (const Job *job, const TsnMap *x, size_t chunk, size_t row, float *ring)
{
  float *products = ring + row % RING * ring_row (x);

  for (size_t t = 0; t < TAPS; t++)
    tsn_gemm (job->kernels, &job->conv->weights, chunk * TAPS + t, x->width,
              x->data + row * x->width * x->channels, x->channels, products + t * tap_row (x),
              TSN_PANEL);
}

/* z: the three horizontal taps at half width, each the sum of its three vertical taps taken at the
 * upsampled rows above, at and below output row @oy. */
static void
combine_rows (const Job *job, const TsnMap *x, size_t oy, const float *ring, float *z)
{
  size_t n = x->width * TSN_PANEL, row_length = ring_row (x);

  for (size_t kx = 0; kx < 3; kx++)
    {
      const float *sources[6];
      float weights[6];
      guint terms = 0;

      for (size_t ky = 0; ky < 3; ky++)
        {
          size_t q = oy + ky - 1; /* wraps above the first row, which is outside, too */
          const float *tap = ring + (3 * ky + kx) * tap_row (x);

          if (q >= 2 * x->height)
            continue;
          sources[terms] = tap + job->rows.low[q] % RING * row_length;
          weights[terms++] = 1 - job->rows.fraction[q];
          sources[terms] = tap + job->rows.high[q] % RING * row_length;
          weights[terms++] = job->rows.fraction[q];
        }
      job->kernels->combine (n, terms, sources, weights, z + kx * tap_row (x));
    }
}

static void
spread_row (const Job *job, size_t item, size_t chunk, size_t oy, const float *z, double *partial)
{
  const TsnMap *y = job->items[item].y;
  size_t n = tap_row (job->items[item].x);
  float sums[2 * TSN_PANEL] __attribute__ ((aligned (TSN_ALIGNMENT))) = { 0 };
  TsnSpread spread = { .z = { z, z + n, z + 2 * n },
                       .low = job->columns.low,
                       .high = job->columns.high,
                       .fraction = job->columns.fraction,
                       .width = y->width,
                       .y = y->data + oy * y->width * y->channels + chunk * TSN_PANEL,
                       .stride = y->channels,
                       .add = job->add,
                       .sums = sums };

  job->kernels->spread (&spread);
  for (size_t i = 0; i < 2 * TSN_PANEL; i++)
    partial[i] += sums[i];
}

static double *
get_partial (const Job *job, size_t item, size_t chunk, size_t band)
{
  return job->partial + ((item * count_chunks (job) + chunk) * job->bands + band) * 2 * TSN_PANEL;
}

static void
run_band (const Job *job, size_t item, size_t chunk, size_t band, float *scratch)
{
  const TsnMap *x = job->items[item].x, *y = job->items[item].y;
  size_t first = band * y->height / job->bands, last = (band + 1) * y->height / job->bands;
  size_t made = job->rows.low[first > 0 ? first - 1 : 0];
  float *ring = scratch, *z = scratch + RING * ring_row (x);

  for (size_t oy = first; oy < last; oy++)
    {
      for (; made <= job->rows.high[MIN (oy + 1, y->height - 1)]; made++)
        multiply_row (job, x, chunk, made, ring);
      combine_rows (job, x, oy, ring, z);
      spread_row (job, item, chunk, oy, z, get_partial (job, item, chunk, band));
    }
}

/* All items one after the other for each chunk of weights, which so stays in the cache. */
static void
bands_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;
  float *scratch = job->scratch + thread * thread_scratch (job->items[0].x);

  for (size_t i = first; i < last; i++)
    for (size_t item = 0; item < job->n_items; item++)
      run_band (job, item, i / job->bands, i % job->bands, scratch);
}

static void
add_partial_sums (const Job *job, size_t item)
{
  size_t channels = job->items[item].y->channels;
  double *sums = job->items[item].sums;

  memset (sums, 0, 2 * channels * sizeof (double));
  for (size_t chunk = 0; chunk < count_chunks (job); chunk++)
    for (size_t band = 0; band < job->bands; band++)
      for (size_t i = 0; i < 2 * TSN_PANEL; i++)
        sums[i / TSN_PANEL * channels + chunk * TSN_PANEL + i % TSN_PANEL]
            += get_partial (job, item, chunk, band)[i];
}

/**
 * tsn_upsample_conv_forward:
 * @items: (array length=n_items): maps of one size
 * @add: whether to add to the outputs; otherwise they are overwritten
 * @scratch: tsn_upsample_conv_scratch() floats
 *
 * y (+)= convolution of the upsampled x, upsampled bilinearly with aligned corners.
 */
void
tsn_upsample_conv_forward (const TsnUpsampleConv *conv,
                           const TsnKernels *kernels,
                           const TsnUpsampleItem *items,
                           size_t n_items,
                           gboolean add,
                           float *scratch,
                           TsnPool *pool)
{
  const TsnMap *x = items[0].x;
  size_t chunks = items[0].y->channels / TSN_PANEL, wanted = 2 * tsn_pool_get_threads (pool);
  Job job = { .conv = conv,
              .kernels = kernels,
              .items = items,
              .n_items = n_items,
              .add = add,
              .scratch = scratch };

  /* A band multiplies one or two rows that its neighbour multiplies too, so bands are few. */
  job.bands = CLAMP ((wanted - 1) / chunks + 1, 1, MAX (1, x->height / 4));
  job.partial = g_new0 (double, n_items *chunks *job.bands * 2 * TSN_PANEL);
  positions_init (&job.rows, x->height);
  positions_init (&job.columns, x->width);
  tsn_pool_for (pool, chunks * job.bands, 1, bands_cb, &job);
  for (size_t i = 0; i < n_items; i++)
    add_partial_sums (&job, i);
  positions_clear (&job.rows);
  positions_clear (&job.columns);
  g_free (job.partial);
}
