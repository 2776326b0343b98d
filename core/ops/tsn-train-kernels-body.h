/* The bodies of the kernels of training, written once on vectors of LANES floats and built once
 * per instruction set.  The file that includes this defines LANES, KERNELS, KERNELS_ISA and
 * perhaps VECTOR_MAX, as for tsn-kernels-body.h. */
#include "core/ops/tsn-tile-transform.h"
#include "core/ops/tsn-train-kernels.h"

/* Lanes of two vectors after each other, as __builtin_shufflevector() counts them: every second
 * one; those of the lower and the upper halves in turn; and one further or back. */
#if LANES == 16
#define EVEN 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30
#define ODD 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31
#define LOWER 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define UPPER 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#define BACK 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30
#define FURTHER 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
#elif LANES == 8
#define EVEN 0, 2, 4, 6, 8, 10, 12, 14
#define ODD 1, 3, 5, 7, 9, 11, 13, 15
#define LOWER 0, 8, 1, 9, 2, 10, 3, 11
#define UPPER 4, 12, 5, 13, 6, 14, 7, 15
#define BACK 7, 8, 9, 10, 11, 12, 13, 14
#define FURTHER 1, 2, 3, 4, 5, 6, 7, 8
#else
#define EVEN 0, 2, 4, 6
#define ODD 1, 3, 5, 7
#define LOWER 0, 4, 1, 5
#define UPPER 2, 6, 3, 7
#define BACK 3, 4, 5, 6
#define FURTHER 1, 2, 3, 4
#endif

/* Vectors per panel of tiles, and per line of their pixels. */
#define PARTS (TSN_PANEL / LANES)
#define LINE_VECTORS (TSN_LINE / LANES)

typedef float Loose __attribute__ ((vector_size (LANES * sizeof (float)), aligned (4), may_alias));
typedef gint32 Bits __attribute__ ((vector_size (LANES * sizeof (gint32)), aligned (4), may_alias));

INLINE Vector
load_loose (const float *p)
{
  return *(const Loose *) p;
}

INLINE void
store_loose (float *p, Vector v)
{
  *(Loose *) p = v;
}

INLINE Vector
mask (Vector v, const gint32 *bits)
{
  return (Vector) ((Bits) v & *(const Bits *) bits);
}

/* Four vectors of pixels to the first, second, third and fourth pixels of tiles, and back. */
INLINE void
split_tiles (const Vector *pixels, Vector *columns)
{
  Vector e0 = __builtin_shufflevector (pixels[0], pixels[1], EVEN);
  Vector e1 = __builtin_shufflevector (pixels[2], pixels[3], EVEN);
  Vector o0 = __builtin_shufflevector (pixels[0], pixels[1], ODD);
  Vector o1 = __builtin_shufflevector (pixels[2], pixels[3], ODD);

  columns[0] = __builtin_shufflevector (e0, e1, EVEN);
  columns[1] = __builtin_shufflevector (o0, o1, EVEN);
  columns[2] = __builtin_shufflevector (e0, e1, ODD);
  columns[3] = __builtin_shufflevector (o0, o1, ODD);
}

INLINE void
join_tiles (const Vector *columns, Vector *pixels)
{
  Vector e0 = __builtin_shufflevector (columns[0], columns[2], LOWER);
  Vector e1 = __builtin_shufflevector (columns[0], columns[2], UPPER);
  Vector o0 = __builtin_shufflevector (columns[1], columns[3], LOWER);
  Vector o1 = __builtin_shufflevector (columns[1], columns[3], UPPER);

  pixels[0] = __builtin_shufflevector (e0, o0, LOWER);
  pixels[1] = __builtin_shufflevector (e0, o0, UPPER);
  pixels[2] = __builtin_shufflevector (e1, o1, LOWER);
  pixels[3] = __builtin_shufflevector (e1, o1, UPPER);
}

/* The one-dimensional transforms besides those of tsn-tile-transform.h. */

