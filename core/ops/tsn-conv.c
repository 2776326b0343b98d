#include "core/ops/tsn-conv.h"

#include "core/ops/tsn-columns.h"
#include "core/ops/tsn-product.h"
#include "core/ops/tsn-row.h"

#include <string.h>

/* Columns are made in strips of about this many floats, so that a strip is still in the
 * second-level cache when it is multiplied. */
#define STRIP_FLOATS (96 * 1024)

/* Fewer columns than this at a time would make a product read the weights too often. */
#define STRIP_COLUMNS 256

/* The backward passes take about this many rows of the column matrix at a time. */
#define BLOCK_ROWS 288

size_t
tsn_conv_out_height (const TsnConv *conv)
{
  return (conv->height - 1) / conv->stride + 1;
}

size_t
tsn_conv_out_width (const TsnConv *conv)
{
  return (conv->width - 1) / conv->stride + 1;
}

static size_t
count_taps (const TsnConv *conv)
{
  return conv->kernel * conv->kernel;
}

static size_t
column_length (const TsnConv *conv)
{
  return conv->in_channels * count_taps (conv);
}

static size_t
in_length (const TsnConv *conv)
{
  return conv->in_channels * conv->height * conv->width;
}

static size_t
out_plane (const TsnConv *conv)
{
  return tsn_conv_out_height (conv) * tsn_conv_out_width (conv);
}

static size_t
out_length (const TsnConv *conv)
{
  return conv->out_channels * out_plane (conv);
}

/* Output rows per strip of a column matrix that is @length high. */
static size_t
strip_rows (const TsnConv *conv, size_t length)
{
  size_t width = tsn_conv_out_width (conv);
  size_t rows = MAX (STRIP_FLOATS / (length * width), (STRIP_COLUMNS - 1) / width + 1);

  return CLAMP (rows, 1, tsn_conv_out_height (conv));
}

static size_t
count_strips (const TsnConv *conv, size_t length)
{
  return (tsn_conv_out_height (conv) - 1) / strip_rows (conv, length) + 1;
}

/* Output rows of strip @i. */
static TsnColumns
find_strip (const TsnConv *conv, size_t channels, size_t length, size_t i)
{
  size_t rows = strip_rows (conv, length), first = i * rows;

  return (TsnColumns){ conv, channels, first, MIN (first + rows, tsn_conv_out_height (conv)) };
}

/* Columns of the widest strip. */
static size_t
strip_width (const TsnConv *conv, size_t length)
{
  return strip_rows (conv, length) * tsn_conv_out_width (conv);
}

/* Buffers begin at vectors. */
static size_t
whole_vectors (size_t floats)
{
  return (floats + TSN_PANEL - 1) / TSN_PANEL * TSN_PANEL;
}

/* Of one thread: the packed columns of a strip, and a tile. */
static size_t
forward_scratch (const TsnConv *conv)
{
  size_t length = column_length (conv);

  return tsn_product_packed (length, strip_width (conv, length))
         + tsn_product_tile (conv->out_channels);
}

/**
 * tsn_conv_scratch:
 *
 * Returns: how many floats of scratch memory tsn_conv_forward() needs with @threads threads.
 */
size_t
tsn_conv_scratch (const TsnConv *conv, guint threads)
{
  return forward_scratch (conv) * threads;
}

typedef struct
{
  const TsnConv *conv;
  const TsnKernels *kernels;
  const float *x;
  const float *weight;
  const float *bias;
  float *y;
  float *scratch;
} Forward;

static void
strips_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Forward *job = data;
  const TsnConv *conv = job->conv;
  size_t length = column_length (conv), strips = count_strips (conv, length);
  size_t width = tsn_conv_out_width (conv);
  float *tile = job->scratch + thread * forward_scratch (conv);
  float *panels = tile + tsn_product_tile (conv->out_channels);

  for (size_t i = first; i < last; i++)
    {
      size_t image = i / strips;
      TsnColumns strip = find_strip (conv, conv->in_channels, length, i % strips);
      TsnProduct product = { .m = conv->out_channels,
                             .n = (strip.last - strip.first) * width,
                             .k = length,
                             .a = job->weight,
                             .lda = length,
                             .b = panels,
                             .bias = job->bias,
                             .c = job->y + image * out_length (conv) + strip.first * width,
                             .ldc = out_plane (conv),
                             .tile = tile };

      tsn_columns_gather_packed (&strip, job->x + image * in_length (conv), panels);
      tsn_product_run (job->kernels, &product);
    }
}

