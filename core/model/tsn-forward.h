/* Runs one node of a graph on plain NCHW numbers. */
#pragma once

#include "core/base/tsn-pool.h"
#include "core/model/tsn-model.h"

G_BEGIN_DECLS

/**
 * TsnForward:
 * @model: the network
 * @n: N, images per batch
 * @height, @width: of the image; multiples of 32
 * @values: (array): for each node [N, channels, H >> level, W >> level], or a vector of its
 *   channels; only inputs and outputs of the nodes that are run need be there
 * @scratch: tsn_forward_scratch() floats
 * @pool: threads
 *
 * The state of a plain forward pass, in evaluation mode.  This is the truth that faster plans are
 * compared with.
 */
typedef struct
{
  const TsnModel *model;
  size_t n;
  size_t height;
  size_t width;
  float **values;
  float *scratch;
  TsnPool *pool;
} TsnForward;

size_t
tsn_forward_value_length (const TsnGraph *graph, guint node, size_t n, size_t height, size_t width);
size_t
tsn_forward_scratch (const TsnGraph *graph, guint node, size_t height, size_t width, guint threads);
void tsn_forward_node (const TsnForward *forward, guint node);

G_END_DECLS
