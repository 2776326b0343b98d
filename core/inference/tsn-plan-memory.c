/* Lays out the memory of a plan. */
#include "core/base/tsn-arena.h"
#include "core/inference/tsn-plan-private.h"

#include <string.h>

/* A block of the arena and the map that it becomes. */
typedef struct
{
  TsnBlock block;
  TsnMap *map;
} Place;

static void
add_place (GArray *places, TsnMap *map, guint first, guint last)
{
  Place place = { .map = map };

  place.block.bytes = map->height * map->width * map->channels * sizeof (float);
  place.block.first = first;
  place.block.last = last;
  g_array_append_val (places, place);
}

static TsnMap
map_of (const TsnPlan *plan, guint channels, int level)
{
  return (TsnMap){ .height = plan->height >> level,
                   .width = plan->width >> level,
                   .channels = TSN_PADDED (channels) };
}

/* The steps of the time line: the encoder's, then the features' convolutions, then the decoder. */
static guint
feature_time (const TsnPlan *plan)
{
  return plan->program->n_steps;
}

static guint
decoder_time (const TsnPlan *plan)
{
  return plan->program->n_steps + 1;
}

/* When a value of the encoder is read last. */
static guint
last_use (const TsnPlan *plan, guint node)
{
  const TsnProgram *program = plan->program;
  guint last = 0;

  for (guint i = 0; i < program->n_steps; i++)
    if (program->steps[i].input == node || program->steps[i].residual == node)
      last = i;
  for (guint i = 0; i < program->n_modules; i++)
    if (program->modules[i].feature == node)
      last = feature_time (plan);
  /* Named stages can be looked at afterwards. */
  if (strchr (tsn_graph_node (program->model->graph, node)->name, '.') == NULL
      && node != program->model->graph->image)
    last = decoder_time (plan);
  return last;
}

static void
place_encoder (TsnPlan *plan, GArray *places)
{
  const TsnGraph *graph = plan->program->model->graph;
  TsnMap *image = &plan->values[graph->image];

  *image = (TsnMap){ .height = plan->height, .width = plan->width, .channels = 3 };
  add_place (places, image, 0, last_use (plan, graph->image));
  for (guint i = 0; i < plan->program->n_steps; i++)
    {
      guint node = plan->program->steps[i].node;

      plan->values[node] = map_of (plan, tsn_graph_node (graph, node)->channels,
                                   tsn_graph_node (graph, node)->level);
      add_place (places, &plan->values[node], i, last_use (plan, node));
    }
}

static void
place_decoder (TsnPlan *plan, GArray *places)
{
  for (guint i = 0; i < plan->program->n_modules; i++)
    {
      const TsnModule *module = &plan->program->modules[i];
      TsnModuleState *state = &plan->modules[i];
      gboolean feature = module->feature != TSN_NONE;

      state->map = state->activated = map_of (plan, module->channels, module->level);
      add_place (places, &state->map, feature ? feature_time (plan) : decoder_time (plan),
                 decoder_time (plan));
      if (feature && module->upsampled)
        add_place (places, &state->activated, decoder_time (plan), decoder_time (plan));
      state->scale = tsn_aligned_alloc0 (state->map.channels * sizeof (float));
      state->shift = tsn_aligned_alloc0 (state->map.channels * sizeof (float));
      state->sums = tsn_aligned_alloc0 (2 * state->map.channels * sizeof (double));
    }
}

static size_t
encoder_scratch (const TsnPlan *plan, guint threads)
{
  size_t scratch = 0;

  for (guint i = 0; i < plan->program->n_steps; i++)
    {
      const TsnEncoderStep *step = &plan->program->steps[i];

      if (step->winograd)
        scratch = MAX (scratch, tsn_winograd_scratch (&step->transformed, threads));
      else if (!step->max_pool)
        scratch = MAX (scratch, tsn_direct_conv_scratch (&step->direct, &plan->values[step->node]));
    }
  return scratch;
}

static size_t
decoder_scratch (const TsnPlan *plan, guint threads)
{
  size_t scratch = 0;

  for (guint i = 0; i < plan->program->n_modules; i++)
    {
      const TsnModule *module = &plan->program->modules[i];

      if (module->feature != TSN_NONE)
        scratch = MAX (scratch, tsn_direct_conv_scratch (&module->point, &plan->modules[i].map));
      if (module->below != TSN_NONE)
        scratch = MAX (scratch, tsn_upsample_conv_scratch (
                                    &module->up, &plan->modules[module->below].map, threads));
      if (module->skip != TSN_NONE)
        scratch = MAX (scratch, tsn_winograd_scratch (&module->across, threads));
      scratch = MAX (scratch,
                     threads * TSN_READOUT_PIXELS * (plan->modules[i].map.channels + TSN_PANEL));
    }
  return scratch;
}

/**
 * tsn_plan_lay_out:
 *
 * Gives every map of a new plan its shape and its place, and allocates the memory.
 */
void
tsn_plan_lay_out (TsnPlan *plan)
{
  guint threads = tsn_pool_get_threads (plan->pool);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autofree TsnBlock *blocks = NULL;

  place_encoder (plan, places);
  place_decoder (plan, places);
  blocks = g_new (TsnBlock, places->len);
  for (guint i = 0; i < places->len; i++)
    blocks[i] = g_array_index (places, Place, i).block;
  plan->arena_bytes = tsn_arena_plan (blocks, places->len);
  plan->arena = tsn_aligned_alloc (plan->arena_bytes);
  for (guint i = 0; i < places->len; i++)
    g_array_index (places, Place, i).map->data = plan->arena + blocks[i].offset / sizeof (float);
  plan->scratch_bytes
      = MAX (encoder_scratch (plan, threads), decoder_scratch (plan, threads)) * sizeof (float);
  plan->scratch = tsn_aligned_alloc (plan->scratch_bytes);
}
