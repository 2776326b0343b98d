/* Data sets: photos of one split, with labels of several tasks. */
#pragma once

#include "core/data/tsn-dataset-layout.h"

G_BEGIN_DECLS

/**
 * TsnDataset:
 *
 * The photos of one split of a data set on the disk, by number, and their labels.  It holds no
 * pictures and never changes, so any number of threads may read from it.
 */
typedef struct _TsnDataset TsnDataset;

GStrv tsn_dataset_list_splits (const char *root);

TsnDataset *
tsn_dataset_open (const char *root, const char *layout, const char *split, GError **error);
TsnDataset *tsn_dataset_ref (TsnDataset *dataset);
void tsn_dataset_unref (TsnDataset *dataset);

const char *tsn_dataset_get_root (const TsnDataset *dataset);
const char *tsn_dataset_get_split (const TsnDataset *dataset);
const TsnDatasetLayout *tsn_dataset_get_layout (const TsnDataset *dataset);
guint tsn_dataset_get_length (const TsnDataset *dataset);
const char *tsn_dataset_get_id (const TsnDataset *dataset, guint index);
GStrv tsn_dataset_list_tasks (const TsnDataset *dataset);

char *tsn_dataset_get_photo_path (const TsnDataset *dataset, guint index);
char *tsn_dataset_get_label_path (const TsnDataset *dataset, guint index, const char *task);

TsnImage *tsn_dataset_load_photo (const TsnDataset *dataset, guint index, GError **error);
TsnTruth *tsn_dataset_load_label (const TsnDataset *dataset,
                                  guint index,
                                  const TsnTask *task,
                                  GError **error);
gboolean tsn_dataset_load (const TsnDataset *dataset,
                           guint index,
                           const TsnTask *task,
                           TsnImage **photo,
                           TsnTruth **truth,
                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnDataset, tsn_dataset_unref)

G_END_DECLS
