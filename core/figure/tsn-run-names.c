#include "core/figure/tsn-run-names.h"

#include <string.h>

static char *
stem_of (const char *path)
{
  char *name = g_path_get_basename (path);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name) /* a leading dot hides a file, it starts no extension */
    *dot = '\0';
  return name;
}

/* The first name "STEM-2", "STEM-3" ... that nobody has; it is entered as taken. */
static char *
numbered_name (GHashTable *taken, const char *photo)
{
  g_autofree char *stem = stem_of (photo);
  char *name = NULL;
  gpointer key, last;
  guint number;

  g_hash_table_lookup_extended (taken, stem, &key, &last);
  number = GPOINTER_TO_UINT (last);
  do
    {
      g_free (name);
      name = g_strdup_printf ("%s-%u", stem, ++number);
    }
  while (g_hash_table_contains (taken, name));
  g_hash_table_insert (taken, key, GUINT_TO_POINTER (number));
  g_hash_table_insert (taken, name, GUINT_TO_POINTER (1));
  return name;
}

/**
 * tsn_run_names:
 * @photos: (array zero-terminated=1): paths
 *
 * Chooses what the output files of each photo begin with: the photo's name without its extension.
 * Where several photos have the same, the first keeps it and the others get "-2", "-3" and so on,
 * never a name that another photo already has, so that no photo overwrites another's results.
 *
 * Returns: (transfer full) (array zero-terminated=1): one name for each photo, all different.
 */
char **
tsn_run_names (char *const *photos)
{
  guint n = g_strv_length ((char **) photos);
  /* name -> the number that was last tried behind it */
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  char **names = g_new0 (char *, n + 1);

  /* Names that need no number come first: a photo called "a-2" keeps that name. */
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *stem = stem_of (photos[i]);

      if (g_hash_table_contains (taken, stem))
        continue;
      names[i] = g_steal_pointer (&stem);
      g_hash_table_insert (taken, names[i], GUINT_TO_POINTER (1));
    }
  for (guint i = 0; i < n; i++)
    if (names[i] == NULL)
      names[i] = numbered_name (taken, photos[i]);
  return names;
}
