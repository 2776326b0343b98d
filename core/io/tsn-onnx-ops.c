#include "core/io/tsn-onnx-ops.h"

#include "core/ops/tsn-batch-norm.h"
#include "core/ops/tsn-channel-pool.h"
#include "core/ops/tsn-pixel-norm.h"

#include <string.h>

/* What a node is made of. */
typedef struct
{
  TsnOnnxWalk *walk;
  const TsnNode *node;
  const char *y; /* name of the node's value */
  const char *x; /* name of its first input's */
} Call;

static const TsnNode *
input_node (const Call *call, guint i)
{
  return tsn_graph_node (call->walk->model->graph, call->node->inputs[i]);
}

static const char *
input_name (const Call *call, guint i)
{
  return call->walk->names[call->node->inputs[i]];
}

/* Returns: (transfer full): the name of a value that is a part of the node's. */
static char *
part_name (const Call *call, const char *part)
{
  return g_strconcat (call->y, ".", part, NULL);
}

static TsnTensor *
param (const Call *call, guint i)
{
  return call->walk->model->params[call->node->params + i];
}

/* Begins an operator that makes the value @output of one or two inputs. */
static TsnProtobufWriter *
begin (const char *op, const char *output, const char *a, const char *b)
{
  TsnProtobufWriter *node = tsn_onnx_node_new (op, output);

  tsn_onnx_node_add_input (node, a);
  if (b != NULL)
    tsn_onnx_node_add_input (node, b);
  tsn_onnx_node_add_output (node, output);
  return node;
}

static void
end (const Call *call, TsnProtobufWriter *node)
{
  tsn_onnx_graph_take_node (call->walk->onnx, node);
}

static void
emit (const Call *call, const char *op, const char *output, const char *a, const char *b)
{
  end (call, begin (op, output, a, b));
}

/* Adds a parameter under its own name as the next input. */
static void
add_param (const Call *call, TsnProtobufWriter *node, guint i)
{
  const char *name = tsn_graph_param (call->walk->model->graph, call->node->params + i)->name;

  tsn_onnx_graph_add_initialiser (call->walk->onnx, name, param (call, i));
  tsn_onnx_node_add_input (node, name);
}

static void
add_constant (const Call *call, const char *name, guint rank, const size_t *dim, const float *data)
{
  g_autoptr (TsnTensor) tensor = tsn_tensor_new (rank, dim);

  memcpy (tensor->data, data, tsn_tensor_length (tensor) * sizeof (float));
  tsn_onnx_graph_add_initialiser (call->walk->onnx, name, tensor);
}

/* Padding comes after the normalisation, so that this cannot be folded into a convolution. */
static void
emit_image (const Call *call)
{
  const TsnModel *model = call->walk->model;
  const size_t dim[] = { 1, 3, 1, 1 };
  g_autofree char *mean = part_name (call, "mean");
  g_autofree char *std = part_name (call, "std");
  g_autofree char *centred = part_name (call, "centred");

  add_constant (call, mean, 4, dim, model->mean);
  add_constant (call, std, 4, dim, model->std);
  emit (call, "Sub", centred, TSN_ONNX_IMAGE, mean);
  emit (call, "Div", call->y, centred, std);
}

static void
set_window (TsnProtobufWriter *node, gint64 kernel, gint64 stride, gint64 padding)
{
  tsn_onnx_node_set_integers (node, "kernel_shape", 2, (const gint64[]){ kernel, kernel });
  tsn_onnx_node_set_integers (node, "strides", 2, (const gint64[]){ stride, stride });
  tsn_onnx_node_set_integers (node, "pads", 4,
                              (const gint64[]){ padding, padding, padding, padding });
}

static void
emit_conv (const Call *call)
{
  TsnProtobufWriter *node = begin ("Conv", call->y, call->x, NULL);

  for (guint i = 0; i < call->node->n_params; i++)
    add_param (call, node, i);
  set_window (node, call->node->kernel, call->node->conv_stride, call->node->kernel / 2);
  end (call, node);
}

static void
emit_batch_norm (const Call *call)
{
  TsnProtobufWriter *node = begin ("BatchNormalization", call->y, call->x, NULL);

  for (guint i = 0; i < call->node->n_params; i++)
    add_param (call, node, i);
  tsn_onnx_node_set_float (node, "epsilon", TSN_NORM_EPS);
  end (call, node);
}

static void
emit_activation (const Call *call)
{
  TsnProtobufWriter *node;

  if (call->node->slope == 0)
    {
      emit (call, "Relu", call->y, call->x, NULL);
      return;
    }
  node = begin ("LeakyRelu", call->y, call->x, NULL);
  tsn_onnx_node_set_float (node, "alpha", call->node->slope);
  end (call, node);
}

