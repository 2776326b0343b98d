/* How near the tasks are to each other, and what switches the decoder between them. */
#include "core/figure/tsn-analysis-private.h"
#include "core/figure/tsn-heat-map.h"
#include "core/figure/tsn-linkage.h"
#include "core/figure/tsn-plot.h"
#include "core/figure/tsn-projection.h"

/* A square matrix between tasks, which is drawn and tabulated. */
typedef struct
{
  const TsnAnalysis *analysis;
  char **names;
  guint n;
  double *values;
  const char *title;
  guint decimals;
  gboolean cosine;
} Matrix;

static void
draw_matrix (cairo_t *cr, double width, double height, gpointer data)
{
  const Matrix *matrix = data;
  const TsnBox box = { 4, 2, width - 6, height - 4 };
  const TsnHeatMap map = {
    .title = matrix->title,
    .n_rows = matrix->n,
    .n_columns = matrix->n,
    .row_names = (const char *const *) matrix->names,
    .column_names = (const char *const *) matrix->names,
    .values = matrix->values,
    .decimals = matrix->decimals,
    .scale = matrix->cosine ? TSN_HEAT_DIVERGING : TSN_HEAT_SEQUENTIAL,
    .low = matrix->cosine ? -1 : 0,
    .high = matrix->cosine ? 1 : 0,
  };

  tsn_heat_map_draw (&map, cr, &box);
}

static gboolean
write_matrix (const Matrix *matrix, const char *name, GError **error)
{
  const TsnFigure figure
      = { TSN_FIGURE_COLUMN + 20, TSN_FIGURE_COLUMN - 10, draw_matrix, (gpointer) matrix };
  g_autoptr (TsnTable) table = tsn_table_new ();

  tsn_table_add_column (table, "task", FALSE);
  for (guint i = 0; i < matrix->n; i++)
    tsn_table_add_column (table, tsn_model_get_task (matrix->analysis->model, i)->name, TRUE);
  for (guint i = 0; i < matrix->n; i++)
    {
      tsn_table_add_row (table);
      tsn_table_add_cell (table, "%s", tsn_model_get_task (matrix->analysis->model, i)->name);
      for (guint j = 0; j < matrix->n; j++)
        tsn_table_add_number (table, matrix->values[i * matrix->n + j], 6);
    }
  return tsn_analysis_save_figure (matrix->analysis, name, &figure, error)
         && tsn_analysis_save_table (matrix->analysis, name, table, error);
}

typedef struct
{
  const TsnMerge *merges;
  char **names;
  guint n;
} Tree;

static void
draw_tree (cairo_t *cr, double width, double height, gpointer data)
{
  const Tree *tree = data;
  const TsnBox box = { 4, 4, width - 8, height - 8 };

  tsn_linkage_draw (tree->merges, (const char *const *) tree->names, tree->n, "mean distance", cr,
                    &box);
}

static gboolean
write_tree (const TsnAnalysis *analysis, const Matrix *distances, GError **error)
{
  guint n = distances->n;
  g_autofree TsnMerge *merges = tsn_linkage_average (distances->values, n);
  Tree tree = { merges, distances->names, n };
  const TsnFigure figure = { TSN_FIGURE_COLUMN, 40 + 17.0 * n, draw_tree, &tree };
  g_autoptr (TsnTable) table = tsn_table_new ();
  static const char *const titles[] = { "merge", "first", "second", "distance", "size" };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    tsn_table_add_column (table, titles[i], i == 0 || i > 2);
  for (guint m = 0; m + 1 < n; m++)
    {
      const guint parts[] = { merges[m].first, merges[m].second };

      tsn_table_add_row (table);
      tsn_table_add_cell (table, "%u", m + 1);
      for (guint i = 0; i < 2; i++)
        if (parts[i] < n)
          tsn_table_add_cell (table, "%s", tsn_model_get_task (analysis->model, parts[i])->name);
        else
          tsn_table_add_cell (table, "merge %u", parts[i] - n + 1);
      tsn_table_add_number (table, merges[m].height, 6);
      tsn_table_add_cell (table, "%u", merges[m].size);
    }
  return tsn_analysis_save_figure (analysis, "task-dendrogram", &figure, error)
         && tsn_analysis_save_table (analysis, "task-dendrogram", table, error);
}

