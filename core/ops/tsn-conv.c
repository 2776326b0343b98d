#include "core/ops/tsn-conv.h"

#include "core/ops/tsn-columns.h"
#include "core/ops/tsn-row.h"
#include "core/ops/tsn-sgemm.h"

#include <string.h>

/* Columns are made in strips of about this many floats, so that a strip is still in the
 * second-level cache when sgemm reads it. */
#define STRIP_FLOATS (96 * 1024)

/* Fewer columns than this at a time would make sgemm read the weights too often. */
#define STRIP_COLUMNS 192

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

static gboolean
is_pointwise (const TsnConv *conv)
{
  return conv->kernel == 1 && conv->stride == 1;
}

static size_t
column_length (const TsnConv *conv)
{
  return conv->in_channels * conv->kernel * conv->kernel;
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

static size_t
strip_floats (const TsnConv *conv, size_t length)
{
  return length * tsn_conv_out_width (conv) * strip_rows (conv, length);
}

/**
 * tsn_conv_scratch:
 *
 * Returns: how many floats of scratch memory tsn_conv_forward() needs with @threads threads.
 */
size_t
tsn_conv_scratch (const TsnConv *conv, guint threads)
{
  return is_pointwise (conv) ? 0 : strip_floats (conv, column_length (conv)) * threads;
}

typedef struct
{
  const TsnConv *conv;
  size_t n;
  const float *x;
  const float *weight;
  const float *bias;
  float *y;
  float *scratch;
} Forward;

/* y[Co, first .. first + n) of one image = weight[Co, K] columns[K, n] (+ bias). */
static void
multiply (const Forward *job, const float *columns, size_t stride, float *y, size_t n)
{
  size_t k = column_length (job->conv);
  TsnSgemm product = { .m = job->conv->out_channels,
                       .n = n,
                       .k = k,
                       .a = job->weight,
                       .lda = k,
                       .b = columns,
                       .ldb = stride,
                       .accumulate = job->bias != NULL,
                       .c = y,
                       .ldc = out_plane (job->conv) };

  if (job->bias != NULL)
    for (size_t c = 0; c < product.m; c++)
      for (size_t i = 0; i < n; i++)
        y[c * product.ldc + i] = job->bias[c];
  tsn_sgemm (&product);
}

static void
pointwise_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Forward *job = data;
  size_t plane = out_plane (job->conv);

  while (first < last)
    {
      size_t image = first / plane, at = first % plane, n = MIN (last - first, plane - at);

      multiply (job, job->x + image * in_length (job->conv) + at, plane,
                job->y + image * job->conv->out_channels * plane + at, n);
      first += n;
    }
}

static void
strips_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Forward *job = data;
  const TsnConv *conv = job->conv;
  size_t length = column_length (conv), strips = count_strips (conv, length);
  size_t width = tsn_conv_out_width (conv);
  float *columns = job->scratch + thread * strip_floats (conv, length);

  for (size_t i = first; i < last; i++)
    {
      size_t image = i / strips;
      TsnColumns strip = find_strip (conv, conv->in_channels, length, i % strips);
      size_t n = (strip.last - strip.first) * width;
      float *y = job->y + image * conv->out_channels * out_plane (conv) + strip.first * width;

      tsn_columns_gather (&strip, job->x + image * in_length (conv), columns);
      multiply (job, columns, n, y, n);
    }
}

/**
 * tsn_conv_forward:
 * @n: N, number of images
 * @x: [N, Ci, H, W]
 * @weight: [Co, Ci, k, k]
 * @bias: (nullable): [Co]
 * @y: (out): [N, Co, OH, OW]; must not overlap @x
 * @scratch: tsn_conv_scratch() floats
 *
 * Convolves (cross-correlates): 1x1 kernels as one matrix product, others by gathering columns
 * in cache-sized strips of rows and multiplying each strip.
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
  Forward job = { conv, n, x, weight, bias, y, scratch };
  size_t pixels = n * out_plane (conv);

  if (is_pointwise (conv))
    tsn_pool_for (pool, pixels, (pixels - 1) / tsn_pool_get_threads (pool) + 1, pointwise_cb, &job);
  else
    tsn_pool_for (pool, n * count_strips (conv, column_length (conv)), 1, strips_cb, &job);
}

/* Input channels per block of the backward passes. */
static size_t
block_channels (const TsnConv *conv)
{
  /* Two blocks at least, so that two threads have work where there are few channels. */
  return CLAMP (BLOCK_ROWS / (conv->kernel * conv->kernel), 1, (conv->in_channels + 1) / 2);
}

static size_t
count_blocks (const TsnConv *conv)
{
  return (conv->in_channels - 1) / block_channels (conv) + 1;
}

