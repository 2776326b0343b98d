#include "core/figure/tsn-plot-private.h"

#include <math.h>

/* How much longer than a bar its axis is, for the number behind it. */
#define BAR_ROOM 1.2

static void
clear_line_cb (gpointer data)
{
  TsnPlotLine *line = data;

  g_free (line->label);
  g_free (line->x);
  g_free (line->y);
}

static void
clear_bar_cb (gpointer data)
{
  g_free (((TsnPlotBar *) data)->label);
}

/**
 * tsn_plot_new:
 * @title: (nullable): stands above
 * @x_title: (nullable): of the horizontal axis
 * @y_title: (nullable): of the vertical axis
 *
 * Returns: (transfer full): a plot of nothing yet.
 */
TsnPlot *
tsn_plot_new (const char *title, const char *x_title, const char *y_title)
{
  TsnPlot *plot = g_new0 (TsnPlot, 1);

  plot->title = g_strdup (title);
  plot->x_title = g_strdup (x_title);
  plot->y_title = g_strdup (y_title);
  plot->low_x = plot->low_y = INFINITY;
  plot->high_x = plot->high_y = -INFINITY;
  plot->lines = g_array_new (FALSE, FALSE, sizeof (TsnPlotLine));
  g_array_set_clear_func (plot->lines, clear_line_cb);
  plot->points = g_array_new (FALSE, FALSE, sizeof (TsnPlotLine));
  g_array_set_clear_func (plot->points, clear_line_cb);
  plot->bars = g_array_new (FALSE, FALSE, sizeof (TsnPlotBar));
  g_array_set_clear_func (plot->bars, clear_bar_cb);
  return plot;
}

void
tsn_plot_free (TsnPlot *plot)
{
  g_free (plot->title);
  g_free (plot->x_title);
  g_free (plot->y_title);
  g_array_unref (plot->lines);
  g_array_unref (plot->points);
  g_array_unref (plot->bars);
  g_free (plot);
}

/**
 * tsn_plot_set_logarithmic:
 *
 * Makes the vertical axis logarithmic; numbers that are not above 0 are left out.
 */
void
tsn_plot_set_logarithmic (TsnPlot *plot)
{
  plot->logarithmic = TRUE;
}

/**
 * tsn_plot_set_square:
 *
 * Makes equal differences equal lengths on both axes, as distances in a projection need.
 */
void
tsn_plot_set_square (TsnPlot *plot)
{
  plot->square = TRUE;
}

/**
 * tsn_plot_include:
 *
 * Makes the axes reach to a place; NaN leaves an axis alone.
 */
void
tsn_plot_include (TsnPlot *plot, double x, double y)
{
  if (isfinite (x))
    {
      plot->low_x = MIN (plot->low_x, x);
      plot->high_x = MAX (plot->high_x, x);
    }
  if (isfinite (y) && (y > 0 || !plot->logarithmic))
    {
      plot->low_y = MIN (plot->low_y, y);
      plot->high_y = MAX (plot->high_y, y);
    }
}

/**
 * tsn_plot_add_line:
 * @label: in the legend
 * @x: (array length=n): numbers on the horizontal axis, ascending
 * @y: (array length=n): on the vertical; a line is broken where one is not finite
 */
void
tsn_plot_add_line (
    TsnPlot *plot, const char *label, TsnPlotStyle style, const double *x, const double *y, guint n)
{
  TsnPlotLine line
      = { g_strdup (label), style, n, g_memdup2 (x, n * sizeof *x), g_memdup2 (y, n * sizeof *y) };

  for (guint i = 0; i < n; i++)
    tsn_plot_include (plot, x[i], y[i]);
  g_array_append_val (plot->lines, line);
}

/**
 * tsn_plot_add_point:
 * @label: stands beside it
 */
void
tsn_plot_add_point (TsnPlot *plot, const char *label, TsnPlotStyle style, double x, double y)
{
  TsnPlotLine point
      = { g_strdup (label), style, 1, g_memdup2 (&x, sizeof x), g_memdup2 (&y, sizeof y) };

  tsn_plot_include (plot, x, y);
  g_array_append_val (plot->points, point);
}

/**
 * tsn_plot_add_bar:
 * @label: stands left of it
 * @value: its length
 *
 * Adds a bar that lies below those before it; a plot of bars has nothing else.
 */
void
tsn_plot_add_bar (TsnPlot *plot, const char *label, guint colour, double value)
{
  TsnPlotBar bar = { g_strdup (label), colour, value };

  tsn_plot_include (plot, 0, NAN);
  tsn_plot_include (plot, BAR_ROOM * value, NAN);
  g_array_append_val (plot->bars, bar);
}
