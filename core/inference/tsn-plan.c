#include "core/inference/tsn-plan-private.h"

#include "core/base/tsn-arena.h"
#include "core/model/tsn-count.h"
#include "core/ops/tsn-batch-norm.h"

#include <string.h>

/* Pixels that a pass over a map takes at a time. */
#define PASS_PIXELS 256

/* SplitMix64's finaliser. */
guint64
tsn_plan_mix (guint64 a, guint64 b)
{
  guint64 z = (a ^ (b * 0x9e3779b97f4a7c15u)) + 0x9e3779b97f4a7c15u;

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return (z ^ (z >> 31)) | 1;
}

/**
 * tsn_plan_new:
 * @program: must outlive the plan
 * @height, @width: of the images; multiples of 32
 */
TsnPlan *
tsn_plan_new (TsnProgram *program, TsnPool *pool, size_t height, size_t width)
{
  TsnPlan *plan = g_new0 (TsnPlan, 1);
  guint n_nodes = program->model->graph->nodes->len;

  plan->program = program;
  plan->pool = pool;
  plan->kernels = tsn_kernels_get (tsn_cpu_get_isa ());
  plan->height = height;
  plan->width = width;
  plan->values = g_new0 (TsnMap, n_nodes);
  plan->modules = g_new0 (TsnModuleState, program->n_modules);
  plan->needed = g_new0 (gboolean, n_nodes);
  tsn_plan_lay_out (plan);
  return plan;
}

void
tsn_plan_free (TsnPlan *plan)
{
  tsn_plan_clear_memory (plan);
  g_free (plan->values);
  g_free (plan->modules);
  g_free (plan->needed);
  g_free (plan);
}

gboolean
tsn_plan_has_size (TsnPlan *plan, size_t height, size_t width)
{
  return plan->height == height && plan->width == width;
}

/**
 * tsn_plan_get_bytes:
 *
 * Returns: the memory for activations and scratch, known before anything runs.
 */
size_t
tsn_plan_get_bytes (TsnPlan *plan)
{
  return plan->arena_bytes + plan->scratch_bytes;
}

/**
 * tsn_plan_set_profile:
 * @profile: (nullable): where the time of every step is written from now on; must outlive the plan
 *   or be replaced
 */
void
tsn_plan_set_profile (TsnPlan *plan, TsnProfile *profile)
{
  plan->profile = profile;
}

void
tsn_plan_note (TsnPlan *plan, guint node, const char *method, guint n, gint64 start)
{
  const TsnGraph *graph = plan->program->model->graph;
  const TsnNode *self = tsn_graph_node (graph, node);
  guint conv = node;

  if (plan->profile == NULL)
    return;
  while (conv != graph->image && tsn_graph_node (graph, conv)->op != TSN_OP_CONV
         && tsn_graph_node (graph, conv)->op != TSN_OP_MAX_POOL)
    conv = tsn_graph_node (graph, conv)->inputs[0];
  tsn_profile_add (plan->profile, self->name, method,
                   n * tsn_count_node_macs (graph, conv, plan->height, plan->width), start);
}

typedef struct
{
  const TsnPlan *plan;
  const float *image;
  const TsnMap *x;
  const TsnMap *y;
  double *partial;
} Loop;

static void
normalise_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Loop *loop = data;
  const TsnModel *model = loop->plan->program->model;
  size_t pixels = loop->y->height * loop->y->width;

  for (size_t i = first; i < last; i++)
    for (size_t c = 0; c < 3; c++)
      loop->y->data[3 * i + c] = (loop->image[c * pixels + i] - model->mean[c]) / model->std[c];
}

static void
normalise_image (TsnPlan *plan, const float *image)
{
  const TsnMap *y = &plan->values[plan->program->model->graph->image];
  Loop loop = { .plan = plan, .image = image, .y = y };

  tsn_pool_for (plan->pool, y->height * y->width, 4 * PASS_PIXELS, normalise_cb, &loop);
}

static void
max_pool_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Loop *loop = data;

  for (size_t i = first; i < last; i++)
    loop->plan->kernels->max_pool_row (loop->x, i,
                                       loop->y->data + i * loop->y->width * loop->y->channels);
}

