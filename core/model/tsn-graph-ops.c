/* One function per operation: each appends a node, and the parameters it needs. */
#include "core/model/tsn-graph.h"

#include <math.h>
#include <string.h>

/* Appends a node; n_inputs counts the inputs that are not TSN_NONE. */
static TsnNode *
append (TsnGraph *graph, TsnOp op, TsnStage stage, const char *name, guint a, guint b)
{
  TsnNode node = { .op = op, .stage = stage, .params = TSN_NONE };
  const TsnNode *first = a != TSN_NONE ? tsn_graph_node (graph, a) : NULL;

  g_assert (tsn_graph_find (graph, name) == TSN_NONE);
  node.name = g_strdup (name);
  node.inputs[0] = a;
  node.inputs[1] = b;
  node.n_inputs = (a != TSN_NONE) + (b != TSN_NONE);
  node.channels = first != NULL ? first->channels : 0;
  node.level = first != NULL ? first->level : 0;
  g_array_append_val (graph->nodes, node);
  return &g_array_index (graph->nodes, TsnNode, graph->nodes->len - 1);
}

static guint
last_index (const TsnGraph *graph)
{
  return graph->nodes->len - 1;
}

/* Adds a parameter called PREFIX.SUFFIX to the newest node. */
static void
add_param (TsnGraph *graph,
           const char *prefix,
           const char *suffix,
           TsnInit init,
           guint rank,
           const size_t *dim)
{
  TsnNode *node = &g_array_index (graph->nodes, TsnNode, last_index (graph));
  TsnParam param = { .rank = rank, .stage = node->stage, .init = init, .fan_in = 1 };

  param.name = g_strdup_printf ("%s.%s", prefix, suffix);
  param.trained = !g_str_has_prefix (suffix, "running_") && strstr (suffix, ".running_") == NULL;
  for (guint i = 0; i < TSN_MAX_RANK; i++)
    param.dim[i] = i < rank ? dim[i] : 1;
  for (guint i = 1; i < rank; i++)
    param.fan_in *= dim[i];
  if (node->n_params++ == 0)
    node->params = graph->params->len;
  g_array_append_val (graph->params, param);
}

static void
add_vector (TsnGraph *graph, const char *prefix, const char *suffix, TsnInit init, size_t length)
{
  add_param (graph, prefix, suffix, init, 1, &length);
}

guint
tsn_graph_image (TsnGraph *graph)
{
  TsnNode *node = append (graph, TSN_OP_IMAGE, TSN_STAGE_ENCODER, "image", TSN_NONE, TSN_NONE);

  node->channels = 3;
  return graph->image = last_index (graph);
}

guint
tsn_graph_code (TsnGraph *graph, guint length)
{
  TsnNode *node = append (graph, TSN_OP_CODE, TSN_STAGE_EMBEDDING, "code", TSN_NONE, TSN_NONE);

  node->channels = length;
  node->level = TSN_LEVEL_VECTOR;
  return graph->code = last_index (graph);
}

/**
 * tsn_graph_conv:
 * @param: prefix of the parameter names: PARAM.weight, PARAM.bias
 * @bias: whether there is a bias; with it the weight starts as PyTorch's default does, without
 *   it, before a batch norm, as in ResNet
 */
guint
tsn_graph_conv (TsnGraph *graph,
                TsnStage stage,
                const char *name,
                const char *param,
                guint x,
                guint channels,
                guint kernel,
                guint stride,
                gboolean bias)
{
  TsnNode *node = append (graph, TSN_OP_CONV, stage, name, x, TSN_NONE);
  size_t dim[] = { channels, node->channels, kernel, kernel };
  size_t fan_in = dim[1] * kernel * kernel;

  node->channels = channels;
  node->kernel = kernel;
  node->conv_stride = stride;
  node->level += stride == 2;
  add_param (graph, param, "weight", bias ? TSN_INIT_UNIFORM : TSN_INIT_KAIMING_NORMAL, 4, dim);
  if (bias)
    {
      add_vector (graph, param, "bias", TSN_INIT_UNIFORM, channels);
      g_array_index (graph->params, TsnParam, graph->params->len - 1).fan_in = fan_in;
    }
  return last_index (graph);
}

static void
add_batch_norm_params (TsnGraph *graph, const char *param, size_t channels)
{
  add_vector (graph, param, "weight", TSN_INIT_ONE, channels);
  add_vector (graph, param, "bias", TSN_INIT_ZERO, channels);
  add_vector (graph, param, "running_mean", TSN_INIT_ZERO, channels);
  add_vector (graph, param, "running_var", TSN_INIT_ONE, channels);
}

guint
tsn_graph_batch_norm (TsnGraph *graph, TsnStage stage, const char *name, const char *param, guint x)
{
  TsnNode *node = append (graph, TSN_OP_BATCH_NORM, stage, name, x, TSN_NONE);

  add_batch_norm_params (graph, param, node->channels);
  return last_index (graph);
}

/**
 * tsn_graph_plain_batch_norm:
 *
 * Appends a batch norm whose weight stays 1 and whose bias stays 0: something else scales and
 * shifts what it normalises.
 */
