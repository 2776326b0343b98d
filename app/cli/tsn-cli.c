#include "app/cli/tsn-cli.h"

#include "core/base/tsn-error.h"
#include "core/inference/tsn-session.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* More than any machine that people sit at. */
#define LARGEST_THREADS 256

/**
 * tsn_cli_options_new:
 * @parameters: what follows the options, as in "PHOTO..."
 * @summary: what the verb does, for its --help
 * @entries: its options
 *
 * Returns: (transfer full): a parser of a verb's command line.
 */
GOptionContext *
tsn_cli_options_new (const char *parameters, const char *summary, const GOptionEntry *entries)
{
  GOptionContext *context = g_option_context_new (parameters);

  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, NULL);
  return context;
}

/**
 * tsn_cli_fail:
 *
 * Prints an error as one line.
 *
 * Returns: the exit status that goes with it.
 */
TsnExit
tsn_cli_fail (const GError *error)
{
  g_printerr ("tsn: %s\n", error->message);
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? TSN_EXIT_INTERRUPTED
                                                                   : TSN_EXIT_ERROR;
}

/**
 * tsn_cli_fail_usage:
 *
 * Prints what is wrong with the command line, as one line that says where to read more.
 *
 * Returns: %TSN_EXIT_USAGE.
 */
TsnExit
tsn_cli_fail_usage (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("tsn: %s (see %s --help)\n", message, g_get_prgname ());
  return TSN_EXIT_USAGE;
}

/**
 * tsn_cli_check_size:
 * @size: of the network's input, 0 for the model's own
 */
TsnExit
tsn_cli_check_size (int size)
{
  if (size == 0 || (size >= TSN_SESSION_MIN_SIZE && size <= TSN_SESSION_MAX_SIZE))
    return TSN_EXIT_OK;
  return tsn_cli_fail_usage ("A size of %d is not in %d to %d", size, TSN_SESSION_MIN_SIZE,
                             TSN_SESSION_MAX_SIZE);
}

/**
 * tsn_cli_check_limit:
 * @limit: how many photos, 0 for all
 */
TsnExit
tsn_cli_check_limit (int limit)
{
  if (limit >= 0)
    return TSN_EXIT_OK;
  return tsn_cli_fail_usage ("A limit of %d photos is less than 0 (all)", limit);
}

/**
 * tsn_cli_check_threads:
 * @threads: 0 for one per core
 */
TsnExit
tsn_cli_check_threads (int threads)
{
  if (threads >= 0 && threads <= LARGEST_THREADS)
    return TSN_EXIT_OK;
  return tsn_cli_fail_usage ("%d threads are not in 0 (one per core) to %d", threads,
                             LARGEST_THREADS);
}

/**
 * tsn_cli_make_folder:
 *
 * Makes a folder for output where it is missing.
 *
 * Returns: whether it can be written to.
 */
gboolean
tsn_cli_make_folder (const char *folder, GError **error)
{
  g_autofree char *name = NULL;
  int reason;

  if (g_mkdir_with_parents (folder, 0777) == 0 && g_access (folder, W_OK | X_OK) == 0)
    return TRUE;
  reason = errno;
  name = g_filename_display_name (folder);
  g_set_error (error, TSN_ERROR, TSN_ERROR_IO, "Cannot write to the output folder '%s': %s", name,
               g_strerror (reason));
  return FALSE;
}