/* A: four to six. */
INLINE void
transform_gradient (const Vector *y, int step, Vector *out, int out_step)
{
  Vector a = y[0] + y[2 * step], b = y[step] + y[3 * step];
  Vector e = y[0] + 4 * y[2 * step], f = 2 * y[step] + 8 * y[3 * step];

  out[0] = y[0];
  out[out_step] = a + b;
  out[2 * out_step] = a - b;
  out[3 * out_step] = e + f;
  out[4 * out_step] = e - f;
  out[5 * out_step] = y[3 * step];
}

/* G: three to six. */
INLINE void
transform_weight (const Vector *g, int step, Vector *out, int out_step)
{
  Vector outer = (g[0] + g[2 * step]) * (-1.0f / 6), middle = g[step] * (-1.0f / 6);
  Vector quarter = g[0] * (1.0f / 24) + g[2 * step] * (1.0f / 6), half = g[step] * (1.0f / 12);

  out[0] = g[0] * 0.25f;
  out[out_step] = outer + middle;
  out[2 * out_step] = outer - middle;
  out[3 * out_step] = quarter + half;
  out[4 * out_step] = quarter - half;
  out[5 * out_step] = g[2 * step];
}

/* G^T: six to three. */
INLINE void
transform_weight_gradient (const Vector *u, int step, Vector *out, int out_step)
{
  Vector a = u[step] + u[2 * step], b = u[step] - u[2 * step];
  Vector e = u[3 * step] + u[4 * step], f = u[3 * step] - u[4 * step];

  out[0] = u[0] * 0.25f - a * (1.0f / 6) + e * (1.0f / 24);
  out[out_step] = f * (1.0f / 12) - b * (1.0f / 6);
  out[2 * out_step] = (e - a) * (1.0f / 6) + u[5 * step];
}

/* One of six rows of patches after the vertical transform: across, and out. */
INLINE void
input_row (const Vector *line,
           Vector left,
           Vector right,
           const TsnTileLines *lines,
           float *v,
           size_t plane)
{
  Vector columns[PARTS][4];

#pragma GCC unroll 8
  for (int g = 0; g < PARTS; g++)
    split_tiles (line + 4 * g, columns[g]);
#pragma GCC unroll 8
  for (int g = 0; g < PARTS; g++)
    {
      Vector before = g > 0 ? columns[MAX (g, 1) - 1][3] : left;
      Vector after = g + 1 < PARTS ? columns[MIN (g + 1, PARTS - 1)][0] : right;
      Vector d[6] = {
        mask (__builtin_shufflevector (before, columns[g][3], BACK), lines->starts + g * LANES),
        columns[g][0],
        columns[g][1],
        columns[g][2],
        columns[g][3],
        mask (__builtin_shufflevector (columns[g][0], after, FURTHER), lines->ends + g * LANES)
      };
      Vector out[6];

      transform_input_4 (d, 1, out, 1);
#pragma GCC unroll 6
      for (int j = 0; j < 6; j++)
        store (v + j * plane + g * LANES, out[j]);
    }
}

static void
tile_input (const TsnTileLines *lines, float *v, size_t plane)
{
  Vector down[6][LINE_VECTORS];
  Vector left[6], right[6], sides[2][6];

  for (int i = 0; i < 6; i++)
    {
      sides[0][i] = splat (lines->left[i]);
      sides[1][i] = splat (lines->right[i]);
    }
  transform_input_4 (sides[0], 1, left, 1);
  transform_input_4 (sides[1], 1, right, 1);
  for (int k = 0; k < LINE_VECTORS; k++)
    {
      Vector d[6];

#pragma GCC unroll 6
      for (int i = 0; i < 6; i++)
        d[i] = load_loose (lines->rows[i] + k * LANES);
      transform_input_4 (d, 1, &down[0][k], LINE_VECTORS);
    }
  for (int i = 0; i < 6; i++)
    input_row (down[i], left[i], right[i], lines, v + 6 * i * plane, plane);
}

