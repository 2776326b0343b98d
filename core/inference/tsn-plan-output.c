/* What leaves a plan: read-outs and taps, in NCHW. */
#include "core/inference/tsn-plan-private.h"

#include <string.h>

/* Read-outs up to this many channels are projected pixel by pixel. */
#define PROJECTED_CHANNELS 4

typedef struct
{
  const TsnPlan *plan;
  const TsnReadout *readout;
  const TsnMap *map;
  const TsnActivation *activation;
  float *output;
} Job;

/* Pixels [first, first + n): activate, multiply with the head, turn to planes. */
static void
read_pixels (const Job *job, size_t first, size_t n, float *scratch)
{
  size_t channels = job->map->channels, pixels = job->map->height * job->map->width;
  float *product = scratch + TSN_READOUT_PIXELS * channels;

  job->plan->kernels->affine (n, channels, job->map->data + first * channels, job->activation,
                              scratch);
  for (size_t panel = 0; panel < job->readout->weights.panels; panel++)
    {
      size_t c = panel * TSN_PANEL, last = MIN (c + TSN_PANEL, job->readout->channels);

      tsn_gemm (job->plan->kernels, &job->readout->weights, panel, n, scratch, channels, product,
                TSN_PANEL);
      for (; c < last; c++)
        for (size_t i = 0; i < n; i++)
          job->output[c * pixels + first + i]
              = product[i * TSN_PANEL + c % TSN_PANEL] + job->readout->bias[c];
    }
}

/* The same for a read-out so narrow that most of a panel of 32 columns would be idle. */
static void
project_pixels (const Job *job, size_t first, size_t n)
{
  TsnProjection projection = { job->readout->channels, job->readout->rows, job->readout->bias };

  job->plan->kernels->project (n, job->map->channels, job->map->data + first * job->map->channels,
                               job->activation, &projection, job->output + first,
                               job->map->height * job->map->width);
}

static void
read_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;
  size_t stride = TSN_READOUT_PIXELS * (job->map->channels + TSN_PANEL);

  if (job->readout->channels <= PROJECTED_CHANNELS)
    {
      project_pixels (job, first, last - first);
      return;
    }
  for (size_t at = first; at < last; at += TSN_READOUT_PIXELS)
    read_pixels (job, at, MIN (TSN_READOUT_PIXELS, last - at),
                 job->plan->scratch + thread * stride);
}

/**
 * tsn_plan_read_out:
 * @slot: a decoding
 * @readout: a task
 * @output: (out): [C, H, W]
 *
 * Reads the decoder's last module under a task's head.
 */
void
tsn_plan_read_out (TsnPlan *plan, guint slot, guint readout, float *output)
{
  const TsnReadout *self = &plan->program->readouts[readout];
  const TsnMap *map = &tsn_plan_slot (plan, self->module, slot)->map;
  TsnActivation activation = tsn_plan_activation (plan, self->module, slot);
  Job job = { plan, self, map, &activation, output };

  tsn_pool_for (plan->pool, map->height * map->width, 8 * TSN_READOUT_PIXELS, read_cb, &job);
}

static TsnTensor *
to_tensor (const TsnMap *map, size_t channels)
{
  TsnTensor *tensor = tsn_tensor_new_nchw (1, channels, map->height, map->width);
  size_t pixels = map->height * map->width;

  for (size_t c = 0; c < channels; c++)
    for (size_t i = 0; i < pixels; i++)
      tensor->data[c * pixels + i] = map->data[i * map->channels + c];
  return tensor;
}

/* Tensors are [1, C, h, w] and activation works channels-last: the map is copied first. */
static TsnTensor *
tap_module (TsnPlan *plan, guint index)
{
  const TsnModule *module = &plan->program->modules[index];
  const TsnModuleSlot *slot = tsn_plan_slot (plan, index, plan->last_slot);
  TsnActivation activation = tsn_plan_activation (plan, index, plan->last_slot);
  g_autoptr (TsnTensor) copy = NULL;
  TsnMap activated = slot->map;

  if (slot->content == 0)
    return NULL;
  copy = tsn_tensor_new_nchw (1, activated.height, activated.width, activated.channels);
  activated.data = copy->data;
  plan->kernels->affine (activated.height * activated.width, activated.channels, slot->map.data,
                         &activation, activated.data);
  return to_tensor (&activated, module->channels);
}

/**
 * tsn_plan_tap:
 * @node: a node
 *
 * Returns: (transfer full) (nullable): a copy of the node's value [1, C, h, w] of the last pass,
 *   for the encoder's stages F1 to F5, the decoder's modules and the head; %NULL for nodes inside
 *   of those, and for what has not been run.
 */
TsnTensor *
tsn_plan_tap (TsnPlan *plan, guint node)
{
  const TsnGraph *graph = plan->program->model->graph;
  const TsnNode *self = tsn_graph_node (graph, node);
  guint module = tsn_program_find_module (plan->program, node);
  TsnTensor *tap;

  if (plan->encoded == 0)
    return NULL;
  if (module != TSN_NONE)
    return tap_module (plan, module);
  if (self->stage == TSN_STAGE_ENCODER && strchr (self->name, '.') == NULL && node != graph->image)
    return to_tensor (&plan->values[node], self->channels);
  for (guint t = 0; t < graph->outputs->len; t++)
    if (tsn_graph_output (graph, t) == node
        && tsn_plan_slot (plan, plan->program->readouts[t].module, plan->last_slot)->content != 0)
      {
        tap = tsn_tensor_new_nchw (1, self->channels, plan->height, plan->width);
        tsn_plan_read_out (plan, plan->last_slot, t, tap->data);
        return tap;
      }
  return NULL;
}
