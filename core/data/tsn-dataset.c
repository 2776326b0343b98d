#include "core/data/tsn-dataset.h"

#include "core/base/tsn-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _TsnDataset
{
  gatomicrefcount ref_count;
  const TsnDatasetLayout *layout;
  char *root;
  char *split;
  GPtrArray *ids;
};

#define SPLIT_SUFFIX ".txt"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * tsn_dataset_list_splits:
 * @root: a folder
 *
 * Returns: (transfer full): names of the splits of the data set, sorted; empty when the folder is
 *   none or lists none.
 */
GStrv
tsn_dataset_list_splits (const char *root)
{
  const TsnDatasetLayout *layout = tsn_dataset_layout_detect (root);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *any = layout != NULL ? layout->get_split_path (root, "any") : NULL;
  g_autofree char *folder = any != NULL ? g_path_get_dirname (any) : NULL;
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (name[0] != '.' && g_str_has_suffix (name, SPLIT_SUFFIX) && g_utf8_validate (name, -1, NULL))
      g_ptr_array_add (names, g_strndup (name, strlen (name) - strlen (SPLIT_SUFFIX)));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_steal (names, NULL);
}

static const TsnDatasetLayout *
choose_layout (const char *root, const char *name, GError **error)
{
  const TsnDatasetLayout *layout;

  if (!g_file_test (root, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_IO, _ ("There is no data-set folder “%s”."), root);
      return NULL;
    }
  layout = name != NULL ? tsn_dataset_layout_find (name) : tsn_dataset_layout_detect (root);
  if (layout == NULL && name != NULL)
    g_set_error (
        error, TSN_ERROR, TSN_ERROR_ARGUMENT,
        _ ("The layout of “%s” should be folder, pascal or nyud, but it is said to be “%s”."), root,
        name);
  else if (layout == NULL)
    g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                 _ ("“%s” should be a data set with the folders images and splits (or those of "
                    "PASCAL_MT or NYUD_MT), but it is not."),
                 root);
  return layout;
}

/* An identifier becomes part of paths, so it must not lead out of the set's folder. */
static gboolean
is_identifier (const char *id)
{
  return g_utf8_validate (id, -1, NULL) && id[0] != '/' && strstr (id, "..") == NULL;
}

static gboolean
add_ids (TsnDataset *dataset, const char *path, char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *id = g_strstrip (lines[i]);

      if (id[0] == '\0')
        continue;
      if (!is_identifier (id))
        {
          g_set_error (
              error, TSN_ERROR, TSN_ERROR_FORMAT,
              _ ("Line %u of the split file “%s” should name a photo of the set, but it is "
                 "absolute, has “..” in it or is not UTF-8."),
              i + 1, path);
          return FALSE;
        }
      g_ptr_array_add (dataset->ids, g_strdup (id));
    }
  return TRUE;
}

static gboolean
read_split (TsnDataset *dataset, GError **error)
{
  g_autofree char *path = dataset->layout->get_split_path (dataset->root, dataset->split);
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;

  if (!g_file_get_contents (path, &text, NULL, &local))
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_IO, _ ("The list of a split cannot be read: %s."),
                   local->message);
      return FALSE;
    }
  if (!add_ids (dataset, path, text, error))
    return FALSE;
  if (dataset->ids->len > 0)
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
               _ ("The split file “%s” should name a photo a line, but it names none."), path);
  return FALSE;
}

/**
 * tsn_dataset_open:
 * @root: the set's folder
 * @layout: (nullable): "folder", "pascal" (PASCAL_MT) or "nyud" (NYUD_MT); %NULL to tell it from
 *   the sub-folders
 * @split: such as "train" or "val"
 * @error: set when the folder or the split's list is missing, empty or unlike its layout
 *
 * Returns: (transfer full): the set, or %NULL.
 */
TsnDataset *
tsn_dataset_open (const char *root, const char *layout, const char *split, GError **error)
{
  g_autoptr (TsnDataset) dataset = NULL;
  const TsnDatasetLayout *chosen = choose_layout (root, layout, error);

  if (chosen == NULL)
    return NULL;
  dataset = g_new (TsnDataset, 1);
  g_atomic_ref_count_init (&dataset->ref_count);
  dataset->layout = chosen;
  dataset->root = g_strdup (root);
  dataset->split = g_strdup (split);
  dataset->ids = g_ptr_array_new_with_free_func (g_free);
  return read_split (dataset, error) ? g_steal_pointer (&dataset) : NULL;
}

