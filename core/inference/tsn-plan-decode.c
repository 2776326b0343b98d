/* Decodes: several embeddings together where weights cost more than maps, then one by one. */
#include "core/inference/tsn-plan-private.h"

#include "core/ops/tsn-batch-norm.h"

#include <math.h>
#include <string.h>

TsnModuleSlot *
tsn_plan_slot (const TsnPlan *plan, guint module, guint slot)
{
  TsnModuleState *state = &plan->modules[module];

  return &state->slots[state->n_slots > 1 ? slot : 0];
}

TsnActivation
tsn_plan_activation (const TsnPlan *plan, guint module, guint slot)
{
  const TsnModuleSlot *self = tsn_plan_slot (plan, module, slot);

  return (TsnActivation){ self->scale, self->shift, plan->program->modules[module].slope };
}

/* Joins the norm of a module and its coefficients into a scale and a shift per channel. */
static void
set_coefficients (const TsnModule *module, TsnModuleSlot *slot, const TsnTensor *coefficients)
{
  const float *gamma = coefficients->data, *beta = gamma + module->channels;
  double pixels = slot->map.height * slot->map.width;

  for (size_t c = 0; c < module->channels; c++)
    if (module->instance)
      {
        double mean = slot->sums[c] / pixels;
        double variance = slot->sums[slot->map.channels + c] / pixels - mean * mean;
        double scale = gamma[c] / sqrt (MAX (variance, 0) + TSN_NORM_EPS);

        slot->scale[c] = scale;
        slot->shift[c] = beta[c] - mean * scale;
      }
    else
      {
        slot->scale[c] = gamma[c];
        slot->shift[c] = beta[c] + gamma[c] * module->bias[c];
      }
}

/* The convolution of a module for the decodings in @slots. */
static void
join (TsnPlan *plan, guint index, const guint *slots, guint n)
{
  const TsnModule *module = &plan->program->modules[index];
  gint64 start = g_get_monotonic_time ();
  TsnWinogradItem across[TSN_MAX_SLOTS];
  TsnUpsampleItem up[TSN_MAX_SLOTS];
  TsnEpilogue epilogue = { 0 };

  for (guint i = 0; i < n; i++)
    {
      TsnModuleSlot *slot = tsn_plan_slot (plan, index, slots[i]);
      const TsnModuleSlot *below = tsn_plan_slot (plan, module->below, slots[i]);

      slot->content = 0;
      up[i] = (TsnUpsampleItem){ &below->map, tsn_plan_activation (plan, module->below, slots[i]),
                                 &slot->map, slot->sums };
      if (module->skip != TSN_NONE)
        across[i] = (TsnWinogradItem){ &tsn_plan_slot (plan, module->skip, slots[i])->map,
                                       tsn_plan_activation (plan, module->skip, slots[i]), NULL,
                                       &slot->map };
    }
  if (module->skip != TSN_NONE)
    tsn_winograd_forward (&module->across, plan->kernels, across, n, &epilogue, plan->scratch,
                          plan->pool);
  tsn_upsample_conv_forward (&module->up, plan->kernels, up, n, module->skip != TSN_NONE,
                             plan->scratch, plan->pool);
  tsn_plan_note (plan, module->node, "winograd + upsampled", n, start);
}

/* What the map of a module is made from, and the key of its activated output. */
static guint64
set_key (TsnPlan *plan, guint index, guint slot, const TsnPlanItem *item)
{
  const TsnModule *module = &plan->program->modules[index];
  guint64 made = plan->encoded;

  if (module->feature == TSN_NONE)
    made = tsn_plan_mix (tsn_plan_slot (plan, module->below, slot)->key,
                         module->skip != TSN_NONE ? tsn_plan_slot (plan, module->skip, slot)->key
                                                  : 0);
  tsn_plan_slot (plan, index, slot)->key = tsn_plan_mix (made, item->keys[index]);
  return made;
}

