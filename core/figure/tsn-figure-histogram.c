/* How often a result has which class or value. */
#include "core/figure/tsn-figure-maker-private.h"

#include "core/figure/tsn-legend.h"
#include "core/inference/tsn-result-rows.h"

#define N_BINS 32

/* Bars are read one by one: more of them only crowd a cell. */
#define MAX_BARS 6

static TsnPlot *
plot_classes (const TsnResult *result)
{
  g_autoptr (TsnLegend) legend = tsn_legend_new (result->task, result);
  TsnPlot *plot = tsn_plot_new (NULL, "% of pixels", NULL);

  for (guint i = 0; i < MIN (legend->entries->len, MAX_BARS); i++)
    {
      const TsnLegendEntry *entry = &g_array_index (legend->entries, TsnLegendEntry, i);

      tsn_plot_add_bar (plot, entry->label, 0, 100 * entry->share);
    }
  return plot;
}

/* The number of a pixel that is counted: of a normal how far it is turned to the viewer. */
static float
pick (const TsnResult *result, const float *pixel)
{
  return result->task->kind == TSN_TASK_NORMALS ? pixel[2] : pixel[0];
}

static void
count (const TsnResult *result, double low, double high, double *shares)
{
  guint channels = tsn_result_row_channels (result);
  g_autoptr (TsnResultRows) rows = tsn_result_rows_new (result);
  g_autofree float *row = g_new (float, (size_t) result->width *channels);
  double pixels = (double) result->width * result->height;

  for (guint y = 0; y < result->height; y++)
    {
      tsn_result_rows_read (rows, y, row);
      for (guint x = 0; x < result->width; x++)
        {
          double at = (pick (result, row + (size_t) x * channels) - low) / (high - low) * N_BINS;

          shares[(guint) CLAMP (at, 0, N_BINS - 1)] += 100 / pixels;
        }
    }
}

static const char *
name_values (const TsnTask *task)
{
  switch (task->kind)
    {
    case TSN_TASK_DEPTH:
      return "metres";
    case TSN_TASK_NORMALS:
      return "z";
    case TSN_TASK_CLASSES:
    case TSN_TASK_EDGE:
    case TSN_TASK_SALIENCY:
    default:
      return "probability";
    }
}

static TsnPlot *
plot_values (const TsnResult *result, const TsnRenderOptions *range)
{
  TsnPlot *plot = tsn_plot_new (NULL, name_values (result->task), "% of pixels");
  const TsnPlotStyle style = { .colour = 0, .mark = -1 };
  double low = result->task->kind == TSN_TASK_NORMALS ? -1 : range->low, high = range->high;
  double places[N_BINS], shares[N_BINS] = { 0 };

  count (result, low, high, shares);
  for (guint i = 0; i < N_BINS; i++)
    places[i] = low + (i + 0.5) / N_BINS * (high - low);
  tsn_plot_include (plot, low, 0);
  tsn_plot_include (plot, high, 0);
  tsn_plot_add_line (plot, NULL, style, places, shares, N_BINS);
  return plot;
}

/* A plot of the shares of the commonest classes, or of the distribution of values between the ends
 * of the figure's scale. */
TsnPlot *
tsn_figure_maker_plot (const TsnFigureMaker *maker,
                       const TsnFigureShot *shot,
                       const TsnFigureColumn *column)
{
  const TsnResult *shown = tsn_figure_shot_get_result (shot, column);
  /* Every pixel of the network once, however large the photo is. */
  g_autoptr (TsnResult) result
      = tsn_result_new (shown->task, shown->output, shown->output->dim[3], shown->output->dim[2]);
  TsnRenderOptions range;

  if (result->task->kind == TSN_TASK_CLASSES)
    return plot_classes (result);
  tsn_figure_maker_get_range (maker, column->task, &range);
  return plot_values (result, &range);
}
