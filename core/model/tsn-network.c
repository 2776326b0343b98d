#include "core/model/tsn-network.h"

#include "core/base/tsn-error.h"
#include "core/base/tsn-names.h"
#include "core/model/tsn-decoder.h"
#include "core/model/tsn-encoder.h"

#include <glib/gi18n-lib.h>

#define EMBEDDING_LAYERS 8
#define EMBEDDING_SLOPE 0.2f

static const char *const conditioning_names[TSN_N_CONDITIONINGS]
    = { "tsn", "ts-in", "ts-bn", "none", "te-bn", "multi-head", "multi-decoder" };
static const char *const code_names[] = { "orthogonal", "gaussian" };

const char *
tsn_conditioning_get_name (TsnConditioning conditioning)
{
  return conditioning_names[conditioning];
}

gboolean
tsn_conditioning_from_name (const char *name, TsnConditioning *conditioning)
{
  return tsn_names_find (conditioning_names, G_N_ELEMENTS (conditioning_names), name, conditioning);
}

/**
 * tsn_conditioning_has_embedding:
 *
 * Returns: whether an embedding network turns task codes into what conditions the decoder, so that
 *   tasks can be blended.
 */
gboolean
tsn_conditioning_has_embedding (TsnConditioning conditioning)
{
  return conditioning == TSN_CONDITIONING_TSN || conditioning == TSN_CONDITIONING_TE_BN;
}

const char *
tsn_code_kind_get_name (TsnCodeKind kind)
{
  return code_names[kind];
}

gboolean
tsn_code_kind_from_name (const char *name, TsnCodeKind *kind)
{
  return tsn_names_find (code_names, G_N_ELEMENTS (code_names), name, kind);
}

static gboolean
check_spec (const TsnNetworkSpec *spec, GError **error)
{
  if (!tsn_encoder_has_depth (spec->depth))
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                 _ ("There is no ResNet-%u encoder; 18 and 34 are known"), spec->depth);
  else if (!(spec->width > 0 && spec->width <= TSN_MAX_WIDTH))
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT, _ ("A width of %g is not in (0, %d]"),
                 spec->width, TSN_MAX_WIDTH);
  else if (spec->tasks->len == 0 || spec->tasks->len > TSN_MAX_TASKS)
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT, _ ("A network has 1 to %d tasks, not %u"),
                 TSN_MAX_TASKS, spec->tasks->len);
  else if (spec->code_length == 0 || spec->code_length > TSN_MAX_CODE_LENGTH)
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                 _ ("A code has 1 to %d numbers per task, not %u"), TSN_MAX_CODE_LENGTH,
                 spec->code_length);
  else
    return TRUE;
  return FALSE;
}

/**
 * tsn_network_scale_channels:
 *
 * Returns: the number of channels that a layer of @channels has at @width: max(4, floor(c width)).
 */
guint
tsn_network_scale_channels (double width, guint channels)
{
  return MAX (4, (guint) (channels * width));
}

/* C: pixel norm, then eight scaled linear layers with LeakyReLU; the last node is "embedding". */
static guint
build_embedding (TsnGraph *graph, guint dim)
{
  guint v = tsn_graph_pixel_norm (graph, "embedding.pixel_norm", tsn_graph_code (graph, dim));

  for (guint i = 0; i < EMBEDDING_LAYERS; i++)
    {
      g_autofree char *fc = g_strdup_printf ("embedding.fc.%u", i);
      g_autofree char *act = i + 1 < EMBEDDING_LAYERS ? g_strdup_printf ("embedding.act.%u", i)
                                                      : g_strdup ("embedding");

      v = tsn_graph_scaled_linear (graph, fc, fc, v, dim, TSN_INIT_ZERO);
      v = tsn_graph_activation (graph, TSN_STAGE_EMBEDDING, act, v, EMBEDDING_SLOPE);
    }
  return v;
}

