/* The bodies of all kernels, written once on vectors of LANES floats and built once per
 * instruction set.  The file that includes this defines
 *   LANES    floats per vector
 *   ROWS     rows of a register tile of the matrix product, at most 12
 *   COLUMNS  vectors per row of that tile: ROWS x COLUMNS accumulators, COLUMNS vectors of b and
 *            one of a must fit the registers
 *   KERNELS, KERNELS_ISA  the struct it defines
 *   VECTOR_MAX  optional: the instruction for the larger of two vectors, which the vector
 *            extensions of C cannot name
 * Everything is a multiple of TSN_PANEL floats, so there are no remainders. */
#include "core/ops/tsn-kernels.h"
#include "core/ops/tsn-tile-transform.h"

#include <string.h>

/* c[rows, COLUMNS LANES] (+)= a[rows, k] b[k, ..]; rows is a constant wherever this is inlined. */
INLINE void
tile (const int rows,
      size_t k,
      const float *a,
      size_t lda,
      const float *b,
      float *c,
      size_t ldc,
      gboolean accumulate)
{
  Vector sum[ROWS][COLUMNS];

#pragma GCC unroll 12
  for (int i = 0; i < rows; i++)
#pragma GCC unroll 4
    for (int j = 0; j < COLUMNS; j++)
      sum[i][j] = accumulate ? load (c + i * ldc + j * LANES) : splat (0);
  for (size_t p = 0; p < k; p++)
    {
      Vector right[COLUMNS];

#pragma GCC unroll 4
      for (int j = 0; j < COLUMNS; j++)
        right[j] = load (b + p * TSN_PANEL + j * LANES);
#pragma GCC unroll 12
      for (int i = 0; i < rows; i++)
        {
          Vector left = splat (a[i * lda + p]);

#pragma GCC unroll 4
          for (int j = 0; j < COLUMNS; j++)
            sum[i][j] += left * right[j];
        }
    }
#pragma GCC unroll 12
  for (int i = 0; i < rows; i++)
#pragma GCC unroll 4
    for (int j = 0; j < COLUMNS; j++)
      store (c + i * ldc + j * LANES, sum[i][j]);
}

static void
tile_of (int rows,
         size_t k,
         const float *a,
         size_t lda,
         const float *b,
         float *c,
         size_t ldc,
         gboolean accumulate)
{
#define CASE(n)                                                                                    \
  case n:                                                                                          \
    tile (n, k, a, lda, b, c, ldc, accumulate);                                                    \
    break;
  switch (rows)
    {
      CASE (1)
      CASE (2)
      CASE (3)
      CASE (4)
#if ROWS > 4
      CASE (5)
      CASE (6)
#endif
#if ROWS > 6
      CASE (7)
      CASE (8)
      CASE (9)
      CASE (10)
      CASE (11)
      CASE (12)
#endif
    }
#undef CASE
}

static void
gemm_panel (size_t m,
            size_t k,
            const float *a,
            size_t lda,
            const float *b,
            float *c,
            size_t ldc,
            gboolean accumulate)
{
  size_t tiles = (m + ROWS - 1) / ROWS;

  /* Rows are shared out evenly: a last tile of one row would cost as much as a full one. */
  for (size_t t = 0, row = 0; t < tiles; t++)
    {
      int rows = (m - row) / (tiles - t);

      for (size_t column = 0; column < TSN_PANEL; column += COLUMNS * LANES)
        tile_of (rows, k, a + row * lda, lda, b + column, c + row * ldc + column, ldc, accumulate);
      row += rows;
    }
}

INLINE Vector
activate (Vector x, Vector scale, Vector shift, Vector slope)
{
  x = scale * x + shift;
  return larger (x, slope * x); /* as the slope is in [0, 1] */
}

