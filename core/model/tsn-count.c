#include "core/model/tsn-count.h"

/**
 * tsn_stage_get_name:
 *
 * Returns: "encoder", "embedding" or "decoder".
 */
const char *
tsn_stage_get_name (TsnStage stage)
{
  static const char *const names[TSN_N_STAGES] = { "encoder", "embedding", "decoder" };

  return names[stage];
}

/**
 * tsn_count_params:
 * @count: (out): trained parameters
 *
 * Counts the parameters of a network by the stage they belong to.  The style layers of AdaIN
 * depend on the code alone and count as embedding.
 */
void
tsn_count_params (const TsnGraph *graph, TsnCount *count)
{
  *count = (TsnCount){ 0 };
  for (guint i = 0; i < graph->params->len; i++)
    {
      const TsnParam *param = tsn_graph_param (graph, i);
      size_t length = 1;

      if (!param->trained)
        continue;
      for (guint j = 0; j < param->rank; j++)
        length *= param->dim[j];
      count->params[param->stage] += length;
      count->total_params += length;
    }
}

/**
 * tsn_count_rcm:
 * @multi_decoder: graph of the multi-decoder network of the same tasks
 * @tasks: number of tasks
 * @count: (out): trained parameters
 *
 * Counts reparameterised convolutions for multi-task learning (Kanakis et al., ECCV 2020): the
 * multi-decoder network, in whose encoder every convolution larger than 1x1 is followed by a 1x1
 * modulator of each task and every batch norm is each task's own.
 */
void
tsn_count_rcm (const TsnGraph *multi_decoder, guint tasks, TsnCount *count)
{
  guint64 extra = 0;

  tsn_count_params (multi_decoder, count);
  for (guint i = 0; i < multi_decoder->nodes->len; i++)
    {
      const TsnNode *node = tsn_graph_node (multi_decoder, i);
      guint64 channels = node->channels;

      if (node->stage != TSN_STAGE_ENCODER)
        continue;
      if (node->op == TSN_OP_CONV && node->kernel > 1)
        extra += tasks * channels * channels;
      else if (node->op == TSN_OP_BATCH_NORM)
        extra += (tasks - 1) * 2 * channels;
    }
  count->params[TSN_STAGE_ENCODER] += extra;
  count->total_params += extra;
}

/**
 * tsn_count_node_macs:
 * @height, @width: of the image
 *
 * Returns: multiply-accumulates of the plain algorithm for one image: convolutions and linear
 *   layers; 0 for all other nodes, which cost nothing beside them.
 */
guint64
tsn_count_node_macs (const TsnGraph *graph, guint node, size_t height, size_t width)
{
  const TsnNode *n = tsn_graph_node (graph, node);
  const TsnNode *input = n->n_inputs > 0 ? tsn_graph_node (graph, n->inputs[0]) : NULL;

  if (n->op == TSN_OP_LINEAR)
    return (guint64) n->channels * input->channels;
  if (n->op == TSN_OP_CONV)
    return (guint64) n->channels * input->channels * n->kernel * n->kernel * (height >> n->level)
           * (width >> n->level);
  return 0;
}
