/* How well the embedding of one task serves the read-out of another. */
#include "core/figure/tsn-analysis-private.h"
#include "core/figure/tsn-heat-map.h"

#include <math.h>
#include <string.h>

/* A column: one read-out on one data set. */
typedef struct
{
  const TsnTaskScore *own; /* under its own embedding */
  char *name;
} Readout;

typedef struct
{
  char **names;
  guint n_tasks;
  guint n_columns;
  char **column_names;
  double *shares;
  char **texts;
  const char *title;
  double low; /* number of the first colour */
} Grid;

static void
draw (cairo_t *cr, double width, double height, gpointer data)
{
  const Grid *grid = data;
  const TsnBox box = { 4, 2, width - 6, height - 4 };
  const TsnHeatMap map = {
    .title = grid->title,
    .x_title = "read-out",
    .y_title = "embedding",
    .n_rows = grid->n_tasks,
    .n_columns = grid->n_columns,
    .row_names = (const char *const *) grid->names,
    .column_names = (const char *const *) grid->column_names,
    .values = grid->shares,
    .texts = (const char *const *) grid->texts,
    .decimals = 2,
    .scale = grid->low < 0 ? TSN_HEAT_DIVERGING : TSN_HEAT_SEQUENTIAL,
    .low = grid->low,
    .high = 1,
  };

  tsn_heat_map_draw (&map, cr, &box);
}

static gboolean
save (const TsnAnalysis *analysis, Grid *grid, const TsnTable *table, GError **error)
{
  const TsnFigure figure
      = { 120 + 64.0 * MAX (grid->n_columns, 3), 82 + 21.0 * grid->n_tasks, draw, grid };

  return tsn_analysis_save_figure (analysis, "transfer", &figure, error)
         && tsn_analysis_save_table (analysis, "transfer", table, error);
}

static void
clear_readout_cb (gpointer data)
{
  g_free (((Readout *) data)->name);
}

/* Read-outs are judged under their own embedding, too: those scores name the columns. */
static GArray *
find_readouts (const TsnReport *report)
{
  GArray *readouts = g_array_new (FALSE, FALSE, sizeof (Readout));

  g_array_set_clear_func (readouts, clear_readout_cb);
  for (guint i = 0; i < report->scores->len; i++)
    {
      const TsnTaskScore *score = g_ptr_array_index (report->scores, i);
      g_autofree char *task = g_strdelimit (g_strdup (score->task), "_", ' ');
      Readout readout = { score, NULL };

      if (g_strcmp0 (score->task, score->embedding) != 0)
        continue;
      readout.name = g_strdup_printf ("%s\n%s", task, score->dataset);
      g_array_append_val (readouts, readout);
    }
  return readouts;
}

static const TsnTaskScore *
find_score (const TsnReport *report, const TsnTaskScore *own, const char *embedding)
{
  TsnTaskScore like = *own;

  like.embedding = (char *) embedding;
  return tsn_report_find (report, &like);
}

/* How much of what the own embedding reaches another one reaches: 1 for as much. */
static double
get_share (const TsnTaskScore *own, const TsnTaskScore *other)
{
  guint n;
  const TsnMetric *metric = tsn_metric_list (own->kind, &n);

  if (other == NULL || !(own->values[0] > 0) || !isfinite (other->values[0]))
    return NAN;
  return metric->lower_is_better ? own->values[0] / other->values[0]
                                 : other->values[0] / own->values[0];
}

static void
fill_cell (const TsnAnalysis *analysis,
           const TsnReport *report,
           const Readout *readout,
           guint task,
           guint cell,
           Grid *grid,
           TsnTable *table)
{
  const char *embedding = tsn_model_get_task (analysis->model, task)->name;
  const TsnTaskScore *own = readout->own;
  const TsnTaskScore *score = find_score (report, own, embedding);
  guint n;
  const TsnMetric *metric = tsn_metric_list (own->kind, &n);
  double value = score != NULL ? score->values[0] : NAN;

  grid->shares[cell] = get_share (own, score);
  grid->texts[cell] = isfinite (value)
                          ? g_strdup_printf ("%.*f", (int) metric->decimals, metric->factor * value)
                          : g_strdup ("–");
  tsn_table_add_row (table);
  tsn_table_add_cell (table, "%s", embedding);
  tsn_table_add_cell (table, "%s", own->task);
  tsn_table_add_cell (table, "%s", own->dataset);
  tsn_table_add_cell (table, "%s", metric->name);
  tsn_table_add_number (table, value, 9);
  tsn_table_add_number (table, grid->shares[cell], 6);
}

