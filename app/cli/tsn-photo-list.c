#include "app/cli/tsn-photo-list.h"

#include "core/base/tsn-error.h"

#include <string.h>

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
is_photo (const char *name)
{
  static const char *const suffixes[] = { ".jpg", ".jpeg", ".png", ".webp", ".ppm" };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (name[0] != '.' && g_str_has_suffix (lower, suffixes[i]))
      return TRUE;
  return FALSE;
}

/**
 * tsn_photo_list:
 * @folder: a folder
 * @limit: how many photos are wanted at most; 0 for all
 * @error: %TSN_ERROR_IO
 *
 * Returns: (transfer full) (nullable): the paths of the folder's photos, by name, evenly thinned
 * out to the limit.
 */
char **
tsn_photo_list (const char *folder, guint limit, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &reason);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GStrvBuilder) chosen = g_strv_builder_new ();
  const char *name;
  guint n;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_photo (name))
      g_ptr_array_add (all, g_build_filename (folder, name, NULL));
  if (all->len == 0)
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_IO, "'%s' should be a folder of photos, but %s",
                   folder, reason != NULL ? reason->message : "has none");
      return NULL;
    }
  g_ptr_array_sort (all, compare_names);
  n = limit > 0 ? MIN (limit, all->len) : all->len;
  for (guint i = 0; i < n; i++)
    g_strv_builder_add (chosen, g_ptr_array_index (all, (guint64) i * all->len / n));
  return g_strv_builder_end (chosen);
}