/* Runs what of a module is not valid any more, for decodings @first to @first + @n - 1. */
static void
run_module (TsnPlan *plan, guint index, TsnPlanItem *items, guint first, guint n)
{
  const TsnModule *module = &plan->program->modules[index];
  guint64 content[TSN_MAX_SLOTS];
  guint stale[TSN_MAX_SLOTS], n_stale = 0;

  for (guint i = 0; i < n; i++)
    {
      const TsnModuleSlot *slot = tsn_plan_slot (plan, index, first + i);

      content[i] = set_key (plan, index, first + i, &items[first + i]);
      if (slot->content == content[i])
        items[first + i].reused++;
      else
        stale[n_stale++] = first + i;
    }
  if (module->feature == TSN_NONE && n_stale > 0)
    join (plan, index, stale, n_stale);
  for (guint i = 0; i < n_stale; i++)
    items[stale[i]].run++;
  for (guint i = 0; i < n; i++)
    {
      TsnModuleSlot *slot = tsn_plan_slot (plan, index, first + i);

      slot->content = content[i];
      set_coefficients (module, slot, items[first + i].coefficients[index]);
    }
}

static void
mark_needed (TsnPlan *plan, const TsnPlanItem *items, guint n)
{
  const TsnGraph *graph = plan->program->model->graph;

  memset (plan->needed, 0, graph->nodes->len * sizeof *plan->needed);
  for (guint i = 0; i < n; i++)
    tsn_graph_mark_ancestors (graph, tsn_graph_output (graph, items[i].readout), plan->needed);
}

/* Modules @together for all items, or those that are run one decoding at a time for one. */
static gboolean
run_modules (TsnPlan *plan,
             gboolean together,
             TsnPlanItem *items,
             guint first,
             guint n,
             GCancellable *cancellable,
             GError **error)
{
  mark_needed (plan, items + first, n);
  for (guint i = 0; i < plan->program->n_modules; i++)
    {
      if (!plan->needed[plan->program->modules[i].node]
          || together != (plan->modules[i].n_slots == plan->n_slots))
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      run_module (plan, i, items, first, n);
    }
  return TRUE;
}

static TsnTensor *
read_out (TsnPlan *plan, guint slot, guint readout)
{
  TsnTensor *output = tsn_tensor_new_nchw (1, plan->program->readouts[readout].channels,
                                           plan->height, plan->width);

  tsn_plan_read_out (plan, slot, readout, output->data);
  return output;
}

/* Up to n_slots decodings. */
static gboolean
decode_group (TsnPlan *plan,
              TsnPlanItem *items,
              guint n,
              TsnPlanFunc ready,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  const TsnGraph *graph = plan->program->model->graph;

  if (!run_modules (plan, TRUE, items, 0, n, cancellable, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      gint64 start;

      if (plan->n_slots > 1 && !run_modules (plan, FALSE, items, i, 1, cancellable, error))
        return FALSE;
      start = g_get_monotonic_time ();
      items[i].output = read_out (plan, i, items[i].readout);
      tsn_plan_note (plan, tsn_graph_output (graph, items[i].readout), "norm and head", 1, start);
      plan->last_slot = i;
      ready (i, data);
    }
  return TRUE;
}

typedef struct
{
  TsnPlanFunc ready;
  gpointer data;
  guint first;
} Shift;

static void
shift_cb (guint index, gpointer data)
{
  const Shift *shift = data;

  shift->ready (shift->first + index, shift->data);
}

/* How many of the first items run together: those that end in the same module. */
static guint
count_group (const TsnPlan *plan, const TsnPlanItem *items, guint n_items)
{
  const TsnReadout *readouts = plan->program->readouts;
  guint n = 1;

  while (n < MIN (n_items, plan->n_slots)
         && readouts[items[n].readout].module == readouts[items[0].readout].module)
    n++;
  return n;
}

/**
 * tsn_plan_decode:
 * @items: (array length=n_items): what to decode
 * @ready: called as each output is complete, in order
 *
 * Runs the decoder for several embeddings; modules whose inputs and coefficients are those of the
 * last decode are not run again.
 *
 * Returns: %FALSE if it was cancelled; the outputs of which @ready told are complete.
 */
gboolean
tsn_plan_decode (TsnPlan *plan,
                 TsnPlanItem *items,
                 guint n_items,
                 TsnPlanFunc ready,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_return_val_if_fail (plan->encoded != 0, FALSE);

  for (guint first = 0; first < n_items;)
    {
      guint n = count_group (plan, items + first, n_items - first);
      Shift shift = { ready, data, first };

      if (!decode_group (plan, items + first, n, shift_cb, &shift, cancellable, error))
        return FALSE;
      first += n;
    }
  return TRUE;
}
