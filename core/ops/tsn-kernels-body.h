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
#include "core/ops/tsn-vector.h"

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

/* B^T of F(4x4, 3x3) (Lavin and Gray, 2016), on six vectors @step apart. */
INLINE void
transform_input (const Vector *d, int step, Vector *out, int out_step)
{
  Vector a = d[4 * step] - 4 * d[2 * step], b = d[3 * step] - 4 * d[step];
  Vector e = d[4 * step] - d[2 * step], f = 2 * (d[3 * step] - d[step]);

  out[0] = 4 * d[0] - 5 * d[2 * step] + d[4 * step];
  out[out_step] = a + b;
  out[2 * out_step] = a - b;
  out[3 * out_step] = e + f;
  out[4 * out_step] = e - f;
  out[5 * out_step] = 4 * d[step] - 5 * d[3 * step] + d[5 * step];
}

/* A^T of F(4x4, 3x3): six vectors to four. */
INLINE void
transform_output (const Vector *m, int step, Vector *out, int out_step)
{
  Vector a = m[step] + m[2 * step], b = m[step] - m[2 * step];
  Vector e = m[3 * step] + m[4 * step], f = m[3 * step] - m[4 * step];

  out[0] = m[0] + a + e;
  out[out_step] = b + 2 * f;
  out[2 * out_step] = a + 4 * e;
  out[3 * out_step] = b + 8 * f + m[5 * step];
}

/* Where the 36 pixels of a patch are; NULL outside the map. */
static void
find_patch (const TsnMap *x, size_t ty, size_t tx, const float **patch)
{
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++)
      {
        gssize row = (gssize) (4 * ty) + i - 1, column = (gssize) (4 * tx) + j - 1;
        gboolean inside
            = row >= 0 && row < (gssize) x->height && column >= 0 && column < (gssize) x->width;

        patch[6 * i + j] = inside ? x->data + (row * x->width + column) * x->channels : NULL;
      }
}

INLINE void
load_patch (const float *const *patch, size_t c, const TsnActivation *activation, Vector *d)
{
  if (activation->scale == NULL)
    {
      for (int i = 0; i < 36; i++)
        d[i] = patch[i] != NULL ? load (patch[i] + c) : splat (0);
      return;
    }
  for (int i = 0; i < 36; i++)
    d[i] = patch[i] != NULL ? activate (load (patch[i] + c), load (activation->scale + c),
                                        load (activation->shift + c), splat (activation->slope))
                            : splat (0);
}

static void
winograd_input (
    const TsnMap *x, size_t ty, size_t tx, const TsnActivation *activation, float *v, size_t plane)
{
  const float *patch[36];

  find_patch (x, ty, tx, patch);
  for (size_t c = 0; c < x->channels; c += LANES)
    {
      Vector d[36], t[36], row[6];

      load_patch (patch, c, activation, d);
#pragma GCC unroll 6
      for (int j = 0; j < 6; j++)
        transform_input (d + j, 6, t + j, 6);
#pragma GCC unroll 6
      for (int i = 0; i < 6; i++)
        {
          transform_input (t + 6 * i, 1, row, 1);
          for (int j = 0; j < 6; j++)
            store (v + (6 * i + j) * plane + c, row[j]);
        }
    }
}

static void
winograd_output (const float *m,
                 size_t plane,
                 size_t panel_channels,
                 const TsnEpilogue *epilogue,
                 const TsnMap *y,
                 size_t ty,
                 size_t tx,
                 size_t channel)
{
  size_t rows = MIN (4, y->height - 4 * ty), columns = MIN (4, y->width - 4 * tx);
  size_t at = (4 * ty * y->width + 4 * tx) * y->channels + channel;

  for (size_t c = 0; c < panel_channels; c += LANES)
    {
      Vector d[36], t[24], row[4];

      for (int i = 0; i < 36; i++)
        d[i] = load (m + i * plane + c);
#pragma GCC unroll 6
      for (int j = 0; j < 6; j++)
        transform_output (d + j, 6, t + j, 6);
      for (size_t i = 0; i < rows; i++)
        {
          transform_output (t + 6 * i, 1, row, 1);
          for (size_t j = 0; j < columns; j++)
            {
              size_t pixel = at + (i * y->width + j) * y->channels + c;

              store (y->data + pixel,
                     apply_epilogue (epilogue, channel + c,
                                     epilogue->residual != NULL ? epilogue->residual + pixel : NULL,
                                     row[j]));
            }
        }
    }
}

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
