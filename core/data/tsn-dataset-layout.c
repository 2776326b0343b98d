#include "core/data/tsn-dataset-layout.h"

static const TsnDatasetLayout *const layouts[] = {
  &tsn_dataset_layout_folder,
  &tsn_dataset_layout_pascal,
  &tsn_dataset_layout_nyud,
};

/**
 * tsn_dataset_layout_find:
 * @name: "folder", "pascal" or "nyud"
 *
 * Returns: (nullable): the layout of that name.
 */
const TsnDatasetLayout *
tsn_dataset_layout_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (g_str_equal (name, layouts[i]->name))
      return layouts[i];
  return NULL;
}

static gboolean
has_folders (const char *root, const char *const *folders)
{
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (root, folders[i], NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_DIR))
        return FALSE;
    }
  return TRUE;
}

/**
 * tsn_dataset_layout_detect:
 * @root: a folder
 *
 * Returns: (nullable): the layout whose sub-folders it has.
 */
const TsnDatasetLayout *
tsn_dataset_layout_detect (const char *root)
{
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (has_folders (root, layouts[i]->folders))
      return layouts[i];
  return NULL;
}

/**
 * tsn_dataset_list_places:
 *
 * Returns: (transfer full): the tasks of whose folders one at least is there.
 */
GStrv
tsn_dataset_list_places (const char *root, const TsnDatasetPlace *places, guint n_places)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_places; i++)
    {
      g_autofree char *folder = g_build_filename (root, places[i].folder, NULL);

      if (g_file_test (folder, G_FILE_TEST_IS_DIR)
          && !g_ptr_array_find_with_equal_func (names, places[i].task, g_str_equal, NULL))
        g_ptr_array_add (names, g_strdup (places[i].task));
    }
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_steal (names, NULL);
}

/**
 * tsn_dataset_file:
 * @folder: below @root; may have slashes
 *
 * Returns: (transfer full): the path ROOT/FOLDER/IDSUFFIX.
 */
char *
tsn_dataset_file (const char *root, const char *folder, const char *id, const char *suffix)
{
  g_autofree char *name = g_strconcat (id, suffix, NULL);

  return g_build_filename (root, folder, name, NULL);
}

/**
 * tsn_dataset_first_file:
 * @suffixes: (array zero-terminated=1): in the order of preference
 *
 * Returns: (transfer full) (nullable): the first of the paths that is a file.
 */
char *
tsn_dataset_first_file (const char *root,
                        const char *folder,
                        const char *id,
                        const char *const *suffixes)
{
  for (guint i = 0; suffixes[i] != NULL; i++)
    {
      g_autofree char *path = tsn_dataset_file (root, folder, id, suffixes[i]);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return NULL;
}
