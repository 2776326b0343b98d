#include "core/ops/tsn-product.h"

#include "core/base/tsn-tensor.h"

#include <string.h>

/* Rows of B at a time: 32 KiB of a panel, so that it stays in the first-level cache while all rows
 * of A go by, and the same columns of A stay in the second level from panel to panel. */
#define DEPTH 256

/**
 * tsn_product_tile:
 *
 * Returns: floats of #TsnProduct.tile for @m rows.
 */
size_t
tsn_product_tile (size_t m)
{
  return m * TSN_PANEL;
}

/* Four by four numbers; loads and stores of whole vectors instead of single numbers. */
typedef float Four __attribute__ ((vector_size (16), aligned (4), may_alias));

static inline void
turn_four (const float *b, size_t ldb, float *out)
{
  Four r0 = *(const Four *) b, r1 = *(const Four *) (b + ldb);
  Four r2 = *(const Four *) (b + 2 * ldb), r3 = *(const Four *) (b + 3 * ldb);
  Four a = __builtin_shufflevector (r0, r1, 0, 4, 1, 5);
  Four c = __builtin_shufflevector (r2, r3, 0, 4, 1, 5);
  Four d = __builtin_shufflevector (r0, r1, 2, 6, 3, 7);
  Four e = __builtin_shufflevector (r2, r3, 2, 6, 3, 7);

  *(Four *) out = __builtin_shufflevector (a, c, 0, 1, 4, 5);
  *(Four *) (out + TSN_PANEL) = __builtin_shufflevector (a, c, 2, 3, 6, 7);
  *(Four *) (out + 2 * TSN_PANEL) = __builtin_shufflevector (d, e, 0, 1, 4, 5);
  *(Four *) (out + 3 * TSN_PANEL) = __builtin_shufflevector (d, e, 2, 3, 6, 7);
}

/**
 * tsn_product_pack_transposed:
 * @b: [n, k], rows @ldb apart
 * @panels: (out): tsn_product_packed() floats: the panels of its transpose, padded with zeros
 */
void
tsn_product_pack_transposed (size_t k, size_t n, const float *b, size_t ldb, float *panels)
{
  size_t whole = k / 4 * 4, columns = n / 4 * 4;

  if (n % TSN_PANEL != 0)
    memset (tsn_product_place (panels, k, 0, n / TSN_PANEL * TSN_PANEL), 0,
            k * TSN_PANEL * sizeof (float));
  for (size_t j = 0; j < columns; j += 4)
    for (size_t i = 0; i < whole; i += 4)
      turn_four (b + j * ldb + i, ldb, tsn_product_place (panels, k, i, j));
  for (size_t j = 0; j < n; j++)
    for (size_t i = j < columns ? whole : 0; i < k; i++)
      *tsn_product_place (panels, k, i, j) = b[j * ldb + i];
}

static gboolean
is_aligned (const TsnProduct *product)
{
  return ((gsize) product->c | (product->ldc * sizeof (float))) % TSN_ALIGNMENT == 0;
}

static void
fill_bias (const TsnProduct *product)
{
  for (size_t i = 0; i < product->m; i++)
    for (size_t j = 0; j < product->n; j++)
      product->c[i * product->ldc + j] = product->bias[i];
}

/* One panel's columns of C by way of the tile, which is aligned and as wide as a panel. */
static void
run_by_tile (const TsnKernels *kernels,
             const TsnProduct *product,
             size_t first,
             size_t k,
             size_t depth,
             gboolean accumulate)
{
  size_t bytes = MIN (TSN_PANEL, product->n - first) * sizeof (float);

  for (size_t i = 0; accumulate && i < product->m; i++)
    memcpy (product->tile + i * TSN_PANEL, product->c + i * product->ldc + first, bytes);
  kernels->gemm_panel (product->m, depth, product->a + k, product->lda,
                       product->b + first * product->k + k * TSN_PANEL, product->tile, TSN_PANEL,
                       accumulate);
  for (size_t i = 0; i < product->m; i++)
    memcpy (product->c + i * product->ldc + first, product->tile + i * TSN_PANEL, bytes);
}

/**
 * tsn_product_run:
 *
 * Multiplies on the calling thread alone; loops around it share the work.
 */
void
tsn_product_run (const TsnKernels *kernels, const TsnProduct *product)
{
  gboolean aligned = is_aligned (product);

  if (product->bias != NULL)
    fill_bias (product);
  for (size_t k = 0; k < product->k; k += DEPTH)
    for (size_t first = 0; first < product->n; first += TSN_PANEL)
      {
        gboolean accumulate = product->accumulate || product->bias != NULL || k > 0;
        size_t depth = MIN (DEPTH, product->k - k);

        if (aligned && first + TSN_PANEL <= product->n)
          kernels->gemm_panel (product->m, depth, product->a + k, product->lda,
                               product->b + first * product->k + k * TSN_PANEL, product->c + first,
                               product->ldc, accumulate);
        else
          run_by_tile (kernels, product, first, k, depth, accumulate);
      }
}
