/* The curves of a training run, from its log.csv. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnRunCurve:
 * @task: name of the task, "mean" for the mean over tasks
 * @steps: (element-type gdouble): steps of training, ascending
 * @losses: (element-type gdouble): the loss at each
 */
typedef struct
{
  char *task;
  GArray *steps;
  GArray *losses;
} TsnRunCurve;

/**
 * TsnRunLog:
 * @name: of the run: its folder's
 * @validated: whether the losses are those of validation; else those of training, averaged over
 *   each round, or over ranges of steps where rounds are few
 * @curves: (element-type TsnRunCurve): in the order of their first numbers
 */
typedef struct
{
  char *name;
  gboolean validated;
  GPtrArray *curves;
} TsnRunLog;

TsnRunLog *tsn_run_log_load (const char *folder, GError **error);
void tsn_run_log_free (TsnRunLog *log);
const TsnRunCurve *tsn_run_log_find (const TsnRunLog *log, const char *task);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnRunLog, tsn_run_log_free)

G_END_DECLS
