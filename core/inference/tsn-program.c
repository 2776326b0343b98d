#include "core/inference/tsn-program.h"

#include "core/base/tsn-arena.h"
#include "core/ops/tsn-batch-norm.h"
#include "core/ops/tsn-channel-pool.h"

/* Transformed weights are four times the plain ones.  From about 19 MB on, fetching them takes
 * longer than the saved arithmetic at the few pixels that such layers have. */
#define WINOGRAD_MAX_KERNELS (256 * 512)

/* F(6x6, 3x3) has a fifth less arithmetic than F(4x4, 3x3), but twice the weights and the rounding,
 * and its tiles reach further beyond a map's end.  It was measured to be faster up to these bounds,
 * which are 2 MB of weights and maps of 64 x 64 for an input of 256 x 256, and slower beyond; see
 * tests/bench/README.md. */
#define LARGE_TILE_MAX_KERNELS (64 * 128)
#define LARGE_TILE_MAX_LEVEL 2

static const TsnNode *
get_node (const TsnProgram *program, guint node)
{
  return tsn_graph_node (program->model->graph, node);
}

static const TsnNode *
get_input (const TsnProgram *program, const TsnNode *node, guint i)
{
  return get_node (program, node->inputs[i]);
}

static const float *
get_param (const TsnProgram *program, const TsnNode *node, guint i)
{
  return program->model->params[node->params + i]->data;
}

static float *
new_padded (size_t channels)
{
  return tsn_aligned_alloc0 (TSN_PADDED (channels) * sizeof (float));
}

/* Weights of a convolution node from input channel @first on. */
static TsnConvWeights
get_weights (const TsnProgram *program, const TsnNode *conv, size_t first, size_t channels)
{
  size_t taps = conv->kernel * conv->kernel;

  return (TsnConvWeights){ .data = get_param (program, conv, 0) + first * taps,
                           .out_channels = conv->channels,
                           .in_channels = channels,
                           .kernel = conv->kernel,
                           .stride = get_input (program, conv, 0)->channels * taps };
}

static size_t
choose_tile (const TsnConvWeights *weights, int level)
{
  size_t kernels = TSN_PADDED (weights->in_channels) * TSN_PADDED (weights->out_channels);

  return level <= LARGE_TILE_MAX_LEVEL && kernels <= LARGE_TILE_MAX_KERNELS ? 6 : 4;
}

/* Packs convolution @conv with batch norm @bn folded in. */
static void
pack_encoder_conv (const TsnProgram *program,
                   TsnEncoderStep *step,
                   const TsnNode *conv,
                   const TsnNode *bn)
{
  size_t in = get_input (program, conv, 0)->channels, out = conv->channels;
  TsnConvWeights weights = get_weights (program, conv, 0, in);
  g_autofree float *scale = g_new (float, out);

  step->bias = new_padded (out);
  tsn_batch_norm_fold (out, get_param (program, bn, 0), get_param (program, bn, 1),
                       get_param (program, bn, 2), get_param (program, bn, 3), scale, step->bias);
  weights.scale = scale;
  step->winograd = conv->kernel == 3 && conv->conv_stride == 1 && in * out <= WINOGRAD_MAX_KERNELS;
  if (step->winograd)
    tsn_winograd_init (&step->transformed, &weights, choose_tile (&weights, conv->level),
                       program->pool);
  else
    tsn_direct_conv_init (&step->direct, &weights, conv->conv_stride, program->pool);
}

/* A step ends in a ReLU, in the batch norm of a shortcut, or is a max pool. */
static gboolean
ends_step (const TsnProgram *program, guint index)
{
  const TsnNode *node = get_node (program, index);

  if (node->stage != TSN_STAGE_ENCODER)
    return FALSE;
  if (node->op != TSN_OP_BATCH_NORM)
    return node->op == TSN_OP_ACTIVATION || node->op == TSN_OP_MAX_POOL;
  for (guint i = index + 1; i < program->model->graph->nodes->len; i++)
    if (get_node (program, i)->op == TSN_OP_ADD && get_node (program, i)->inputs[1] == index)
      return TRUE;
  return FALSE;
}

static void
lower_step (const TsnProgram *program, guint index, TsnEncoderStep *step)
{
  const TsnNode *node = get_node (program, index), *bn = node, *conv;

  *step = (TsnEncoderStep){ .node = index, .input = node->inputs[0], .residual = TSN_NONE };
  step->max_pool = node->op == TSN_OP_MAX_POOL;
  if (step->max_pool)
    return;
  if (node->op == TSN_OP_ACTIVATION)
    {
      step->relu = TRUE;
      bn = get_input (program, node, 0);
      if (bn->op == TSN_OP_ADD)
        {
          step->residual = bn->inputs[1];
          bn = get_input (program, bn, 0);
        }
    }
  conv = get_input (program, bn, 0);
  g_assert (bn->op == TSN_OP_BATCH_NORM && conv->op == TSN_OP_CONV);
  step->input = conv->inputs[0];
  pack_encoder_conv (program, step, conv, bn);
}

