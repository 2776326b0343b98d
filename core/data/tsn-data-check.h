/* Checks of data sets: what is there, and what is wrong with it. */
#pragma once

#include "core/data/tsn-dataset.h"

G_BEGIN_DECLS

/**
 * TsnDataCheckTask:
 * @task: name
 * @labels: labels that photos of the split have, broken ones included
 * @missing: labels that the layout demands and that are not there
 * @broken: labels that cannot be read, have another size than their photo, classes out of range, or
 *   ignore every pixel
 * @max_class: the highest class met, for tasks of classes; -1 for none
 * @sha256: of all labels, in the order of the photos' identifiers
 *
 * The labels of one task in one split.
 */
typedef struct
{
  char *task;
  guint labels;
  guint missing;
  guint broken;
  int max_class;
  char *sha256;
} TsnDataCheckTask;

/**
 * TsnDataCheckSplit:
 * @split: name
 * @photos: photos that it lists
 * @broken: photos that are missing, cannot be read, are listed twice, or are in an earlier split,
 *   too
 * @sha256: of all photos, in the order of their identifiers
 * @tasks: (element-type TsnDataCheckTask): tasks that it has labels for
 */
typedef struct
{
  char *split;
  guint photos;
  guint broken;
  char *sha256;
  GPtrArray *tasks;
} TsnDataCheckSplit;

/**
 * TsnDataCheck:
 * @root: the set's folder
 * @layout: name of its layout
 * @splits: (element-type TsnDataCheckSplit): one each
 * @problems: (element-type utf8): a sentence for everything that is wrong, in the order of the
 *   splits, photos and tasks; then for the folders of labels
 *
 * What a data set holds.  Hashes cover identifier, length and bytes of each file, so they change
 * with any of them but not with the order of a list.
 */
typedef struct
{
  char *root;
  char *layout;
  GPtrArray *splits;
  GPtrArray *problems;
} TsnDataCheck;

/**
 * TsnDataCheckOptions:
 * @splits: (nullable) (array zero-terminated=1): names of splits; %NULL for train and val
 * @n_classes: (nullable) (element-type utf8 guint): number of classes of tasks, by name; without, a
 *   layout's own number or %TSN_MAX_CLASSES
 * @progress: (nullable): called after each photo with how many of how many are done
 * @data: for @progress
 */
typedef struct
{
  const char *const *splits;
  GHashTable *n_classes;
  void (*progress) (gpointer data, guint done, guint total);
  gpointer data;
} TsnDataCheckOptions;

TsnDataCheck *tsn_data_check (const char *root, const TsnDataCheckOptions *options, GError **error);
void tsn_data_check_free (TsnDataCheck *check);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnDataCheck, tsn_data_check_free)

G_END_DECLS