static void
affine (size_t pixels, size_t channels, const float *x, const TsnActivation *activation, float *y)
{
  Vector slope = splat (activation->slope);

  for (size_t i = 0; i < pixels; i++, x += channels, y += channels)
    for (size_t c = 0; c < channels; c += LANES)
      store (y + c, activate (load (x + c), load (activation->scale + c),
                              load (activation->shift + c), slope));
}

static void
statistics (size_t pixels, size_t channels, const float *x, float *sums)
{
  for (size_t c = 0; c < channels; c += LANES)
    {
      Vector sum = load (sums + c), squares = load (sums + channels + c);

      for (size_t i = 0; i < pixels; i++)
        {
          Vector v = load (x + i * channels + c);

          sum += v;
          squares += v * v;
        }
      store (sums + c, sum);
      store (sums + channels + c, squares);
    }
}

/* Channels [c, c + LANES) of one pixel; residual is NULL or points at them. */
INLINE Vector
apply_epilogue (const TsnEpilogue *epilogue, size_t c, const float *residual, Vector v)
{
  if (epilogue->bias != NULL)
    v += load (epilogue->bias + c);
  if (residual != NULL)
    v += load (residual);
  return epilogue->relu ? larger (v, splat (0)) : v;
}

static void
finish (size_t pixels, size_t channels, size_t stride, const TsnEpilogue *epilogue, float *y)
{
  const float *residual = epilogue->residual;

  for (size_t i = 0; i < pixels; i++)
    for (size_t c = 0; c < channels; c += LANES)
      store (y + i * stride + c,
             apply_epilogue (epilogue, c, residual != NULL ? residual + i * stride + c : NULL,
                             load (y + i * stride + c)));
}

#include "core/ops/tsn-winograd-body.h"

INLINE float
sum_lanes (Vector v)
{
  float sum = 0;

  for (int i = 0; i < LANES; i++)
    sum += v[i];
  return sum;
}

static void
project (size_t pixels,
         size_t channels,
         const float *x,
         const TsnActivation *activation,
         const TsnProjection *projection,
         float *y,
         size_t plane)
{
  Vector slope = splat (activation->slope);

  for (size_t i = 0; i < pixels; i++, x += channels)
    for (size_t k = 0; k < projection->outputs; k++)
      {
        const float *weights = projection->weights + k * channels;
        Vector sum = splat (0);

        for (size_t c = 0; c < channels; c += LANES)
          sum += load (weights + c)
                 * activate (load (x + c), load (activation->scale + c),
                             load (activation->shift + c), slope);
        y[k * plane + i] = sum_lanes (sum) + projection->bias[k];
      }
}

/* Horizontal tap kx at small column @x for both output rows: the sum of its vertical taps. */
INLINE void
sum_rows (const TsnUpsampleRows *s, int kx, size_t x, size_t c, Vector *z)
{
  const float *top = s->rows[0] + kx * s->tap_stride + x * TSN_PANEL + c;
  const float *middle = s->rows[1] + kx * s->tap_stride + x * TSN_PANEL + c;
  const float *bottom = s->rows[2] + kx * s->tap_stride + x * TSN_PANEL + c;
  size_t ky = 3 * s->tap_stride;
  Vector v[TSN_UPSAMPLE_WEIGHTS]
      = { load (top),         load (middle),          load (top + ky),       load (middle + ky),
          load (bottom + ky), load (middle + 2 * ky), load (bottom + 2 * ky) };

#pragma GCC unroll 2
  for (int r = 0; r < 2; r++)
    {
      const float *w = s->row_weights + r * TSN_UPSAMPLE_WEIGHTS;

      z[r] = w[0] * v[0];
#pragma GCC unroll 6
      for (int i = 1; i < TSN_UPSAMPLE_WEIGHTS; i++)
        z[r] += w[i] * v[i];
    }
}

INLINE void
put_pixel (const TsnUpsampleRows *s, float *y, Vector v, Vector *sum, Vector *squares)
{
  if (s->add)
    v += load (y);
  store (y, v);
  *sum += v;
  *squares += v * v;
}

