#include "app/cli/tsn-job.h"

/**
 * tsn_job_init:
 * @threads: to compute with, 0 for one per core
 */
void
tsn_job_init (TsnJob *job, int threads)
{
  job->pool = tsn_pool_new (threads);
  job->cancellable = g_cancellable_new ();
  job->interrupt = tsn_interrupt_new (job->cancellable);
  job->progress = NULL;
}

/**
 * tsn_job_clear:
 *
 * Frees what a job holds; a job of zeros holds nothing.
 */
void
tsn_job_clear (TsnJob *job)
{
  tsn_job_hide (job);
  g_clear_pointer (&job->pool, tsn_pool_free);
  g_clear_pointer (&job->interrupt, tsn_interrupt_free);
  g_clear_object (&job->cancellable);
}

/**
 * tsn_job_show:
 * @done: 0 begins a new bar
 * @total: of what is to be done
 * @label: (nullable): what is being done
 */
void
tsn_job_show (TsnJob *job, guint done, guint total, const char *label)
{
  if (done == 0)
    tsn_job_hide (job);
  if (job->progress == NULL)
    job->progress = tsn_progress_new (total);
  tsn_progress_show (job->progress, done, label);
}

/**
 * tsn_job_hide:
 *
 * Takes the bar away, to be called before anything is printed.
 */
void
tsn_job_hide (TsnJob *job)
{
  g_clear_pointer (&job->progress, tsn_progress_free);
}
