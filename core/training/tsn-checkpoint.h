/* Checkpoints: all that training needs to go on as if it had never stopped. */
#pragma once

#include "core/training/tsn-trainer.h"

G_BEGIN_DECLS

/**
 * TsnProgressState:
 * @seed: of the loader
 * @step: the loader's next batch, which is also the number of steps taken
 * @rounds: rounds that are over
 * @best: lowest mean validation loss so far; infinity before the first
 * @seconds: time spent training
 * @pending: whether the validation that @step is followed by is still to come
 *
 * Where a run is, besides its trainer.  Every batch follows from seed and step, so that these are
 * the state of the random numbers and the position of the samplers, too.
 */
typedef struct
{
  guint64 seed;
  guint64 step;
  guint64 rounds;
  double best;
  double seconds;
  gboolean pending;
} TsnProgressState;

#define TSN_CHECKPOINT_FORMAT "tsn-checkpoint"
#define TSN_CHECKPOINT_VERSION 1

gboolean tsn_checkpoint_save (const TsnTrainer *trainer,
                              const TsnProgressState *progress,
                              const char *path,
                              GError **error);
gboolean tsn_checkpoint_load (TsnTrainer *trainer,
                              TsnProgressState *progress,
                              const char *path,
                              GError **error);

G_END_DECLS
