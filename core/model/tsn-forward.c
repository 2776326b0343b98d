#include "core/model/tsn-forward.h"

#include "core/model/tsn-call.h"
#include "core/ops/tsn-activation.h"
#include "core/ops/tsn-add.h"
#include "core/ops/tsn-batch-norm.h"
#include "core/ops/tsn-channel-pool.h"
#include "core/ops/tsn-concat.h"
#include "core/ops/tsn-instance-norm.h"
#include "core/ops/tsn-linear.h"
#include "core/ops/tsn-max-pool.h"
#include "core/ops/tsn-pixel-norm.h"
#include "core/ops/tsn-rows.h"
#include "core/ops/tsn-upsample.h"

#include <math.h>

/**
 * tsn_forward_value_length:
 *
 * Returns: the number of floats of a node's value for @n images of @height x @width.
 */
size_t
tsn_forward_value_length (const TsnGraph *graph, guint node, size_t n, size_t height, size_t width)
{
  const TsnNode *self = tsn_graph_node (graph, node);

  if (tsn_node_is_vector (self))
    return self->channels;
  return n * self->channels * (height >> self->level) * (width >> self->level);
}

/**
 * tsn_forward_scratch:
 *
 * Returns: the number of scratch floats that the node needs.
 */
size_t
tsn_forward_scratch (const TsnGraph *graph, guint node, size_t height, size_t width, guint threads)
{
  const TsnNode *self = tsn_graph_node (graph, node);

  if (self->op == TSN_OP_CONV)
    {
      TsnConv conv = tsn_node_conv (graph, self, height, width);

      return tsn_conv_scratch (&conv, threads);
    }
  return self->op == TSN_OP_BATCH_NORM ? 2 * self->channels : 0;
}

static void
run_conv (const TsnCall *call)
{
  const TsnForward *pass = call->pass;
  TsnConv conv = tsn_call_conv (call);

  tsn_conv_forward (&conv, pass->n, call->x, tsn_call_param (call, 0),
                    call->node->n_params > 1 ? tsn_call_param (call, 1) : NULL, call->y,
                    pass->scratch, pass->pool);
}

static void
run_batch_norm (const TsnCall *call)
{
  size_t channels = call->node->channels;
  float *scale = call->pass->scratch, *shift = scale + channels;

  tsn_batch_norm_fold (channels, tsn_call_param (call, 0), tsn_call_param (call, 1),
                       tsn_call_param (call, 2), tsn_call_param (call, 3), scale, shift);
  tsn_affine_forward (call->pass->n, channels, call->pixels, call->x, scale, shift, call->y,
                      call->pass->pool);
}

static void
run_activation (const TsnCall *call)
{
  tsn_activation_forward (tsn_call_length (call), call->x, call->node->slope, call->y,
                          call->pass->pool);
}

static void
run_max_pool (const TsnCall *call)
{
  const TsnForward *pass = call->pass;

  tsn_max_pool_forward (pass->n * call->node->channels, pass->height >> call->input->level,
                        pass->width >> call->input->level, call->x, call->y, pass->pool);
}

static void
run_add (const TsnCall *call)
{
  tsn_add_forward (tsn_call_length (call), call->x, call->second, call->y, call->pass->pool);
}

static void
run_upsample (const TsnCall *call)
{
  const TsnForward *pass = call->pass;

  tsn_upsample_forward (pass->n * call->node->channels, pass->height >> call->input->level,
                        pass->width >> call->input->level, call->x, call->y, pass->pool);
}

static void
run_concat (const TsnCall *call)
{
  tsn_concat_forward (call->pass->n, call->input->channels,
                      call->node->channels - call->input->channels, call->pixels, call->x,
                      call->second, call->y, call->pass->pool);
}

static void
run_pixel_norm (const TsnCall *call)
{
  tsn_pixel_norm_forward (call->node->channels, call->x, call->y);
}

static void
run_linear (const TsnCall *call)
{
  tsn_linear_forward (call->input->channels, call->node->channels, call->x,
                      tsn_call_param (call, 0), tsn_call_param (call, 1), call->node->scale,
                      call->y);
}

static void
run_rows (const TsnCall *call)
{
  size_t channels = call->node->channels / 2;

  for (guint half = 0; half < 2; half++)
    tsn_rows_forward (call->input->channels, channels, call->x, tsn_call_param (call, half),
                      call->y + half * channels);
}

static void
run_batch_norm_rows (const TsnCall *call)
{
  size_t channels = call->node->channels / 2;

  for (size_t c = 0; c < channels; c++)
    {
      double scale_sum = 0, shift_sum = 0;

      for (size_t t = 0; t < call->input->channels; t++)
        {
          double scale = tsn_call_param (call, 4 * t)[c]
                         / sqrt (tsn_call_param (call, 4 * t + 3)[c] + (double) TSN_NORM_EPS);

          scale_sum += call->x[t] * scale;
          shift_sum += call->x[t]
                       * (tsn_call_param (call, 4 * t + 1)[c]
                          - tsn_call_param (call, 4 * t + 2)[c] * scale);
        }
      call->y[c] = scale_sum;
      call->y[channels + c] = shift_sum;
    }
}

static void
run_adain (const TsnCall *call)
{
  size_t channels = call->node->channels;

  tsn_instance_norm_forward (call->pass->n, channels, call->pixels, call->x, call->second,
                             call->second + channels, call->y, call->pass->pool);
}

static void
run_affine (const TsnCall *call)
{
  size_t channels = call->node->channels;

  tsn_affine_forward (call->pass->n, channels, call->pixels, call->x, call->second,
                      call->second + channels, call->y, call->pass->pool);
}

static void
run_channel_pool (const TsnCall *call)
{
  tsn_channel_pool_forward (call->pass->n, call->input->channels, call->node->channels,
                            call->pixels, call->x, call->y, call->pass->pool);
}

static void (*const run_op[TSN_N_OPS]) (const TsnCall *call) = {
  [TSN_OP_CONV] = run_conv,
  [TSN_OP_BATCH_NORM] = run_batch_norm,
  [TSN_OP_ACTIVATION] = run_activation,
  [TSN_OP_MAX_POOL] = run_max_pool,
  [TSN_OP_ADD] = run_add,
  [TSN_OP_UPSAMPLE] = run_upsample,
  [TSN_OP_CONCAT] = run_concat,
  [TSN_OP_PIXEL_NORM] = run_pixel_norm,
  [TSN_OP_LINEAR] = run_linear,
  [TSN_OP_ROWS] = run_rows,
  [TSN_OP_BATCH_NORM_ROWS] = run_batch_norm_rows,
  [TSN_OP_ADAIN] = run_adain,
  [TSN_OP_AFFINE] = run_affine,
  [TSN_OP_CHANNEL_POOL] = run_channel_pool,
};

/**
 * tsn_forward_node:
 * @node: a node whose inputs have been run; the image and the code are given, not run
 *
 * Computes one node's value.
 */
void
tsn_forward_node (const TsnForward *forward, guint node)
{
  const TsnNode *self = tsn_graph_node (forward->model->graph, node);
  TsnCall call;

  g_return_if_fail (run_op[self->op] != NULL);

  call = tsn_call_make (forward, node);
  run_op[self->op](&call);
}
