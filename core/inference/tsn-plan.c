#include "core/inference/tsn-plan.h"

#include "core/base/tsn-arena.h"
#include "core/model/tsn-forward.h"

#include <string.h>

struct _TsnPlan
{
  TsnModel *model;
  TsnForward forward;
  guint64 *keys;    /* per node, what its value was made from; 0 for nothing yet */
  gboolean *needed; /* scratch of a decode: the nodes it depends on */
  guint64 encoded;  /* key of the current image */
  guint64 next_encoded;
};

/* Keys of images are odd multiples of a large number, those of coefficients are small: they mix to
 * different keys. */
static guint64
mix (guint64 a, guint64 b)
{
  guint64 z = (a ^ (b * 0x9e3779b97f4a7c15u)) + 0x9e3779b97f4a7c15u;

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return (z ^ (z >> 31)) | 1;
}

static gboolean
is_conditional (const TsnNode *node)
{
  return node->op == TSN_OP_ADAIN || node->op == TSN_OP_AFFINE;
}

TsnPlan *
tsn_plan_new (TsnModel *model, TsnPool *pool, size_t height, size_t width)
{
  TsnPlan *plan = g_new0 (TsnPlan, 1);
  const TsnGraph *graph = model->graph;
  size_t scratch = 0;

  plan->model = tsn_model_ref (model);
  plan->keys = g_new0 (guint64, graph->nodes->len);
  plan->needed = g_new0 (gboolean, graph->nodes->len);
  plan->forward = (TsnForward){ .model = model, .n = 1, .height = height, .width = width,
                                .values = g_new0 (float *, graph->nodes->len), .pool = pool };
  for (guint i = 0; i < graph->nodes->len; i++)
    {
      size_t length = tsn_forward_value_length (graph, i, 1, height, width);

      if (tsn_graph_node (graph, i)->stage != TSN_STAGE_EMBEDDING)
        plan->forward.values[i] = tsn_aligned_alloc (length * sizeof (float));
      scratch = MAX (scratch, tsn_forward_scratch (graph, i, height, width,
                                                   tsn_pool_get_threads (pool)));
    }
  plan->forward.scratch = tsn_aligned_alloc (scratch * sizeof (float));
  return plan;
}

void
tsn_plan_free (TsnPlan *plan)
{
  const TsnGraph *graph = plan->model->graph;

  for (guint i = 0; i < graph->nodes->len; i++)
    if (tsn_graph_node (graph, i)->stage != TSN_STAGE_EMBEDDING)
      tsn_aligned_free (plan->forward.values[i]);
  tsn_aligned_free (plan->forward.scratch);
  g_free (plan->forward.values);
  g_free (plan->keys);
  g_free (plan->needed);
  tsn_model_unref (plan->model);
  g_free (plan);
}

gboolean
tsn_plan_has_size (TsnPlan *plan, size_t height, size_t width)
{
  return plan->forward.height == height && plan->forward.width == width;
}

/**
 * tsn_plan_encode:
 * @image: [3, H, W] RGB in [0, 1]
 *
 * Normalises the image and runs the encoder.  A cancelled pass leaves no image encoded.
 */
gboolean
tsn_plan_encode (
    TsnPlan *plan, const float *image, GCancellable *cancellable, GError **error)
{
  const TsnGraph *graph = plan->model->graph;
  size_t pixels = plan->forward.height * plan->forward.width;
  float *x = plan->forward.values[graph->image];

  plan->encoded = 0;
  for (size_t c = 0; c < 3; c++)
    for (size_t i = 0; i < pixels; i++)
      x[c * pixels + i] = (image[c * pixels + i] - plan->model->mean[c]) / plan->model->std[c];
  for (guint i = 0; i < graph->nodes->len; i++)
    if (tsn_graph_node (graph, i)->stage == TSN_STAGE_ENCODER && i != graph->image)
      {
        if (g_cancellable_set_error_if_cancelled (cancellable, error))
          return FALSE;
        tsn_forward_node (&plan->forward, i);
      }
  plan->encoded = ++plan->next_encoded;
  return TRUE;
}

static guint64
node_key (TsnPlan *plan, const TsnNode *node, const TsnPlanDecode *decode, guint norm)
{
  const TsnGraph *graph = plan->model->graph;
  guint64 key = 0;

  for (guint j = 0; j < node->n_inputs; j++)
    {
      guint input = node->inputs[j];

      switch (tsn_graph_node (graph, input)->stage)
        {
        case TSN_STAGE_ENCODER:
          key = mix (key, plan->encoded << 32);
          break;
        case TSN_STAGE_EMBEDDING:
          key = mix (key, decode->keys[norm]);
          break;
        case TSN_STAGE_DECODER:
          key = mix (key, plan->keys[input]);
          break;
        }
    }
  return key;
}

/**
 * tsn_plan_decode:
 *
 * Runs the decoder up to one read-out; nodes whose inputs have not changed are not run again.
 */
gboolean
tsn_plan_decode (
    TsnPlan *plan, TsnPlanDecode *decode, GCancellable *cancellable, GError **error)
{
  const TsnGraph *graph = plan->model->graph;
  guint output = tsn_graph_output (graph, decode->readout), norm = 0;

  g_return_val_if_fail (plan->encoded != 0, FALSE);

  decode->run = decode->reused = 0;
  memset (plan->needed, 0, graph->nodes->len * sizeof *plan->needed);
  tsn_graph_mark_ancestors (graph, output, plan->needed);
  for (guint i = 0; i < graph->nodes->len; i++)
    {
      const TsnNode *node = tsn_graph_node (graph, i);
      guint64 key;

      if (node->stage != TSN_STAGE_DECODER)
        continue;
      if (is_conditional (node))
        plan->forward.values[node->inputs[1]] = decode->coefficients[norm]->data;
      key = node_key (plan, node, decode, norm);
      norm += is_conditional (node);
      if (!plan->needed[i])
        continue;
      if (plan->keys[i] == key)
        {
          decode->reused++;
          continue;
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      plan->keys[i] = 0;
      tsn_forward_node (&plan->forward, i);
      plan->keys[i] = key;
      decode->run++;
    }
  memcpy (decode->output, plan->forward.values[output],
          tsn_forward_value_length (graph, output, 1, plan->forward.height, plan->forward.width)
              * sizeof (float));
  return TRUE;
}

/**
 * tsn_plan_tap:
 * @node: a node of the encoder or decoder stage
 *
 * Returns: (transfer full) (nullable): a copy of the node's value [1, C, h, w] of the last pass
 *   that ran it, or %NULL if none has.
 */
TsnTensor *
tsn_plan_tap (TsnPlan *plan, guint node)
{
  const TsnNode *self = tsn_graph_node (plan->model->graph, node);
  TsnTensor *tap;

  if (self->stage == TSN_STAGE_EMBEDDING || plan->encoded == 0
      || (self->stage == TSN_STAGE_DECODER && plan->keys[node] == 0))
    return NULL;
  tap = tsn_tensor_new_nchw (1, self->channels, plan->forward.height >> self->level,
                             plan->forward.width >> self->level);
  memcpy (tap->data, plan->forward.values[node], tsn_tensor_length (tap) * sizeof (float));
  return tap;
}
