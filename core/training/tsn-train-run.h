/* A training run: everything that happens in its folder. */
#pragma once

#include <gio/gio.h>

#include "core/base/tsn-pool.h"
#include "core/training/tsn-train-config.h"

G_BEGIN_DECLS

#define TSN_TRAIN_CONFIG_FILE "config.ini"
#define TSN_TRAIN_CHECKPOINT_FILE "checkpoint.safetensors"
#define TSN_TRAIN_BEST_FILE "best.safetensors"
#define TSN_TRAIN_MODEL_FILE "model.safetensors"

/**
 * TsnTrainProgress:
 * @step: steps taken
 * @steps: length of the training
 * @round: rounds that are over
 * @losses: (array): per task, its recent losses averaged; NaN before its first step
 * @validation: mean validation loss of the last validation; NaN before the first
 * @best: the lowest so far; infinity before the first
 * @validated: whether a validation has just ended
 * @images_per_second: recently
 * @seconds_left: at that speed, with the validations to come
 *
 * How a run is going.
 */
typedef struct
{
  guint64 step;
  guint64 steps;
  guint64 round;
  double losses[TSN_MAX_TASKS];
  double validation;
  double best;
  gboolean validated;
  double images_per_second;
  double seconds_left;
} TsnTrainProgress;

typedef void (*TsnTrainFunc) (const TsnTrainProgress *progress, gpointer data);

/**
 * TsnTrainOptions:
 * @config: what to train; borrowed
 * @folder: of the run; made if it is not there
 * @resume: go on from the checkpoint in @folder; it must be there
 * @init: (nullable): a model file to start from
 * @init_encoder: take only the encoder of @init
 * @pool: threads
 * @progress: (nullable): called after every step and validation
 * @data: for @progress
 * @cancellable: (nullable): saves a checkpoint and stops
 */
typedef struct
{
  TsnTrainConfig *config;
  const char *folder;
  gboolean resume;
  const char *init;
  gboolean init_encoder;
  TsnPool *pool;
  TsnTrainFunc progress;
  gpointer data;
  GCancellable *cancellable;
} TsnTrainOptions;

gboolean tsn_train_run (const TsnTrainOptions *options, GError **error);

G_END_DECLS
