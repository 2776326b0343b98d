#include "core/figure/tsn-analysis-private.h"

#include "core/io/tsn-file-writer.h"

#include <string.h>

/**
 * tsn_analysis_save_figure:
 * @name: of the figure, without folder and extension
 *
 * Writes a figure in all wanted formats.
 */
gboolean
tsn_analysis_save_figure (const TsnAnalysis *analysis,
                          const char *name,
                          const TsnFigure *figure,
                          GError **error)
{
  g_autofree char *base = g_build_filename (analysis->folder, name, NULL);

  return tsn_figure_write (figure, base, analysis->formats, analysis->written, error);
}

/**
 * tsn_analysis_save_table:
 * @name: of the table, without folder and extension
 *
 * Writes a table as comma-separated values.
 */
gboolean
tsn_analysis_save_table (const TsnAnalysis *analysis,
                         const char *name,
                         const TsnTable *table,
                         GError **error)
{
  g_autofree char *file = g_strconcat (name, ".csv", NULL);
  g_autofree char *path = g_build_filename (analysis->folder, file, NULL);
  g_autofree char *text = tsn_table_to_string (table, TSN_TABLE_CSV);
  g_autoptr (TsnFileWriter) writer = tsn_file_writer_new (path, error);

  if (writer == NULL || !tsn_file_writer_write (writer, text, strlen (text), error)
      || !tsn_file_writer_finish (writer, error))
    return FALSE;
  g_ptr_array_add (analysis->written, g_steal_pointer (&path));
  return TRUE;
}

/**
 * tsn_analysis_list_tasks:
 *
 * Returns: (transfer full): the names of the model's tasks as people write them.
 */
char **
tsn_analysis_list_tasks (const TsnAnalysis *analysis)
{
  guint n = tsn_model_get_n_tasks (analysis->model);
  char **names = g_new0 (char *, n + 1);

  for (guint t = 0; t < n; t++)
    names[t] = g_strdelimit (g_strdup (tsn_model_get_task (analysis->model, t)->name), "_", ' ');
  return names;
}

/**
 * tsn_analysis_has_space:
 *
 * Returns: whether the model has several tasks between which something in the decoder differs, so
 *   that tsn_analysis_write_space() and the functions after it have something to show.
 */
gboolean
tsn_analysis_has_space (const TsnAnalysis *analysis)
{
  TsnConditioning conditioning = analysis->model->spec.conditioning;

  return tsn_model_get_n_tasks (analysis->model) > 1
         && (tsn_conditioning_has_embedding (conditioning) || conditioning == TSN_CONDITIONING_TS_IN
             || conditioning == TSN_CONDITIONING_TS_BN);
}
