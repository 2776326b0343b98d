#include "core/model/tsn-encoder.h"

#define N_LAYERS (TSN_N_FEATURES - 1)

static const struct
{
  guint depth;
  guint blocks[N_LAYERS];
} variants[] = {
  { 18, { 2, 2, 2, 2 } },
  { 34, { 3, 4, 6, 3 } },
};

static const guint *
find_blocks (guint depth)
{
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    if (variants[i].depth == depth)
      return variants[i].blocks;
  return NULL;
}

/**
 * tsn_encoder_has_depth:
 *
 * Returns: whether there is a ResNet of basic blocks with that many layers: 18 and 34.
 */
gboolean
tsn_encoder_has_depth (guint depth)
{
  return find_blocks (depth) != NULL;
}

/* Convolution and batch norm: nodes NAME.conv<suffix> and NAME.bn<suffix>, parameters likewise. */
static guint
conv_bn (TsnGraph *graph,
         const char *name,
         const char *conv,
         const char *bn,
         guint x,
         guint channels,
         guint stride)
{
  g_autofree char *conv_param = g_strdup_printf ("encoder.%s.%s", name, conv);
  g_autofree char *bn_param = g_strdup_printf ("encoder.%s.%s", name, bn);
  gboolean down = g_str_has_prefix (conv, "down");
  guint y = tsn_graph_conv (graph, TSN_STAGE_ENCODER, conv_param, conv_param, x, channels,
                            down ? 1 : 3, stride, FALSE);

  return tsn_graph_batch_norm (graph, TSN_STAGE_ENCODER, bn_param, bn_param, y);
}

/* The basic block: two 3x3 convolutions and a shortcut; @output names its last node. */
static guint
basic_block (
    TsnGraph *graph, const char *name, guint x, guint channels, guint stride, const char *output)
{
  g_autofree char *relu = g_strdup_printf ("encoder.%s.relu1", name);
  g_autofree char *sum = g_strdup_printf ("encoder.%s.add", name);
  guint y = conv_bn (graph, name, "conv1", "bn1", x, channels, stride), shortcut = x;

  y = tsn_graph_activation (graph, TSN_STAGE_ENCODER, relu, y, 0);
  y = conv_bn (graph, name, "conv2", "bn2", y, channels, 1);
  if (stride != 1 || tsn_graph_node (graph, x)->channels != channels)
    shortcut = conv_bn (graph, name, "down_conv", "down_bn", x, channels, stride);
  y = tsn_graph_add (graph, TSN_STAGE_ENCODER, sum, y, shortcut);
  return tsn_graph_activation (graph, TSN_STAGE_ENCODER, output, y, 0);
}

/**
 * tsn_encoder_build:
 * @depth: 18 or 34
 * @channels: of F1 .. F5
 * @features: (out): the nodes F1 .. F5, at output strides 2, 4, 8, 16, 32
 *
 * Appends the encoder to a graph that has its image node.
 */
void
tsn_encoder_build (TsnGraph *graph,
                   guint depth,
                   const guint channels[TSN_N_FEATURES],
                   guint features[TSN_N_FEATURES])
{
  const guint *blocks = find_blocks (depth);
  guint x;

  x = tsn_graph_conv (graph, TSN_STAGE_ENCODER, "encoder.conv1", "encoder.conv1", graph->image,
                      channels[0], 7, 2, FALSE);
  x = tsn_graph_batch_norm (graph, TSN_STAGE_ENCODER, "encoder.bn1", "encoder.bn1", x);
  features[0] = tsn_graph_activation (graph, TSN_STAGE_ENCODER, "F1", x, 0);
  x = tsn_graph_max_pool (graph, TSN_STAGE_ENCODER, "encoder.max_pool", features[0]);
  for (guint layer = 0; layer < N_LAYERS; layer++)
    {
      for (guint block = 0; block < blocks[layer]; block++)
        {
          g_autofree char *name = g_strdup_printf ("layers.%u.%u", layer, block);
          g_autofree char *output = block + 1 == blocks[layer]
                                        ? g_strdup_printf ("F%u", layer + 2)
                                        : g_strdup_printf ("encoder.%s.relu2", name);

          x = basic_block (graph, name, x, channels[layer + 1], layer > 0 && block == 0 ? 2 : 1,
                           output);
        }
      features[layer + 1] = x;
    }
}