static void
draw_plot (cairo_t *cr, double width, double height, gpointer data)
{
  const TsnBox box = { 2, 2, width - 4, height - 4 };

  tsn_plot_draw (data, cr, &box);
}

static gboolean
write_projection (const TsnAnalysis *analysis,
                  const TsnTaskSpace *space,
                  char *const *names,
                  GError **error)
{
  g_autoptr (TsnProjection) points
      = tsn_projection_new (space->vectors, space->n_tasks, space->length);
  g_autofree char *x_title
      = g_strdup_printf ("first component (%.0f %% of the variance)", 100 * points->share_x);
  g_autofree char *y_title = g_strdup_printf ("second component (%.0f %%)", 100 * points->share_y);
  g_autoptr (TsnPlot) plot = tsn_plot_new (NULL, x_title, y_title);
  const TsnFigure figure = { TSN_FIGURE_COLUMN, TSN_FIGURE_COLUMN - 20, draw_plot, plot };
  g_autoptr (TsnTable) table = tsn_table_new ();

  tsn_table_add_column (table, "task", FALSE);
  tsn_table_add_column (table, "x", TRUE);
  tsn_table_add_column (table, "y", TRUE);
  tsn_plot_set_square (plot);
  for (guint t = 0; t < space->n_tasks; t++)
    {
      tsn_plot_add_point (plot, names[t], (TsnPlotStyle){ t, 0, t }, points->x[t], points->y[t]);
      tsn_table_add_row (table);
      tsn_table_add_cell (table, "%s", tsn_model_get_task (analysis->model, t)->name);
      tsn_table_add_number (table, points->x[t], 6);
      tsn_table_add_number (table, points->y[t], 6);
    }
  return tsn_analysis_save_figure (analysis, "task-projection", &figure, error)
         && tsn_analysis_save_table (analysis, "task-projection", table, error);
}

static double
find_largest (const double *values, guint n)
{
  double largest = values[0];

  for (guint i = 1; i < n; i++)
    largest = MAX (largest, values[i]);
  return largest;
}

/**
 * tsn_analysis_write_space:
 * @error: %TSN_ERROR_IO
 *
 * Writes task-distance and task-cosine, matrices between the tasks' embeddings (for networks
 * without an embedding network between their coefficients), task-dendrogram, their clustering by
 * average linkage of the distances, and task-projection, their first two principal components.
 */
gboolean
tsn_analysis_write_space (const TsnAnalysis *analysis, GError **error)
{
  g_autoptr (TsnTaskSpace) space = tsn_task_space_new (analysis->model, analysis->pool);
  g_auto (GStrv) names = tsn_analysis_list_tasks (analysis);
  g_autofree double *distances = tsn_task_space_distances (space);
  g_autofree double *cosines = tsn_task_space_cosines (space);
  const char *what = space->embedded ? "embeddings" : "coefficients";
  g_autofree char *distance_title = g_strdup_printf ("Distance between task %s", what);
  g_autofree char *cosine_title = g_strdup_printf ("Cosine between task %s", what);
  double largest = find_largest (distances, space->n_tasks * space->n_tasks);
  const Matrix distance
      = { analysis, names, space->n_tasks, distances, distance_title, largest < 10 ? 2 : 1, FALSE };
  const Matrix cosine = { analysis, names, space->n_tasks, cosines, cosine_title, 2, TRUE };

  return write_matrix (&distance, "task-distance", error)
         && write_matrix (&cosine, "task-cosine", error) && write_tree (analysis, &distance, error)
         && write_projection (analysis, space, names, error);
}

