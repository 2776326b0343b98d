/* Sources: the photos of one data set that teach one task. */
#pragma once

#include "core/data/tsn-augment.h"
#include "core/data/tsn-dataset.h"

G_BEGIN_DECLS

/**
 * TsnSourceOptions:
 * @weight: how often the source is drawn from, against the others of its task; above 0
 * @balance: whether photos with rare classes are drawn as often as those with common ones; for
 *   tasks of classes
 * @nobody: whether to take the photos whose semseg label shows no person (class 15 of PASCAL VOC)
 *   as examples that are background all over; for tasks of classes, mostly human parts
 *
 * How a data set teaches a task.
 */
typedef struct
{
  double weight;
  gboolean balance;
  gboolean nobody;
} TsnSourceOptions;

/**
 * TsnSource:
 *
 * The photos of one split of a data set that have a label for one task, by number.  Immutable and
 * usable from any thread; the task must stay around for as long.
 */
typedef struct _TsnSource TsnSource;

void tsn_source_options_init (TsnSourceOptions *options);

TsnSource *tsn_source_new (TsnDataset *dataset,
                           const TsnTask *task,
                           const TsnSourceOptions *options,
                           GError **error);
TsnSource *tsn_source_ref (TsnSource *source);
void tsn_source_unref (TsnSource *source);

const TsnTask *tsn_source_get_task (const TsnSource *source);
const TsnDataset *tsn_source_get_dataset (const TsnSource *source);
guint tsn_source_get_length (const TsnSource *source);
double tsn_source_get_weight (const TsnSource *source);
gboolean tsn_source_is_balanced (const TsnSource *source);
guint tsn_source_draw_balanced (const TsnSource *source, TsnRandom *random);

char *tsn_source_get_photo_path (const TsnSource *source, guint index);
gboolean tsn_source_load (
    const TsnSource *source, guint index, TsnImage **photo, TsnTruth **truth, GError **error);
gboolean tsn_source_load_row (const TsnSource *source,
                              guint index,
                              const TsnAugmentOptions *augment,
                              TsnRandom *random,
                              TsnBatchRow *row,
                              GError **error);
TsnBatch *tsn_source_load_batch (
    const TsnSource *source, guint first, guint n, guint height, guint width, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnSource, tsn_source_unref)

G_END_DECLS
