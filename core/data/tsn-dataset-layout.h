/* How the files of a data set are laid out: what a reader of one layout provides. */
#pragma once

#include "core/data/tsn-truth.h"

G_BEGIN_DECLS

/**
 * TsnDatasetLayout:
 * @name: what configurations call it
 * @folders: (array zero-terminated=1): sub-folders that tell the layout from others
 * @complete: whether every photo must have every label; else a missing file means "no label"
 * @get_split_path: (transfer full): the list of the photos of a split, one identifier a line
 * @get_photo_path: (transfer full): where a photo is, or ought to be
 * @get_label_path: (transfer full) (nullable): where a label is, or for a complete layout ought to
 *   be; %NULL when the photo has no label for that task
 * @read_label: reads what @get_label_path names; the size is not checked yet
 * @list_tasks: (transfer full): names of the tasks that the folder may have labels for
 * @list_labels: (nullable): the files that are labels of a task, by identifier and suffix, sorted;
 *   %NULL where a folder may hold other things
 *
 * The functions of one reader.  Paths are made of the set's folder and a photo's identifier.
 */
typedef struct
{
  const char *name;
  const char *const *folders;
  gboolean complete;
  char *(*get_split_path) (const char *root, const char *split);
  char *(*get_photo_path) (const char *root, const char *id);
  char *(*get_label_path) (const char *root, const char *task, const char *id);
  TsnTruth *(*read_label) (
      const char *root, const TsnTask *task, const char *id, const char *path, GError **error);
  GStrv (*list_tasks) (const char *root);
  GStrv (*list_labels) (const char *root, const char *task);
} TsnDatasetLayout;

extern const TsnDatasetLayout tsn_dataset_layout_folder;
extern const TsnDatasetLayout tsn_dataset_layout_pascal;
extern const TsnDatasetLayout tsn_dataset_layout_nyud;

const TsnDatasetLayout *tsn_dataset_layout_find (const char *name);
const TsnDatasetLayout *tsn_dataset_layout_detect (const char *root);

/**
 * TsnDatasetPlace:
 * @task: name of a task
 * @folder: below the set's own, where its labels are
 * @suffix: of their files
 *
 * Where a layout keeps labels; a task may have several places.
 */
typedef struct
{
  const char *task;
  const char *folder;
  const char *suffix;
} TsnDatasetPlace;

GStrv tsn_dataset_list_places (const char *root, const TsnDatasetPlace *places, guint n_places);
char *tsn_dataset_file (const char *root, const char *folder, const char *id, const char *suffix);
char *tsn_dataset_first_file (const char *root,
                              const char *folder,
                              const char *id,
                              const char *const *suffixes);

G_END_DECLS
