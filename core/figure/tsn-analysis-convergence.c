/* How training converged, run by run. */
#include "core/figure/tsn-analysis-private.h"
#include "core/figure/tsn-plot.h"
#include "core/figure/tsn-run-log.h"

#include <math.h>

#define PANELS_PER_ROW 3
#define PANEL_HEIGHT 135.0

typedef struct
{
  GPtrArray *logs;   /* of TsnRunLog */
  GPtrArray *panels; /* of char *: tasks, in the order of their panels */
} Curves;

static void
add_panel (Curves *curves, const char *task)
{
  if (!g_ptr_array_find_with_equal_func (curves->panels, task, g_str_equal, NULL))
    g_ptr_array_add (curves->panels, (gpointer) task);
}

/* The mean over tasks comes first. */
static void
find_panels (Curves *curves)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < curves->logs->len; i++)
      {
        const TsnRunLog *log = g_ptr_array_index (curves->logs, i);

        for (guint c = 0; c < log->curves->len; c++)
          {
            const TsnRunCurve *curve = g_ptr_array_index (log->curves, c);

            if (pass == 1 || g_str_equal (curve->task, "mean"))
              add_panel (curves, curve->task);
          }
      }
}

static TsnPlot *
plot_task (const Curves *curves, const char *task)
{
  g_autofree char *title = g_strdelimit (g_strdup (task), "_", ' ');
  TsnPlot *plot = tsn_plot_new (title, "step", "loss");

  tsn_plot_set_logarithmic (plot);
  for (guint i = 0; i < curves->logs->len; i++)
    {
      const TsnRunLog *log = g_ptr_array_index (curves->logs, i);
      const TsnRunCurve *curve = tsn_run_log_find (log, task);
      const TsnPlotStyle style = { i, i, -1 };

      if (curve != NULL)
        tsn_plot_add_line (plot, log->name, style, (const double *) curve->steps->data,
                           (const double *) curve->losses->data, curve->steps->len);
      else /* so that the legend, which is made from one panel, has every run */
        tsn_plot_add_line (plot, log->name, style, NULL, NULL, 0);
    }
  return plot;
}

static void
draw (cairo_t *cr, double width, double height, gpointer data)
{
  const Curves *curves = data;
  guint columns = MIN (PANELS_PER_ROW, curves->panels->len);
  double legend = 0;

  for (guint i = 0; i < curves->panels->len; i++)
    {
      g_autoptr (TsnPlot) plot = plot_task (curves, g_ptr_array_index (curves->panels, i));
      TsnBox box;

      if (i == 0)
        legend = tsn_plot_draw_legend (plot, cr, 8, 2, width - 16) + 2;
      box = (TsnBox){ 2 + i % columns * (width - 4) / columns, legend + i / columns * PANEL_HEIGHT,
                      (width - 4) / columns - 2, PANEL_HEIGHT - 4 };
      tsn_plot_draw (plot, cr, &box);
    }
}

static TsnTable *
tabulate (const Curves *curves)
{
  static const char *const titles[] = { "run", "kind", "task", "step", "loss" };
  TsnTable *table = tsn_table_new ();

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    tsn_table_add_column (table, titles[i], i > 2);
  for (guint i = 0; i < curves->logs->len; i++)
    {
      const TsnRunLog *log = g_ptr_array_index (curves->logs, i);

      for (guint c = 0; c < log->curves->len; c++)
        {
          const TsnRunCurve *curve = g_ptr_array_index (log->curves, c);

          for (guint k = 0; k < curve->steps->len; k++)
            {
              tsn_table_add_row (table);
              tsn_table_add_cell (table, "%s", log->name);
              tsn_table_add_cell (table, "%s", log->validated ? "val" : "train");
              tsn_table_add_cell (table, "%s", curve->task);
              tsn_table_add_number (table, g_array_index (curve->steps, double, k), 0);
              tsn_table_add_number (table, g_array_index (curve->losses, double, k), 9);
            }
        }
    }
  return table;
}

/**
 * tsn_analysis_write_convergence:
 * @runs: (array zero-terminated=1): folders of training runs
 * @error: as by tsn_run_log_load(); %TSN_ERROR_IO
 *
 * Writes convergence: the loss over steps of every run, one panel for the mean over tasks and one
 * for each task.
 */
gboolean
tsn_analysis_write_convergence (const TsnAnalysis *analysis, char *const *runs, GError **error)
{
  g_autoptr (GPtrArray) logs = g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_run_log_free);
  g_autoptr (GPtrArray) panels = g_ptr_array_new ();
  g_autoptr (TsnTable) table = NULL;
  Curves curves = { logs, panels };
  TsnFigure figure = { TSN_FIGURE_PAGE, 0, draw, &curves };

  for (guint i = 0; runs[i] != NULL; i++)
    {
      TsnRunLog *log = tsn_run_log_load (runs[i], error);

      if (log == NULL)
        return FALSE;
      g_ptr_array_add (logs, log);
    }
  find_panels (&curves);
  table = tabulate (&curves);
  figure.height = 8 + 1.6 * TSN_INK_TEXT * ((logs->len + 3) / 4)
                  + PANEL_HEIGHT * ((panels->len + PANELS_PER_ROW - 1) / PANELS_PER_ROW);
  return tsn_analysis_save_figure (analysis, "convergence", &figure, error)
         && tsn_analysis_save_table (analysis, "convergence", table, error);
}
