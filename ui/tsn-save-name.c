#include "ui/tsn-save-name.h"

#include <string.h>

/**
 * tsn_save_name_propose:
 * @photo: (nullable): what the file is called after
 * @otherwise: what it is called without a photo
 * @ending: what comes behind that
 *
 * Returns: (transfer full): a name, in which the photo's own ending is left out.
 */
char *
tsn_save_name_propose (const TsnPhoto *photo, const char *otherwise, const char *ending)
{
  g_autofree char *stem = photo != NULL ? g_path_get_basename (photo->name) : g_strdup (otherwise);
  char *dot = strrchr (stem, '.');

  if (dot != NULL && dot != stem)
    *dot = '\0';
  return g_strconcat (stem, ending, NULL);
}

/**
 * tsn_save_name_complete:
 * @file: that somebody chose, and agreed to replace
 * @suffix: how it has to end
 *
 * Returns: (transfer full) (nullable): @file with the ending, or %NULL if that is a file which is
 *   there already and which nobody agreed to replace.
 */
GFile *
tsn_save_name_complete (GFile *file, const char *suffix)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *named = NULL;
  g_autoptr (GFile) renamed = NULL;

  if (g_str_has_suffix (uri, suffix))
    return g_object_ref (file);
  named = g_strconcat (uri, suffix, NULL);
  renamed = g_file_new_for_uri (named);
  return g_file_query_exists (renamed, NULL) ? NULL : g_steal_pointer (&renamed);
}
