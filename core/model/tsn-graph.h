/* The graph: one list of nodes that everything else walks. */
#pragma once

#include <glib.h>

#include "core/base/tsn-tensor.h"

G_BEGIN_DECLS

/**
 * TsnStage:
 * @TSN_STAGE_ENCODER: depends on the image alone
 * @TSN_STAGE_EMBEDDING: depends on the task code alone
 * @TSN_STAGE_DECODER: depends on both
 */
typedef enum
{
  TSN_STAGE_ENCODER,
  TSN_STAGE_EMBEDDING,
  TSN_STAGE_DECODER,
} TsnStage;

#define TSN_N_STAGES 3

/**
 * TsnOp:
 * @TSN_OP_IMAGE: (): the normalised image, 3 channels
 * @TSN_OP_CODE: (): the task code, a vector
 * @TSN_OP_CONV: (x | weight, bias?): convolution, attributes kernel, conv_stride; padding kernel/2
 * @TSN_OP_BATCH_NORM: (x | weight, bias, running_mean, running_var)
 * @TSN_OP_ACTIVATION: (x): x where positive, else slope x; slope 0 is ReLU
 * @TSN_OP_MAX_POOL: (x): 3x3, stride 2, padding 1
 * @TSN_OP_ADD: (x, y)
 * @TSN_OP_UPSAMPLE: (x): twice the size, bilinear, aligned corners
 * @TSN_OP_CONCAT: (x, y): channels of x, then of y
 * @TSN_OP_PIXEL_NORM: (v): v / sqrt(mean(v^2) + 1e-8)
 * @TSN_OP_LINEAR: (v | weight, bias): scale weight v + bias; scale is an attribute
 * @TSN_OP_ROWS: (v | gamma, beta): the vector (v gamma, v beta) for T-vector v: picks a row
 * @TSN_OP_BATCH_NORM_ROWS: (v, x | T x (weight, bias, running_mean, running_var)): picks a row of
 *   batch norms for T-vector v; outputs (scale, shift).  In evaluation x is not looked at, so the
 *   node belongs to the embedding stage; in training the picked row uses x's batch statistics
 * @TSN_OP_ADAIN: (x, c): instance norm of x, times the first half of vector c, plus its second
 * @TSN_OP_AFFINE: (x, c): x times the first half of vector c, plus its second
 * @TSN_OP_CHANNEL_POOL: (x): adaptive average pooling over channels
 *
 * Operations: (inputs | parameters).
 */
typedef enum
{
  TSN_OP_IMAGE,
  TSN_OP_CODE,
  TSN_OP_CONV,
  TSN_OP_BATCH_NORM,
  TSN_OP_ACTIVATION,
  TSN_OP_MAX_POOL,
  TSN_OP_ADD,
  TSN_OP_UPSAMPLE,
  TSN_OP_CONCAT,
  TSN_OP_PIXEL_NORM,
  TSN_OP_LINEAR,
  TSN_OP_ROWS,
  TSN_OP_BATCH_NORM_ROWS,
  TSN_OP_ADAIN,
  TSN_OP_AFFINE,
  TSN_OP_CHANNEL_POOL,
} TsnOp;

#define TSN_N_OPS (TSN_OP_CHANNEL_POOL + 1)

/** Value of TsnNode.level for a vector, which has no spatial extent. */
#define TSN_LEVEL_VECTOR (-1)

/** Index of "no parameter" and "no node". */
#define TSN_NONE G_MAXUINT

/**
 * TsnNode:
 * @op: what it computes
 * @stage: what it depends on
 * @name: unique; a node whose name has no dot ("F3", "S2", "O4", "head") is the output of one
 *   stage or module and makes a good tap
 * @inputs: indices of earlier nodes
 * @params: index of the first parameter, the rest following it, or %TSN_NONE
 * @channels: channels of a map, length of a vector
 * @level: log2 of the output stride: the map is (H >> level) x (W >> level)
 * @kernel: of a convolution
 * @conv_stride: of a convolution
 * @slope: of an activation, for negative values
 * @scale: of a linear node
 */
typedef struct
{
  TsnOp op;
  TsnStage stage;
  char *name;
  guint n_inputs;
  guint inputs[2];
  guint n_params;
  guint params;
  guint channels;
  int level;
  guint kernel;
  guint conv_stride;
  float slope;
  float scale;
} TsnNode;

