/* Task switching: whose turn it is at every step of training. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnSwitchMode:
 * @TSN_SWITCH_EPOCH: a round trains one task after the other, each for an epoch of its own, in
 *   shuffled order: what the paper does
 * @TSN_SWITCH_BATCH: a round gives each task one batch, or its share of batches, in shuffled order
 *
 * When to switch to another task.
 */
typedef enum
{
  TSN_SWITCH_EPOCH,
  TSN_SWITCH_BATCH,
} TsnSwitchMode;

/**
 * TsnTaskSwitch:
 * @mode: when to switch
 * @seed: of the shuffled orders
 * @n_tasks: number of tasks, 1 to %TSN_SWITCH_MAX_TASKS
 * @batches: (array length=n_tasks): batches in an epoch of each task, at least 1
 * @shares: (array length=n_tasks) (nullable): batches of each task in a round of
 *   %TSN_SWITCH_BATCH, 1 to %TSN_SWITCH_MAX_SHARE; %NULL for one each
 *
 * A schedule without state: any step's turn follows from the step's number alone, so a trainer
 * that resumes has nothing to restore but that number.
 */
typedef struct
{
  TsnSwitchMode mode;
  guint64 seed;
  guint n_tasks;
  const guint64 *batches;
  const guint *shares;
} TsnTaskSwitch;

/** The most tasks that take turns. */
#define TSN_SWITCH_MAX_TASKS 64

/** The most batches that a task may have before all others had theirs. */
#define TSN_SWITCH_MAX_SHARE 16

/**
 * TsnTurn:
 * @task: the task
 * @batch: how many batches it had before
 * @round: how many rounds are over
 * @ends_round: whether this is the last step of its round
 */
typedef struct
{
  guint task;
  guint64 batch;
  guint64 round;
  gboolean ends_round;
} TsnTurn;

guint64 tsn_task_switch_get_round_length (const TsnTaskSwitch *tasks);
void tsn_task_switch_get_turn (const TsnTaskSwitch *tasks, guint64 step, TsnTurn *turn);

gboolean tsn_switch_mode_from_name (const char *name, TsnSwitchMode *mode);
const char *tsn_switch_mode_get_name (TsnSwitchMode mode);

G_END_DECLS
