/* Nodes of a network's graph as ONNX operators; private to core/io. */
#pragma once

#include "core/io/tsn-onnx-graph.h"
#include "core/model/tsn-model.h"

G_BEGIN_DECLS

#define TSN_ONNX_IMAGE "image"
#define TSN_ONNX_CODE "code"

/** The operator set whose definitions the nodes follow. */
#define TSN_ONNX_OPSET 17

/**
 * TsnOnnxWalk:
 * @model: the network
 * @onnx: the graph that grows
 * @scope: what the names of new values begin with; it starts with "/", so that they are told from
 *   the inputs, the outputs and the parameters
 * @names: (array): for each node the ONNX value that holds it
 * @constants: (array): for each node its numbers if they are known now, else %NULL; only vectors
 *   are ever known
 *
 * A walk over the nodes of a model.
 */
typedef struct
{
  const TsnModel *model;
  TsnOnnxGraph *onnx;
  const char *scope;
  char **names;
  float **constants;
} TsnOnnxWalk;

void tsn_onnx_emit_node (TsnOnnxWalk *walk, guint node);

G_END_DECLS
