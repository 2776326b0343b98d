/* What a verb that takes its time works with: threads, a progress bar, Ctrl+C. */
#pragma once

#include "app/cli/tsn-interrupt.h"
#include "app/cli/tsn-progress.h"

#include "core/base/tsn-pool.h"

G_BEGIN_DECLS

/**
 * TsnJob:
 * @pool: threads to compute with
 * @cancellable: cancelled by Ctrl+C
 * @progress: (nullable): the bar of what runs now
 * @interrupt: (private): what listens for Ctrl+C
 */
typedef struct
{
  TsnPool *pool;
  GCancellable *cancellable;
  TsnProgress *progress;
  TsnInterrupt *interrupt;
} TsnJob;

void tsn_job_init (TsnJob *job, int threads);
void tsn_job_clear (TsnJob *job);
void tsn_job_show (TsnJob *job, guint done, guint total, const char *label);
void tsn_job_hide (TsnJob *job);

G_END_DECLS
