#include "app/cli/tsn-report-output.h"

#include "core/io/tsn-file-writer.h"

#include <stdio.h>
#include <string.h>

/* How many of the worst and the best photos are listed. */
#define EXTREMES 3

/**
 * tsn_output_form_add_options:
 * @form: where the options are stored; it must outlive @context
 *
 * Adds --csv, --json, --latex and --markdown to the options of a verb.
 */
void
tsn_output_form_add_options (TsnOutputForm *form, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "csv", 0, 0, G_OPTION_ARG_NONE, &form->csv, "Write comma-separated values", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &form->json, "Write JSON, with all there is to say", NULL },
    { "latex", 0, 0, G_OPTION_ARG_NONE, &form->latex, "Write LaTeX tables for the package booktabs",
      NULL },
    { "markdown", 0, 0, G_OPTION_ARG_NONE, &form->markdown, "Write Markdown tables", NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

/**
 * tsn_output_form_is_clear:
 *
 * Returns: whether at most one form was asked for.
 */
gboolean
tsn_output_form_is_clear (const TsnOutputForm *form)
{
  return form->csv + form->json + form->latex + form->markdown <= 1;
}

/**
 * tsn_output_form_get_table:
 *
 * Returns: how to write tables; not for JSON.
 */
TsnTableFormat
tsn_output_form_get_table (const TsnOutputForm *form)
{
  return form->csv        ? TSN_TABLE_CSV
         : form->latex    ? TSN_TABLE_LATEX
         : form->markdown ? TSN_TABLE_MARKDOWN
                          : TSN_TABLE_TEXT;
}

void
tsn_output_print_table (const TsnTable *table, TsnTableFormat format)
{
  g_autofree char *text = tsn_table_to_string (table, format);

  fputs (text, stdout);
}

static void
print_classes (const TsnTaskScore *score)
{
  g_autoptr (TsnTable) table = NULL;
  g_autofree char *place = tsn_task_score_get_place (score);

  if (score->n_classes == 0)
    return;
  table = tsn_report_tabulate_classes (score);
  g_print ("\n%s on %s, by class\n", score->task, place);
  tsn_output_print_table (table, TSN_TABLE_TEXT);
}

static void
print_task_notes (const TsnReport *report, FILE *stream)
{
  for (guint i = 0; i < report->scores->len; i++)
    {
      const TsnTaskScore *score = g_ptr_array_index (report->scores, i);
      g_autofree char *place = tsn_task_score_get_place (score);

      if (score->note != NULL)
        fprintf (stream, "%s on %s: %s.\n", score->task, place, score->note);
    }
}

static void
print_notes (const TsnReport *report, FILE *stream)
{
  print_task_notes (report, stream);
  for (guint i = 0; i < report->notes->len; i++)
    fprintf (stream, "%s.\n", (const char *) g_ptr_array_index (report->notes, i));
}

static void
print_text (const TsnReport *report)
{
  g_autofree char *name = tsn_report_describe (report);
  g_autoptr (TsnTable) table = tsn_report_tabulate (report);
  g_autoptr (TsnTable) extremes = tsn_report_tabulate_extremes (report, EXTREMES);

  g_print ("%s\n\n", name);
  tsn_output_print_table (table, TSN_TABLE_TEXT);
  for (guint i = 0; i < report->scores->len; i++)
    print_classes (g_ptr_array_index (report->scores, i));
  g_print ("\n");
  tsn_output_print_table (extremes, TSN_TABLE_TEXT);
  g_print ("\n");
  fflush (stdout);
  print_notes (report, stdout);
}

/**
 * tsn_output_print_report:
 *
 * Prints a report on standard output.  In forms that have no place for them, notes go to standard
 * error.
 */
void
tsn_output_print_report (const TsnReport *report, const TsnOutputForm *form)
{
  g_autoptr (TsnTable) table = NULL;

  if (form->json)
    {
      g_autofree char *text = tsn_report_to_json (report);

      fputs (text, stdout);
      return;
    }
  if (!form->csv && !form->latex && !form->markdown)
    {
      print_text (report);
      return;
    }
  table = form->csv ? tsn_report_tabulate_numbers (report) : tsn_report_tabulate (report);
  tsn_output_print_table (table, tsn_output_form_get_table (form));
  print_notes (report, stderr);
}

/**
 * tsn_output_write_images:
 * @path: (nullable): the file to write, or %NULL for none
 * @error: %TSN_ERROR_IO
 *
 * Writes the first metric of every photo as comma-separated values.
 */
gboolean
tsn_output_write_images (const TsnReport *report, const char *path, GError **error)
{
  g_autoptr (TsnTable) table = NULL;
  g_autoptr (TsnFileWriter) writer = NULL;
  g_autofree char *text = NULL;

  if (path == NULL)
    return TRUE;
  table = tsn_report_tabulate_images (report);
  text = tsn_table_to_string (table, TSN_TABLE_CSV);
  writer = tsn_file_writer_new (path, error);
  return writer != NULL && tsn_file_writer_write (writer, text, strlen (text), error)
         && tsn_file_writer_finish (writer, error);
}
