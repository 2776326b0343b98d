#include "core/ops/tsn-upsample-conv.h"

#include "core/base/tsn-tensor.h"
#include "core/ops/tsn-upsample.h"

#include <string.h>

#define TAPS 9

/* Rows of products that are kept: those above, at and below the current one, rounded up. */
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

  for (size_t chunk = first; chunk < last; chunk++)
    {
      for (size_t t = 0; t < TAPS; t++)
        tsn_packed_clear_panel (packed, chunk * TAPS + t);
      for (size_t c = 0; c < packing->weights->in_channels; c++)
        for (size_t t = 0; t < TAPS; t++)
          tsn_conv_weights_gather (packing->weights, chunk, c, t,
                                   packed->data
                                       + ((chunk * TAPS + t) * packed->k + c) * TSN_PANEL);
    }
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
  tsn_pool_for (pool, conv->weights.panels / TAPS, 1, pack_cb, &packing);
}

void
tsn_upsample_conv_clear (TsnUpsampleConv *conv)
{
  tsn_packed_clear (&conv->weights);
}

/* Adds what a tap that falls on upsampled position @at reads to the @n weights of the small
 * positions from @first on; outside of the large side it reads zero.  Rounding may put a position
 * that falls on a small one just beside it; what little it then reads elsewhere is given to the
 * nearest. */
static void
add_tap (size_t length, size_t at, gssize first, float *weights, gssize n)
{
  size_t low, high;
  float fraction;

  if (at >= 2 * length)
    return;
  tsn_upsample_position (length, at, &low, &high, &fraction);
  weights[CLAMP ((gssize) low - first, 0, n - 1)] += 1 - fraction;
  weights[CLAMP ((gssize) high - first, 0, n - 1)] += fraction;
}

/**
 * tsn_upsample_weights:
 * @length: of the small side
 * @position: on the large side, below 2 @length
 * @weights: (out): [7]
 *
 * With aligned corners the upsampled positions 2 k - 1, 2 k, 2 k + 1 and 2 k + 2 lie between the
 * small positions k - 1 and k, k - 1 and k, k and k + 1, k and k + 1.  So the three taps of a 3x3
 * convolution at position 2 k or 2 k + 1 read: the first one k - 1 and k (weights 0, 1), the second
 * one k - 1, k and k + 1 (weights 2, 3, 4), the third one k and k + 1 (weights 5, 6).  Weights of
 * positions that do not exist are zero.
 */
void
tsn_upsample_weights (size_t length, size_t position, float *weights)
{
  gssize k = position / 2;

  memset (weights, 0, TSN_UPSAMPLE_WEIGHTS * sizeof (float));
  add_tap (length, position - 1, k - 1, weights, 2); /* wraps before the first one: outside, too */
  add_tap (length, position, k - 1, weights + 2, 3);
  add_tap (length, position + 1, k, weights + 5, 2);
}

/* The weights of all positions on the large side. */
static float *
make_weights (size_t length)
{
  float *weights = g_new (float, 2 * length * TSN_UPSAMPLE_WEIGHTS);

  for (size_t i = 0; i < 2 * length; i++)
    tsn_upsample_weights (length, i, weights + i * TSN_UPSAMPLE_WEIGHTS);
  return weights;
}

typedef struct
{
  const TsnUpsampleConv *conv;
  const TsnKernels *kernels;
  const TsnUpsampleItem *items;
  size_t n_items;
  gboolean add;
  float *scratch;
  float *row_weights;
  float *column_weights;
  size_t bands;    /* into which the rows are split */
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

/* The ring, and a row of the small map after its activation. */
static size_t
thread_scratch (const TsnMap *x)
{
  return RING * ring_row (x) + x->width * x->channels;
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

/* The products of small row @row with all taps of one chunk of 32 output channels.  Activating the
 * row again for each chunk is cheaper than writing an activated map and reading it. */
static void
multiply_row (const Job *job, const TsnUpsampleItem *item, size_t chunk, size_t row, float *ring)
{
  const TsnMap *x = item->x;
  const float *pixels = x->data + row * x->width * x->channels;
  float *products = ring + row % RING * ring_row (x), *activated = ring + RING * ring_row (x);

  if (item->activation.scale != NULL)
    {
      job->kernels->affine (x->width, x->channels, pixels, &item->activation, activated);
      pixels = activated;
    }
  for (size_t t = 0; t < TAPS; t++)
    tsn_gemm (job->kernels, &job->conv->weights, chunk * TAPS + t, x->width, pixels, x->channels,
              products + t * tap_row (x), TSN_PANEL);
}

/* Output rows 2 @row and 2 @row + 1. */
static void
emit_rows (
    const Job *job, size_t item, size_t chunk, size_t row, const float *ring, double *partial)
{
  const TsnMap *x = job->items[item].x, *y = job->items[item].y;
  float sums[2 * TSN_PANEL] __attribute__ ((aligned (TSN_ALIGNMENT))) = { 0 };
  float *first = y->data + 2 * row * y->width * y->channels + chunk * TSN_PANEL;
  size_t above = row > 0 ? row - 1 : 0, below = MIN (row + 1, x->height - 1);
  TsnUpsampleRows rows
      = { .rows = { ring + above % RING * ring_row (x), ring + row % RING * ring_row (x),
                    ring + below % RING * ring_row (x) },
          .tap_stride = tap_row (x),
          .width = x->width,
          .row_weights = job->row_weights + 2 * row * TSN_UPSAMPLE_WEIGHTS,
          .column_weights = job->column_weights,
          .y = { first, first + y->width * y->channels },
          .stride = y->channels,
          .add = job->add,
          .sums = sums };

  job->kernels->upsample_rows (&rows);
  for (size_t i = 0; i < 2 * TSN_PANEL; i++)
    partial[i] += sums[i];
}

static double *
get_partial (const Job *job, size_t item, size_t chunk, size_t band)
{
  return job->partial + ((item * count_chunks (job) + chunk) * job->bands + band) * 2 * TSN_PANEL;
}

static void
run_band (const Job *job, size_t item, size_t chunk, size_t band, float *ring)
{
  const TsnMap *x = job->items[item].x;
  size_t first = band * x->height / job->bands, last = (band + 1) * x->height / job->bands;
  size_t made = first > 0 ? first - 1 : 0;

  for (size_t row = first; row < last; row++)
    {
      for (; made <= MIN (row + 1, x->height - 1); made++)
        multiply_row (job, &job->items[item], chunk, made, ring);
      emit_rows (job, item, chunk, row, ring, get_partial (job, item, chunk, band));
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
  job.row_weights = make_weights (x->height);
  job.column_weights = make_weights (x->width);
  tsn_pool_for (pool, chunks * job.bands, 1, bands_cb, &job);
  for (size_t i = 0; i < n_items; i++)
    add_partial_sums (&job, i);
  g_free (job.row_weights);
  g_free (job.column_weights);
  g_free (job.partial);
}
