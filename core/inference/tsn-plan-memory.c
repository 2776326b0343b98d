/* Lays out the memory of a plan. */
#include "core/base/tsn-arena.h"
#include "core/inference/tsn-plan-private.h"

#include <string.h>

/* The most memory that is spent on decoding several embeddings together. */
#define SLOT_BYTES ((size_t) 64 * 1024 * 1024)

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

static size_t
map_bytes (TsnMap map)
{
  return map.height * map.width * map.channels * sizeof (float);
}

/* How many times as large as its map a module's weights must be for decoding several embeddings
 * together, so that they are read once.  Below that it takes memory and saves no time. */
#define BATCH_RATIO 4

/* Whether several embeddings are decoded together here.  What the module reads must be there for
 * all of them. */
static gboolean
is_batched (const TsnPlan *plan, guint index)
{
  const TsnModule *module = &plan->program->modules[index];
  size_t weights = tsn_packed_bytes (&module->up.weights);

  if (module->feature != TSN_NONE)
    return TRUE;
  if (module->skip != TSN_NONE)
    weights += tsn_packed_bytes (&module->across.weights);
  return weights > BATCH_RATIO * map_bytes (map_of (plan, module->channels, module->level))
         && is_batched (plan, module->below);
}

/* How many embeddings run together: as many as there are tasks, within a bound of memory. */
static guint
count_slots (const TsnPlan *plan)
{
  size_t bytes = 0;

  for (guint i = 0; i < plan->program->n_modules; i++)
    {
      const TsnModule *module = &plan->program->modules[i];

      if (is_batched (plan, i) && module->feature == TSN_NONE)
        bytes += map_bytes (map_of (plan, module->channels, module->level));
    }
  return CLAMP (SLOT_BYTES / MAX (bytes, 1), 1,
                MIN (TSN_MAX_SLOTS, tsn_model_get_n_tasks (plan->program->model)));
}

static void
place_slot (TsnPlan *plan, GArray *places, guint index, guint slot)
{
  const TsnModule *module = &plan->program->modules[index];
  TsnModuleSlot *self = &plan->modules[index].slots[slot];
  TsnModuleSlot *first = &plan->modules[index].slots[0];
  gboolean feature = module->feature != TSN_NONE, shared = feature && slot > 0;

  self->map = map_of (plan, module->channels, module->level);
  if (!shared)
    add_place (places, &self->map, feature ? feature_time (plan) : decoder_time (plan),
               decoder_time (plan));
  self->scale = tsn_aligned_alloc0 (self->map.channels * sizeof (float));
  self->shift = tsn_aligned_alloc0 (self->map.channels * sizeof (float));
  self->sums = shared ? first->sums : tsn_aligned_alloc0 (2 * self->map.channels * sizeof (double));
}

static void
place_decoder (TsnPlan *plan, GArray *places)
{
  plan->n_slots = count_slots (plan);
  for (guint i = 0; i < plan->program->n_modules; i++)
    {
      TsnModuleState *state = &plan->modules[i];

      state->n_slots = is_batched (plan, i) ? plan->n_slots : 1;
      for (guint slot = 0; slot < state->n_slots; slot++)
        place_slot (plan, places, i, slot);
    }
}

static void
share_feature_maps (TsnPlan *plan)
{
  for (guint i = 0; i < plan->program->n_modules; i++)
    for (guint slot = 1; slot < plan->modules[i].n_slots; slot++)
      if (plan->program->modules[i].feature != TSN_NONE)
        plan->modules[i].slots[slot].map = plan->modules[i].slots[0].map;
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
        scratch = MAX (scratch,
                       tsn_direct_conv_scratch (&module->point, &plan->modules[i].slots[0].map));
      if (module->below != TSN_NONE)
        scratch
            = MAX (scratch, tsn_upsample_conv_scratch (
                                &module->up, &plan->modules[module->below].slots[0].map, threads));
      if (module->skip != TSN_NONE)
        scratch = MAX (scratch, tsn_winograd_scratch (&module->across, threads));
      scratch = MAX (scratch, threads * TSN_READOUT_PIXELS
                                  * (plan->modules[i].slots[0].map.channels + TSN_PANEL));
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
  share_feature_maps (plan);
  plan->scratch_bytes
      = MAX (encoder_scratch (plan, threads), decoder_scratch (plan, threads)) * sizeof (float);
  plan->scratch = tsn_aligned_alloc (plan->scratch_bytes);
}

void
tsn_plan_clear_memory (TsnPlan *plan)
{
  for (guint i = 0; i < plan->program->n_modules; i++)
    for (guint slot = 0; slot < plan->modules[i].n_slots; slot++)
      {
        TsnModuleSlot *self = &plan->modules[i].slots[slot];

        tsn_aligned_free (self->scale);
        tsn_aligned_free (self->shift);
        if (slot == 0 || plan->program->modules[i].feature == TSN_NONE)
          tsn_aligned_free (self->sums);
      }
  tsn_aligned_free (plan->arena);
  tsn_aligned_free (plan->scratch);
}
