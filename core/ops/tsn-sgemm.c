#include "core/ops/tsn-sgemm.h"

#include <cblas.h>

/**
 * tsn_sgemm:
 *
 * Multiplies on the calling thread alone; loops around it share the work.
 */
void
tsn_sgemm (const TsnSgemm *product)
{
  cblas_sgemm (CblasRowMajor, product->transpose_a ? CblasTrans : CblasNoTrans,
               product->transpose_b ? CblasTrans : CblasNoTrans, product->m, product->n, product->k,
               1.0f, product->a, product->lda, product->b, product->ldb,
               product->accumulate ? 1.0f : 0.0f, product->c, product->ldc);
}
