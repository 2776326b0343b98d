#include "app/cli/tsn-cli.h"

#include <gio/gio.h>

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
