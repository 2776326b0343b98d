#include "core/data/tsn-task-switch.h"

#include "core/base/tsn-names.h"
#include "core/data/tsn-stream.h"

static const char *const mode_names[] = { "epoch", "batch" };

const char *
tsn_switch_mode_get_name (TsnSwitchMode mode)
{
  return mode_names[mode];
}

gboolean
tsn_switch_mode_from_name (const char *name, TsnSwitchMode *mode)
{
  guint index;

  if (!tsn_names_find (mode_names, G_N_ELEMENTS (mode_names), name, &index))
    return FALSE;
  *mode = index;
  return TRUE;
}

/* Batches that a task has in a round. */
static guint64
get_share (const TsnTaskSwitch *tasks, guint task)
{
  if (tasks->mode == TSN_SWITCH_EPOCH)
    return tasks->batches[task];
  return tasks->shares != NULL ? tasks->shares[task] : 1;
}

/**
 * tsn_task_switch_get_round_length:
 *
 * Returns: the steps of a round, in which every task has its turn.
 */
guint64
tsn_task_switch_get_round_length (const TsnTaskSwitch *tasks)
{
  guint64 length = 0;

  for (guint t = 0; t < tasks->n_tasks; t++)
    length += get_share (tasks, t);
  return length;
}

/* One task after the other. */
static void
find_in_epochs (const TsnTaskSwitch *tasks, guint64 left, TsnRandom *random, TsnTurn *turn)
{
  guint32 order[TSN_SWITCH_MAX_TASKS];
  guint place = 0;

  for (guint t = 0; t < tasks->n_tasks; t++)
    order[t] = t;
  tsn_stream_shuffle (random, order, tasks->n_tasks);
  while (left >= get_share (tasks, order[place]))
    left -= get_share (tasks, order[place++]);
  turn->task = order[place];
  turn->batch = left;
}

/* All batches of the round in one shuffled row. */
static void
find_in_batches (const TsnTaskSwitch *tasks, guint64 left, TsnRandom *random, TsnTurn *turn)
{
  guint32 order[TSN_SWITCH_MAX_TASKS * TSN_SWITCH_MAX_SHARE];
  guint length = 0;

  for (guint t = 0; t < tasks->n_tasks; t++)
    for (guint i = 0; i < get_share (tasks, t); i++)
      order[length++] = t;
  tsn_stream_shuffle (random, order, length);
  turn->task = order[left];
  turn->batch = 0;
  for (guint i = 0; i < left; i++)
    turn->batch += order[i] == turn->task;
}

/**
 * tsn_task_switch_get_turn:
 * @step: number of a training step, from 0
 * @turn: (out): whose turn it is
 */
void
tsn_task_switch_get_turn (const TsnTaskSwitch *tasks, guint64 step, TsnTurn *turn)
{
  guint64 length = tsn_task_switch_get_round_length (tasks);
  guint64 left = step % length;
  TsnRandom random;

  g_return_if_fail (tasks->n_tasks > 0 && tasks->n_tasks <= TSN_SWITCH_MAX_TASKS);

  turn->round = step / length;
  turn->ends_round = left == length - 1;
  tsn_stream_init (&random, tasks->seed, TSN_STREAM_TURNS, turn->round, 0);
  if (tasks->mode == TSN_SWITCH_EPOCH)
    find_in_epochs (tasks, left, &random, turn);
  else
    find_in_batches (tasks, left, &random, turn);
  turn->batch += turn->round * get_share (tasks, turn->task);
}