/* The vector that conditions the decoder: the task embedding, or a row selector. */
static guint
build_conditioning (TsnGraph *graph, const TsnNetworkSpec *spec)
{
  switch (spec->conditioning)
    {
    case TSN_CONDITIONING_TSN:
    case TSN_CONDITIONING_TE_BN:
      return build_embedding (graph, spec->tasks->len * spec->code_length);
    case TSN_CONDITIONING_TS_IN:
    case TSN_CONDITIONING_TS_BN:
      return tsn_graph_code (graph, spec->tasks->len);
    case TSN_CONDITIONING_NONE:
    case TSN_CONDITIONING_MULTI_HEAD:
    case TSN_CONDITIONING_MULTI_DECODER:
      return tsn_graph_code (graph, 1);
    }
  g_return_val_if_reached (TSN_NONE);
}

/* A 1x1 convolution to @channels; node and parameters have the same name. */
static guint
build_head (TsnGraph *graph, const char *name, guint x, guint channels)
{
  return tsn_graph_conv (graph, TSN_STAGE_DECODER, name, name, x, channels, 1, 1, TRUE);
}

/* One decoder, one head as wide as the widest task, which narrower tasks average. */
static void
build_shared (TsnGraph *graph, const TsnNetworkSpec *spec, const guint *features, guint vector)
{
  guint x = tsn_decoder_build (graph, spec, features, vector, "");
  guint head = build_head (graph, "head", x, tsn_task_list_max_channels (spec->tasks));

  for (guint t = 0; t < spec->tasks->len; t++)
    {
      const TsnTask *task = tsn_task_list_get (spec->tasks, t);
      g_autofree char *name = g_strdup_printf ("head.%s", task->name);

      tsn_graph_add_output (graph, tsn_graph_channel_pool (graph, name, head, task->channels));
    }
}

/* A head per task, over one decoder or over a decoder per task. */
static void
build_heads (TsnGraph *graph, const TsnNetworkSpec *spec, const guint *features, guint vector)
{
  gboolean shared = spec->conditioning == TSN_CONDITIONING_MULTI_HEAD;
  guint x = shared ? tsn_decoder_build (graph, spec, features, vector, "") : TSN_NONE;

  for (guint t = 0; t < spec->tasks->len; t++)
    {
      const TsnTask *task = tsn_task_list_get (spec->tasks, t);
      g_autofree char *name = g_strdup_printf ("head.%s", task->name);
      g_autofree char *prefix = g_strdup_printf ("%s.", task->name);

      if (!shared)
        x = tsn_decoder_build (graph, spec, features, vector, prefix);
      tsn_graph_add_output (graph, build_head (graph, name, x, task->channels));
    }
}

/**
 * tsn_network_build:
 *
 * Builds the graph of a network.  Parameter names are those of the reference's state dict.
 *
 * Returns: (transfer full): the graph, or %NULL if @spec is out of range.
 */
TsnGraph *
tsn_network_build (const TsnNetworkSpec *spec, GError **error)
{
  static const guint base[TSN_N_FEATURES] = { 64, 64, 128, 256, 512 };
  g_autoptr (TsnGraph) graph = NULL;
  guint channels[TSN_N_FEATURES], features[TSN_N_FEATURES], vector;

  if (!check_spec (spec, error))
    return NULL;
  graph = tsn_graph_new ();
  for (guint i = 0; i < TSN_N_FEATURES; i++)
    channels[i] = tsn_network_scale_channels (spec->width, base[i]);
  tsn_graph_image (graph);
  tsn_encoder_build (graph, spec->depth, channels, features);
  vector = build_conditioning (graph, spec);
  if (spec->conditioning == TSN_CONDITIONING_MULTI_HEAD
      || spec->conditioning == TSN_CONDITIONING_MULTI_DECODER)
    build_heads (graph, spec, features, vector);
  else
    build_shared (graph, spec, features, vector);
  return g_steal_pointer (&graph);
}
