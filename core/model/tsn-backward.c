#include "core/model/tsn-backward.h"

#include "core/model/tsn-call.h"
#include "core/ops/tsn-activation.h"
#include "core/ops/tsn-add.h"
#include "core/ops/tsn-batch-norm.h"
#include "core/ops/tsn-channel-pool.h"
#include "core/ops/tsn-concat.h"
#include "core/ops/tsn-conv-winograd.h"
#include "core/ops/tsn-instance-norm.h"
#include "core/ops/tsn-linear.h"
#include "core/ops/tsn-max-pool.h"
#include "core/ops/tsn-pixel-norm.h"
#include "core/ops/tsn-rows.h"
#include "core/ops/tsn-upsample.h"

#include <string.h>

/**
 * tsn_backward_get_reads:
 *
 * Returns: which values the backward pass of a node needs.
 */
TsnReads
tsn_backward_get_reads (TsnOp op)
{
  static const TsnReads reads[TSN_N_OPS] = {
    [TSN_OP_CONV] = TSN_READS_X,
    [TSN_OP_BATCH_NORM] = TSN_READS_X,
    [TSN_OP_ACTIVATION] = TSN_READS_Y,
    [TSN_OP_MAX_POOL] = TSN_READS_X,
    [TSN_OP_PIXEL_NORM] = TSN_READS_X,
    [TSN_OP_LINEAR] = TSN_READS_X,
    [TSN_OP_ROWS] = TSN_READS_X,
    [TSN_OP_BATCH_NORM_ROWS] = TSN_READS_X | TSN_READS_SECOND,
    [TSN_OP_ADAIN] = TSN_READS_X | TSN_READS_SECOND,
    [TSN_OP_AFFINE] = TSN_READS_X | TSN_READS_SECOND,
  };

  return reads[op];
}

/**
 * tsn_backward_works_in_place:
 *
 * Returns: whether a node's value may lie where its first input lay, and the gradient of the
 *   first input where its own lay.
 */
gboolean
tsn_backward_works_in_place (TsnOp op)
{
  return op == TSN_OP_ACTIVATION || op == TSN_OP_BATCH_NORM || op == TSN_OP_ADAIN
         || op == TSN_OP_AFFINE || op == TSN_OP_ADD;
}

/**
 * tsn_backward_folds_activation:
 *
 * Returns: whether a node can do the activation that follows it along with its own work.
 */
gboolean
tsn_backward_folds_activation (TsnOp op)
{
  return op == TSN_OP_BATCH_NORM || op == TSN_OP_ADAIN;
}

/**
 * tsn_backward_saved_length:
 *
 * Returns: the number of floats that the node keeps from its forward to its backward pass: means
 *   and variances.
 */
size_t
tsn_backward_saved_length (const TsnGraph *graph, guint node, size_t n)
{
  const TsnNode *self = tsn_graph_node (graph, node);

  switch (self->op)
    {
    case TSN_OP_BATCH_NORM:
      return 2 * self->channels;
    case TSN_OP_BATCH_NORM_ROWS:
      return self->channels;
    case TSN_OP_ADAIN:
      return 2 * n * self->channels;
    default:
      return 0;
    }
}

/**
 * tsn_backward_scratch:
 *
 * Returns: the number of scratch floats that the node needs, forward or backward.
 */
size_t
tsn_backward_scratch (
    const TsnGraph *graph, guint node, size_t n, size_t height, size_t width, guint threads)
{
  const TsnNode *self = tsn_graph_node (graph, node);
  size_t forward = tsn_forward_scratch (graph, node, height, width, threads);
  TsnConv conv;

  if (self->op != TSN_OP_CONV)
    return MAX (forward, self->n_params > 0 ? 2 * self->channels : 0);
  conv = tsn_node_conv (graph, self, height, width);
  if (tsn_conv_winograd_suits (&conv))
    return tsn_conv_winograd_scratch (&conv, n, threads);
  return MAX (forward, tsn_conv_backward_scratch (&conv, threads));
}

/**
 * tsn_backward_pick_row:
 *
 * Returns: the row of batch norms that a one-hot vector picks; the others take no part in a step.
 */
guint
tsn_backward_pick_row (const float *v, guint rows)
{
  guint row = 0;

  for (guint t = 1; t < rows; t++)
    if (v[t] > v[row])
      row = t;
  return row;
}

/* A node's call with what only training has. */
typedef struct
{
  TsnCall call;
  guint node;
  const TsnBackward *pass;
  float *saved;
  float slope;     /* of the activation that is folded in */
  const float *dy; /* backward only */
} Step;

static TsnPlaneShape
map_planes (const Step *step, guint channels)
{
  return (TsnPlaneShape){ step->call.pass->n, channels, step->call.pixels };
}

static TsnPool *
pool (const Step *step)
{
  return step->call.pass->pool;
}

