/* Training as a person describes it: one key file, every value of which can be overridden. */
#pragma once

#include "core/data/tsn-loader.h"
#include "core/model/tsn-network.h"
#include "core/training/tsn-optimiser.h"
#include "core/training/tsn-schedule.h"

G_BEGIN_DECLS

/**
 * TsnTrainSource:
 * @name: what follows "source " in the group's name
 * @task: whose labels are used
 * @folder: of the data set, absolute or below the config's root
 * @layout: how its files are laid out; "" to find out
 * @split: photos to train on
 * @validation: photos to validate on; "" for none
 * @weight: how often it is drawn from, against the other sources of the task
 * @balance: whether photos with rare classes come as often as others
 * @nobody: whether photos that show no person are examples that are background all over
 *
 * A data set that teaches one task: a group "source NAME" of the key file.
 */
typedef struct
{
  char *name;
  char *task;
  char *folder;
  char *layout;
  char *split;
  char *validation;
  double weight;
  gboolean balance;
  gboolean nobody;
} TsnTrainSource;

/**
 * TsnTrainConfig:
 * @profile: the tasks, see tsn_train_tasks_new()
 * @tasks: what @profile names
 * @spec: the network; its tasks are @tasks
 * @root: folder of the data sets
 * @width, @height: of the crops, multiples of 32
 * @batch: photos in a batch
 * @threads: of the loader
 * @ahead: batches that it keeps ready
 * @augment: what augmentation may do
 * @sources: (element-type TsnTrainSource)
 * @edge_weight: share of positive pixels in the loss of edges
 * @weights: (array length=%TSN_MAX_TASKS): loss weight per task
 * @optimiser: how parameters move
 * @schedule: how the learning rate changes; its steps are not set
 * @seed: of everything that is random
 * @rounds: passes over the data of all tasks
 * @steps: length of the training; 0 for what @rounds come to
 * @mode: when to switch tasks
 * @shares: (array length=%TSN_MAX_TASKS): batches of each task in a round of %TSN_SWITCH_BATCH
 * @validate_rounds: rounds between validations
 * @validation_photos: per task at most
 * @checkpoint_seconds: time between checkpoints
 * @name: of the model
 * @size: what the shorter side of a photo should have when the model is used; 0 for the smaller of
 *   @width and @height
 * @provenance: sentence about data and terms for the model file
 *
 * All that a training run is, but for the files it starts from.
 */
typedef struct
{
  char *profile;
  TsnTaskList *tasks;
  TsnNetworkSpec spec;
  char *root;
  guint width;
  guint height;
  guint batch;
  guint threads;
  guint ahead;
  TsnAugmentOptions augment;
  GPtrArray *sources;
  double edge_weight;
  double weights[TSN_MAX_TASKS];
  TsnOptimiserSpec optimiser;
  TsnScheduleSpec schedule;
  guint64 seed;
  guint64 rounds;
  guint64 steps;
  guint mode;
  guint shares[TSN_MAX_TASKS];
  guint validate_rounds;
  guint validation_photos;
  double checkpoint_seconds;
  char *name;
  guint size;
  char *provenance;

  /*< private >*/
  GKeyFile *resolved;
} TsnTrainConfig;

TsnTrainConfig *
tsn_train_config_load (const char *path, const char *const *overrides, GError **error);
gboolean tsn_train_config_save (TsnTrainConfig *config, const char *path, GError **error);
void tsn_train_config_free (TsnTrainConfig *config);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnTrainConfig, tsn_train_config_free)

G_END_DECLS