/* How many small columns ahead the pixels to be written are fetched. */
#define PREFETCH_COLUMNS 8

/* The pixels above small column @x; they lie apart, which processors do not foresee. */
INLINE void
prefetch_pixels (const TsnUpsampleRows *s, size_t x, size_t c)
{
#pragma GCC unroll 2
  for (int r = 0; r < 2; r++)
#pragma GCC unroll 2
    for (int column = 0; column < 2; column++)
      __builtin_prefetch (s->y[r] + (2 * x + column) * s->stride + c, 1);
}

static void
upsample_lanes (const TsnUpsampleRows *s, size_t c)
{
  Vector sum = load (s->sums + c), squares = load (s->sums + TSN_PANEL + c);
  /* Taps 0 and 1 at the column before, 1 and 2 at this one. */
  Vector left0[2] = { splat (0), splat (0) }, left1[2] = { splat (0), splat (0) };
  Vector here1[2], here2[2];

  sum_rows (s, 1, 0, c, here1);
  sum_rows (s, 2, 0, c, here2);
  for (size_t x = 0; x < s->width; x++)
    {
      Vector here0[2], right1[2] = { splat (0), splat (0) }, right2[2] = { splat (0), splat (0) };

      prefetch_pixels (s, x + PREFETCH_COLUMNS, c);
      sum_rows (s, 0, x, c, here0);
      if (x + 1 < s->width)
        {
          sum_rows (s, 1, x + 1, c, right1);
          sum_rows (s, 2, x + 1, c, right2);
        }
#pragma GCC unroll 2
      for (int column = 0; column < 2; column++)
        {
          const float *w = s->column_weights + (2 * x + column) * TSN_UPSAMPLE_WEIGHTS;

#pragma GCC unroll 2
          for (int r = 0; r < 2; r++)
            put_pixel (s, s->y[r] + (2 * x + column) * s->stride + c,
                       w[0] * left0[r] + w[1] * here0[r] + w[2] * left1[r] + w[3] * here1[r]
                           + w[4] * right1[r] + w[5] * here2[r] + w[6] * right2[r],
                       &sum, &squares);
        }
#pragma GCC unroll 2
      for (int r = 0; r < 2; r++)
        {
          left0[r] = here0[r];
          left1[r] = here1[r];
          here1[r] = right1[r];
          here2[r] = right2[r];
        }
    }
  store (s->sums + c, sum);
  store (s->sums + TSN_PANEL + c, squares);
}

static void
upsample_rows (const TsnUpsampleRows *s)
{
  for (size_t c = 0; c < TSN_PANEL; c += LANES)
    upsample_lanes (s, c);
}

static void
max_pool_row (const TsnMap *x, size_t row, float *y)
{
  size_t width = (x->width + 1) / 2, stride = x->width * x->channels;
  size_t top = row > 0 ? 2 * row - 1 : 0, bottom = MIN (2 * row + 2, x->height);

  for (size_t ox = 0; ox < width; ox++, y += x->channels)
    {
      size_t left = ox > 0 ? 2 * ox - 1 : 0, right = MIN (2 * ox + 2, x->width);

      for (size_t c = 0; c < x->channels; c += LANES)
        {
          Vector max = load (x->data + top * stride + left * x->channels + c);

          for (size_t i = top; i < bottom; i++)
            for (size_t j = left; j < right; j++)
              max = larger (load (x->data + i * stride + j * x->channels + c), max);
          store (y + c, max);
        }
    }
}

const TsnKernels KERNELS = {
  .isa = KERNELS_ISA,
  .gemm_panel = gemm_panel,
  .affine = affine,
  .statistics = statistics,
  .finish = finish,
  .winograd_input = winograd_input,
  .winograd_output = winograd_output,
  .project = project,
  .upsample_rows = upsample_rows,
  .max_pool_row = max_pool_row,
};