static void
train_conv (const Step *step)
{
  const TsnCall *call = &step->call;
  const TsnForward *forward = call->pass;
  TsnConv conv = tsn_call_conv (call);

  if (tsn_conv_winograd_suits (&conv))
    tsn_conv_winograd_forward (&conv, forward->n, call->x, tsn_call_param (call, 0),
                               call->node->n_params > 1 ? tsn_call_param (call, 1) : NULL, call->y,
                               forward->scratch, pool (step));
  else
    tsn_forward_node (forward, step->node);
}

static void
train_batch_norm (const Step *step)
{
  const TsnCall *call = &step->call;
  TsnPlaneShape shape = map_planes (step, call->node->channels);
  float *mean = step->saved, *variance = mean + shape.channels;
  float *scale = call->pass->scratch, *shift = scale + shape.channels;

  tsn_batch_norm_measure (&shape, call->x, mean, variance, pool (step));
  tsn_batch_norm_track (&shape, mean, variance, tsn_call_param (call, 2), tsn_call_param (call, 3));
  tsn_batch_norm_fold (shape.channels, tsn_call_param (call, 0), tsn_call_param (call, 1), mean,
                       variance, scale, shift);
  tsn_affine_activate (&(TsnAffine){ shape, call->x, scale, shift, step->slope, call->y },
                       pool (step));
}

static guint
picked_row (const TsnCall *call)
{
  return tsn_backward_pick_row (call->x, call->input->channels);
}

/* Shape of the map whose statistics a row of batch norms takes: the second input. */
static TsnPlaneShape
second_planes (const Step *step)
{
  const TsnForward *forward = step->call.pass;
  const TsnNode *map = tsn_graph_node (forward->model->graph, step->call.node->inputs[1]);

  return (TsnPlaneShape){ forward->n, map->channels,
                          (forward->height >> map->level) * (forward->width >> map->level) };
}

static void
train_batch_norm_rows (const Step *step)
{
  const TsnCall *call = &step->call;
  TsnPlaneShape shape = second_planes (step);
  float *mean = step->saved, *variance = mean + shape.channels;
  guint first = 4 * picked_row (call);

  tsn_batch_norm_measure (&shape, call->second, mean, variance, pool (step));
  tsn_batch_norm_track (&shape, mean, variance, tsn_call_param (call, first + 2),
                        tsn_call_param (call, first + 3));
  tsn_batch_norm_fold (shape.channels, tsn_call_param (call, first),
                       tsn_call_param (call, first + 1), mean, variance, call->y,
                       call->y + shape.channels);
}

static void
train_adain (const Step *step)
{
  const TsnCall *call = &step->call;
  TsnInstanceNorm norm = { .shape = map_planes (step, call->node->channels),
                           .x = call->x,
                           .gamma = call->second,
                           .beta = call->second + call->node->channels,
                           .slope = step->slope,
                           .y = call->y,
                           .statistics = step->saved };

  tsn_instance_norm_activate (&norm, pool (step));
}

/* Whether the node is an activation that its input has done already. */
static gboolean
is_folded (const Step *step)
{
  return step->pass->slopes[step->call.node->inputs[0]] != 1;
}

static void
train_activation (const Step *step)
{
  if (!is_folded (step))
    tsn_forward_node (step->call.pass, step->node);
}

/* Operations that training runs in another way than evaluation. */
static void (*const train_op[TSN_N_OPS]) (const Step *step) = {
  [TSN_OP_CONV] = train_conv,
  [TSN_OP_ACTIVATION] = train_activation,
  [TSN_OP_BATCH_NORM] = train_batch_norm,
  [TSN_OP_BATCH_NORM_ROWS] = train_batch_norm_rows,
  [TSN_OP_ADAIN] = train_adain,
};

static Step
make_step (const TsnBackward *backward, guint node)
{
  return (Step){ .call = tsn_call_make (&backward->forward, node),
                 .node = node,
                 .pass = backward,
                 .saved = backward->saved[node],
                 .slope = backward->slopes[node],
                 .dy = backward->grads[node] };
}

/**
 * tsn_backward_train_node:
 * @node: a node whose inputs have been run; the image and the code are given, not run
 *
 * Computes one node's value in training mode: batch norms take the statistics of the batch and
 * move their running ones.
 */
void
tsn_backward_train_node (const TsnBackward *backward, guint node)
{
  TsnOp op = tsn_graph_node (backward->forward.model->graph, node)->op;

  if (train_op[op] != NULL)
    {
      Step step = make_step (backward, node);

      train_op[op](&step);
    }
  else
    tsn_forward_node (&backward->forward, node);
}

/**
 * tsn_backward_judge_node:
 * @node: a node whose inputs have been run
 *
 * Computes one node's value in evaluation mode, as tsn_forward_node() does but for rounding:
 * validation takes the fast convolutions of training, too.
 */
