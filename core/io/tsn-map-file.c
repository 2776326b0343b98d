#include "core/io/tsn-map-file.h"

#include "core/base/tsn-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/**
 * tsn_map_file:
 * @path: a regular file: mapping would wait for ever on a pipe, and what the system says about a
 *   folder is hard to understand
 * @error: %TSN_ERROR_IO, a sentence that names the file
 *
 * Returns: (transfer full) (nullable): the file's bytes, as long as nobody shortens it.
 */
GBytes *
tsn_map_file (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (GMappedFile) map = NULL;
  g_autoptr (GError) map_error = NULL;
  const char *reason = NULL;
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    reason = g_strerror (errno);
  else if (!S_ISREG (info.st_mode))
    reason = S_ISDIR (info.st_mode) ? _ ("it is a folder") : _ ("it is not a regular file");
  else if ((map = g_mapped_file_new (path, FALSE, &map_error)) == NULL)
    reason = map_error->message;
  if (reason == NULL)
    return g_mapped_file_get_bytes (map);
  g_set_error (error, TSN_ERROR, TSN_ERROR_IO, _ ("Cannot open '%s': %s"), name, reason);
  return NULL;
}