/**
 * tsn_conv_forward:
 * @n: N, number of images
 * @x: [N, Ci, H, W]
 * @weight: [Co, Ci, k, k]
 * @bias: (nullable): [Co]
 * @y: (out): [N, Co, OH, OW]; must not overlap @x
 * @scratch: tsn_conv_scratch() floats, aligned to %TSN_ALIGNMENT
 *
 * Convolves (cross-correlates): gathers columns in cache-sized strips of rows and multiplies each
 * strip.  The numbers do not depend on the number of threads.
 */
void
tsn_conv_forward (const TsnConv *conv,
                  size_t n,
                  const float *x,
                  const float *weight,
                  const float *bias,
                  float *y,
                  float *scratch,
                  TsnPool *pool)
{
  Forward job = { conv, tsn_kernels_get (tsn_cpu_get_isa ()), x, weight, bias, y, scratch };

  tsn_pool_for (pool, n * count_strips (conv, column_length (conv)), 1, strips_cb, &job);
}

/* Input channels per block of the backward passes. */
static size_t
block_channels (const TsnConv *conv)
{
  /* Two blocks at least, so that two threads have work where there are few channels. */
  return CLAMP (BLOCK_ROWS / count_taps (conv), 1, (conv->in_channels + 1) / 2);
}

static size_t
count_blocks (const TsnConv *conv)
{
  return (conv->in_channels - 1) / block_channels (conv) + 1;
}

static size_t
block_length (const TsnConv *conv)
{
  return block_channels (conv) * count_taps (conv);
}

/* With stride 1 the gradient of the input is the convolution of the output's gradient with the
 * weight turned by 180 degrees, its channels exchanged. */
static TsnConv
transposed (const TsnConv *conv)
{
  TsnConv back = *conv;

  back.in_channels = conv->out_channels;
  back.out_channels = conv->in_channels;
  return back;
}

static void
turn_weight (const TsnConv *conv, const float *weight, float *turned)
{
  size_t taps = count_taps (conv);

  for (size_t o = 0; o < conv->out_channels; o++)
    for (size_t i = 0; i < conv->in_channels; i++)
      for (size_t t = 0; t < taps; t++)
        turned[(i * conv->out_channels + o) * taps + t]
            = weight[(o * conv->in_channels + i) * taps + taps - 1 - t];
}

static size_t
weight_length (const TsnConv *conv)
{
  return conv->out_channels * column_length (conv);
}

/* Buffers of one thread for one block and strip. */
typedef struct
{
  float *columns; /* [block rows, strip] */
  float *panels;  /* dy of the strip, packed */
  float *sums;    /* [block rows, Co padded]: dweight, turned; or a part of the weight */
  float *tile;
  size_t floats; /* in all */
} Buffers;

static Buffers
lay_out (const TsnConv *conv, float *scratch, guint thread)
{
  size_t length = block_length (conv), width = strip_width (conv, length);
  size_t columns = whole_vectors (length * width);
  size_t panels = MAX (tsn_product_packed (width, conv->out_channels),
                       tsn_product_packed (conv->out_channels, width));
  size_t sums = length * TSN_PADDED (conv->out_channels), tile = tsn_product_tile (length);
  Buffers buffers = { .floats = columns + panels + sums + tile };

  /* Only the size is asked for. */
  if (scratch == NULL)
    return buffers;
  buffers.columns = scratch + thread * buffers.floats;
  buffers.panels = buffers.columns + columns;
  buffers.sums = buffers.panels + panels;
  buffers.tile = buffers.sums + sums;
  return buffers;
}

/**
 * tsn_conv_backward_scratch:
 *
 * Returns: how many floats of scratch memory each of tsn_conv_backward_data() and
 *   tsn_conv_backward_weight() needs with @threads threads.
 */
