/* How many parameters several tasks need, by scheme. */
#include "core/figure/tsn-analysis-private.h"
#include "core/figure/tsn-plot.h"
#include "core/model/tsn-scheme.h"

/* At least so many tasks are counted. */
#define MOST_TASKS 10

/* A scheme and its parameters for 1, 2, ... tasks, in millions. */
typedef struct
{
  const TsnScheme *scheme;
  double millions[TSN_MAX_TASKS];
} Curve;

typedef struct
{
  const TsnAnalysis *analysis;
  GArray *curves; /* of Curve */
  guint n_tasks;  /* how many numbers of tasks were counted */
  TsnTable *table;
} Count;

/* A network for one task stands for itself in "single-task". */
static gboolean
does_several_tasks (const TsnScheme *scheme)
{
  return scheme->per_task || scheme->conditioning != TSN_CONDITIONING_NONE;
}

static gboolean
count_scheme (Count *count, const TsnScheme *scheme, GError **error)
{
  TsnNetworkSpec spec = count->analysis->model->spec;
  Curve curve = { .scheme = scheme };

  for (guint n = 1; n <= count->n_tasks; n++)
    {
      g_autoptr (GPtrArray) tasks = tsn_task_list_repeat (count->analysis->model->spec.tasks, n);
      TsnCount own;

      spec.tasks = tasks;
      if (!tsn_scheme_count (scheme, &spec, &own, error))
        return FALSE;
      curve.millions[n - 1] = own.total_params / 1e6;
      tsn_table_add_row (count->table);
      tsn_table_add_cell (count->table, "%s", scheme->name);
      tsn_table_add_cell (count->table, "%u", n);
      for (guint stage = 0; stage < TSN_N_STAGES; stage++)
        tsn_table_add_cell (count->table, "%" G_GUINT64_FORMAT, own.params[stage]);
      tsn_table_add_cell (count->table, "%" G_GUINT64_FORMAT, own.total_params);
    }
  g_array_append_val (count->curves, curve);
  return TRUE;
}

static void
add_columns (TsnTable *table)
{
  tsn_table_add_column (table, "scheme", FALSE);
  tsn_table_add_column (table, "tasks", TRUE);
  for (guint stage = 0; stage < TSN_N_STAGES; stage++)
    tsn_table_add_column (table, tsn_stage_get_name (stage), TRUE);
  tsn_table_add_column (table, "total", TRUE);
}

static TsnPlot *
plot_lines (const Count *count)
{
  TsnPlot *plot = tsn_plot_new (NULL, "number of tasks", "parameters (millions)");
  g_autofree double *x = g_new (double, count->n_tasks);

  for (guint i = 0; i < count->n_tasks; i++)
    x[i] = i + 1;
  tsn_plot_include (plot, 0, 0);
  for (guint i = 0; i < count->curves->len; i++)
    {
      const Curve *curve = &g_array_index (count->curves, Curve, i);

      tsn_plot_add_line (plot, curve->scheme->name, (TsnPlotStyle){ i, i / 2, i }, x,
                         curve->millions, count->n_tasks);
    }
  return plot;
}

static TsnPlot *
plot_bars (const Count *count)
{
  guint n = tsn_model_get_n_tasks (count->analysis->model);
  g_autofree char *title
      = g_strdup_printf ("parameters for %u task%s (millions)", n, n == 1 ? "" : "s");
  TsnPlot *plot = tsn_plot_new (NULL, title, NULL);

  for (guint i = 0; i < count->curves->len; i++)
    {
      const Curve *curve = &g_array_index (count->curves, Curve, i);

      tsn_plot_add_bar (plot, curve->scheme->name, i, curve->millions[n - 1]);
    }
  return plot;
}

static void
draw (cairo_t *cr, double width, double height, gpointer data)
{
  g_autoptr (TsnPlot) lines = plot_lines (data);
  g_autoptr (TsnPlot) bars = plot_bars (data);
  double legend = tsn_plot_draw_legend (lines, cr, 8, 2, width - 16);
  const TsnBox left = { 2, legend + 4, 0.52 * width - 6, height - legend - 6 };
  const TsnBox right = { 0.52 * width + 4, legend + 4, 0.48 * width - 8, height - legend - 6 };

  tsn_plot_draw (lines, cr, &left);
  tsn_plot_draw (bars, cr, &right);
}

/**
 * tsn_analysis_write_parameters:
 * @error: %TSN_ERROR_IO
 *
 * Writes parameters: how many trained parameters every scheme of tsn_scheme_get() needs for a
 * growing number of tasks, with this model's encoder, width and tasks.
 */
gboolean
tsn_analysis_write_parameters (const TsnAnalysis *analysis, GError **error)
{
  g_autoptr (GArray) curves = g_array_new (FALSE, FALSE, sizeof (Curve));
  g_autoptr (TsnTable) table = tsn_table_new ();
  Count count
      = { analysis, curves, MAX (MOST_TASKS, tsn_model_get_n_tasks (analysis->model)), table };
  const TsnFigure figure = { TSN_FIGURE_PAGE, 210, draw, &count };

  add_columns (table);
  for (guint i = 0; i < tsn_scheme_get_n (); i++)
    if (does_several_tasks (tsn_scheme_get (i))
        && !count_scheme (&count, tsn_scheme_get (i), error))
      return FALSE;
  return tsn_analysis_save_figure (analysis, "parameters", &figure, error)
         && tsn_analysis_save_table (analysis, "parameters", table, error);
}