static void
lower_encoder (TsnProgram *program)
{
  guint n = program->model->graph->nodes->len;

  program->steps = g_new0 (TsnEncoderStep, n);
  for (guint i = 0; i < n; i++)
    if (ends_step (program, i))
      lower_step (program, i, &program->steps[program->n_steps++]);
}

/**
 * tsn_program_find_module:
 *
 * Returns: the module whose output is @node, or %TSN_NONE.
 */
guint
tsn_program_find_module (const TsnProgram *program, guint node)
{
  for (guint i = 0; i < program->n_modules; i++)
    if (program->modules[i].node == node)
      return i;
  return TSN_NONE;
}

static guint
module_below (TsnProgram *program, guint upsample)
{
  const TsnNode *node = get_node (program, upsample);
  guint below;

  g_assert (node->op == TSN_OP_UPSAMPLE);
  below = tsn_program_find_module (program, node->inputs[0]);
  g_assert (below != TSN_NONE);
  return below;
}

/* Packs the 3x3 convolution of a module in its two parts, its outputs times @scale. */
static void
pack_join (TsnProgram *program, TsnModule *module, const TsnNode *conv, const float *scale)
{
  const TsnNode *input = get_input (program, conv, 0);
  TsnConvWeights weights;
  size_t below;

  g_assert (conv->kernel == 3);
  if (input->op == TSN_OP_CONCAT)
    {
      module->below = module_below (program, input->inputs[0]);
      module->skip = tsn_program_find_module (program, input->inputs[1]);
      g_assert (module->skip != TSN_NONE);
    }
  else
    module->below = module_below (program, conv->inputs[0]);
  below = program->modules[module->below].channels;
  weights = get_weights (program, conv, 0, below);
  weights.scale = scale;
  tsn_upsample_conv_init (&module->up, &weights, program->pool);
  if (module->skip == TSN_NONE)
    return;
  weights = get_weights (program, conv, below, input->channels - below);
  weights.scale = scale;
  tsn_winograd_init (&module->across, &weights, choose_tile (&weights, conv->level), program->pool);
}

/* The bias of a module without instance norm and, if a batch norm lies between convolution and
 * affine node, the factors on the convolution's outputs that it makes; else %NULL. */
static float *
fold_module (const TsnProgram *program, TsnModule *module, const TsnNode *conv, const TsnNode *bn)
{
  float *scale = NULL;

  module->bias = new_padded (conv->channels);
  if (bn != NULL)
    {
      scale = g_new (float, conv->channels);
      tsn_batch_norm_fold (conv->channels, get_param (program, bn, 0), get_param (program, bn, 1),
                           get_param (program, bn, 2), get_param (program, bn, 3), scale,
                           module->bias);
    }
  for (guint c = 0; c < conv->channels; c++)
    module->bias[c] += get_param (program, conv, 1)[c] * (scale != NULL ? scale[c] : 1);
  return scale;
}

static void
lower_module (TsnProgram *program, guint index)
{
  const TsnNode *node = get_node (program, index), *norm = get_input (program, node, 0);
  const TsnNode *conv = get_input (program, norm, 0), *input, *bn = NULL;
  TsnModule *module = &program->modules[program->n_modules];
  g_autofree float *scale = NULL;

  *module = (TsnModule){ .norm = node->inputs[0],
                         .node = index,
                         .feature = TSN_NONE,
                         .below = TSN_NONE,
                         .skip = TSN_NONE,
                         .instance = norm->op == TSN_OP_ADAIN,
                         .channels = node->channels,
                         .level = node->level,
                         .slope = node->slope };
  if (conv->op == TSN_OP_BATCH_NORM)
    {
      bn = conv;
      conv = get_input (program, bn, 0);
    }
  g_assert (conv->op == TSN_OP_CONV);
  input = get_input (program, conv, 0);
  if (!module->instance)
    scale = fold_module (program, module, conv, bn);
  if (input->stage == TSN_STAGE_ENCODER)
    {
      TsnConvWeights weights = get_weights (program, conv, 0, input->channels);

      module->feature = conv->inputs[0];
      weights.scale = scale;
      tsn_direct_conv_init (&module->point, &weights, 1, program->pool);
    }
  else
    pack_join (program, module, conv, scale);
  program->n_modules++;
}

static gboolean
ends_module (const TsnProgram *program, const TsnNode *node)
{
  TsnOp op;

  if (node->op != TSN_OP_ACTIVATION || node->stage != TSN_STAGE_DECODER)
    return FALSE;
  op = get_input (program, node, 0)->op;
  return op == TSN_OP_ADAIN || op == TSN_OP_AFFINE;
}

