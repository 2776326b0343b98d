#include "app/cli/tsn-cli.h"
#include "app/cli/tsn-report-output.h"

#include "core/evaluation/tsn-comparison.h"

#include <stdio.h>

#define SUMMARY                                                                                    \
  "Puts what `tsn eval --json` and `tsn score --json` wrote side by side: the first metric of\n"   \
  "every task, its difference with a 95 % interval, and the average drop, all against the first\n" \
  "file, or against the single-task networks of --single together."

#define DESCRIPTION                                                                                \
  "\"better by\" is the change in per cent, positive where the network is better, whichever\n"     \
  "direction that is; its mean over tasks is the average drop with its sign turned.\n\n"           \
  "The interval is that of a paired bootstrap: photos that both were judged on are drawn with\n"   \
  "replacement, the same for both, as many as there are; the metric is computed over what was\n"   \
  "drawn as it is over the set; and of the differences of all resamples the middle 95 % are\n"     \
  "given.  A star marks an interval that leaves out 0.  Classes that no drawn photo shows or\n"    \
  "gets predicted are left out of the mean IoU of that resample."

typedef struct
{
  char **singles;
  char **files;
  int resamples;
  gint64 seed;
  TsnOutputForm form;
} Options;

static gboolean
parse (Options *options, char ***args, GError **error)
{
  const GOptionEntry entries[] = {
    { "single", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->singles,
      "Results of a single-task network; given several times, all are compared with together",
      "FILE" },
    { "resamples", 0, 0, G_OPTION_ARG_INT, &options->resamples,
      "How many times photos are drawn (default: 10000)", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options->seed, "Of the random numbers (default: 1)", "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->files, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = tsn_cli_options_new ("RESULTS...", SUMMARY, entries);

  tsn_output_form_add_options (&options->form, context);
  g_option_context_set_description (context, DESCRIPTION);
  return g_option_context_parse_strv (context, args, error);
}

static TsnExit
check_options (const Options *options)
{
  guint n = options->files != NULL ? g_strv_length (options->files) : 0;

  if (n + (options->singles != NULL) < 2)
    return tsn_cli_fail_usage ("Two files of results are needed");
  if (options->resamples < 1 || options->resamples > 1000000)
    return tsn_cli_fail_usage ("%d resamples are not in 1 to 1000000", options->resamples);
  if (!tsn_output_form_is_clear (&options->form))
    return tsn_cli_fail_usage ("Only one of --csv, --json, --latex and --markdown can be written");
  return TSN_EXIT_OK;
}

static TsnReport *
load_singles (char *const *paths, GError **error)
{
  g_autoptr (TsnReport) all = tsn_report_load (paths[0], error);

  for (guint i = 1; all != NULL && paths[i] != NULL; i++)
    {
      TsnReport *report = tsn_report_load (paths[i], error);

      if (report == NULL || !tsn_report_merge (all, report, error))
        return NULL;
    }
  if (all != NULL)
    {
      g_free (all->name);
      all->name = g_strdup ("single-task");
    }
  return g_steal_pointer (&all);
}

/* Files of the same model, such as at two sizes, are told apart by their own names. */
static void
tell_apart (GPtrArray *reports, char *const *paths, guint first)
{
  for (guint i = 0; i < reports->len; i++)
    for (guint j = i + 1; j < reports->len; j++)
      {
        TsnReport *report = g_ptr_array_index (reports, i);

        if (!g_str_equal (report->name, ((TsnReport *) g_ptr_array_index (reports, j))->name))
          continue;
        for (guint k = first; k < reports->len; k++)
          {
            report = g_ptr_array_index (reports, k);
            g_free (report->name);
            report->name = g_filename_display_basename (paths[k - first]);
          }
        return;
      }
}

static GPtrArray *
load_reports (const Options *options, GError **error)
{
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_report_free);

  if (options->singles != NULL)
    {
      TsnReport *report = load_singles (options->singles, error);

      if (report == NULL)
        return NULL;
      g_ptr_array_add (reports, report);
    }
  for (guint i = 0; options->files != NULL && options->files[i] != NULL; i++)
    {
      TsnReport *report = tsn_report_load (options->files[i], error);

      if (report == NULL)
        return NULL;
      g_ptr_array_add (reports, report);
    }
  tell_apart (reports, options->files, options->singles != NULL);
  return g_steal_pointer (&reports);
}

static void
print_notes (TsnComparison *const *comparisons, guint n, FILE *stream)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < comparisons[i]->notes->len; j++)
      fprintf (stream, "%s.\n", (const char *) g_ptr_array_index (comparisons[i]->notes, j));
}

static void
print_tables (TsnComparison *const *comparisons, guint n, TsnTableFormat format)
{
  g_autoptr (TsnTable) methods = tsn_comparison_tabulate_methods (comparisons, n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TsnTable) table = format == TSN_TABLE_CSV
                                       ? tsn_comparison_tabulate_numbers (comparisons[i])
                                       : tsn_comparison_tabulate (comparisons[i]);

      tsn_output_print_table (table, format);
      if (format != TSN_TABLE_CSV)
        g_print ("\n");
    }
  /* On a terminal, the table of papers tells nothing new of two networks, and is wide. */
  if (format != TSN_TABLE_CSV && (format != TSN_TABLE_TEXT || n > 1))
    tsn_output_print_table (methods, format);
  fflush (stdout);
  print_notes (comparisons, n, format == TSN_TABLE_TEXT ? stdout : stderr);
}

static TsnExit
compare (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reports = load_reports (options, &error);
  g_autoptr (GPtrArray) comparisons
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_comparison_free);
  g_autoptr (TsnPool) pool = tsn_pool_new (0);
  const TsnComparisonOptions wanted = { options->resamples, options->seed, pool };
  TsnComparison *const *list;

  for (guint i = 1; reports != NULL && i < reports->len; i++)
    {
      TsnComparison *comparison = tsn_comparison_new (
          g_ptr_array_index (reports, 0), g_ptr_array_index (reports, i), &wanted, &error);

      if (comparison == NULL)
        break;
      g_ptr_array_add (comparisons, comparison);
    }
  if (error != NULL)
    return tsn_cli_fail (error);
  list = (TsnComparison *const *) comparisons->pdata;
  if (options->form.json)
    {
      g_autofree char *text = tsn_comparison_to_json (list, comparisons->len);

      fputs (text, stdout);
    }
  else
    print_tables (list, comparisons->len, tsn_output_form_get_table (&options->form));
  return TSN_EXIT_OK;
}

TsnExit
tsn_verb_compare (char ***args)
{
  Options options = { .resamples = TSN_BOOTSTRAP_RESAMPLES, .seed = 1 };
  g_autoptr (GError) error = NULL;
  TsnExit status;

  if (!parse (&options, args, &error))
    status = tsn_cli_fail_usage ("%s", error->message);
  else
    status = check_options (&options);
  if (status == TSN_EXIT_OK)
    status = compare (&options);
  g_strfreev (options.singles);
  g_strfreev (options.files);
  return status;
}
