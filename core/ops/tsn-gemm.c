#include "core/ops/tsn-gemm.h"

#include "core/base/tsn-arena.h"

#include <string.h>

/* Rows of b per pass: 32 KiB of a panel, so that it stays in the first-level cache while all rows
 * of a go by. */
#define DEPTH 256

/**
 * tsn_packed_init:
 * @columns: rounded up to whole panels
 *
 * Makes a matrix without values; every panel is to be set, or to be cleared first.
 */
void
tsn_packed_init (TsnPacked *packed, size_t k, size_t columns)
{
  packed->k = k;
  packed->panels = TSN_PADDED (columns) / TSN_PANEL;
  packed->data = tsn_aligned_alloc (tsn_packed_bytes (packed));
}

void
tsn_packed_clear (TsnPacked *packed)
{
  g_clear_pointer (&packed->data, tsn_aligned_free);
}

size_t
tsn_packed_bytes (const TsnPacked *packed)
{
  return packed->k * packed->panels * TSN_PANEL * sizeof (float);
}

/**
 * tsn_packed_clear_panel:
 *
 * Sets a panel to zero.  What packs panels on several threads does it there, as the first touch of
 * fresh memory is most of the work.
 */
void
tsn_packed_clear_panel (TsnPacked *packed, size_t panel)
{
  memset (packed->data + panel * packed->k * TSN_PANEL, 0, packed->k * TSN_PANEL * sizeof (float));
}

void
tsn_packed_set (TsnPacked *packed, size_t row, size_t column, float value)
{
  packed->data[(column / TSN_PANEL * packed->k + row) * TSN_PANEL + column % TSN_PANEL] = value;
}

/**
 * tsn_conv_weights_gather:
 * @panel: which 32 output channels
 * @channel: an input channel
 * @tap: a position in the kernel, ky k + kx
 * @lanes: (out): [32] the scaled weights, zero beyond the last output channel
 */
void
tsn_conv_weights_gather (
    const TsnConvWeights *weights, size_t panel, size_t channel, size_t tap, float *lanes)
{
  size_t first = panel * TSN_PANEL, n = MIN (TSN_PANEL, weights->out_channels - first);
  const float *from
      = weights->data + first * weights->stride + channel * weights->kernel * weights->kernel + tap;

  for (size_t i = 0; i < n; i++)
    lanes[i] = from[i * weights->stride];
  for (size_t i = 0; weights->scale != NULL && i < n; i++)
    lanes[i] *= weights->scale[first + i];
  for (size_t i = n; i < TSN_PANEL; i++)
    lanes[i] = 0;
}

/**
 * tsn_gemm:
 * @panel: which 32 columns of @b
 * @m: rows of @a
 * @a: [m, k], rows @lda floats apart
 * @c: (out): [m, 32], rows @ldc floats apart
 *
 * c = a b, for one panel of b.
 */
void
tsn_gemm (const TsnKernels *kernels,
          const TsnPacked *b,
          size_t panel,
          size_t m,
          const float *a,
          size_t lda,
          float *c,
          size_t ldc)
{
  const float *right = b->data + panel * b->k * TSN_PANEL;

  for (size_t k = 0; k < b->k; k += DEPTH)
    kernels->gemm_panel (m, MIN (DEPTH, b->k - k), a + k, lda, right + k * TSN_PANEL, c, ldc,
                         k > 0);
}