static void
tile_gradient (const float *const *rows, float *v, size_t plane)
{
  for (int g = 0; g < PARTS; g++)
    {
      Vector down[6][4];

      for (int k = 0; k < 4; k++)
        {
          Vector y[4];

#pragma GCC unroll 4
          for (int i = 0; i < 4; i++)
            y[i] = load_loose (rows[i] + (4 * g + k) * LANES);
          transform_gradient (y, 1, &down[0][k], 4);
        }
      for (int i = 0; i < 6; i++)
        {
          Vector columns[4], out[6];

          split_tiles (down[i], columns);
          transform_gradient (columns, 1, out, 1);
#pragma GCC unroll 6
          for (int j = 0; j < 6; j++)
            store (v + (6 * i + j) * plane + g * LANES, out[j]);
        }
    }
}

static void
tile_output (const float *m, size_t plane, float bias, float *const *rows)
{
  for (int g = 0; g < PARTS; g++)
    {
      Vector down[4][6];

      for (int j = 0; j < 6; j++)
        {
          Vector d[6];

#pragma GCC unroll 6
          for (int i = 0; i < 6; i++)
            d[i] = load (m + (6 * i + j) * plane + g * LANES);
          transform_output_4 (d, 1, &down[0][j], 6);
        }
      for (int i = 0; i < 4; i++)
        {
          Vector columns[4], pixels[4];

          transform_output_4 (down[i], 1, columns, 1);
          join_tiles (columns, pixels);
#pragma GCC unroll 4
          for (int k = 0; k < 4; k++)
            store_loose (rows[i] + (4 * g + k) * LANES, pixels[k] + splat (bias));
        }
    }
}

static void
tile_weight (const float *g, float *u, size_t plane)
{
  for (int part = 0; part < TSN_PANEL; part += LANES)
    {
      Vector d[9], half[6][3], out[6];

#pragma GCC unroll 9
      for (int t = 0; t < 9; t++)
        d[t] = load (g + t * TSN_PANEL + part);
#pragma GCC unroll 3
      for (int j = 0; j < 3; j++)
        transform_weight (d + j, 3, &half[0][j], 3);
#pragma GCC unroll 6
      for (int i = 0; i < 6; i++)
        {
          transform_weight (half[i], 1, out, 1);
#pragma GCC unroll 6
          for (int j = 0; j < 6; j++)
            store (u + (6 * i + j) * plane + part, out[j]);
        }
    }
}

static void
tile_weight_gradient (const float *u, size_t plane, float *g)
{
  for (int part = 0; part < TSN_PANEL; part += LANES)
    {
      Vector half[3][6], out[3];

      for (int j = 0; j < 6; j++)
        {
          Vector d[6];

#pragma GCC unroll 6
          for (int i = 0; i < 6; i++)
            d[i] = load (u + (6 * i + j) * plane + part);
          transform_weight_gradient (d, 1, &half[0][j], 6);
        }
#pragma GCC unroll 3
      for (int i = 0; i < 3; i++)
        {
          transform_weight_gradient (half[i], 1, out, 1);
#pragma GCC unroll 3
          for (int j = 0; j < 3; j++)
            store (g + (3 * i + j) * TSN_PANEL + part, out[j]);
        }
    }
}

/* Each round puts the lower and the upper half of the rows in turn; after log2(LANES) rounds every
 * element has gone to its place. */
static void
turn (const float *x, size_t ldx, float *y, size_t ldy)
{
  for (int row = 0; row < TSN_PANEL; row += LANES)
    for (int column = 0; column < TSN_PANEL; column += LANES)
      {
        Vector a[LANES], b[LANES];

#pragma GCC unroll 16
        for (int i = 0; i < LANES; i++)
          a[i] = load (x + (row + i) * ldx + column);
#pragma GCC unroll 4
        for (int round = 1; round < LANES; round *= 2)
          {
#pragma GCC unroll 8
            for (int i = 0; i < LANES / 2; i++)
              {
                b[2 * i] = __builtin_shufflevector (a[i], a[i + LANES / 2], LOWER);
                b[2 * i + 1] = __builtin_shufflevector (a[i], a[i + LANES / 2], UPPER);
              }
#pragma GCC unroll 16
            for (int i = 0; i < LANES; i++)
              a[i] = b[i];
          }
#pragma GCC unroll 16
        for (int i = 0; i < LANES; i++)
          store (y + (column + i) * ldy + row, a[i]);
      }
}

/* Sums in float run over this many vectors before they are added to one in double. */
#define FLUSH 32

