#include "core/model/tsn-decoder.h"

#define DECODER_SLOPE 0.01f

typedef struct
{
  TsnGraph *graph;
  const TsnNetworkSpec *spec;
  guint embedding;
  const char *prefix; /* of all names */
} Builder;

/* Takes names without the prefix. */
static guint
conditional_norm (const Builder *builder, const char *name, const char *param, guint x)
{
  TsnGraph *graph = builder->graph;
  guint channels = tsn_graph_node (graph, x)->channels, c = TSN_NONE;
  g_autofree char *node = g_strconcat (builder->prefix, name, ".norm", NULL);
  g_autofree char *coefficients = g_strconcat (builder->prefix, name, ".coefficients", NULL);
  g_autofree char *plain = g_strconcat (builder->prefix, name, ".plain_norm", NULL);
  g_autofree char *norm = g_strconcat (builder->prefix, param, ".norm", NULL);
  g_autofree char *style = g_strconcat (norm, ".style", NULL);
  g_autofree char *bn = g_strconcat (norm, ".bn", NULL);

  switch (builder->spec->conditioning)
    {
    case TSN_CONDITIONING_TSN:
      c = tsn_graph_scaled_linear (graph, coefficients, style, builder->embedding, 2 * channels,
                                   TSN_INIT_STYLE);
      return tsn_graph_adain (graph, node, x, c);
    case TSN_CONDITIONING_TE_BN:
      x = tsn_graph_plain_batch_norm (graph, TSN_STAGE_DECODER, plain, bn, x);
      c = tsn_graph_scaled_linear (graph, coefficients, style, builder->embedding, 2 * channels,
                                   TSN_INIT_STYLE);
      return tsn_graph_affine (graph, node, x, c);
    case TSN_CONDITIONING_TS_IN:
    case TSN_CONDITIONING_NONE:
    case TSN_CONDITIONING_MULTI_HEAD:
    case TSN_CONDITIONING_MULTI_DECODER:
      c = tsn_graph_rows (graph, coefficients, norm, builder->embedding, channels);
      return tsn_graph_adain (graph, node, x, c);
    case TSN_CONDITIONING_TS_BN:
      c = tsn_graph_batch_norm_rows (graph, coefficients, bn, builder->embedding, x);
      return tsn_graph_affine (graph, node, x, c);
    }
  g_return_val_if_reached (TSN_NONE);
}

/* A: convolution with bias, conditional norm, LeakyReLU. */
static guint
module (const Builder *builder,
        const char *name,
        const char *param,
        guint x,
        guint channels,
        guint kernel)
{
  g_autofree char *conv = g_strconcat (builder->prefix, name, ".conv", NULL);
  g_autofree char *conv_param = g_strconcat (builder->prefix, param, ".conv", NULL);
  g_autofree char *output = g_strconcat (builder->prefix, name, NULL);
  guint y = tsn_graph_conv (builder->graph, TSN_STAGE_DECODER, conv, conv_param, x, channels,
                            kernel, 1, TRUE);

  y = conditional_norm (builder, name, param, y);
  return tsn_graph_activation (builder->graph, TSN_STAGE_DECODER, output, y, DECODER_SLOPE);
}

static guint
skip (const Builder *builder, const guint *features, guint i, const char *name)
{
  g_autofree char *param = g_strdup_printf ("skip.%u", i);

  return module (builder, name, param, features[i],
                 tsn_graph_node (builder->graph, features[i])->channels, 1);
}

static guint
upsample (const Builder *builder, const char *name, guint x)
{
  g_autofree char *up = g_strconcat (builder->prefix, name, ".up", NULL);

  return tsn_graph_upsample (builder->graph, TSN_STAGE_DECODER, up, x);
}

/* Module NAME over concat(up(x), skip i). */
static guint
join (const Builder *builder,
      const guint *features,
      guint i,
      const char *name,
      const char *param,
      guint x,
      guint channels)
{
  g_autofree char *skip_name = g_strdup_printf ("S%u", i + 1);
  g_autofree char *concat = g_strconcat (builder->prefix, name, ".concat", NULL);
  guint s = skip (builder, features, i, skip_name);
  guint up = upsample (builder, name, x);

  x = tsn_graph_concat (builder->graph, TSN_STAGE_DECODER, concat, up, s);
  return module (builder, name, param, x,
                 tsn_network_scale_channels (builder->spec->width, channels), 3);
}

/**
 * tsn_decoder_build:
 * @features: nodes of F1 .. F5
 * @embedding: the vector that conditions every module
 * @prefix: of the names of all nodes and parameters, "" for a network's only decoder
 *
 * Appends O5, S4 .. S1, O4 .. O0.
 *
 * Returns: O0, of which heads make predictions.
 */
guint
tsn_decoder_build (TsnGraph *graph,
                   const TsnNetworkSpec *spec,
                   const guint features[TSN_N_FEATURES],
                   guint embedding,
                   const char *prefix)
{
  Builder builder = { graph, spec, embedding, prefix };
  guint x = skip (&builder, features, 4, "O5");

  x = join (&builder, features, 3, "O4", "up3", x, 512);
  x = join (&builder, features, 2, "O3", "up2", x, 256);
  x = join (&builder, features, 1, "O2", "up1", x, 256);
  x = join (&builder, features, 0, "O1", "up0", x, 128);
  x = upsample (&builder, "O0", x);
  return module (&builder, "O0", "full", x, tsn_network_scale_channels (spec->width, 64), 3);
}
