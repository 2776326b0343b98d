/* A thread that owns the session, so that a window never waits. */
#pragma once

#include <gio/gio.h>

#include "core/inference/tsn-mixture.h"
#include "core/inference/tsn-result.h"
#include "core/io/tsn-image.h"

G_BEGIN_DECLS

#define TSN_TYPE_WORKER (tsn_worker_get_type ())
G_DECLARE_FINAL_TYPE (TsnWorker, tsn_worker, TSN, WORKER, GObject)

/**
 * TsnWorker:
 *
 * Runs requests on a thread of its own.  A new request replaces the queued one and cancels the
 * running one at the next node; the encoder pass of an unchanged (model, image, size) is kept.
 *
 * Signals, all emitted on the main context the worker was made in, and only for the newest
 * request, so that a receiver never sees stale results:
 *
 * - `progress` (double fraction): share of the request that is done, in [0, 1]
 * - `result` (guint index, #TsnResult result): the prediction of the index-th asked task; mixtures
 *   follow after the tasks
 * - `tap` (guint index, const char *node, #TsnTensor value): what a node held when that one was
 *   decoded
 * - `finished` (double encode_seconds, double decode_seconds): all done; decode_seconds is the sum
 *   over the tasks; encode_seconds is 0 if the kept encoder pass served
 * - `failed` (#GError error): the request ended with an error (never for cancelled ones)
 * - `cancelled` (): the request was cancelled by tsn_worker_cancel()
 */

/**
 * TsnRequest:
 * @model: the model
 * @image: the photo
 * @size: length of the shorter side of the network's input in pixels, 0 for the model's own
 * @tasks: (array length=n_tasks): indices of the tasks, in the order of their results
 * @n_tasks: how many
 * @mixtures: (nullable) (array length=n_mixtures): mixtures of tasks
 * @n_mixtures: how many
 * @taps: (nullable) (array zero-terminated=1): nodes whose values are wanted for every mixture,
 *   see tsn_session_tap()
 *
 * What a worker is asked for; everything is copied or referenced by tsn_worker_submit().
 */
typedef struct
{
  TsnModel *model;
  TsnImage *image;
  guint size;
  const guint *tasks;
  guint n_tasks;
  const TsnMixture *const *mixtures;
  guint n_mixtures;
  const char *const *taps;
} TsnRequest;

TsnWorker *tsn_worker_new (void);
guint64 tsn_worker_submit (TsnWorker *worker, const TsnRequest *request);
void tsn_worker_cancel (TsnWorker *worker);
gboolean tsn_worker_is_busy (TsnWorker *worker);
guint64 tsn_worker_get_encoder_passes (TsnWorker *worker);

G_END_DECLS
