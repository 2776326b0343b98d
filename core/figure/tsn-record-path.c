#include "core/figure/tsn-record-path.h"

/* Parts of a canonical absolute path, without the empty one before its first slash. */
static char **
split (const char *path)
{
  return g_strsplit (path[1] == '\0' ? "" : path + 1, "/", -1);
}

/**
 * tsn_record_path_write:
 * @path: absolute
 * @base: absolute, the folder of the file that is written
 *
 * Returns: (transfer full): @path as seen from @base; still absolute where the two have nothing in
 *   common, as the file would not be found from @base's copy elsewhere either.
 */
char *
tsn_record_path_write (const char *path, const char *base)
{
  g_autofree char *target = g_canonicalize_filename (path, "/");
  g_autofree char *folder = g_canonicalize_filename (base, "/");
  g_auto (GStrv) to = split (target);
  g_auto (GStrv) from = split (folder);
  GString *text;
  guint common = 0;

  while (to[common] != NULL && from[common] != NULL && g_str_equal (to[common], from[common]))
    common++;
  if (common == 0)
    return g_steal_pointer (&target);
  text = g_string_new (NULL);
  for (guint i = common; from[i] != NULL; i++)
    g_string_append (text, i > common ? "/.." : "..");
  for (guint i = common; to[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "/" : "", to[i]);
  return g_string_free (text->len > 0 ? text : g_string_append_c (text, '.'), FALSE);
}

/**
 * tsn_record_path_read:
 * @text: what a file says
 * @base: absolute, the folder of that file
 *
 * Understands an absolute path and what tsn_record_path_write() makes, which climbs before it
 * descends and never as far as the root.
 *
 * Returns: (transfer full) (nullable): the absolute path; %NULL if @text is another.
 */
char *
tsn_record_path_read (const char *text, const char *base)
{
  g_autofree char *folder = g_canonicalize_filename (base, "/");
  g_auto (GStrv) from = split (folder);
  g_auto (GStrv) parts = NULL;
  guint up = 0;

  if (text[0] == '/')
    return g_strdup (text);
  parts = g_strsplit (text, "/", -1);
  while (parts[up] != NULL && g_str_equal (parts[up], ".."))
    up++;
  for (guint i = up; parts[i] != NULL; i++)
    if (g_str_equal (parts[i], ".."))
      return NULL;
  if (text[0] == '\0' || (up > 0 && up >= g_strv_length (from)))
    return NULL;
  return g_canonicalize_filename (text, folder);
}

/**
 * tsn_record_path_is_inside:
 * @text: what a file says
 *
 * Returns: whether @text, as seen from a folder, is a path within that folder.
 */
gboolean
tsn_record_path_is_inside (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", -1);

  return text[0] != '\0' && text[0] != '/' && !g_strv_contains ((const char *const *) parts, "..");
}
