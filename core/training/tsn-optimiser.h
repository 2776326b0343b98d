/* Optimisers: Adam, AdamW and SGD with momentum, and an average of the weights. */
#pragma once

#include "core/base/tsn-pool.h"
#include "core/model/tsn-model.h"

G_BEGIN_DECLS

/**
 * TsnOptimiserKind:
 * @TSN_OPTIMISER_ADAM: Kingma and Ba, 2015; weight decay is added to the gradient
 * @TSN_OPTIMISER_ADAMW: Loshchilov and Hutter, 2019; weight decay apart from the gradient
 * @TSN_OPTIMISER_SGD: momentum as PyTorch has it, v = momentum v + g; weight decay is added to g
 */
typedef enum
{
  TSN_OPTIMISER_ADAM,
  TSN_OPTIMISER_ADAMW,
  TSN_OPTIMISER_SGD,
} TsnOptimiserKind;

/**
 * TsnOptimiserSpec:
 * @kind: which
 * @rate: learning rate
 * @encoder_factor: on the rate of encoder parameters
 * @rest_factor: on the rate of all others
 * @beta1, @beta2: decay of Adam's means
 * @epsilon: of Adam
 * @momentum: of SGD
 * @weight_decay: 0 for none
 * @clip: longest gradient of all parameters together; 0 for no limit
 * @average: decay of the average of the weights per step; 0 for no average
 */
typedef struct
{
  TsnOptimiserKind kind;
  double rate;
  double encoder_factor;
  double rest_factor;
  double beta1;
  double beta2;
  double epsilon;
  double momentum;
  double weight_decay;
  double clip;
  double average;
} TsnOptimiserSpec;

/** Adam as PyTorch starts it, with the paper's rate. */
#define TSN_OPTIMISER_SPEC_INIT                                                                    \
  {                                                                                                \
    .kind = TSN_OPTIMISER_ADAM, .rate = 1e-4, .encoder_factor = 1, .rest_factor = 1, .beta1 = 0.9, \
    .beta2 = 0.999, .epsilon = 1e-8, .momentum = 0.9,                                              \
  }

/**
 * TsnOptimiser:
 * @spec: how it steps
 * @model: whose parameters it moves; borrowed
 * @first: (array): per parameter Adam's mean of gradients or SGD's velocity; %NULL for running
 *   statistics
 * @second: (array): per parameter Adam's mean of squares; %NULL where there is none
 * @steps: (array): per parameter how often it has been moved
 * @average: (array) (nullable): per parameter the averaged weight, running statistics too
 * @updates: number of steps taken
 *
 * Fields are for checkpoints to store and restore.
 */
typedef struct
{
  TsnOptimiserSpec spec;
  TsnModel *model;
  TsnTensor **first;
  TsnTensor **second;
  guint64 *steps;
  TsnTensor **average;
  guint64 updates;
} TsnOptimiser;

TsnOptimiser *tsn_optimiser_new (TsnModel *model, const TsnOptimiserSpec *spec);
void tsn_optimiser_free (TsnOptimiser *optimiser);
double tsn_optimiser_gradient_norm (const TsnOptimiser *optimiser,
                                    TsnTensor *const *grads,
                                    const gboolean *reached,
                                    TsnPool *pool);
void tsn_optimiser_step (TsnOptimiser *optimiser,
                         TsnTensor *const *grads,
                         const gboolean *reached,
                         double schedule,
                         double norm,
                         TsnPool *pool);
void tsn_optimiser_swap_average (TsnOptimiser *optimiser);

const char *tsn_optimiser_kind_get_name (TsnOptimiserKind kind);
gboolean tsn_optimiser_kind_from_name (const char *name, TsnOptimiserKind *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnOptimiser, tsn_optimiser_free)

G_END_DECLS