static TsnTable *
make_table (const char *const *titles, guint n_text)
{
  TsnTable *table = tsn_table_new ();

  for (guint i = 0; titles[i] != NULL; i++)
    tsn_table_add_column (table, titles[i], i >= n_text);
  return table;
}

static void
grid_init (Grid *grid, const TsnAnalysis *analysis, guint n_columns, const char *title)
{
  guint n_tasks = tsn_model_get_n_tasks (analysis->model);

  *grid = (Grid){ .names = tsn_analysis_list_tasks (analysis),
                  .n_tasks = n_tasks,
                  .n_columns = n_columns,
                  .column_names = g_new0 (char *, n_columns + 1),
                  .shares = g_new0 (double, (size_t) n_tasks *n_columns),
                  .texts = g_new0 (char *, (size_t) n_tasks *n_columns + 1),
                  .title = title };
}

static void
grid_clear (Grid *grid)
{
  g_strfreev (grid->names);
  g_strfreev (grid->column_names);
  g_free (grid->shares);
  g_strfreev (grid->texts);
}

static char *
title_column (const Readout *readout)
{
  guint n;
  const TsnMetric *metric = tsn_metric_list (readout->own->kind, &n);

  if (metric->unit[0] == '\0')
    return g_strdup_printf ("%s\n%s", readout->name, metric->name);
  return g_strdup_printf ("%s\n%s (%s)", readout->name, metric->name, metric->unit);
}

/**
 * tsn_analysis_write_transfer:
 * @report: scores of tsn_evaluator_run() with transfer
 * @error: %TSN_ERROR_IO
 *
 * Writes transfer: the first metric of every read-out (columns) under the embedding of every task
 * (rows), coloured by how much of it is left against the read-out's own embedding.
 */
gboolean
tsn_analysis_write_transfer (const TsnAnalysis *analysis, const TsnReport *report, GError **error)
{
  static const char *const titles[]
      = { "embedding", "readout", "dataset", "metric", "value", "share_of_own", NULL };
  g_autoptr (GArray) readouts = find_readouts (report);
  g_autoptr (TsnTable) table = make_table (titles, 4);
  Grid grid;
  gboolean done;

  grid_init (&grid, analysis, readouts->len, "Metric of each read-out (colour: share of its own)");
  for (guint c = 0; c < readouts->len; c++)
    grid.column_names[c] = title_column (&g_array_index (readouts, Readout, c));
  for (guint t = 0; t < grid.n_tasks; t++)
    for (guint c = 0; c < readouts->len; c++)
      fill_cell (analysis, report, &g_array_index (readouts, Readout, c), t, t * readouts->len + c,
                 &grid, table);
  done = save (analysis, &grid, table, error);
  grid_clear (&grid);
  return done;
}

/**
 * tsn_analysis_write_agreement:
 * @agreement: (array): for each embedding and read-out what tsn_agreement_run() found
 * @n_photos: on how many photos
 * @error: %TSN_ERROR_IO
 *
 * Writes transfer where there are no labels: how much each read-out says the same under the
 * embedding of every task as under its own.
 */
gboolean
tsn_analysis_write_agreement (const TsnAnalysis *analysis,
                              const double *agreement,
                              guint n_photos,
                              GError **error)
{
  static const char *const titles[] = { "embedding", "readout", "photos", "agreement", NULL };
  g_autoptr (TsnTable) table = make_table (titles, 2);
  guint n = tsn_model_get_n_tasks (analysis->model);
  Grid grid;
  gboolean done;

  grid_init (&grid, analysis, n, "Agreement with the read-out's own embedding");
  grid.low = -1;
  for (guint i = 0; i < n; i++)
    grid.column_names[i] = g_strdup (grid.names[i]);
  for (guint i = 0; i < n * n; i++)
    {
      grid.shares[i] = agreement[i];
      grid.texts[i]
          = isfinite (agreement[i])
                ? g_strdup_printf ("%s%.2f", agreement[i] <= -0.005 ? "−" : "", fabs (agreement[i]))
                : g_strdup ("–");
      tsn_table_add_row (table);
      tsn_table_add_cell (table, "%s", tsn_model_get_task (analysis->model, i / n)->name);
      tsn_table_add_cell (table, "%s", tsn_model_get_task (analysis->model, i % n)->name);
      tsn_table_add_cell (table, "%u", n_photos);
      tsn_table_add_number (table, agreement[i], 6);
    }
  done = save (analysis, &grid, table, error);
  grid_clear (&grid);
  return done;
}