/**
 * TsnInit:
 * @TSN_INIT_ZERO, @TSN_INIT_ONE: a constant
 * @TSN_INIT_NORMAL: N(0, 1)
 * @TSN_INIT_STYLE: ones for the first half, zeros for the second (bias of an AdaIN style)
 * @TSN_INIT_KAIMING_NORMAL: N(0, 2 / fan_out) (He et al., 2015), the ResNet encoder
 * @TSN_INIT_UNIFORM: U(-b, b), b = 1 / sqrt(fan_in), PyTorch's default of a convolution
 */
typedef enum
{
  TSN_INIT_ZERO,
  TSN_INIT_ONE,
  TSN_INIT_NORMAL,
  TSN_INIT_STYLE,
  TSN_INIT_KAIMING_NORMAL,
  TSN_INIT_UNIFORM,
} TsnInit;

/**
 * TsnParam:
 * @name: the tensor's name in model files
 * @rank: number of dimensions
 * @dim: dimensions
 * @stage: the stage of its node
 * @trained: %FALSE for running statistics
 * @init: how training starts
 * @fan_in: inputs of one output element, for %TSN_INIT_UNIFORM
 */
typedef struct
{
  char *name;
  guint rank;
  size_t dim[TSN_MAX_RANK];
  TsnStage stage;
  gboolean trained;
  TsnInit init;
  size_t fan_in;
} TsnParam;

/**
 * TsnGraph:
 * @nodes: (element-type TsnNode): in an order in which inputs come first
 * @params: (element-type TsnParam)
 * @outputs: (element-type guint): for each task the node that is its read-out
 * @image: the image node
 * @code: the task code node, or %TSN_NONE
 *
 * A network as data.  Built once, then read-only.
 */
typedef struct
{
  GArray *nodes;
  GArray *params;
  GArray *outputs;
  guint image;
  guint code;
} TsnGraph;

TsnGraph *tsn_graph_new (void);
void tsn_graph_free (TsnGraph *graph);

const TsnNode *tsn_graph_node (const TsnGraph *graph, guint index);
const TsnParam *tsn_graph_param (const TsnGraph *graph, guint index);
guint tsn_graph_output (const TsnGraph *graph, guint task);
guint tsn_graph_find (const TsnGraph *graph, const char *name);
guint tsn_graph_find_param (const TsnGraph *graph, const char *name);
void tsn_graph_mark_ancestors (const TsnGraph *graph, guint node, gboolean *needed);

guint tsn_graph_image (TsnGraph *graph);
guint tsn_graph_code (TsnGraph *graph, guint length);
guint tsn_graph_conv (TsnGraph *graph,
                      TsnStage stage,
                      const char *name,
                      const char *param,
                      guint x,
                      guint channels,
                      guint kernel,
                      guint stride,
                      gboolean bias);
guint tsn_graph_batch_norm (
    TsnGraph *graph, TsnStage stage, const char *name, const char *param, guint x);
guint tsn_graph_plain_batch_norm (
    TsnGraph *graph, TsnStage stage, const char *name, const char *param, guint x);
guint
tsn_graph_activation (TsnGraph *graph, TsnStage stage, const char *name, guint x, float slope);
guint tsn_graph_max_pool (TsnGraph *graph, TsnStage stage, const char *name, guint x);
guint tsn_graph_add (TsnGraph *graph, TsnStage stage, const char *name, guint x, guint y);
guint tsn_graph_upsample (TsnGraph *graph, TsnStage stage, const char *name, guint x);
guint tsn_graph_concat (TsnGraph *graph, TsnStage stage, const char *name, guint x, guint y);
guint tsn_graph_pixel_norm (TsnGraph *graph, const char *name, guint v);
guint tsn_graph_scaled_linear (
    TsnGraph *graph, const char *name, const char *param, guint v, guint length, TsnInit bias);
guint
tsn_graph_rows (TsnGraph *graph, const char *name, const char *param, guint v, guint channels);
guint
tsn_graph_batch_norm_rows (TsnGraph *graph, const char *name, const char *param, guint v, guint x);
guint tsn_graph_adain (TsnGraph *graph, const char *name, guint x, guint c);
guint tsn_graph_affine (TsnGraph *graph, const char *name, guint x, guint c);
guint tsn_graph_channel_pool (TsnGraph *graph, const char *name, guint x, guint channels);
void tsn_graph_add_output (TsnGraph *graph, guint node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnGraph, tsn_graph_free)

G_END_DECLS
