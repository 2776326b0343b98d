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
explain_vector (const TsnModel *model, const TsnOutlineBlock *block)
{
  const TsnNode *node = get_node (model, block);

  if (node->op == TSN_OP_CODE && tsn_conditioning_has_embedding (model->spec.conditioning))
    return _ ("A fixed vector for every task. It is all that the network is told about which task "
              "it is to do.");
  if (node->op == TSN_OP_CODE)
    return _ ("It picks the row of coefficients that belongs to a task.");
  if (block->knob_of == TSN_NONE)
    return _ ("A small network turns the task’s code into this vector. All decoder modules read "
              "it, so that a blend of two such vectors is a task in between.");
  if (node->op == TSN_OP_LINEAR)
    return _ ("A linear layer turns the task embedding into a scale γ and a shift β for every "
              "channel of the module. This is how one decoder does all tasks.");
  return _ ("A scale γ and a shift β for every channel of the module, learned for each task on "
            "its own.");
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
    return _ ("A 1 × 1 convolution gives the channels of the widest task; a task with fewer "
              "averages neighbours.");
  if (node->stage == TSN_STAGE_ENCODER)
    return _ ("Sees the photo alone: its features are the same for all tasks and are computed "
              "once.");
  if (reads_encoder_alone (block))
    return _ ("Brings the encoder’s features to the decoder: a 1 × 1 convolution, then AdaIN: "
              "every channel is brought to mean 0 and variance 1, times γ, plus β of the task.");
  return _ ("Enlarges what lies below, joins the skip connection, and mixes both by a 3 × 3 "
            "convolution. AdaIN then brings every channel to mean 0 and variance 1 and applies the "
            "task’s scale γ and shift β: channels that the task does not need are turned down.");
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
