/* A graph made ready to run fast: nodes fused into steps, weights packed, nothing yet about size.
 */
#pragma once

#include "core/model/tsn-model.h"
#include "core/ops/tsn-direct-conv.h"
#include "core/ops/tsn-upsample-conv.h"
#include "core/ops/tsn-winograd.h"

G_BEGIN_DECLS

/**
 * TsnEncoderStep:
 * @node: the node whose value it makes
 * @input: the node whose value it reads
 * @residual: the node whose value it adds, or %TSN_NONE
 * @relu: whether it ends in a ReLU
 * @max_pool: whether it is a max pool and nothing else
 * @winograd: whether @transformed is used, else @direct
 * @bias: [padded channels]
 *
 * Convolution, batch norm (folded into weights and bias), shortcut and ReLU in one pass.
 */
typedef struct
{
  guint node;
  guint input;
  guint residual;
  gboolean relu;
  gboolean max_pool;
  gboolean winograd;
  TsnDirectConv direct;
  TsnWinograd transformed;
  float *bias;
} TsnEncoderStep;

/**
 * TsnModule:
 * @norm: its conditional norm
 * @node: its activation, the node that carries its name
 * @feature: the encoder's node that its 1x1 convolution reads, or %TSN_NONE; such a convolution
 *   does not depend on the task and is run once per image
 * @below: the module whose upsampled output it reads, or %TSN_NONE
 * @skip: the module concatenated to that, or %TSN_NONE
 * @instance: whether the norm takes the statistics of the map (AdaIN)
 * @channels: unpadded
 * @level: log2 of the output stride
 * @slope: of its activation
 * @point: convolution of @feature
 * @up: the part of the 3x3 convolution that reads @below
 * @across: the part that reads @skip
 * @bias: [padded channels] or %NULL where an instance norm takes it away again
 */
typedef struct
{
  guint norm;
  guint node;
  guint feature;
  guint below;
  guint skip;
  gboolean instance;
  guint channels;
  int level;
  float slope;
  TsnDirectConv point;
  TsnUpsampleConv up;
  TsnWinograd across;
  float *bias;
} TsnModule;

/**
 * TsnReadout:
 * @module: the module that it reads
 * @channels: of the read-out
 * @weights: [padded channels of the module, columns]: the head and the channel pooling after it,
 *   which are linear both, in one
 * @rows: [channels, padded channels of the module] the same as rows, for read-outs that are narrow
 * @bias: [channels]
 */
typedef struct
{
  guint module;
  guint channels;
  TsnPacked weights;
  float *rows;
  float *bias;
} TsnReadout;

/**
 * TsnProgram:
 * @model: the network
 * @steps: (array length=n_steps): the encoder, in order
 * @modules: (array length=n_modules): the decoder, in order; the modules' indices are those of
 *   the conditioner
 * @readouts: (array): one per task
 */
typedef struct
{
  TsnModel *model;
  TsnEncoderStep *steps;
  guint n_steps;
  TsnModule *modules;
  guint n_modules;
  TsnReadout *readouts;

  /*< private >*/
  TsnPool *pool;
} TsnProgram;

TsnProgram *tsn_program_new (TsnModel *model, TsnPool *pool);
void tsn_program_free (TsnProgram *program);
size_t tsn_program_get_bytes (const TsnProgram *program);
guint tsn_program_find_module (const TsnProgram *program, guint node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnProgram, tsn_program_free)

G_END_DECLS