TsnDataset *
tsn_dataset_ref (TsnDataset *dataset)
{
  g_atomic_ref_count_inc (&dataset->ref_count);
  return dataset;
}

void
tsn_dataset_unref (TsnDataset *dataset)
{
  if (!g_atomic_ref_count_dec (&dataset->ref_count))
    return;
  g_free (dataset->root);
  g_free (dataset->split);
  g_ptr_array_unref (dataset->ids);
  g_free (dataset);
}

const char *
tsn_dataset_get_root (const TsnDataset *dataset)
{
  return dataset->root;
}

const char *
tsn_dataset_get_split (const TsnDataset *dataset)
{
  return dataset->split;
}

const TsnDatasetLayout *
tsn_dataset_get_layout (const TsnDataset *dataset)
{
  return dataset->layout;
}

/**
 * tsn_dataset_get_length:
 *
 * Returns: the number of photos, whether or not a task has labels for them.
 */
guint
tsn_dataset_get_length (const TsnDataset *dataset)
{
  return dataset->ids->len;
}

const char *
tsn_dataset_get_id (const TsnDataset *dataset, guint index)
{
  g_return_val_if_fail (index < dataset->ids->len, NULL);

  return g_ptr_array_index (dataset->ids, index);
}

/**
 * tsn_dataset_list_tasks:
 *
 * Returns: (transfer full): names of the tasks that the set may have labels for.
 */
GStrv
tsn_dataset_list_tasks (const TsnDataset *dataset)
{
  return dataset->layout->list_tasks (dataset->root);
}

/**
 * tsn_dataset_get_photo_path:
 *
 * Returns: (transfer full): where the photo is; the file need not exist.
 */
char *
tsn_dataset_get_photo_path (const TsnDataset *dataset, guint index)
{
  return dataset->layout->get_photo_path (dataset->root, tsn_dataset_get_id (dataset, index));
}

/**
 * tsn_dataset_get_label_path:
 *
 * Returns: (transfer full) (nullable): where the photo's label for @task is, %NULL if it has none.
 *   In a layout that ought to be complete, the file need not exist.
 */
char *
tsn_dataset_get_label_path (const TsnDataset *dataset, guint index, const char *task)
{
  return dataset->layout->get_label_path (dataset->root, task, tsn_dataset_get_id (dataset, index));
}

TsnImage *
tsn_dataset_load_photo (const TsnDataset *dataset, guint index, GError **error)
{
  g_autofree char *path = tsn_dataset_get_photo_path (dataset, index);

  return tsn_image_load (path, error);
}

/**
 * tsn_dataset_load_label:
 * @error: set to %TSN_ERROR_ARGUMENT when the photo has no label for @task, to %TSN_ERROR_IO or
 *   %TSN_ERROR_FORMAT when the label is broken
 *
 * Returns: (transfer full): the label at the size it has on the disk, or %NULL.
 */
TsnTruth *
tsn_dataset_load_label (const TsnDataset *dataset, guint index, const TsnTask *task, GError **error)
{
  const char *id = tsn_dataset_get_id (dataset, index);
  g_autofree char *path = tsn_dataset_get_label_path (dataset, index, task->name);

  if (path != NULL)
    return dataset->layout->read_label (dataset->root, task, id, path, error);
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
               _ ("The photo “%s” of “%s” has no label for the task %s."), id, dataset->root,
               task->name);
  return NULL;
}

/**
 * tsn_dataset_load:
 * @photo: (out) (transfer full): the photo
 * @truth: (out) (transfer full): its label for @task, of the photo's size
 * @error: as by tsn_dataset_load_label(); also when the photo cannot be read or the sizes differ
 */
gboolean
tsn_dataset_load (const TsnDataset *dataset,
                  guint index,
                  const TsnTask *task,
                  TsnImage **photo,
                  TsnTruth **truth,
                  GError **error)
{
  g_autoptr (TsnImage) image = tsn_dataset_load_photo (dataset, index, error);
  g_autoptr (TsnTruth) label = NULL;
  g_autofree char *path = NULL;

  if (image == NULL)
    return FALSE;
  label = tsn_dataset_load_label (dataset, index, task, error);
  if (label == NULL)
    return FALSE;
  path = tsn_dataset_get_label_path (dataset, index, task->name);
  if (!tsn_truth_check_size (label, image, path, error))
    return FALSE;
  *photo = g_steal_pointer (&image);
  *truth = g_steal_pointer (&label);
  return TRUE;
}