static void
lower_decoder (TsnProgram *program)
{
  guint n = program->model->graph->nodes->len;

  program->modules = g_new0 (TsnModule, n);
  for (guint i = 0; i < n; i++)
    if (ends_module (program, get_node (program, i)))
      lower_module (program, i);
}

static void
lower_readout (TsnProgram *program, guint task, TsnReadout *readout)
{
  const TsnNode *output = get_node (program, tsn_graph_output (program->model->graph, task));
  const TsnNode *head = output->op == TSN_OP_CHANNEL_POOL ? get_input (program, output, 0) : output;
  size_t in = get_input (program, head, 0)->channels;
  const float *weight = get_param (program, head, 0), *bias = get_param (program, head, 1);

  g_assert (head->op == TSN_OP_CONV && head->kernel == 1);
  readout->module = tsn_program_find_module (program, head->inputs[0]);
  g_assert (readout->module != TSN_NONE);
  readout->channels = output->channels;
  readout->bias = new_padded (output->channels);
  readout->rows = tsn_aligned_alloc0 (output->channels * TSN_PADDED (in) * sizeof (float));
  tsn_packed_init (&readout->weights, TSN_PADDED (in), output->channels);
  for (size_t panel = 0; panel < readout->weights.panels; panel++)
    tsn_packed_clear_panel (&readout->weights, panel);
  for (size_t bin = 0; bin < output->channels; bin++)
    {
      size_t first, last;

      tsn_channel_pool_bin (head->channels, output->channels, bin, &first, &last);
      for (size_t c = 0; c < in; c++)
        {
          double sum = 0;

          for (size_t o = first; o < last; o++)
            sum += weight[o * in + c];
          readout->rows[bin * TSN_PADDED (in) + c] = sum / (last - first);
          tsn_packed_set (&readout->weights, c, bin, sum / (last - first));
        }
      for (size_t o = first; o < last; o++)
        readout->bias[bin] += bias[o] / (last - first);
    }
}

/**
 * tsn_program_new:
 * @pool: threads that pack weights; it is not needed afterwards
 *
 * Returns: (transfer full): the model's graph, fused and packed.
 */
TsnProgram *
tsn_program_new (TsnModel *model, TsnPool *pool)
{
  TsnProgram *program = g_new0 (TsnProgram, 1);

  program->model = tsn_model_ref (model);
  program->pool = pool;
  lower_encoder (program);
  lower_decoder (program);
  program->readouts = g_new0 (TsnReadout, tsn_model_get_n_tasks (model));
  for (guint t = 0; t < tsn_model_get_n_tasks (model); t++)
    lower_readout (program, t, &program->readouts[t]);
  program->pool = NULL;
  return program;
}

/**
 * tsn_program_get_bytes:
 *
 * Returns: the memory that the packed weights take.
 */
size_t
tsn_program_get_bytes (const TsnProgram *program)
{
  size_t bytes = 0;

  for (guint i = 0; i < program->n_steps; i++)
    bytes += tsn_packed_bytes (&program->steps[i].direct.weights)
             + tsn_packed_bytes (&program->steps[i].transformed.weights);
  for (guint i = 0; i < program->n_modules; i++)
    bytes += tsn_packed_bytes (&program->modules[i].point.weights)
             + tsn_packed_bytes (&program->modules[i].up.weights)
             + tsn_packed_bytes (&program->modules[i].across.weights);
  for (guint t = 0; t < tsn_model_get_n_tasks (program->model); t++)
    bytes += tsn_packed_bytes (&program->readouts[t].weights);
  return bytes;
}

void
tsn_program_free (TsnProgram *program)
{
  for (guint i = 0; i < program->n_steps; i++)
    {
      tsn_packed_clear (&program->steps[i].direct.weights);
      tsn_winograd_clear (&program->steps[i].transformed);
      tsn_aligned_free (program->steps[i].bias);
    }
  for (guint i = 0; i < program->n_modules; i++)
    {
      tsn_packed_clear (&program->modules[i].point.weights);
      tsn_upsample_conv_clear (&program->modules[i].up);
      tsn_winograd_clear (&program->modules[i].across);
      tsn_aligned_free (program->modules[i].bias);
    }
  for (guint t = 0; t < tsn_model_get_n_tasks (program->model); t++)
    {
      tsn_packed_clear (&program->readouts[t].weights);
      tsn_aligned_free (program->readouts[t].rows);
      tsn_aligned_free (program->readouts[t].bias);
    }
  g_free (program->steps);
  g_free (program->modules);
  g_free (program->readouts);
  tsn_model_unref (program->model);
  g_free (program);
}
