/* What one node reads and writes while it runs; private to core/model. */
#pragma once

#include "core/model/tsn-forward.h"
#include "core/ops/tsn-conv.h"

G_BEGIN_DECLS

/**
 * TsnCall:
 * @pass: the values of all nodes
 * @node: the node that runs
 * @input: its first input
 * @x: value of the first input
 * @second: (nullable): value of the second input
 * @y: value of the node
 * @pixels: of the node's value per channel; 1 for a vector
 */
typedef struct
{
  const TsnForward *pass;
  const TsnNode *node;
  const TsnNode *input;
  const float *x;
  const float *second;
  float *y;
  size_t pixels;
} TsnCall;

TsnCall tsn_call_make (const TsnForward *pass, guint node);
size_t tsn_call_length (const TsnCall *call);
float *tsn_call_param (const TsnCall *call, guint i);
TsnConv tsn_call_conv (const TsnCall *call);
TsnConv tsn_node_conv (const TsnGraph *graph, const TsnNode *node, size_t height, size_t width);
gboolean tsn_node_is_vector (const TsnNode *node);

G_END_DECLS
