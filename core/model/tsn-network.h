/* Builders of the networks of the paper and its baselines. */
#pragma once

#include "core/model/tsn-graph.h"
#include "core/model/tsn-task-list.h"

G_BEGIN_DECLS

/**
 * TsnConditioning:
 * @TSN_CONDITIONING_TSN: AdaIN driven by the task embedding
 * @TSN_CONDITIONING_TS_IN: one affine instance norm per task
 * @TSN_CONDITIONING_TS_BN: one batch norm per task
 * @TSN_CONDITIONING_NONE: one affine instance norm for all (a single-task network)
 * @TSN_CONDITIONING_TE_BN: batch norm shared by all, scaled and shifted by the task embedding
 * @TSN_CONDITIONING_MULTI_HEAD: one affine instance norm for all, one head per task
 * @TSN_CONDITIONING_MULTI_DECODER: one decoder per task
 *
 * What switches the network from task to task.
 */
typedef enum
{
  TSN_CONDITIONING_TSN,
  TSN_CONDITIONING_TS_IN,
  TSN_CONDITIONING_TS_BN,
  TSN_CONDITIONING_NONE,
  TSN_CONDITIONING_TE_BN,
  TSN_CONDITIONING_MULTI_HEAD,
  TSN_CONDITIONING_MULTI_DECODER,
} TsnConditioning;

#define TSN_N_CONDITIONINGS (TSN_CONDITIONING_MULTI_DECODER + 1)

/**
 * TsnCodeKind:
 * @TSN_CODE_ORTHOGONAL: a block of ones per task
 * @TSN_CODE_GAUSSIAN: N(0, I), drawn before training and stored with the model
 */
typedef enum
{
  TSN_CODE_ORTHOGONAL,
  TSN_CODE_GAUSSIAN,
} TsnCodeKind;

/**
 * TsnNetworkSpec:
 * @depth: of the ResNet encoder, 18 or 34
 * @width: factor on all channel counts; max(4, floor(c width)) channels
 * @conditioning: what switches tasks
 * @code: kind of task codes, where there is a task embedding
 * @code_length: n, the code's length per task; the embedding has D = T n dimensions
 * @tasks: (transfer none): the tasks
 *
 * Everything that determines a graph.
 */
typedef struct
{
  guint depth;
  double width;
  TsnConditioning conditioning;
  TsnCodeKind code;
  guint code_length;
  TsnTaskList *tasks;
} TsnNetworkSpec;

#define TSN_DEFAULT_CODE_LENGTH 20

/* Bounds within which no size computed from a spec can overflow; far beyond any use. */
#define TSN_MAX_WIDTH 4
#define TSN_MAX_TASKS 64
#define TSN_MAX_CODE_LENGTH 1024

TsnGraph *tsn_network_build (const TsnNetworkSpec *spec, GError **error);

const char *tsn_conditioning_get_name (TsnConditioning conditioning);
gboolean tsn_conditioning_has_embedding (TsnConditioning conditioning);
guint tsn_network_scale_channels (double width, guint channels);

gboolean tsn_conditioning_from_name (const char *name, TsnConditioning *conditioning);
const char *tsn_code_kind_get_name (TsnCodeKind kind);
gboolean tsn_code_kind_from_name (const char *name, TsnCodeKind *kind);

G_END_DECLS