INLINE double
sum_lanes (Vector v)
{
  double sum = 0;

  for (int i = 0; i < LANES; i++)
    sum += v[i];
  return sum;
}

static double
row_sum (const float *x, size_t n)
{
  double sum = 0;
  size_t i = 0;

  while (i + 2 * LANES <= n)
    {
      Vector a = splat (0), b = splat (0);

      for (size_t end = MIN (i + FLUSH * LANES, n); i + 2 * LANES <= end; i += 2 * LANES)
        {
          a += load_loose (x + i);
          b += load_loose (x + i + LANES);
        }
      sum += sum_lanes (a + b);
    }
  for (; i < n; i++)
    sum += x[i];
  return sum;
}

static double
row_squares (const float *x, size_t n, float mean)
{
  double sum = 0;
  size_t i = 0;

  while (i + 2 * LANES <= n)
    {
      Vector a = splat (0), b = splat (0);

      for (size_t end = MIN (i + FLUSH * LANES, n); i + 2 * LANES <= end; i += 2 * LANES)
        {
          Vector u = load_loose (x + i) - mean, v = load_loose (x + i + LANES) - mean;

          a += u * u;
          b += v * v;
        }
      sum += sum_lanes (a + b);
    }
  for (; i < n; i++)
    sum += (double) (x[i] - mean) * (x[i] - mean);
  return sum;
}

/* dy where @y is positive, slope dy elsewhere. */
INLINE Vector
slope_gradient (Vector y, Vector dy, float slope)
{
  typedef gint32 Lanes __attribute__ ((vector_size (LANES * sizeof (gint32))));
  Lanes positive = y > 0;

  return (Vector) (((Lanes) dy & positive) | ((Lanes) (slope * dy) & ~positive));
}

static void
row_activate (const TsnRowNorm *norm, const float *x, size_t n, float *y)
{
  float mean = norm->mean, scale = norm->scale, shift = norm->shift, slope = norm->slope;
  size_t i = 0;

  for (; i + LANES <= n; i += LANES)
    {
      Vector v = scale * (load_loose (x + i) - mean) + shift;

      store_loose (y + i, larger (v, slope * v)); /* as the slope is in [0, 1] */
    }
  for (; i < n; i++)
    {
      float v = scale * (x[i] - mean) + shift;

      y[i] = MAX (v, slope * v);
    }
}

static void
row_slopes (const TsnRowNorm *norm, const float *x, const float *dy, size_t n, double *sums)
{
  float mean = norm->mean, scale = norm->scale, shift = norm->shift, slope = norm->slope;
  size_t i = 0;

  sums[0] = sums[1] = 0;
  while (i + LANES <= n)
    {
      Vector a = splat (0), b = splat (0);

      for (size_t end = MIN (i + FLUSH * LANES, n); i + LANES <= end; i += LANES)
        {
          Vector v = load_loose (x + i) - mean;
          Vector g = slope_gradient (scale * v + shift, load_loose (dy + i), slope);

          a += g * v;
          b += g;
        }
      sums[0] += sum_lanes (a);
      sums[1] += sum_lanes (b);
    }
  for (; i < n; i++)
    {
      float g = scale * (x[i] - mean) + shift > 0 ? dy[i] : slope * dy[i];

      sums[0] += (double) g * (x[i] - mean);
      sums[1] += g;
    }
}

static void
row_gradient (const TsnRowNorm *norm, const float *x, const float *dy, size_t n, float *dx)
{
  float mean = norm->mean, scale = norm->scale, shift = norm->shift, slope = norm->slope;
  float factor = norm->factor, offset = norm->offset;
  size_t i = 0;

  for (; i + LANES <= n; i += LANES)
    {
      Vector v = load_loose (x + i);
      Vector g = slope_gradient (scale * (v - mean) + shift, load_loose (dy + i), slope);

      store_loose (dx + i, scale * g + (factor * v + offset));
    }
  for (; i < n; i++)
    {
      float g = scale * (x[i] - mean) + shift > 0 ? dy[i] : slope * dy[i];

      dx[i] = scale * g + (factor * x[i] + offset);
    }
}