size_t
tsn_conv_backward_scratch (const TsnConv *conv, guint threads)
{
  TsnConv back = transposed (conv);
  size_t blocks = lay_out (conv, NULL, 0).floats * threads;

  if (conv->stride != 1)
    return blocks;
  return MAX (blocks, whole_vectors (weight_length (conv)) + tsn_conv_scratch (&back, threads));
}

typedef struct
{
  const TsnConv *conv;
  const TsnKernels *kernels;
  size_t n;
  const float *x;
  const float *weight;
  const float *dy;
  float *dx;
  float *dweight;
  float *scratch;
} Backward;

/* The strip of dy as the panels of a [Co, columns] matrix. */
static void
pack_strip (const TsnConv *conv, const float *dy, size_t n, float *panels)
{
  for (size_t o = 0; o < conv->out_channels; o++)
    for (size_t j = 0; j < n; j += TSN_PANEL)
      {
        size_t piece = MIN (TSN_PANEL, n - j);
        float *place = tsn_product_place (panels, conv->out_channels, o, j);

        memcpy (place, dy + o * out_plane (conv) + j, piece * sizeof (float));
        memset (place + piece, 0, (TSN_PANEL - piece) * sizeof (float));
      }
}

/* The weights of one block of input channels, turned: [channels k k, Co]. */
static void
turn_block (const Backward *job, size_t block, const Buffers *buffers)
{
  const TsnConv *conv = job->conv;
  size_t channel = block * block_channels (conv);
  size_t rows = MIN (block_channels (conv), conv->in_channels - channel) * count_taps (conv);
  const float *weight = job->weight + channel * count_taps (conv);

  for (size_t o = 0; o < conv->out_channels; o++)
    for (size_t t = 0; t < rows; t++)
      buffers->sums[t * conv->out_channels + o] = weight[o * column_length (conv) + t];
}

/* dx of the channels of one block of one image: no two threads ever write to the same plane, and
 * the result does not depend on how many there are. */
static void
scatter_block (const Backward *job, size_t image, size_t block, const Buffers *buffers)
{
  const TsnConv *conv = job->conv;
  size_t taps = count_taps (conv), channel = block * block_channels (conv);
  size_t channels = MIN (block_channels (conv), conv->in_channels - channel);
  size_t length = block_length (conv), width = tsn_conv_out_width (conv);
  const float *dy = job->dy + image * out_length (conv);
  float *dx = job->dx + image * in_length (conv) + channel * conv->height * conv->width;

  memset (dx, 0, channels * conv->height * conv->width * sizeof (float));
  for (size_t i = 0; i < count_strips (conv, length); i++)
    {
      TsnColumns strip = find_strip (conv, channels, length, i);
      size_t n = (strip.last - strip.first) * width;
      TsnProduct product = { .m = channels * taps,
                             .n = n,
                             .k = conv->out_channels,
                             .a = buffers->sums,
                             .lda = conv->out_channels,
                             .b = buffers->panels,
                             .c = buffers->columns,
                             .ldc = n,
                             .tile = buffers->tile };

      pack_strip (conv, dy + strip.first * width, n, buffers->panels);
      tsn_product_run (job->kernels, &product);
      tsn_columns_scatter (&strip, buffers->columns, dx);
    }
}

/* All images of some blocks. */
static void
scatter_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Backward *job = data;
  Buffers buffers = lay_out (job->conv, job->scratch, thread);

  for (size_t block = first; block < last; block++)
    {
      turn_block (job, block, &buffers);
      for (size_t image = 0; image < job->n; image++)
        scatter_block (job, image, block, &buffers);
    }
}

/**
 * tsn_conv_backward_data:
 * @weight: [Co, Ci, k, k]
 * @dy: [N, Co, OH, OW]
 * @dx: (out): [N, Ci, H, W]; must not overlap @dy
 * @scratch: tsn_conv_backward_scratch() floats, aligned to %TSN_ALIGNMENT
 *
 * The gradient of the input.  The numbers do not depend on the number of threads.
 */