static void
emit_max_pool (const Call *call)
{
  TsnProtobufWriter *node = begin ("MaxPool", call->y, call->x, NULL);

  set_window (node, 3, 2, 1);
  end (call, node);
}

static void
emit_add (const Call *call)
{
  emit (call, "Add", call->y, call->x, input_name (call, 1));
}

static void
emit_upsample (const Call *call)
{
  static const char scales[] = "/upsample.scales";
  const char *no_region = "";
  TsnProtobufWriter *node = begin ("Resize", call->y, call->x, no_region);

  add_constant (call, scales, 1, (const size_t[]){ 4 }, (const float[]){ 1, 1, 2, 2 });
  tsn_onnx_node_add_input (node, scales);
  tsn_onnx_node_set_string (node, "mode", "linear");
  tsn_onnx_node_set_string (node, "coordinate_transformation_mode", "align_corners");
  end (call, node);
}

static void
emit_concat (const Call *call)
{
  TsnProtobufWriter *node = begin ("Concat", call->y, call->x, input_name (call, 1));

  tsn_onnx_node_set_integer (node, "axis", 1);
  end (call, node);
}

static void
emit_pixel_norm (const Call *call)
{
  g_autofree char *epsilon = part_name (call, "epsilon");
  g_autofree char *square = part_name (call, "square");
  g_autofree char *mean = part_name (call, "mean");
  g_autofree char *sum = part_name (call, "sum");
  g_autofree char *root = part_name (call, "root");
  TsnProtobufWriter *node;

  add_constant (call, epsilon, 1, (const size_t[]){ 1 }, (const float[]){ TSN_PIXEL_NORM_EPS });
  emit (call, "Mul", square, call->x, call->x);
  node = begin ("ReduceMean", mean, square, NULL);
  tsn_onnx_node_set_integers (node, "axes", 1, (const gint64[]){ 0 });
  tsn_onnx_node_set_integer (node, "keepdims", 1);
  end (call, node);
  emit (call, "Add", sum, mean, epsilon);
  emit (call, "Sqrt", root, sum, NULL);
  emit (call, "Div", call->y, call->x, root);
}

/* The factor is worked into the weight, which therefore does not go by the parameter's name. */
static void
emit_linear (const Call *call)
{
  g_autoptr (TsnTensor) scaled = tsn_tensor_copy (param (call, 0));
  g_autofree char *weight = part_name (call, "weight");
  g_autofree char *product = part_name (call, "product");
  TsnProtobufWriter *sum;

  for (size_t i = 0; i < tsn_tensor_length (scaled); i++)
    scaled->data[i] *= call->node->scale;
  tsn_onnx_graph_add_initialiser (call->walk->onnx, weight, scaled);
  emit (call, "MatMul", product, weight, call->x);
  sum = begin ("Add", call->y, product, NULL);
  add_param (call, sum, 1);
  end (call, sum);
}

/* Picks a row of @rows by a vector of length T. */
static void
emit_picked_row (const Call *call, TsnTensor *rows)
{
  g_autofree char *name = part_name (call, "rows");

  tsn_onnx_graph_add_initialiser (call->walk->onnx, name, rows);
  emit (call, "MatMul", call->y, call->x, name);
}

static void
emit_rows (const Call *call)
{
  size_t tasks = input_node (call, 0)->channels, length = call->node->channels;
  size_t channels = length / 2;
  g_autoptr (TsnTensor) rows = tsn_tensor_new (2, (const size_t[]){ tasks, length });

  for (size_t t = 0; t < tasks; t++)
    for (guint half = 0; half < 2; half++)
      memcpy (rows->data + t * length + half * channels, param (call, half)->data + t * channels,
              channels * sizeof (float));
  emit_picked_row (call, rows);
}

static void
emit_batch_norm_rows (const Call *call)
{
  size_t tasks = input_node (call, 0)->channels, length = call->node->channels;
  size_t channels = length / 2;
  g_autoptr (TsnTensor) rows = tsn_tensor_new (2, (const size_t[]){ tasks, length });

  for (size_t t = 0; t < tasks; t++)
    {
      float *row = rows->data + t * length;

      tsn_batch_norm_fold (channels, param (call, 4 * t)->data, param (call, 4 * t + 1)->data,
                           param (call, 4 * t + 2)->data, param (call, 4 * t + 3)->data, row,
                           row + channels);
    }
  emit_picked_row (call, rows);
}

/* Adds the two halves of the coefficients as inputs: constants where the code is known, else cut
 * from the vector at run time. */
