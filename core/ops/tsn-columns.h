/* Columns of a convolution: every tap of every output pixel as a matrix; private to core/ops. */
#pragma once

#include "core/ops/tsn-conv.h"

G_BEGIN_DECLS

/**
 * TsnColumns:
 * @conv: the convolution
 * @channels: how many input channels to look at
 * @first: first output row
 * @last: one past the last output row
 *
 * A block of the column matrix: [channels k k, rows x OW].
 */
typedef struct
{
  const TsnConv *conv;
  size_t channels;
  size_t first;
  size_t last;
} TsnColumns;

void tsn_columns_gather (const TsnColumns *block, const float *x, float *columns);
void tsn_columns_gather_packed (const TsnColumns *block, const float *x, float *panels);
void tsn_columns_scatter (const TsnColumns *block, const float *columns, float *x);

G_END_DECLS
