/* Loaders: threads that prepare the batches of training ahead of the trainer. */
#pragma once

#include "core/data/tsn-sampler.h"
#include "core/data/tsn-task-switch.h"
#include "core/model/tsn-task-list.h"

G_BEGIN_DECLS

/**
 * TsnLoaderOptions:
 * @tasks: the network's tasks
 * @sources: (element-type GPtrArray): for each task an array of #TsnSource, its data sets
 * @augment: what augmentation may do
 * @width: of the crops in pixels
 * @height: of the crops in pixels
 * @batch: photos in a batch
 * @threads: threads that prepare them; 0 to do it in tsn_loader_next()
 * @ahead: batches that are kept ready, at least 1
 * @mode: when to switch tasks
 * @shares: (nullable): see #TsnTaskSwitch; copied
 * @seed: of everything that is random
 *
 * How training is fed.
 */
typedef struct
{
  const TsnTaskList *tasks;
  GPtrArray *sources;
  TsnAugmentOptions augment;
  guint width;
  guint height;
  guint batch;
  guint threads;
  guint ahead;
  TsnSwitchMode mode;
  const guint *shares;
  guint64 seed;
} TsnLoaderOptions;

/**
 * TsnLoaderState:
 * @seed: of everything that is random
 * @step: number of the next batch
 *
 * Where a loader is: plain data, to be stored in a checkpoint.  Since every batch follows from its
 * number, a loader with the same options but @threads and @ahead goes on bit for bit from here.
 */
typedef struct
{
  guint64 seed;
  guint64 step;
} TsnLoaderState;

/**
 * TsnLoader:
 *
 * Gives batch after batch in the order of a #TsnTaskSwitch, each the same however many threads
 * prepare it.  An epoch of a task has as many whole batches as its photos fill, at least one; what
 * is left over comes in the next epoch.
 *
 * Only one thread may call its functions.
 */
typedef struct _TsnLoader TsnLoader;

TsnLoader *tsn_loader_new (const TsnLoaderOptions *options, GError **error);
void tsn_loader_free (TsnLoader *loader);

TsnBatch *tsn_loader_next (TsnLoader *loader, GError **error);
guint64 tsn_loader_get_round_length (const TsnLoader *loader);
guint64 tsn_loader_get_epoch_batches (const TsnLoader *loader, guint task);
void tsn_loader_get_state (const TsnLoader *loader, TsnLoaderState *state);
void tsn_loader_set_state (TsnLoader *loader, const TsnLoaderState *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnLoader, tsn_loader_free)

G_END_DECLS
