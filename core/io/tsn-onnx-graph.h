/* The parts of an ONNX graph: nodes, initialisers, inputs and outputs; private to core/io. */
#pragma once

#include "core/io/tsn-protobuf-writer.h"

G_BEGIN_DECLS

/**
 * TsnOnnxGraph:
 *
 * A GraphProto under construction (github.com/onnx/onnx, onnx.proto and IR.md).  Nodes come in the
 * order in which they are added, which must be one in which inputs come first.
 */
typedef struct _TsnOnnxGraph TsnOnnxGraph;

/**
 * TsnOnnxValue:
 * @name: of the graph's input or output
 * @doc: what it means, for people
 * @rank: number of dimensions
 * @dim: dimensions; 0 where @symbol says what stands in its place
 * @symbol: names of the dimensions that are free
 *
 * An input or output of float32 numbers.
 */
typedef struct
{
  const char *name;
  const char *doc;
  guint rank;
  size_t dim[TSN_MAX_RANK];
  const char *symbol[TSN_MAX_RANK];
} TsnOnnxValue;

TsnOnnxGraph *tsn_onnx_graph_new (const char *name);
void tsn_onnx_graph_free (TsnOnnxGraph *graph);
void tsn_onnx_graph_add_input (TsnOnnxGraph *graph, const TsnOnnxValue *value);
void tsn_onnx_graph_add_output (TsnOnnxGraph *graph, const TsnOnnxValue *value);
void tsn_onnx_graph_add_initialiser (TsnOnnxGraph *graph, const char *name, TsnTensor *tensor);
void tsn_onnx_graph_take_node (TsnOnnxGraph *graph, TsnProtobufWriter *node);
TsnProtobufWriter *tsn_onnx_graph_steal_message (TsnOnnxGraph *graph);

TsnProtobufWriter *tsn_onnx_node_new (const char *op, const char *name);
void tsn_onnx_node_add_input (TsnProtobufWriter *node, const char *value);
void tsn_onnx_node_add_output (TsnProtobufWriter *node, const char *value);
void tsn_onnx_node_set_integer (TsnProtobufWriter *node, const char *attribute, gint64 number);
void tsn_onnx_node_set_integers (TsnProtobufWriter *node,
                                 const char *attribute,
                                 guint n,
                                 const gint64 *numbers);
void tsn_onnx_node_set_float (TsnProtobufWriter *node, const char *attribute, float number);
void tsn_onnx_node_set_string (TsnProtobufWriter *node, const char *attribute, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnOnnxGraph, tsn_onnx_graph_free)

G_END_DECLS
