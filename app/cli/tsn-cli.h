/* What the verbs of `tsn` share: exit codes, options, errors. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnExit:
 * @TSN_EXIT_OK: all was done
 * @TSN_EXIT_ERROR: something could not be done; stderr says what, in a sentence each
 * @TSN_EXIT_USAGE: the command line makes no sense
 * @TSN_EXIT_INTERRUPTED: Ctrl+C, as shells report it
 *
 * Exit status of the program.
 */
typedef enum
{
  TSN_EXIT_OK = 0,
  TSN_EXIT_ERROR = 1,
  TSN_EXIT_USAGE = 2,
  TSN_EXIT_INTERRUPTED = 130,
} TsnExit;

/**
 * TsnVerb:
 * @name: the first word after `tsn`
 * @summary: what it does, for `tsn --help`
 * @run: does it; @args is NULL-terminated and starts with the verb; the verb may change it
 */
typedef struct
{
  const char *name;
  const char *summary;
  TsnExit (*run) (char ***args);
} TsnVerb;

TsnExit tsn_verb_run (char ***args);
TsnExit tsn_verb_info (char ***args);
TsnExit tsn_verb_params (char ***args);
TsnExit tsn_verb_convert (char ***args);
TsnExit tsn_verb_train (char ***args);
TsnExit tsn_verb_export (char ***args);
TsnExit tsn_verb_bench (char ***args);
TsnExit tsn_verb_eval (char ***args);
TsnExit tsn_verb_score (char ***args);
TsnExit tsn_verb_compare (char ***args);
TsnExit tsn_verb_analyze (char ***args);
TsnExit tsn_verb_figure (char ***args);
TsnExit tsn_verb_animate (char ***args);
TsnExit tsn_verb_data (char ***args);

GOptionContext *
tsn_cli_options_new (const char *parameters, const char *summary, const GOptionEntry *entries);
TsnExit tsn_cli_check_size (int size);
TsnExit tsn_cli_check_limit (int limit);
TsnExit tsn_cli_check_threads (int threads);
gboolean tsn_cli_make_folder (const char *folder, GError **error);
TsnExit tsn_cli_fail (const GError *error);
TsnExit tsn_cli_fail_usage (const char *format, ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