void
tsn_backward_judge_node (const TsnBackward *backward, guint node)
{
  if (tsn_graph_node (backward->forward.model->graph, node)->op == TSN_OP_CONV)
    tsn_backward_train_node (backward, node);
  else
    tsn_forward_node (&backward->forward, node);
}

/* Where an operation writes the gradient of input @i, or NULL where nobody wants it: straight to
 * its place, or beside what another consumer has left there; finish() adds it up. */
static float *
target (const Step *step, guint i)
{
  guint input = step->call.node->inputs[i];
  float *grad = step->pass->grads[input];

  return grad != NULL && step->pass->filled[input] ? step->pass->spare[i] : grad;
}

static void
finish (const Step *step, guint i)
{
  const TsnForward *forward = step->call.pass;
  guint input = step->call.node->inputs[i];
  float *grad = step->pass->grads[input];

  if (grad == NULL)
    return;
  if (step->pass->filled[input])
    tsn_add_forward (tsn_forward_value_length (forward->model->graph, input, forward->n,
                                               forward->height, forward->width),
                     grad, step->pass->spare[i], grad, pool (step));
  step->pass->filled[input] = TRUE;
}

static float *
param_grad (const Step *step, guint i)
{
  TsnTensor *grad = step->pass->param_grads[step->call.node->params + i];

  return grad != NULL ? grad->data : NULL;
}

static void
conv_backward (const Step *step)
{
  const TsnForward *forward = step->call.pass;
  TsnConv conv = tsn_call_conv (&step->call);

  gboolean winograd = tsn_conv_winograd_suits (&conv);

  (winograd ? tsn_conv_winograd_backward_weight
            : tsn_conv_backward_weight) (&conv, forward->n, step->call.x, step->dy,
                                         param_grad (step, 0), forward->scratch, pool (step));
  if (step->call.node->n_params > 1)
    tsn_conv_backward_bias (&conv, forward->n, step->dy, param_grad (step, 1), pool (step));
  if (target (step, 0) != NULL)
    (winograd ? tsn_conv_winograd_backward_data
              : tsn_conv_backward_data) (&conv, forward->n, tsn_call_param (&step->call, 0),
                                         step->dy, target (step, 0), forward->scratch, pool (step));
}

static void
batch_norm_backward (const Step *step)
{
  guint channels = step->call.node->channels;
  float *dweight = param_grad (step, 0), *dbias = param_grad (step, 1);
  TsnBatchNormBackward backward = { .shape = map_planes (step, channels),
                                    .x = step->call.x,
                                    .mean = step->saved,
                                    .variance = step->saved + channels,
                                    .weight = tsn_call_param (&step->call, 0),
                                    .dy = step->dy,
                                    .dx = target (step, 0),
                                    .bias = tsn_call_param (&step->call, 1),
                                    .slope = step->slope };

  /* A batch norm that is not trained itself still hands gradients on. */
  backward.dweight = dweight != NULL ? dweight : step->call.pass->scratch;
  backward.dbias = dbias != NULL ? dbias : step->call.pass->scratch + channels;
  tsn_batch_norm_backward (&backward, pool (step));
}

static void
activation_backward (const Step *step)
{
  if (!is_folded (step))
    tsn_activation_backward (tsn_call_length (&step->call), step->call.y, step->call.node->slope,
                             step->dy, target (step, 0), pool (step));
}

static void
max_pool_backward (const Step *step)
{
  const TsnForward *forward = step->call.pass;
  const TsnNode *input = step->call.input;

  tsn_max_pool_backward (forward->n * input->channels, forward->height >> input->level,
                         forward->width >> input->level, step->call.x, step->dy, target (step, 0),
                         pool (step));
}

static void
add_backward (const Step *step)
{
  size_t bytes = tsn_call_length (&step->call) * sizeof (float);

  for (guint i = 0; i < 2; i++)
    if (target (step, i) != NULL && target (step, i) != step->dy)
      memcpy (target (step, i), step->dy, bytes);
}

static void
upsample_backward (const Step *step)
{
  const TsnForward *forward = step->call.pass;
  const TsnNode *input = step->call.input;

  tsn_upsample_backward (forward->n * input->channels, forward->height >> input->level,
                         forward->width >> input->level, step->dy, target (step, 0), pool (step));
}

static void
concat_backward (const Step *step)
{
  const TsnCall *call = &step->call;

  tsn_concat_backward (call->pass->n, call->input->channels,
                       call->node->channels - call->input->channels, call->pixels, step->dy,
                       target (step, 0), target (step, 1), pool (step));
}

static void
pixel_norm_backward (const Step *step)
{
  tsn_pixel_norm_backward (step->call.node->channels, step->call.x, step->dy, target (step, 0));
}