guint
tsn_graph_plain_batch_norm (
    TsnGraph *graph, TsnStage stage, const char *name, const char *param, guint x)
{
  guint node = tsn_graph_batch_norm (graph, stage, name, param, x);
  guint first = tsn_graph_node (graph, node)->params;

  for (guint i = first; i < first + 2; i++)
    g_array_index (graph->params, TsnParam, i).trained = FALSE;
  return node;
}

guint
tsn_graph_activation (TsnGraph *graph, TsnStage stage, const char *name, guint x, float slope)
{
  append (graph, TSN_OP_ACTIVATION, stage, name, x, TSN_NONE)->slope = slope;
  return last_index (graph);
}

guint
tsn_graph_max_pool (TsnGraph *graph, TsnStage stage, const char *name, guint x)
{
  append (graph, TSN_OP_MAX_POOL, stage, name, x, TSN_NONE)->level++;
  return last_index (graph);
}

guint
tsn_graph_add (TsnGraph *graph, TsnStage stage, const char *name, guint x, guint y)
{
  append (graph, TSN_OP_ADD, stage, name, x, y);
  return last_index (graph);
}

guint
tsn_graph_upsample (TsnGraph *graph, TsnStage stage, const char *name, guint x)
{
  append (graph, TSN_OP_UPSAMPLE, stage, name, x, TSN_NONE)->level--;
  return last_index (graph);
}

guint
tsn_graph_concat (TsnGraph *graph, TsnStage stage, const char *name, guint x, guint y)
{
  append (graph, TSN_OP_CONCAT, stage, name, x, y)->channels += tsn_graph_node (graph, y)->channels;
  return last_index (graph);
}

guint
tsn_graph_pixel_norm (TsnGraph *graph, const char *name, guint v)
{
  append (graph, TSN_OP_PIXEL_NORM, TSN_STAGE_EMBEDDING, name, v, TSN_NONE);
  return last_index (graph);
}

/**
 * tsn_graph_scaled_linear:
 * @length: of the result
 * @bias: how the bias starts
 *
 * Appends a linear layer whose weight is multiplied by sqrt(2 / fan_in) at run time.
 */
guint
tsn_graph_scaled_linear (
    TsnGraph *graph, const char *name, const char *param, guint v, guint length, TsnInit bias)
{
  TsnNode *node = append (graph, TSN_OP_LINEAR, TSN_STAGE_EMBEDDING, name, v, TSN_NONE);
  size_t dim[] = { length, node->channels };

  node->scale = sqrt (2.0 / node->channels);
  node->channels = length;
  add_param (graph, param, "weight", TSN_INIT_NORMAL, 2, dim);
  add_vector (graph, param, "bias", bias, length);
  return last_index (graph);
}

/**
 * tsn_graph_rows:
 * @param: prefix of PARAM.gamma and PARAM.beta, [T, channels] each
 * @v: a vector of length T
 */
guint
tsn_graph_rows (TsnGraph *graph, const char *name, const char *param, guint v, guint channels)
{
  TsnNode *node = append (graph, TSN_OP_ROWS, TSN_STAGE_EMBEDDING, name, v, TSN_NONE);
  size_t dim[] = { node->channels, channels };

  node->channels = 2 * channels;
  add_param (graph, param, "gamma", TSN_INIT_ONE, 2, dim);
  add_param (graph, param, "beta", TSN_INIT_ZERO, 2, dim);
  return last_index (graph);
}

/**
 * tsn_graph_batch_norm_rows:
 * @param: prefix of PARAM.t.weight and so on, t = 0 .. T - 1
 * @v: a vector of length T
 * @x: the map whose batch statistics training takes
 */
guint
tsn_graph_batch_norm_rows (TsnGraph *graph, const char *name, const char *param, guint v, guint x)
{
  TsnNode *node = append (graph, TSN_OP_BATCH_NORM_ROWS, TSN_STAGE_EMBEDDING, name, v, x);
  guint rows = node->channels, channels = tsn_graph_node (graph, x)->channels;

  node->channels = 2 * channels;
  for (guint t = 0; t < rows; t++)
    {
      g_autofree char *prefix = g_strdup_printf ("%s.%u", param, t);

      add_batch_norm_params (graph, prefix, channels);
    }
  return last_index (graph);
}

guint
tsn_graph_adain (TsnGraph *graph, const char *name, guint x, guint c)
{
  append (graph, TSN_OP_ADAIN, TSN_STAGE_DECODER, name, x, c);
  return last_index (graph);
}

guint
tsn_graph_affine (TsnGraph *graph, const char *name, guint x, guint c)
{
  append (graph, TSN_OP_AFFINE, TSN_STAGE_DECODER, name, x, c);
  return last_index (graph);
}

/**
 * tsn_graph_channel_pool:
 *
 * Appends a read-out with @channels channels; returns @x itself if it has as many already.
 */
guint
tsn_graph_channel_pool (TsnGraph *graph, const char *name, guint x, guint channels)
{
  if (tsn_graph_node (graph, x)->channels == channels)
    return x;
  append (graph, TSN_OP_CHANNEL_POOL, TSN_STAGE_DECODER, name, x, TSN_NONE)->channels = channels;
  return last_index (graph);
}

/**
 * tsn_graph_add_output:
 *
 * Makes @node the read-out of the next task.
 */
void
tsn_graph_add_output (TsnGraph *graph, guint node)
{
  g_array_append_val (graph->outputs, node);
}
