#include "app/cli/tsn-figure-data.h"

#include "app/cli/tsn-output.h"
#include "app/cli/tsn-run-names.h"

#include "core/evaluation/tsn-table.h"
#include "core/figure/tsn-legend.h"
#include "core/io/tsn-file-writer.h"

#include <string.h>

typedef struct
{
  const char *figure; /* path of the figure without its extension */
  char **names;       /* of the photos */
  TsnTable *table;
  GPtrArray *written;
  GCancellable *cancellable;
  GError *error;
} Data;

static void
add_line (Data *data, guint photo, TsnFigureModel model, const TsnTask *task, const char *quantity)
{
  tsn_table_add_row (data->table);
  tsn_table_add_cell (data->table, "%s", data->names[photo]);
  tsn_table_add_cell (data->table, "%c", 'a' + model);
  tsn_table_add_cell (data->table, "%s", task->name);
  tsn_table_add_cell (data->table, "%s", quantity);
}

static void
tabulate (Data *data, guint photo, TsnFigureModel model, const TsnResult *result)
{
  g_autoptr (TsnLegend) legend = tsn_legend_new (result->task, result);
  float low, high;

  for (guint i = 0; i < legend->entries->len; i++)
    {
      const TsnLegendEntry *entry = &g_array_index (legend->entries, TsnLegendEntry, i);
      g_autofree char *quantity = g_strconcat ("share of ", entry->label, NULL);

      add_line (data, photo, model, result->task, quantity);
      tsn_table_add_number (data->table, entry->share, 6);
    }
  if (legend->kind == TSN_LEGEND_CLASSES)
    return;
  tsn_result_get_range (result, &low, &high);
  add_line (data, photo, model, result->task, "lowest");
  tsn_table_add_number (data->table, low, 6);
  add_line (data, photo, model, result->task, "highest");
  tsn_table_add_number (data->table, high, 6);
}

static void
result_cb (gpointer user_data, guint photo, TsnFigureModel model, TsnResult *result)
{
  Data *data = user_data;
  const TsnOutputOptions options = { .raw = TRUE, .cancellable = data->cancellable };
  g_autofree char *base
      = g_strdup_printf ("%s.%s.%s%s", data->figure, data->names[photo], result->task->name,
                         model == TSN_FIGURE_MODEL_B ? ".b" : "");
  g_autoptr (TsnOutput) output = tsn_output_new (tsn_result_ref (result), base);

  if (data->error != NULL)
    return;
  tabulate (data, photo, model, result);
  tsn_output_write (output, &options);
  g_ptr_array_extend_and_steal (data->written, g_steal_pointer (&output->written));
  output->written = g_ptr_array_new ();
  data->error = g_steal_pointer (&output->error);
}

static gboolean
write_table (const Data *data, GError **error)
{
  g_autofree char *path = g_strconcat (data->figure, ".csv", NULL);
  g_autofree char *text = tsn_table_to_string (data->table, TSN_TABLE_CSV);
  g_autoptr (TsnFileWriter) writer = tsn_file_writer_new (path, error);

  if (writer == NULL || !tsn_file_writer_write (writer, text, strlen (text), error)
      || !tsn_file_writer_finish (writer, error))
    return FALSE;
  g_ptr_array_add (data->written, g_steal_pointer (&path));
  return TRUE;
}

static char **
name_photos (const TsnStudy *study)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; i < study->figure.photos->len; i++)
    g_strv_builder_add (paths,
                        ((TsnFigurePhoto *) g_ptr_array_index (study->figure.photos, i))->path);
  list = g_strv_builder_end (paths);
  return tsn_run_names (list);
}

/**
 * tsn_figure_data_write:
 * @maker: has made its figure
 * @figure: the figure's file
 * @written: (element-type filename): gets the paths of the files
 * @error: %TSN_ERROR_IO, %G_IO_ERROR_CANCELLED
 *
 * Writes every result that a figure shows as `tsn run --raw` does, and a table of what is in them.
 */
gboolean
tsn_figure_data_write (TsnFigureMaker *maker,
                       const char *figure,
                       GPtrArray *written,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *stem = g_strdup (figure);
  g_auto (GStrv) names = name_photos (tsn_figure_maker_get_study (maker));
  g_autoptr (TsnTable) table = tsn_table_new ();
  char *dot = strrchr (stem, '.');
  Data data = { stem, names, table, written, cancellable, NULL };

  if (dot != NULL && strchr (dot, '/') == NULL)
    *dot = '\0';
  for (guint i = 0; i < 4; i++)
    tsn_table_add_column (table, ((const char *[]){ "photo", "model", "task", "quantity" })[i],
                          FALSE);
  tsn_table_add_column (table, "value", TRUE);
  tsn_figure_maker_list_results (maker, result_cb, &data);
  if (data.error == NULL)
    return write_table (&data, error);
  g_propagate_error (error, data.error);
  return FALSE;
}