static void
linear_backward (const Step *step)
{
  const TsnCall *call = &step->call;
  TsnLinearBackward backward = { .fan_in = call->input->channels,
                                 .fan_out = call->node->channels,
                                 .scale = call->node->scale,
                                 .x = call->x,
                                 .weight = tsn_call_param (call, 0),
                                 .dy = step->dy,
                                 .dx = target (step, 0),
                                 .dweight = param_grad (step, 0),
                                 .dbias = param_grad (step, 1) };

  tsn_linear_backward (&backward);
}

static void
rows_backward (const Step *step)
{
  size_t rows = step->call.input->channels, channels = step->call.node->channels / 2;

  /* The vector that picks a row is the task's code, which nobody trains. */
  for (guint half = 0; half < 2; half++)
    tsn_rows_backward (rows, channels, step->call.x, tsn_call_param (&step->call, half),
                       step->dy + half * channels, param_grad (step, half), NULL);
}

static void
batch_norm_rows_backward (const Step *step)
{
  const TsnCall *call = &step->call;
  TsnPlaneShape shape = second_planes (step);
  guint first = 4 * picked_row (call);
  const float *weight = tsn_call_param (call, first);
  float *dweight = param_grad (step, first), *dbias = param_grad (step, first + 1);
  float *factor = call->pass->scratch, *offset = factor + shape.channels;

  for (size_t c = 0; c < shape.channels; c++)
    {
      TsnNormSlope slope
          = tsn_norm_slope (step->dy[c], step->dy[shape.channels + c], weight[c], step->saved[c],
                            step->saved[shape.channels + c], shape.n * shape.pixels);

      dweight[c] = slope.dweight;
      dbias[c] = slope.dbias;
      factor[c] = slope.factor;
      offset[c] = slope.offset;
    }
  tsn_affine_forward (shape.n, shape.channels, shape.pixels, call->second, factor, offset,
                      target (step, 1), pool (step));
}

static void
adain_backward (const Step *step)
{
  guint channels = step->call.node->channels;
  float *dc = target (step, 1);
  TsnInstanceNormBackward backward = { .shape = map_planes (step, channels),
                                       .x = step->call.x,
                                       .statistics = step->saved,
                                       .gamma = step->call.second,
                                       .dy = step->dy,
                                       .dx = target (step, 0),
                                       .dgamma = dc,
                                       .dbeta = dc + channels,
                                       .beta = step->call.second + channels,
                                       .slope = step->slope };

  tsn_instance_norm_backward (&backward, pool (step));
}

static void
affine_backward (const Step *step)
{
  guint channels = step->call.node->channels;
  float *dc = target (step, 1);
  TsnAffineBackward backward = { .shape = map_planes (step, channels),
                                 .x = step->call.x,
                                 .scale = step->call.second,
                                 .dy = step->dy,
                                 .dx = target (step, 0),
                                 .dscale = dc,
                                 .dshift = dc + channels };

  tsn_affine_backward (&backward, pool (step));
}

static void
channel_pool_backward (const Step *step)
{
  const TsnCall *call = &step->call;

  tsn_channel_pool_backward (call->pass->n, call->input->channels, call->node->channels,
                             call->pixels, step->dy, target (step, 0), pool (step));
}

static void (*const backward_op[TSN_N_OPS]) (const Step *step) = {
  [TSN_OP_CONV] = conv_backward,
  [TSN_OP_BATCH_NORM] = batch_norm_backward,
  [TSN_OP_ACTIVATION] = activation_backward,
  [TSN_OP_MAX_POOL] = max_pool_backward,
  [TSN_OP_ADD] = add_backward,
  [TSN_OP_UPSAMPLE] = upsample_backward,
  [TSN_OP_CONCAT] = concat_backward,
  [TSN_OP_PIXEL_NORM] = pixel_norm_backward,
  [TSN_OP_LINEAR] = linear_backward,
  [TSN_OP_ROWS] = rows_backward,
  [TSN_OP_BATCH_NORM_ROWS] = batch_norm_rows_backward,
  [TSN_OP_ADAIN] = adain_backward,
  [TSN_OP_AFFINE] = affine_backward,
  [TSN_OP_CHANNEL_POOL] = channel_pool_backward,
};

/**
 * tsn_backward_node:
 * @node: a node whose gradient is complete: all its consumers have run backward
 *
 * Adds to the gradients of the node's inputs and sets those of its parameters.
 */
void
tsn_backward_node (const TsnBackward *backward, guint node)
{
  TsnOp op = tsn_graph_node (backward->forward.model->graph, node)->op;
  Step step;

  g_return_if_fail (backward_op[op] != NULL);

  step = make_step (backward, node);
  backward_op[op](&step);
  for (guint i = 0; i < step.call.node->n_inputs; i++)
    finish (&step, i);
}
