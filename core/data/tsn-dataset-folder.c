/* The project's own layout: images/, one folder a task, splits/. */
#include "core/data/tsn-dataset-layout.h"

static const char *const folders[] = { "images", "splits", NULL };
static const char *const photo_suffixes[] = { ".jpg", ".png", NULL };
static const char *const label_suffixes[] = { ".png", ".jpg", NULL };

static char *
get_split_path (const char *root, const char *split)
{
  return tsn_dataset_file (root, "splits", split, ".txt");
}

static char *
get_photo_path (const char *root, const char *id)
{
  char *path = tsn_dataset_first_file (root, "images", id, photo_suffixes);

  return path != NULL ? path : tsn_dataset_file (root, "images", id, photo_suffixes[0]);
}

static char *
get_label_path (const char *root, const char *task, const char *id)
{
  return tsn_dataset_first_file (root, task, id, label_suffixes);
}

static TsnTruth *
read_label (const char *root, const TsnTask *task, const char *id, const char *path, GError **error)
{
  return tsn_truth_load (task, path, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* Any folder beside images/ and splits/ is a task's. */
static GStrv
list_tasks (const char *root)
{
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, name, NULL);

      if (name[0] != '.' && !g_strv_contains (folders, name)
          && g_file_test (path, G_FILE_TEST_IS_DIR))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (GStrv)g_ptr_array_steal (names, NULL);
}

/* Adds the pictures below @prefix, which is "" or ends with a slash: identifiers may have slashes.
 */
static void
add_labels (GPtrArray *names, const char *folder, const char *prefix)
{
  g_autofree char *path = g_build_filename (folder, prefix, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *entry = g_build_filename (path, name, NULL);
      g_autofree char *below = g_strconcat (prefix, name, "/", NULL);
      gboolean label = FALSE;

      if (name[0] == '.')
        continue;
      for (guint i = 0; label_suffixes[i] != NULL; i++)
        label = label || g_str_has_suffix (name, label_suffixes[i]);
      /* A link may lead back here. */
      if (g_file_test (entry, G_FILE_TEST_IS_DIR) && !g_file_test (entry, G_FILE_TEST_IS_SYMLINK))
        add_labels (names, folder, below);
      else if (label)
        g_ptr_array_add (names, g_strconcat (prefix, name, NULL));
    }
}

static GStrv
list_labels (const char *root, const char *task)
{
  g_autofree char *folder = g_build_filename (root, task, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  add_labels (names, folder, "");
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_steal (names, NULL);
}

const TsnDatasetLayout tsn_dataset_layout_folder = {
  .name = "folder",
  .folders = folders,
  .complete = FALSE,
  .get_split_path = get_split_path,
  .get_photo_path = get_photo_path,
  .get_label_path = get_label_path,
  .read_label = read_label,
  .list_tasks = list_tasks,
  .list_labels = list_labels,
};