void
tsn_conv_backward_data (const TsnConv *conv,
                        size_t n,
                        const float *weight,
                        const float *dy,
                        float *dx,
                        float *scratch,
                        TsnPool *pool)
{
  Backward job = { .conv = conv,
                   .kernels = tsn_kernels_get (tsn_cpu_get_isa ()),
                   .n = n,
                   .weight = weight,
                   .dy = dy,
                   .dx = dx,
                   .scratch = scratch };
  TsnConv back = transposed (conv);

  if (conv->stride == 1)
    {
      turn_weight (conv, weight, scratch);
      tsn_conv_forward (&back, n, dy, scratch, NULL, dx,
                        scratch + whole_vectors (weight_length (conv)), pool);
    }
  else
    tsn_pool_for (pool, count_blocks (conv), 1, scatter_cb, &job);
}

/* The columns of dweight that belong to one block of input channels, over all images in order.
 * They are summed turned, as columns dy^T: dy has fewer rows to be packed than the columns. */
static void
weight_block (const Backward *job, size_t block, const Buffers *buffers)
{
  const TsnConv *conv = job->conv;
  size_t taps = count_taps (conv), channel = block * block_channels (conv);
  size_t channels = MIN (block_channels (conv), conv->in_channels - channel);
  size_t length = block_length (conv), strips = count_strips (conv, length);
  size_t width = tsn_conv_out_width (conv), padded = TSN_PADDED (conv->out_channels);

  for (size_t i = 0; i < job->n * strips; i++)
    {
      TsnColumns strip = find_strip (conv, channels, length, i % strips);
      size_t image = i / strips, at = strip.first * width, n = strip.last * width - at;
      const float *x = job->x + image * in_length (conv) + channel * conv->height * conv->width;
      TsnProduct product = { .m = channels * taps,
                             .n = padded,
                             .k = n,
                             .a = buffers->columns,
                             .lda = n,
                             .b = buffers->panels,
                             .accumulate = i > 0,
                             .c = buffers->sums,
                             .ldc = padded };

      tsn_columns_gather (&strip, x, buffers->columns);
      tsn_product_pack_transposed (n, conv->out_channels, job->dy + image * out_length (conv) + at,
                                   out_plane (conv), buffers->panels);
      tsn_product_run (job->kernels, &product);
    }
  for (size_t o = 0; o < conv->out_channels; o++)
    for (size_t t = 0; t < channels * taps; t++)
      job->dweight[o * column_length (conv) + channel * taps + t] = buffers->sums[t * padded + o];
}

static void
weight_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Backward *job = data;
  Buffers buffers = lay_out (job->conv, job->scratch, thread);

  for (size_t i = first; i < last; i++)
    weight_block (job, i, &buffers);
}

/**
 * tsn_conv_backward_weight:
 * @x: [N, Ci, H, W]
 * @dy: [N, Co, OH, OW]
 * @dweight: (out): [Co, Ci, k, k]
 * @scratch: tsn_conv_backward_scratch() floats, aligned to %TSN_ALIGNMENT
 *
 * The gradient of the weight, summed over images.  Threads share the input channels, so that the
 * numbers do not depend on how many there are.
 */
void
tsn_conv_backward_weight (const TsnConv *conv,
                          size_t n,
                          const float *x,
                          const float *dy,
                          float *dweight,
                          float *scratch,
                          TsnPool *pool)
{
  Backward job = { .conv = conv,
                   .kernels = tsn_kernels_get (tsn_cpu_get_isa ()),
                   .n = n,
                   .x = x,
                   .dy = dy,
                   .dweight = dweight,
                   .scratch = scratch };

  tsn_pool_for (pool, count_blocks (conv), 1, weight_cb, &job);
}

static void
bias_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Backward *job = data;
  size_t plane = out_plane (job->conv);

  for (size_t c = first; c < last; c++)
    {
      double sum = 0;

      for (size_t i = 0; i < job->n; i++)
        sum += tsn_row_sum (job->dy + (i * job->conv->out_channels + c) * plane, plane);
      job->dweight[c] = sum;
    }
}

/**
 * tsn_conv_backward_bias:
 * @dy: [N, Co, OH, OW]
 * @dbias: (out): [Co]
 */
void
tsn_conv_backward_bias (const TsnConv *conv, size_t n, const float *dy, float *dbias, TsnPool *pool)
{
  Backward job = { .conv = conv, .n = n, .dy = dy, .dweight = dbias };

  tsn_pool_for (pool, conv->out_channels, 1, bias_cb, &job);
}
