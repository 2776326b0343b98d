#include "core/io/tsn-onnx-graph.h"

/* Field numbers and constants of onnx.proto, named after its messages. */
enum
{
  ATTRIBUTE_NAME = 1,
  ATTRIBUTE_FLOAT = 2,
  ATTRIBUTE_INTEGER = 3,
  ATTRIBUTE_STRING = 4,
  ATTRIBUTE_INTEGERS = 8,
  ATTRIBUTE_TYPE = 20,

  TYPE_FLOAT = 1,
  TYPE_INTEGER = 2,
  TYPE_STRING = 3,
  TYPE_INTEGERS = 7,

  NODE_INPUT = 1,
  NODE_OUTPUT = 2,
  NODE_NAME = 3,
  NODE_OP = 4,
  NODE_ATTRIBUTE = 5,

  GRAPH_NODE = 1,
  GRAPH_NAME = 2,
  GRAPH_INITIALISER = 5,
  GRAPH_INPUT = 11,
  GRAPH_OUTPUT = 12,

  TENSOR_DIM = 1,
  TENSOR_DATA_TYPE = 2,
  TENSOR_NAME = 8,
  TENSOR_RAW_DATA = 9,
  DATA_TYPE_FLOAT = 1,

  VALUE_NAME = 1,
  VALUE_TYPE = 2,
  VALUE_DOC = 3,
  TYPE_TENSOR = 1,
  TENSOR_TYPE_ELEMENT = 1,
  TENSOR_TYPE_SHAPE = 2,
  SHAPE_DIM = 1,
  DIM_VALUE = 1,
  DIM_SYMBOL = 2,
};

struct _TsnOnnxGraph
{
  TsnProtobufWriter *message;
  GHashTable *initialisers; /* names of those that are there */
};

/**
 * tsn_onnx_graph_new:
 *
 * Returns: (transfer full): a graph without nodes.
 */
TsnOnnxGraph *
tsn_onnx_graph_new (const char *name)
{
  TsnOnnxGraph *graph = g_new (TsnOnnxGraph, 1);

  graph->message = tsn_protobuf_writer_new ();
  graph->initialisers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  tsn_protobuf_writer_add_string (graph->message, GRAPH_NAME, name);
  return graph;
}

void
tsn_onnx_graph_free (TsnOnnxGraph *graph)
{
  g_clear_pointer (&graph->message, tsn_protobuf_writer_free);
  g_hash_table_unref (graph->initialisers);
  g_free (graph);
}

/**
 * tsn_onnx_graph_steal_message:
 *
 * Returns: (transfer full): the graph as a message; the graph can only be freed then.
 */
TsnProtobufWriter *
tsn_onnx_graph_steal_message (TsnOnnxGraph *graph)
{
  return g_steal_pointer (&graph->message);
}

static TsnProtobufWriter *
make_shape (const TsnOnnxValue *value)
{
  TsnProtobufWriter *shape = tsn_protobuf_writer_new ();

  for (guint i = 0; i < value->rank; i++)
    {
      TsnProtobufWriter *dim = tsn_protobuf_writer_new ();

      if (value->symbol[i] != NULL)
        tsn_protobuf_writer_add_string (dim, DIM_SYMBOL, value->symbol[i]);
      else
        tsn_protobuf_writer_add_integer (dim, DIM_VALUE, value->dim[i]);
      tsn_protobuf_writer_take_message (shape, SHAPE_DIM, dim);
    }
  return shape;
}

static void
add_value (TsnOnnxGraph *graph, guint field, const TsnOnnxValue *value)
{
  TsnProtobufWriter *tensor = tsn_protobuf_writer_new ();
  TsnProtobufWriter *type = tsn_protobuf_writer_new ();
  TsnProtobufWriter *message = tsn_protobuf_writer_new ();

  tsn_protobuf_writer_add_integer (tensor, TENSOR_TYPE_ELEMENT, DATA_TYPE_FLOAT);
  tsn_protobuf_writer_take_message (tensor, TENSOR_TYPE_SHAPE, make_shape (value));
  tsn_protobuf_writer_take_message (type, TYPE_TENSOR, tensor);
  tsn_protobuf_writer_add_string (message, VALUE_NAME, value->name);
  tsn_protobuf_writer_take_message (message, VALUE_TYPE, type);
  tsn_protobuf_writer_add_string (message, VALUE_DOC, value->doc);
  tsn_protobuf_writer_take_message (graph->message, field, message);
}

void
tsn_onnx_graph_add_input (TsnOnnxGraph *graph, const TsnOnnxValue *value)
{
  add_value (graph, GRAPH_INPUT, value);
}

