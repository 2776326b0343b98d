#include "core/model/tsn-call.h"

gboolean
tsn_node_is_vector (const TsnNode *node)
{
  return node->level == TSN_LEVEL_VECTOR;
}

/* The convolution of a node for an image of @height x @width. */
TsnConv
tsn_node_conv (const TsnGraph *graph, const TsnNode *node, size_t height, size_t width)
{
  const TsnNode *input = tsn_graph_node (graph, node->inputs[0]);

  return (TsnConv){ .in_channels = input->channels,
                    .out_channels = node->channels,
                    .height = height >> input->level,
                    .width = width >> input->level,
                    .kernel = node->kernel,
                    .stride = node->conv_stride };
}

/* @node must have an input: the image and the code are given, not run. */
TsnCall
tsn_call_make (const TsnForward *pass, guint node)
{
  const TsnGraph *graph = pass->model->graph;
  const TsnNode *self = tsn_graph_node (graph, node);
  TsnCall call = { .pass = pass, .node = self, .y = pass->values[node], .pixels = 1 };

  call.input = tsn_graph_node (graph, self->inputs[0]);
  call.x = pass->values[self->inputs[0]];
  if (self->n_inputs > 1)
    call.second = pass->values[self->inputs[1]];
  if (!tsn_node_is_vector (self))
    call.pixels = (pass->height >> self->level) * (pass->width >> self->level);
  return call;
}

/* The number of floats of the node's value. */
size_t
tsn_call_length (const TsnCall *call)
{
  return (tsn_node_is_vector (call->node) ? 1 : call->pass->n) * call->node->channels
         * call->pixels;
}

/* Numbers of the node's parameter @i. */
float *
tsn_call_param (const TsnCall *call, guint i)
{
  return call->pass->model->params[call->node->params + i]->data;
}

TsnConv
tsn_call_conv (const TsnCall *call)
{
  return tsn_node_conv (call->pass->model->graph, call->node, call->pass->height,
                        call->pass->width);
}