static void
add_coefficients (const Call *call, TsnProtobufWriter *node)
{
  const float *known = call->walk->constants[call->node->inputs[1]];
  const size_t channels = call->node->channels;
  g_autofree char *scale = part_name (call, "scale");
  g_autofree char *shift = part_name (call, "shift");

  if (known != NULL)
    {
      add_constant (call, scale, 1, &channels, known);
      add_constant (call, shift, 1, &channels, known + channels);
    }
  else
    {
      TsnProtobufWriter *split = begin ("Split", scale, input_name (call, 1), NULL);

      tsn_onnx_node_add_output (split, shift);
      tsn_onnx_node_set_integer (split, "axis", 0);
      end (call, split);
    }
  tsn_onnx_node_add_input (node, scale);
  tsn_onnx_node_add_input (node, shift);
}

static void
emit_adain (const Call *call)
{
  TsnProtobufWriter *node = begin ("InstanceNormalization", call->y, call->x, NULL);

  add_coefficients (call, node);
  tsn_onnx_node_set_float (node, "epsilon", TSN_NORM_EPS);
  end (call, node);
}

/* A batch norm with mean 0 and variance 1: one operator, which runtimes fold into convolutions. */
static void
emit_affine (const Call *call)
{
  const size_t channels = call->node->channels;
  TsnProtobufWriter *node = begin ("BatchNormalization", call->y, call->x, NULL);
  g_autofree char *mean = part_name (call, "mean");
  g_autofree char *variance = part_name (call, "variance");
  g_autofree float *values = g_new0 (float, channels);

  add_coefficients (call, node);
  add_constant (call, mean, 1, &channels, values);
  for (size_t c = 0; c < channels; c++)
    values[c] = 1;
  add_constant (call, variance, 1, &channels, values);
  tsn_onnx_node_add_input (node, mean);
  tsn_onnx_node_add_input (node, variance);
  tsn_onnx_node_set_float (node, "epsilon", 0);
  end (call, node);
}

/* Averaging channels is a 1x1 convolution, which every runtime does fast. */
static void
emit_channel_pool (const Call *call)
{
  size_t channels = input_node (call, 0)->channels, bins = call->node->channels;
  g_autoptr (TsnTensor) weight = tsn_tensor_new_nchw (bins, channels, 1, 1);
  g_autofree char *name = part_name (call, "weight");
  TsnProtobufWriter *node = begin ("Conv", call->y, call->x, name);

  for (size_t bin = 0; bin < bins; bin++)
    {
      size_t first, last;

      tsn_channel_pool_bin (channels, bins, bin, &first, &last);
      for (size_t c = first; c < last; c++)
        weight->data[bin * channels + c] = 1.0f / (last - first);
    }
  tsn_onnx_graph_add_initialiser (call->walk->onnx, name, weight);
  set_window (node, 1, 1, 0);
  end (call, node);
}

static void (*const emit_op[TSN_N_OPS]) (const Call *call) = {
  [TSN_OP_IMAGE] = emit_image,
  [TSN_OP_CONV] = emit_conv,
  [TSN_OP_BATCH_NORM] = emit_batch_norm,
  [TSN_OP_ACTIVATION] = emit_activation,
  [TSN_OP_MAX_POOL] = emit_max_pool,
  [TSN_OP_ADD] = emit_add,
  [TSN_OP_UPSAMPLE] = emit_upsample,
  [TSN_OP_CONCAT] = emit_concat,
  [TSN_OP_PIXEL_NORM] = emit_pixel_norm,
  [TSN_OP_LINEAR] = emit_linear,
  [TSN_OP_ROWS] = emit_rows,
  [TSN_OP_BATCH_NORM_ROWS] = emit_batch_norm_rows,
  [TSN_OP_ADAIN] = emit_adain,
  [TSN_OP_AFFINE] = emit_affine,
  [TSN_OP_CHANNEL_POOL] = emit_channel_pool,
};

/**
 * tsn_onnx_emit_node:
 * @node: a node whose inputs have names or are known; not the code, which is given
 *
 * Appends the operators that compute one node in evaluation mode, and names its value.
 */
void
tsn_onnx_emit_node (TsnOnnxWalk *walk, guint node)
{
  const TsnNode *self = tsn_graph_node (walk->model->graph, node);
  Call call = { .walk = walk, .node = self };

  g_return_if_fail (emit_op[self->op] != NULL);

  g_free (walk->names[node]);
  walk->names[node] = g_strconcat (walk->scope, self->name, NULL);
  call.y = walk->names[node];
  if (self->n_inputs > 0)
    call.x = input_name (&call, 0);
  emit_op[self->op](&call);
}
