#include "ui/tsn-node-text.h"

#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>

static const TsnNode *
get_node (const TsnModel *model, const TsnOutlineBlock *block)
{
  return tsn_graph_node (model->graph, block->node);
}

/**
 * tsn_node_text_name:
 *
 * Returns: (transfer full): what a block is called: the titles of the tasks that it is the read-out
 *   of, else the name of its node.
 */
char *
tsn_node_text_name (const TsnModel *model, const TsnOutlineBlock *block)
{
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint t = 0; block->readout && t < tsn_model_get_n_tasks (model); t++)
    if (tsn_graph_output (model->graph, t) == block->node)
      g_string_append_printf (titles, "%s%s", titles->len > 0 ? ", " : "",
                              tsn_task_text_title (tsn_model_get_task (model, t)));
  if (titles->len == 0)
    g_string_append (titles, get_node (model, block)->name);
  return g_string_free (g_steal_pointer (&titles), FALSE);
}

static gboolean
reads_encoder_alone (const TsnOutlineBlock *block)
{
  for (guint i = 0; i < block->links->len; i++)
    {
      const TsnOutlineLink *link = &g_array_index (block->links, TsnOutlineLink, i);

      if (!link->skip && !link->conditional)
        return FALSE;
    }
  return TRUE;
}

/**
 * tsn_node_text_kind:
 *
 * Returns: (transfer none): what a block is, in a word or two.
 */
const char *
tsn_node_text_kind (const TsnModel *model, const TsnOutlineBlock *block)
{
  const TsnNode *node = get_node (model, block);

  if (block->readout)
    return _ ("Read-out");
  if (block->knob_of != TSN_NONE)
    return _ ("Coefficients of a module");
  if (node->op == TSN_OP_IMAGE)
    return _ ("Image");
  if (node->op == TSN_OP_CODE)
    return _ ("Task code");
  if (node->stage == TSN_STAGE_EMBEDDING)
    return _ ("Task embedding");
  if (node->stage == TSN_STAGE_ENCODER)
    return _ ("Encoder stage");
  if (block->tap && reads_encoder_alone (block))
    return _ ("Skip connection");
  return _ ("Decoder module");
}

static const char *
explain_code (TsnConditioning conditioning)
{
  switch (conditioning)
    {
    case TSN_CONDITIONING_TSN:
    case TSN_CONDITIONING_TE_BN:
      return _ (
          "A fixed vector for every task. It is all that the network is told about which task "
          "it is to do.");
    case TSN_CONDITIONING_TS_IN:
    case TSN_CONDITIONING_TS_BN:
      return _ ("It picks the row of coefficients that belongs to a task.");
    case TSN_CONDITIONING_NONE:
    case TSN_CONDITIONING_MULTI_HEAD:
    case TSN_CONDITIONING_MULTI_DECODER:
    default:
      return _ ("Always the number 1: nothing switches this network from task to task.");
    }
}

static const char *
explain_coefficients (TsnConditioning conditioning)
{
  switch (conditioning)
    {
    case TSN_CONDITIONING_TSN:
    case TSN_CONDITIONING_TE_BN:
      return _ ("A linear layer turns the task embedding into a scale γ and a shift β for every "
                "channel of the module. This is how one decoder does all tasks.");
    case TSN_CONDITIONING_TS_IN:
      return _ ("A scale γ and a shift β for every channel of the module, learned for each task on "
                "its own.");
    case TSN_CONDITIONING_TS_BN:
      return _ (
          "A scale and a shift for every channel of the module, from the batch norm that each "
          "task has of its own: a learned γ and β, and the mean and variance that the channel "
          "had in training.");
    case TSN_CONDITIONING_MULTI_DECODER:
      return _ ("A scale γ and a shift β for every channel of the module. Like the whole decoder, "
                "they belong to one task.");
    case TSN_CONDITIONING_NONE:
    case TSN_CONDITIONING_MULTI_HEAD:
    default:
      return _ ("A scale γ and a shift β for every channel of the module, learned once; no task "
                "changes them.");
    }
}

static const char *
explain_vector (const TsnModel *model, const TsnOutlineBlock *block)
{
  if (get_node (model, block)->op == TSN_OP_CODE)
    return explain_code (model->spec.conditioning);
  if (block->knob_of != TSN_NONE)
    return explain_coefficients (model->spec.conditioning);
  return _ ("A small network turns the task’s code into this vector. All decoder modules read "
            "it, so that a blend of two such vectors is a task in between.");
}

static const char *
explain_readout (const TsnModel *model)
{
  TsnConditioning conditioning = model->spec.conditioning;

  if (conditioning == TSN_CONDITIONING_MULTI_HEAD || conditioning == TSN_CONDITIONING_MULTI_DECODER
      || tsn_model_get_n_tasks (model) == 1)
    return _ ("A 1 × 1 convolution of the task’s own gives its channels.");
  return _ ("A 1 × 1 convolution gives the channels of the widest task; a task with fewer "
            "averages neighbours.");
}

