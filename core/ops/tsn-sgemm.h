/* The one door through which operations multiply matrices; private to core/ops. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnSgemm:
 * @m, @n, @k: C is [m, n]; the sum runs over k
 * @a: [m, k], or [k, m] with @transpose_a; rows are @lda apart
 * @b: [k, n], or [n, k] with @transpose_b; rows are @ldb apart
 * @accumulate: add to C instead of overwriting it
 * @c: (out): [m, n]; rows are @ldc apart
 *
 * C = A B, all row-major.
 */
typedef struct
{
  size_t m;
  size_t n;
  size_t k;
  gboolean transpose_a;
  const float *a;
  size_t lda;
  gboolean transpose_b;
  const float *b;
  size_t ldb;
  gboolean accumulate;
  float *c;
  size_t ldc;
} TsnSgemm;

void tsn_sgemm (const TsnSgemm *product);

G_END_DECLS