static size_t
block_length (const TsnConv *conv)
{
  return block_channels (conv) * conv->kernel * conv->kernel;
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
  size_t taps = conv->kernel * conv->kernel;

  for (size_t o = 0; o < conv->out_channels; o++)
    for (size_t i = 0; i < conv->in_channels; i++)
      for (size_t t = 0; t < taps; t++)
        turned[(i * conv->out_channels + o) * taps + t]
            = weight[(o * conv->in_channels + i) * taps + taps - 1 - t];
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
  size_t blocks = strip_floats (conv, block_length (conv)) * threads;

  if (conv->stride != 1)
    return blocks;
  return MAX (blocks,
              conv->out_channels * column_length (conv) + tsn_conv_scratch (&back, threads));
}

typedef struct
{
  const TsnConv *conv;
  size_t n;
  const float *x;
  const float *weight;
  const float *dy;
  float *dx;
  float *dweight;
  float *scratch;
} Backward;

/* dx of the channels of one block of one image: no two threads ever write to the same plane, and
 * the result does not depend on how many there are. */
static void
scatter_block (const Backward *job, size_t image, size_t block, float *columns)
{
  const TsnConv *conv = job->conv;
  size_t taps = conv->kernel * conv->kernel, channel = block * block_channels (conv);
  size_t channels = MIN (block_channels (conv), conv->in_channels - channel);
  size_t length = block_length (conv), width = tsn_conv_out_width (conv);
  const float *dy = job->dy + image * conv->out_channels * out_plane (conv);
  float *dx = job->dx + image * in_length (conv) + channel * conv->height * conv->width;

  memset (dx, 0, channels * conv->height * conv->width * sizeof (float));
  for (size_t i = 0; i < count_strips (conv, length); i++)
    {
      TsnColumns strip = find_strip (conv, channels, length, i);
      size_t n = (strip.last - strip.first) * width;
      TsnSgemm product = { .m = channels * taps,
                           .n = n,
                           .k = conv->out_channels,
                           .transpose_a = TRUE,
                           .a = job->weight + channel * taps,
                           .lda = column_length (conv),
                           .b = dy + strip.first * width,
                           .ldb = out_plane (conv),
                           .c = columns,
                           .ldc = n };

      tsn_sgemm (&product);
      tsn_columns_scatter (&strip, columns, dx);
    }
}

static void
scatter_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Backward *job = data;
  size_t blocks = count_blocks (job->conv);
  float *columns = job->scratch + thread * strip_floats (job->conv, block_length (job->conv));

  for (size_t i = first; i < last; i++)
    scatter_block (job, i / blocks, i % blocks, columns);
}

/**
 * tsn_conv_backward_data:
 * @weight: [Co, Ci, k, k]
 * @dy: [N, Co, OH, OW]
 * @dx: (out): [N, Ci, H, W]; must not overlap @dy
 * @scratch: tsn_conv_backward_scratch() floats
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
  Backward job = { .conv = conv, .n = n, .weight = weight, .dy = dy, .dx = dx, .scratch = scratch };
  TsnConv back = transposed (conv);

  if (conv->stride == 1)
    {
      turn_weight (conv, weight, scratch);
      tsn_conv_forward (&back, n, dy, scratch, NULL, dx,
                        scratch + conv->out_channels * column_length (conv), pool);
    }
  else
    tsn_pool_for (pool, n * count_blocks (conv), 1, scatter_cb, &job);
}

/* The columns of dweight that belong to one block of input channels, over all images in order. */
static void
weight_block (const Backward *job, size_t block, float *columns)
{
  const TsnConv *conv = job->conv;
  size_t taps = conv->kernel * conv->kernel, channel = block * block_channels (conv);
  size_t channels = MIN (block_channels (conv), conv->in_channels - channel);
  size_t length = block_length (conv), width = tsn_conv_out_width (conv);
  size_t strips = count_strips (conv, length), plane = out_plane (conv);

  for (size_t i = 0; i < job->n * strips; i++)
    {
      TsnColumns strip = find_strip (conv, channels, length, i % strips);
      const float *x
          = job->x + (i / strips * conv->in_channels + channel) * conv->height * conv->width;
      size_t at = strip.first * width, n = strip.last * width - at;
      TsnSgemm product = { .m = conv->out_channels,
                           .n = channels * taps,
                           .k = n,
                           .a = job->dy + i / strips * conv->out_channels * plane + at,
                           .lda = plane,
                           .transpose_b = TRUE,
                           .b = columns,
                           .ldb = n,
                           .accumulate = i > 0,
                           .c = job->dweight + channel * taps,
                           .ldc = column_length (conv) };

      if (is_pointwise (conv))
        {
          product.b = x + at;
          product.ldb = plane;
        }
      else
        tsn_columns_gather (&strip, x, columns);
      tsn_sgemm (&product);
    }
}

static void
weight_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Backward *job = data;
  float *columns = job->scratch + thread * strip_floats (job->conv, block_length (job->conv));

  for (size_t i = first; i < last; i++)
    weight_block (job, i, columns);
}

/**
 * tsn_conv_backward_weight:
 * @x: [N, Ci, H, W]
 * @dy: [N, Co, OH, OW]
 * @dweight: (out): [Co, Ci, k, k]
 * @scratch: tsn_conv_backward_scratch() floats
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
  Backward job = { .conv = conv, .n = n, .x = x, .dy = dy, .dweight = dweight, .scratch = scratch };

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