/* The four statistics of the coefficients, side by side. */
typedef struct
{
  const TsnTaskSpace *space;
  char **names;
} Coefficients;

static const struct
{
  const char *title;
  size_t offset;
  double middle;
  gboolean diverging;
} statistics[] = {
  { "mean of γ", G_STRUCT_OFFSET (TsnCoefficients, gamma_mean), 1, TRUE },
  { "standard deviation of γ", G_STRUCT_OFFSET (TsnCoefficients, gamma_deviation), 0, FALSE },
  { "mean of β", G_STRUCT_OFFSET (TsnCoefficients, beta_mean), 0, TRUE },
  { "standard deviation of β", G_STRUCT_OFFSET (TsnCoefficients, beta_deviation), 0, FALSE },
};

static double
get_statistic (const TsnTaskSpace *space, guint index, guint statistic)
{
  return G_STRUCT_MEMBER (double, &space->coefficients[index], statistics[statistic].offset);
}

static void
draw_coefficients (cairo_t *cr, double width, double height, gpointer data)
{
  const Coefficients *all = data;
  const TsnTaskSpace *space = all->space;
  guint n = space->n_modules * space->n_tasks;
  g_autofree double *values = g_new (double, n);

  for (guint s = 0; s < G_N_ELEMENTS (statistics); s++)
    {
      const TsnBox box
          = { 4 + s % 2 * width / 2, 2 + s / 2 * height / 2, width / 2 - 8, height / 2 - 6 };
      TsnHeatMap map = {
        .title = statistics[s].title,
        .n_rows = space->n_modules,
        .n_columns = space->n_tasks,
        .row_names = (const char *const *) space->module_names,
        .column_names = (const char *const *) all->names,
        .values = values,
        .decimals = 2,
        .scale = statistics[s].diverging ? TSN_HEAT_DIVERGING : TSN_HEAT_SEQUENTIAL,
        .middle = statistics[s].middle,
      };

      for (guint i = 0; i < n; i++)
        values[i] = get_statistic (space, i, s);
      tsn_heat_map_draw (&map, cr, &box);
    }
}

static TsnTable *
tabulate_coefficients (const TsnAnalysis *analysis, const TsnTaskSpace *space)
{
  static const char *const titles[]
      = { "module", "task", "gamma_mean", "gamma_deviation", "beta_mean", "beta_deviation" };
  TsnTable *table = tsn_table_new ();

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    tsn_table_add_column (table, titles[i], i > 1);
  for (guint i = 0; i < space->n_modules * space->n_tasks; i++)
    {
      tsn_table_add_row (table);
      tsn_table_add_cell (table, "%s", space->module_names[i / space->n_tasks]);
      tsn_table_add_cell (table, "%s",
                          tsn_model_get_task (analysis->model, i % space->n_tasks)->name);
      for (guint s = 0; s < G_N_ELEMENTS (statistics); s++)
        tsn_table_add_number (table, get_statistic (space, i, s), 6);
    }
  return table;
}

/**
 * tsn_analysis_write_coefficients:
 * @error: %TSN_ERROR_IO
 *
 * Writes coefficients: mean and deviation over channels of the scales (gamma) and shifts (beta)
 * that every task gives every decoder module.
 */
gboolean
tsn_analysis_write_coefficients (const TsnAnalysis *analysis, GError **error)
{
  g_autoptr (TsnTaskSpace) space = tsn_task_space_new (analysis->model, analysis->pool);
  g_auto (GStrv) names = tsn_analysis_list_tasks (analysis);
  g_autoptr (TsnTable) table = tabulate_coefficients (analysis, space);
  Coefficients all = { space, names };
  const TsnFigure figure
      = { TSN_FIGURE_PAGE, 104 + 25.0 * space->n_modules, draw_coefficients, &all };

  return tsn_analysis_save_figure (analysis, "coefficients", &figure, error)
         && tsn_analysis_save_table (analysis, "coefficients", table, error);
}