static guint
count_maps_read (const TsnOutlineBlock *block)
{
  guint n = 0;

  for (guint i = 0; i < block->links->len; i++)
    n += !g_array_index (block->links, TsnOutlineLink, i).conditional;
  return n;
}

/* What a module begins with. */
static const char *
explain_convolution (const TsnOutlineBlock *block)
{
  if (reads_encoder_alone (block))
    return _ ("Brings the encoder’s features to the decoder by a 1 × 1 convolution.");
  if (count_maps_read (block) == 1)
    return _ ("Enlarges what lies below, and works on it by a 3 × 3 convolution.");
  return _ ("Enlarges what lies below, joins the skip connection, and mixes both by a 3 × 3 "
            "convolution.");
}

/* What follows: the part that may differ between tasks. */
static const char *
explain_norm (TsnConditioning conditioning)
{
  switch (conditioning)
    {
    case TSN_CONDITIONING_TSN:
      return _ (
          "AdaIN then brings every channel to mean 0 and variance 1 and applies a scale γ and "
          "a shift β, which follow from the task’s embedding: channels that the task does not "
          "need are turned down.");
    case TSN_CONDITIONING_TE_BN:
      return _ ("A batch norm, the same for all tasks, then scales and shifts every channel by its "
                "mean and variance in training; after that come a scale γ and a shift β, which "
                "follow from the task’s embedding.");
    case TSN_CONDITIONING_TS_IN:
      return _ ("An instance norm then brings every channel to mean 0 and variance 1 and applies "
                "the scale γ and the shift β that were learned for the task.");
    case TSN_CONDITIONING_TS_BN:
      return _ ("A batch norm of the task’s own then scales and shifts every channel by the mean "
                "and variance that it had in training, and by a learned γ and β.");
    case TSN_CONDITIONING_MULTI_DECODER:
      return _ ("An instance norm then brings every channel to mean 0 and variance 1 and applies a "
                "scale γ and a shift β. The whole decoder belongs to one task.");
    case TSN_CONDITIONING_NONE:
    case TSN_CONDITIONING_MULTI_HEAD:
    default:
      return _ ("An instance norm then brings every channel to mean 0 and variance 1 and applies a "
                "scale γ and a shift β, which no task changes.");
    }
}

/* There are few such texts, so that they may stay. */
static const char *
explain_module (const TsnModel *model, const TsnOutlineBlock *block)
{
  g_autofree char *text = g_strdup_printf ("%s %s", explain_convolution (block),
                                           explain_norm (model->spec.conditioning));

  return g_intern_string (text);
}

/**
 * tsn_node_text_explanation:
 *
 * Returns: (transfer none): what a block does, in a sentence or two for somebody who learns it.
 */
const char *
tsn_node_text_explanation (const TsnModel *model, const TsnOutlineBlock *block)
{
  const TsnNode *node = get_node (model, block);

  if (node->level == TSN_LEVEL_VECTOR)
    return explain_vector (model, block);
  if (node->op == TSN_OP_IMAGE)
    return _ ("The photo at the network’s size, each colour with mean 0 and variance 1 over many "
              "photos.");
  if (block->readout)
    return explain_readout (model);
  if (node->stage == TSN_STAGE_ENCODER)
    return _ ("Sees the photo alone: its features are the same for all tasks and are computed "
              "once.");
  return explain_module (model, block);
}

/**
 * tsn_node_text_shape:
 * @width: of the network's input, 0 if it is not known
 * @height: of the same
 *
 * Returns: (transfer full): channels, height and width of its value.
 */
char *
tsn_node_text_shape (const TsnModel *model, const TsnOutlineBlock *block, guint width, guint height)
{
  const TsnNode *node = get_node (model, block);

  if (node->level == TSN_LEVEL_VECTOR || width == 0)
    return g_strdup_printf ("%u", node->channels);
  return g_strdup_printf ("%u×%u×%u", node->channels, height >> node->level, width >> node->level);
}

/**
 * tsn_node_text_params:
 *
 * Returns: (transfer full): the number of parameters in words.
 */
char *
tsn_node_text_params (guint64 params)
{
  if (params == 0)
    return g_strdup (_ ("No parameters"));
  return g_strdup_printf (ngettext ("%'lu parameter", "%'lu parameters", params), (gulong) params);
}

/**
 * tsn_node_text_params_short:
 *
 * Returns: (transfer full): the number of parameters in a few characters.
 */
char *
tsn_node_text_params_short (guint64 params)
{
  if (params < 1000)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, params);
  if (params < 1000000)
    return g_strdup_printf ("%.3g k", params / 1e3);
  return g_strdup_printf ("%.3g M", params / 1e6);
}
