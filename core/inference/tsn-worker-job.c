#include "core/inference/tsn-worker-job.h"

TsnWorkerJob *
tsn_worker_job_new (const TsnRequest *request, guint64 generation)
{
  TsnWorkerJob *job = g_new0 (TsnWorkerJob, 1);

  job->generation = generation;
  job->model = tsn_model_ref (request->model);
  job->image = tsn_image_ref (request->image);
  job->size = request->size;
  job->tasks = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_vals (job->tasks, request->tasks, request->n_tasks);
  job->mixtures = g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_mixture_free);
  for (guint i = 0; i < request->n_mixtures; i++)
    g_ptr_array_add (job->mixtures, tsn_mixture_copy (request->mixtures[i]));
  job->taps = g_strdupv ((char **) request->taps);
  job->cancellable = g_cancellable_new ();
  return job;
}

void
tsn_worker_job_free (TsnWorkerJob *job)
{
  tsn_model_unref (job->model);
  tsn_image_unref (job->image);
  g_array_unref (job->tasks);
  g_ptr_array_unref (job->mixtures);
  g_strfreev (job->taps);
  g_object_unref (job->cancellable);
  g_free (job);
}

/**
 * tsn_worker_job_get_readout:
 * @index: of a result; mixtures follow after the tasks
 *
 * Returns: the task whose read-out it is.
 */
guint
tsn_worker_job_get_readout (const TsnWorkerJob *job, guint index)
{
  if (index < job->tasks->len)
    return g_array_index (job->tasks, guint, index);
  return ((TsnMixture *) g_ptr_array_index (job->mixtures, index - job->tasks->len))->readout;
}
