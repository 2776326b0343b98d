/* The trainer: one optimisation step on one batch. */
#pragma once

#include "core/data/tsn-batch.h"
#include "core/training/tsn-loss.h"
#include "core/training/tsn-optimiser.h"
#include "core/training/tsn-schedule.h"

G_BEGIN_DECLS

/**
 * TsnTrainerOptions:
 * @optimiser: how parameters move
 * @schedule: how the learning rate changes
 * @losses: (array): one per task of the model
 */
typedef struct
{
  TsnOptimiserSpec optimiser;
  TsnScheduleSpec schedule;
  const TsnLoss *losses;
} TsnTrainerOptions;

/**
 * TsnStepReport:
 * @loss: the weighted loss
 * @gradient: length of the gradient before clipping
 * @rate: learning rate, without the factors of the parameter groups
 */
typedef struct
{
  double loss;
  double gradient;
  double rate;
} TsnStepReport;

/**
 * TsnTrainer:
 * @model: being trained; nobody else may use it meanwhile
 * @optimiser: its state
 * @schedule: its state
 *
 * Fields are for checkpoints to store and restore.
 */
typedef struct _TsnTrainer TsnTrainer;
typedef struct _TsnTrainerPrivate TsnTrainerPrivate;

struct _TsnTrainer
{
  TsnModel *model;
  TsnOptimiser *optimiser;
  TsnSchedule schedule;

  /*< private >*/
  TsnTrainerPrivate *priv;
};

TsnTrainer *tsn_trainer_new (TsnModel *model, const TsnTrainerOptions *options, TsnPool *pool);
void tsn_trainer_free (TsnTrainer *trainer);
gboolean tsn_trainer_step (TsnTrainer *trainer,
                           const TsnBatch *batch,
                           TsnStepReport *report,
                           GError **error);
gboolean
tsn_trainer_judge (TsnTrainer *trainer, const TsnBatch *batch, double *loss, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnTrainer, tsn_trainer_free)

G_END_DECLS
