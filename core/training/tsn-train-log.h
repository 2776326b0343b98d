/* What a training run writes down as it goes: log.csv and TensorBoard's curves. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnTrainLog:
 *
 * `log.csv` has one line per step and per validation: step, round, kind ("train" or "val"), task
 * ("mean" for the mean over tasks), loss, gradient, rate.  The event files have the same numbers as
 * curves.
 */
typedef struct _TsnTrainLog TsnTrainLog;

TsnTrainLog *
tsn_train_log_open (const char *folder, guint64 step, gboolean pending, GError **error);
void tsn_train_log_free (TsnTrainLog *log);
gboolean tsn_train_log_add_step (TsnTrainLog *log,
                                 guint64 step,
                                 guint64 round,
                                 const char *task,
                                 const double values[3],
                                 GError **error);
gboolean tsn_train_log_add_validation (
    TsnTrainLog *log, guint64 step, guint64 round, const char *task, double loss, GError **error);
gboolean tsn_train_log_flush (TsnTrainLog *log, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnTrainLog, tsn_train_log_free)

G_END_DECLS
