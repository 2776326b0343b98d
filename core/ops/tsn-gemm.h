/* Matrix products with weights packed once. */
#pragma once

#include "core/ops/tsn-kernels.h"

G_BEGIN_DECLS

/**
 * TsnPacked:
 * @k: rows of the matrix
 * @panels: its columns are 32 times that many
 * @data: [panels, k, 32]
 *
 * The right-hand matrix of a product, laid out in the order in which the kernels read it.
 */
typedef struct
{
  size_t k;
  size_t panels;
  float *data;
} TsnPacked;

/**
 * TsnConvWeights:
 * @data: [out_channels, in_channels, kernel, kernel], or the first kernel of a part of that
 * @out_channels: Co
 * @in_channels: Ci of the part
 * @kernel: k
 * @stride: floats between the kernels of consecutive output channels: Ci k k of the whole weight
 * @scale: (nullable): [out_channels] factor on the weights: a batch norm that follows
 *
 * Weights of a convolution, or of the part of it that reads some of its input channels, to be
 * packed.
 */
typedef struct
{
  const float *data;
  size_t out_channels;
  size_t in_channels;
  size_t kernel;
  size_t stride;
  const float *scale;
} TsnConvWeights;

void tsn_packed_init (TsnPacked *packed, size_t k, size_t columns);
void tsn_packed_clear (TsnPacked *packed);
void tsn_packed_clear_panel (TsnPacked *packed, size_t panel);
void tsn_packed_set (TsnPacked *packed, size_t row, size_t column, float value);
size_t tsn_packed_bytes (const TsnPacked *packed);

void tsn_conv_weights_gather (
    const TsnConvWeights *weights, size_t panel, size_t channel, size_t tap, float *lanes);

void tsn_gemm (const TsnKernels *kernels,
               const TsnPacked *b,
               size_t panel,
               size_t m,
               const float *a,
               size_t lda,
               float *c,
               size_t ldc);

G_END_DECLS