void
tsn_onnx_graph_add_output (TsnOnnxGraph *graph, const TsnOnnxValue *value)
{
  add_value (graph, GRAPH_OUTPUT, value);
}

/**
 * tsn_onnx_graph_add_initialiser:
 * @name: of the constant; if there is one of that name already, nothing happens
 * @tensor: must not change before the graph is written
 */
void
tsn_onnx_graph_add_initialiser (TsnOnnxGraph *graph, const char *name, TsnTensor *tensor)
{
  TsnProtobufWriter *message;

  if (!g_hash_table_add (graph->initialisers, g_strdup (name)))
    return;
  message = tsn_protobuf_writer_new ();
  for (guint i = 0; i < tensor->rank; i++)
    tsn_protobuf_writer_add_integer (message, TENSOR_DIM, tensor->dim[i]);
  tsn_protobuf_writer_add_integer (message, TENSOR_DATA_TYPE, DATA_TYPE_FLOAT);
  tsn_protobuf_writer_add_string (message, TENSOR_NAME, name);
  tsn_protobuf_writer_add_tensor (message, TENSOR_RAW_DATA, tensor);
  tsn_protobuf_writer_take_message (graph->message, GRAPH_INITIALISER, message);
}

/**
 * tsn_onnx_graph_take_node:
 * @node: (transfer full): a complete node
 */
void
tsn_onnx_graph_take_node (TsnOnnxGraph *graph, TsnProtobufWriter *node)
{
  tsn_protobuf_writer_take_message (graph->message, GRAPH_NODE, node);
}

/**
 * tsn_onnx_node_new:
 * @op: type of the operator, such as "Conv"
 * @name: of the node
 *
 * Returns: (transfer full): a node without inputs, outputs and attributes.
 */
TsnProtobufWriter *
tsn_onnx_node_new (const char *op, const char *name)
{
  TsnProtobufWriter *node = tsn_protobuf_writer_new ();

  tsn_protobuf_writer_add_string (node, NODE_NAME, name);
  tsn_protobuf_writer_add_string (node, NODE_OP, op);
  return node;
}

/* An input left out is written as the empty name. */
void
tsn_onnx_node_add_input (TsnProtobufWriter *node, const char *value)
{
  tsn_protobuf_writer_add_string (node, NODE_INPUT, value);
}

void
tsn_onnx_node_add_output (TsnProtobufWriter *node, const char *value)
{
  tsn_protobuf_writer_add_string (node, NODE_OUTPUT, value);
}

static TsnProtobufWriter *
begin_attribute (const char *name, int type)
{
  TsnProtobufWriter *attribute = tsn_protobuf_writer_new ();

  tsn_protobuf_writer_add_string (attribute, ATTRIBUTE_NAME, name);
  tsn_protobuf_writer_add_integer (attribute, ATTRIBUTE_TYPE, type);
  return attribute;
}

void
tsn_onnx_node_set_integer (TsnProtobufWriter *node, const char *attribute, gint64 number)
{
  TsnProtobufWriter *message = begin_attribute (attribute, TYPE_INTEGER);

  tsn_protobuf_writer_add_integer (message, ATTRIBUTE_INTEGER, number);
  tsn_protobuf_writer_take_message (node, NODE_ATTRIBUTE, message);
}

void
tsn_onnx_node_set_integers (TsnProtobufWriter *node,
                            const char *attribute,
                            guint n,
                            const gint64 *numbers)
{
  TsnProtobufWriter *message = begin_attribute (attribute, TYPE_INTEGERS);

  for (guint i = 0; i < n; i++)
    tsn_protobuf_writer_add_integer (message, ATTRIBUTE_INTEGERS, numbers[i]);
  tsn_protobuf_writer_take_message (node, NODE_ATTRIBUTE, message);
}

void
tsn_onnx_node_set_float (TsnProtobufWriter *node, const char *attribute, float number)
{
  TsnProtobufWriter *message = begin_attribute (attribute, TYPE_FLOAT);

  tsn_protobuf_writer_add_float (message, ATTRIBUTE_FLOAT, number);
  tsn_protobuf_writer_take_message (node, NODE_ATTRIBUTE, message);
}

void
tsn_onnx_node_set_string (TsnProtobufWriter *node, const char *attribute, const char *text)
{
  TsnProtobufWriter *message = begin_attribute (attribute, TYPE_STRING);

  tsn_protobuf_writer_add_string (message, ATTRIBUTE_STRING, text);
  tsn_protobuf_writer_take_message (node, NODE_ATTRIBUTE, message);
}
