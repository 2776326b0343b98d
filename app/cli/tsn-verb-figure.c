#include "app/cli/tsn-cli.h"
#include "app/cli/tsn-figure-data.h"
#include "app/cli/tsn-figure-options.h"
#include "app/cli/tsn-job.h"

#include <stdio.h>

typedef struct
{
  TsnFigureOptions options;
  TsnStudy study;
  TsnJob job;
  TsnFigureMaker *maker;
  GPtrArray *written;
} Figure;

static void
figure_free (Figure *figure)
{
  g_clear_pointer (&figure->maker, tsn_figure_maker_free);
  tsn_job_clear (&figure->job);
  g_ptr_array_unref (figure->written);
  tsn_study_clear (&figure->study);
  tsn_figure_options_clear (&figure->options);
  g_free (figure);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Figure, figure_free)

static Figure *
figure_new (void)
{
  Figure *figure = g_new0 (Figure, 1);

  tsn_study_init (&figure->study);
  figure->written = g_ptr_array_new_with_free_func (g_free);
  return figure;
}

static void
progress_cb (gpointer data, guint done, guint total, const char *photo)
{
  Figure *figure = data;
  g_autofree char *label = g_filename_display_basename (photo);

  tsn_job_show (&figure->job, done, total, label);
}

static gboolean
prepare (Figure *figure, GError **error)
{
  if (!tsn_figure_options_make_study (&figure->options, &figure->study, error))
    return FALSE;
  tsn_job_init (&figure->job, figure->options.threads);
  figure->maker = tsn_figure_maker_new (&figure->study, figure->job.pool, error);
  if (figure->maker == NULL
      || (tsn_figure_options_is_comparison (&figure->options)
          && !tsn_figure_maker_plan_comparison (figure->maker, figure->options.tasks,
                                                !figure->options.no_truth, error)))
    return FALSE;
  tsn_figure_maker_set_progress (figure->maker, progress_cb, figure);
  for (const char *const *note = tsn_figure_maker_get_notes (figure->maker); *note != NULL; note++)
    g_printerr ("tsn: %s\n", *note);
  return TRUE;
}

static gboolean
write_figure (Figure *figure, const TsnFigureGrid *grid, GError **error)
{
  const char *path = figure->options.output;
  const TsnFigureExport how = { .study = tsn_figure_maker_get_study (figure->maker),
                                .format = tsn_figure_options_get_format (&figure->options),
                                .cancellable = figure->job.cancellable };

  if (tsn_figure_options_is_latex (&figure->options))
    return tsn_figure_export_latex (grid, path, &how, figure->written, error);
  if (!tsn_figure_export (grid, path, &how, error))
    return FALSE;
  g_ptr_array_add (figure->written, g_strdup (path));
  return TRUE;
}

static gboolean
make (Figure *figure, GError **error)
{
  g_autoptr (TsnFigureGrid) grid
      = tsn_figure_maker_make (figure->maker, figure->job.cancellable, error);

  tsn_job_hide (&figure->job);
  return grid != NULL && write_figure (figure, grid, error)
         && (!figure->options.raw
             || tsn_figure_data_write (figure->maker, figure->options.output, figure->written,
                                       figure->job.cancellable, error));
}

TsnExit
tsn_verb_figure (char ***args)
{
  g_autoptr (Figure) figure = figure_new ();
  g_autoptr (GError) error = NULL;
  TsnExit status;

  if (!tsn_figure_options_parse (&figure->options, args, &error))
    return tsn_cli_fail_usage ("%s", error->message);
  status = tsn_figure_options_check (&figure->options);
  if (status != TSN_EXIT_OK)
    return status;
  if (!prepare (figure, &error) || !make (figure, &error))
    return tsn_cli_fail (error);
  /* File names go out byte for byte, so that other programs can open what they read here. */
  for (guint i = 0; i < figure->written->len; i++)
    puts (g_ptr_array_index (figure->written, i));
  return TSN_EXIT_OK;
}
