#include "core/ops/tsn-conv.h"

#include <cblas.h>
#include <string.h>

/* Columns are made in strips of about this many floats, so that a strip is still in the
 * second-level cache when sgemm reads it. */
#define STRIP_FLOATS (96 * 1024)

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

/* Output rows per strip. */
static size_t
strip_rows (const TsnConv *conv)
{
  size_t row = column_length (conv) * tsn_conv_out_width (conv);

  return CLAMP (STRIP_FLOATS / row, 1, tsn_conv_out_height (conv));
}

/**
 * tsn_conv_scratch:
 *
 * Returns: how many floats of scratch memory tsn_conv_forward() needs with @threads threads.
 */
size_t
tsn_conv_scratch (const TsnConv *conv, guint threads)
{
  if (is_pointwise (conv))
    return 0;
  return column_length (conv) * tsn_conv_out_width (conv) * strip_rows (conv) * threads;
}

/* One row of columns: tap (ky, kx) of one channel for the output pixels of one row. */
static void
fill_tap_row (const TsnConv *conv, const float *plane, size_t oy, size_t ky, size_t kx, float *out)
{
  size_t width = tsn_conv_out_width (conv), pad = conv->kernel / 2;
  gssize y = (gssize) (oy * conv->stride + ky) - (gssize) pad;
  gssize shift = (gssize) kx - (gssize) pad;

  if (y < 0 || y >= (gssize) conv->height)
    {
      memset (out, 0, width * sizeof (float));
      return;
    }
  plane += y * conv->width;
  if (conv->stride == 1)
    {
      /* pad < width is not given: a 7x7 kernel may be wider than the picture. */
      size_t first = MIN (shift < 0 ? (size_t) -shift : 0, width);
      size_t last = shift > 0 ? width - MIN ((size_t) shift, width) : width;

      memset (out, 0, first * sizeof (float));
      if (last > first)
        memcpy (out + first, plane + first + shift, (last - first) * sizeof (float));
      last = MAX (first, last);
      memset (out + last, 0, (width - last) * sizeof (float));
      return;
    }
  for (size_t ox = 0; ox < width; ox++)
    {
      gssize x = (gssize) (ox * conv->stride) + shift;

      out[ox] = x >= 0 && x < (gssize) conv->width ? plane[x] : 0;
    }
}

/* Columns of output rows [first, last): [Ci k k, rows, OW]. */
static void
fill_columns (const TsnConv *conv, const float *x, size_t first, size_t last, float *columns)
{
  size_t width = tsn_conv_out_width (conv);

  for (size_t c = 0; c < conv->in_channels; c++)
    for (size_t ky = 0; ky < conv->kernel; ky++)
      for (size_t kx = 0; kx < conv->kernel; kx++)
        for (size_t oy = first; oy < last; oy++, columns += width)
          fill_tap_row (conv, x + c * conv->height * conv->width, oy, ky, kx, columns);
}

typedef struct
{
  const TsnConv *conv;
  const float *x;
  const float *weight;
  const float *bias;
  float *y;
  float *scratch;
} Job;

static void
fill_bias (const Job *job, size_t plane, size_t first, size_t n)
{
  for (size_t c = 0; c < job->conv->out_channels; c++)
    for (size_t i = 0; i < n; i++)
      job->y[c * plane + first + i] = job->bias[c];
}

/* y[Co, columns first .. first + n) = weight[Co, K] columns[K, n] (+ bias). */
static void
multiply (const Job *job, const float *columns, size_t stride, size_t first, size_t n)
{
  size_t plane = tsn_conv_out_height (job->conv) * tsn_conv_out_width (job->conv);
  size_t k = column_length (job->conv);

  if (job->bias != NULL)
    fill_bias (job, plane, first, n);
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, job->conv->out_channels, n, k, 1.0f,
               job->weight, k, columns, stride, job->bias != NULL ? 1.0f : 0.0f, job->y + first,
               plane);
}

static void
pointwise_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;

  multiply (job, job->x + first, job->conv->height * job->conv->width, first, last - first);
}

static void
strips_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;
  const TsnConv *conv = job->conv;
  size_t rows = strip_rows (conv), width = tsn_conv_out_width (conv);
  float *columns = job->scratch + thread * (tsn_conv_scratch (conv, 1));

  for (size_t i = first; i < last; i++)
    {
      size_t top = i * rows, bottom = MIN (top + rows, tsn_conv_out_height (conv));

      fill_columns (conv, job->x, top, bottom, columns);
      multiply (job, columns, (bottom - top) * width, top * width, (bottom - top) * width);
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
  size_t in = conv->in_channels * conv->height * conv->width;
  size_t height = tsn_conv_out_height (conv), plane = height * tsn_conv_out_width (conv);
  size_t share = plane / tsn_pool_get_threads (pool) + 1;

  for (size_t i = 0; i < n; i++)
    {
      Job job = { conv, x + i * in, weight, bias, y + i * conv->out_channels * plane, scratch };

      if (is_pointwise (conv))
        tsn_pool_for (pool, plane, share, pointwise_cb, &job);
      else
        tsn_pool_for (pool, (height - 1) / strip_rows (conv) + 1, 1, strips_cb, &job);
    }
}
