#include "app/tsn-paths.h"

#include "config.h"
#include "core/base/tsn-error.h"

/* How deep below the build folder the programs lie: app/ or app/cli/. */
#define MAX_BUILD_DEPTH 3

static char *
existing (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

/* A program that was not installed lies in a meson build folder, which lies in the source tree:
 * asking its own path keeps the build machine's folders out of the binary. */
static char *
uninstalled_data_folder (void)
{
  g_autofree char *folder = g_file_read_link ("/proc/self/exe", NULL);

  for (guint depth = 0; folder != NULL && depth < MAX_BUILD_DEPTH; depth++)
    {
      char *parent = g_path_get_dirname (folder);
      g_autofree char *mark = g_build_filename (parent, "meson-private", NULL);

      g_free (folder);
      folder = parent;
      if (g_file_test (mark, G_FILE_TEST_IS_DIR))
        return g_canonicalize_filename ("../data", folder);
    }
  return NULL;
}

/**
 * tsn_paths_find_data:
 * @name: a path below the data folder, as "models/everyday.safetensors"
 *
 * Looks for a file that comes with the programs: in the folder that the environment variable
 * TSN_DATADIR names; in the source tree, for a program run from a build folder inside it; in the
 * installed data folder.
 *
 * Returns: (transfer full) (nullable): the path of the existing file or folder, or %NULL.
 */
char *
tsn_paths_find_data (const char *name)
{
  const char *wanted = g_getenv ("TSN_DATADIR");
  g_autofree char *uninstalled = uninstalled_data_folder ();
  char *path = NULL;

  if (wanted != NULL && *wanted != '\0')
    path = existing (wanted, name);
  if (path == NULL && uninstalled != NULL)
    path = existing (uninstalled, name);
  if (path == NULL)
    path = existing (TSN_PKGDATADIR, name);
  return path;
}

/**
 * tsn_paths_find_model:
 * @wanted: (nullable): the model file somebody named, or %NULL
 *
 * Decides which model file to load: @wanted; or else what the environment variable TSN_MODEL
 * names; or else %TSN_DEFAULT_MODEL of tsn_paths_find_data().  A file that was named is not
 * required to exist: opening it tells what is wrong with it.
 *
 * Returns: (transfer full): a path, or %NULL with %TSN_ERROR_IO where no model was named and none
 *   came with the program.
 */
char *
tsn_paths_find_model (const char *wanted, GError **error)
{
  const char *named = g_getenv ("TSN_MODEL");
  char *path = NULL;

  if (wanted != NULL)
    return g_strdup (wanted);
  if (named != NULL && *named != '\0')
    return g_strdup (named);
  path = tsn_paths_find_data (TSN_DEFAULT_MODEL);
  if (path == NULL)
    g_set_error (error, TSN_ERROR, TSN_ERROR_IO,
                 "No model was named and %s/%s, the one that is installed, was not found",
                 TSN_PKGDATADIR, TSN_DEFAULT_MODEL);
  return path;
}