static void
upsample_row (const float *x, size_t width, const float *even, const float *odd, float *y)
{
  size_t i = 0;

  for (; i + LANES <= width; i += LANES)
    {
      Vector left = load_loose (x + i - 1), here = load_loose (x + i);
      Vector e = left + load_loose (even + i) * (here - left);
      Vector o = here + load_loose (odd + i) * (load_loose (x + i + 1) - here);

      store_loose (y + 2 * i, __builtin_shufflevector (e, o, LOWER));
      store_loose (y + 2 * i + LANES, __builtin_shufflevector (e, o, UPPER));
    }
  for (; i < width; i++)
    {
      y[2 * i] = x[i - 1] + even[i] * (x[i] - x[i - 1]);
      y[2 * i + 1] = x[i] + odd[i] * (x[i + 1] - x[i]);
    }
}

/* What one pixel pair of the large row gives to the pixels before, at and after it. */
static void
downsample_row (const float *const *rows,
                const float *weights,
                size_t width,
                const float *even,
                const float *odd,
                float *buffer,
                float *dx)
{
  float *before = buffer, *after = buffer + width + TSN_PANEL;
  size_t i = 0;

  for (; i + LANES <= width; i += LANES)
    {
      Vector sum[2] = { splat (0), splat (0) }, e, o, share;

#pragma GCC unroll 4
      for (int r = 0; r < 4; r++)
        {
          sum[0] += weights[r] * load_loose (rows[r] + 2 * i);
          sum[1] += weights[r] * load_loose (rows[r] + 2 * i + LANES);
        }
      e = __builtin_shufflevector (sum[0], sum[1], EVEN);
      o = __builtin_shufflevector (sum[0], sum[1], ODD);
      share = load_loose (even + i) * e;
      store_loose (before + i, e - share);
      store_loose (after + i + 1, load_loose (odd + i) * o);
      store_loose (dx + i, share + (o - load_loose (odd + i) * o));
    }
  for (; i < width; i++)
    {
      float e = 0, o = 0;

      for (int r = 0; r < 4; r++)
        {
          e += weights[r] * rows[r][2 * i];
          o += weights[r] * rows[r][2 * i + 1];
        }
      before[i] = e - even[i] * e;
      after[i + 1] = odd[i] * o;
      dx[i] = even[i] * e + (o - odd[i] * o);
    }
  before[width] = after[0] = 0;
  for (i = 0; i + LANES <= width; i += LANES)
    store_loose (dx + i,
                 load_loose (dx + i) + load_loose (before + i + 1) + load_loose (after + i));
  for (; i < width; i++)
    dx[i] += before[i + 1] + after[i];
}

/* Plain C, which the compiler turns into vectors by itself: there is no root among the vector
 * extensions. */
static void
adam (const TsnAdam *restrict adam,
      const float *restrict grad,
      size_t n,
      float *restrict value,
      float *restrict first,
      float *restrict second)
{
  float clip = adam->clip, decay = adam->decay, keep = adam->keep, step = adam->step;
  float beta1 = adam->beta1, beta2 = adam->beta2, root2 = adam->root2, epsilon = adam->epsilon;

  for (size_t i = 0; i < n; i++)
    {
      float g = clip * grad[i] + decay * value[i];
      float mean = first[i] + (1 - beta1) * (g - first[i]);
      float square = beta2 * second[i] + (1 - beta2) * g * g;

      first[i] = mean;
      second[i] = square;
      value[i] = keep * value[i] - step * mean / (__builtin_sqrtf (square) / root2 + epsilon);
    }
}

const TsnTrainKernels KERNELS = {
  .isa = KERNELS_ISA,
  .tile_input = tile_input,
  .tile_gradient = tile_gradient,
  .tile_output = tile_output,
  .tile_weight = tile_weight,
  .tile_weight_gradient = tile_weight_gradient,
  .turn = turn,
  .row_sum = row_sum,
  .row_squares = row_squares,
  .row_activate = row_activate,
  .row_slopes = row_slopes,
  .row_gradient = row_gradient,
  .upsample_row = upsample_row,
  .downsample_row = downsample_row,
  .adam = adam,
};
