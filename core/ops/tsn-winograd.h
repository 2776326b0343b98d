/* 3x3 stride-1 convolution by Winograd's algorithm (Lavin and Gray, CVPR 2016). */
#pragma once

#include "core/base/tsn-pool.h"
#include "core/ops/tsn-gemm.h"

G_BEGIN_DECLS

/**
 * TsnWinograd:
 * @tile: outputs a side of a tile: 4 or 6
 * @panels: of 32 output channels
 * @weights: for each point of the transformed domain a [C, columns] matrix: point p of output
 *   channels 32 j .. 32 j + 31 is panel @panels p + j
 *
 * Transformed weights.  F(4x4, 3x3) makes 36 products per tile instead of 144: a quarter of the
 * arithmetic, for four times the weights.  F(6x6, 3x3) makes 64 instead of 324: a fifth, for seven
 * times the weights.
 */
typedef struct
{
  size_t tile;
  size_t panels;
  TsnPacked weights;
} TsnWinograd;

/**
 * TsnWinogradItem:
 * @x: input map
 * @activation: applied to the input; zero padding comes after it
 * @residual: (nullable): added to the result
 * @y: (out): output map of the same size
 *
 * One of the maps that are convolved together, so that the weights are read once for all.
 */
typedef struct
{
  const TsnMap *x;
  TsnActivation activation;
  const float *residual;
  const TsnMap *y;
} TsnWinogradItem;

void
tsn_winograd_init (TsnWinograd *conv, const TsnConvWeights *weights, size_t tile, TsnPool *pool);
void tsn_winograd_clear (TsnWinograd *conv);
size_t tsn_winograd_scratch (const TsnWinograd *conv, guint threads);
void tsn_winograd_forward (const TsnWinograd *conv,
                           const TsnKernels *kernels,
                           const TsnWinogradItem *items,
                           size_t n_items,
                           const TsnEpilogue *epilogue,
                           float *scratch,
                           TsnPool *pool);

G_END_DECLS
