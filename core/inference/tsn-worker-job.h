/* A request on its way through a worker; private to the room. */
#pragma once

#include "core/inference/tsn-worker.h"

G_BEGIN_DECLS

/**
 * TsnWorkerJob:
 * @generation: number of the request
 * @model, @image, @size: as in #TsnRequest
 * @tasks: (element-type guint): as in #TsnRequest
 * @mixtures: (element-type TsnMixture): as in #TsnRequest
 * @taps: (nullable) (array zero-terminated=1): as in #TsnRequest
 * @cancellable: cancels it
 *
 * What one request needs; owned by the queue, then by the thread.
 */
typedef struct
{
  guint64 generation;
  TsnModel *model;
  TsnImage *image;
  guint size;
  GArray *tasks;
  GPtrArray *mixtures;
  char **taps;
  GCancellable *cancellable;
} TsnWorkerJob;

TsnWorkerJob *tsn_worker_job_new (const TsnRequest *request, guint64 generation);
void tsn_worker_job_free (TsnWorkerJob *job);
guint tsn_worker_job_get_readout (const TsnWorkerJob *job, guint index);

G_END_DECLS
