/* The one door through which training multiplies matrices; private to core/ops. */
#pragma once

#include "core/ops/tsn-kernels.h"

G_BEGIN_DECLS

/**
 * TsnProduct:
 * @m, @n, @k: C is [m, n]; the sum runs over k
 * @a: [m, k], rows @lda apart
 * @b: [n / %TSN_PANEL rounded up, k, %TSN_PANEL]: panels of columns, which tsn_product_place() and
 *   tsn_product_pack_transposed() make
 * @bias: (nullable): [m], added to every column; only without @accumulate
 * @accumulate: add to C instead of overwriting it
 * @c: (out): [m, n], rows @ldc apart
 * @tile: tsn_product_tile() floats, used where C is not aligned to vectors
 *
 * C = A B.
 */
typedef struct
{
  size_t m;
  size_t n;
  size_t k;
  const float *a;
  size_t lda;
  const float *b;
  const float *bias;
  gboolean accumulate;
  float *c;
  size_t ldc;
  float *tile;
} TsnProduct;

/* Floats of the panels of a [k, n] matrix. */
static inline size_t
tsn_product_packed (size_t k, size_t n)
{
  return k * TSN_PADDED (n);
}

/* Where element (row, column) of a [k, n] matrix is in its panels. */
static inline float *
tsn_product_place (float *panels, size_t k, size_t row, size_t column)
{
  return panels + (column / TSN_PANEL * k + row) * TSN_PANEL + column % TSN_PANEL;
}

size_t tsn_product_tile (size_t m);
void tsn_product_pack_transposed (size_t k, size_t n, const float *b, size_t ldb, float *panels);
void tsn_product_run (const TsnKernels *kernels, const TsnProduct *product);

G_END_DECLS