static void
run_step (TsnPlan *plan, const TsnEncoderStep *step)
{
  const TsnMap *x = &plan->values[step->input], *y = &plan->values[step->node];
  TsnEpilogue epilogue = { step->bias, NULL, step->relu };
  TsnWinogradItem item = { .x = x, .y = y };
  Loop loop = { .plan = plan, .x = x, .y = y };
  gint64 start = g_get_monotonic_time ();

  if (step->residual != TSN_NONE)
    epilogue.residual = item.residual = plan->values[step->residual].data;
  if (step->max_pool)
    tsn_pool_for (plan->pool, y->height, 1, max_pool_cb, &loop);
  else if (step->winograd)
    tsn_winograd_forward (&step->transformed, plan->kernels, &item, 1, &epilogue, plan->scratch,
                          plan->pool);
  else
    tsn_direct_conv_forward (&step->direct, plan->kernels, x, &epilogue, y, plan->scratch,
                             plan->pool);
  tsn_plan_note (plan, step->node,
                 step->max_pool   ? "max pool"
                 : step->winograd ? "winograd"
                                  : "direct",
                 1, start);
}

static void
statistics_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Loop *loop = data;
  size_t pixels = loop->x->height * loop->x->width, channels = loop->x->channels;
  float *sums = tsn_aligned_alloc (2 * channels * sizeof (float));

  for (size_t i = first; i < last; i++)
    {
      size_t at = i * PASS_PIXELS, n = MIN (PASS_PIXELS, pixels - at);

      memset (sums, 0, 2 * channels * sizeof (float));
      loop->plan->kernels->statistics (n, channels, loop->x->data + at * channels, sums);
      for (size_t c = 0; c < 2 * channels; c++)
        loop->partial[i * 2 * channels + c] = sums[c];
    }
  tsn_aligned_free (sums);
}

/* Sums are taken over short runs in float, over those in double, in an order of their own. */
static void
measure (TsnPlan *plan, const TsnMap *map, double *sums)
{
  size_t blocks = (map->height * map->width - 1) / PASS_PIXELS + 1, n = 2 * map->channels;
  g_autofree double *partial = g_new (double, n *blocks);
  Loop loop = { .plan = plan, .x = map, .partial = partial };

  tsn_pool_for (plan->pool, blocks, 4, statistics_cb, &loop);
  memset (sums, 0, n * sizeof (double));
  for (size_t i = 0; i < blocks; i++)
    for (size_t c = 0; c < n; c++)
      sums[c] += partial[i * n + c];
}

/* The modules that read features: their convolutions do not depend on the task. */
static void
run_feature (TsnPlan *plan, guint index)
{
  const TsnModule *module = &plan->program->modules[index];
  TsnModuleSlot *slot = tsn_plan_slot (plan, index, 0);
  TsnEpilogue epilogue = { 0 };
  gint64 start = g_get_monotonic_time ();

  tsn_direct_conv_forward (&module->point, plan->kernels, &plan->values[module->feature], &epilogue,
                           &slot->map, plan->scratch, plan->pool);
  if (module->instance)
    measure (plan, &slot->map, slot->sums);
  tsn_plan_note (plan, module->node, "once per image", 1, start);
}

/**
 * tsn_plan_encode:
 * @image: [3, H, W] RGB in [0, 1]
 *
 * Normalises the image and runs the encoder.  A cancelled pass leaves no image encoded.
 */
gboolean
tsn_plan_encode (TsnPlan *plan, const float *image, GCancellable *cancellable, GError **error)
{
  const TsnProgram *program = plan->program;

  plan->encoded = 0;
  /* The encoder's maps lie where the decoder's were. */
  for (guint i = 0; i < program->n_modules; i++)
    for (guint slot = 0; slot < plan->modules[i].n_slots; slot++)
      plan->modules[i].slots[slot].content = 0;
  normalise_image (plan, image);
  for (guint i = 0; i < program->n_steps; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      run_step (plan, &program->steps[i]);
    }
  for (guint i = 0; i < program->n_modules; i++)
    if (program->modules[i].feature != TSN_NONE)
      run_feature (plan, i);
  plan->encoded = tsn_plan_mix (++plan->next_encoded, 0);
  return TRUE;
}
