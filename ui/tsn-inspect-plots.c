#include "ui/tsn-inspect-plots.h"

#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>
#include <math.h>

/* The same colour and pattern for a task in all plots. */
static TsnPlotStyle
get_style (guint task)
{
  return (TsnPlotStyle){ task, task / TSN_INK_COLOURS, -1 };
}

static const char *
get_title (TsnDocument *document, guint task)
{
  return tsn_task_text_title (tsn_document_get_task (document, task));
}

/* A line over the indices of some numbers. */
static void
add_line (TsnDocument *document, TsnPlot *plot, guint task, const float *values, guint n)
{
  g_autofree double *x = g_new (double, n), *y = g_new (double, n);

  for (guint i = 0; i < n; i++)
    {
      x[i] = i;
      y[i] = values[i];
    }
  tsn_plot_add_line (plot, get_title (document, task), get_style (task), x, y, n);
}

static guint
find_module (const TsnTaskSpace *space, guint norm)
{
  for (guint m = 0; space != NULL && m < space->n_modules; m++)
    if (space->norms[m] == norm)
      return m;
  return TSN_NONE;
}

/**
 * tsn_inspect_plots_find_norm:
 *
 * Returns: the conditional norm of the module that is looked at, or %TSN_NONE: of the module
 *   itself, or of its coefficients.
 */
guint
tsn_inspect_plots_find_norm (TsnDocument *document)
{
  const TsnGraph *graph = tsn_document_get_model (document)->graph;
  const TsnOutlineBlock *block = tsn_inspection_get_block (tsn_document_get_inspection (document));

  for (guint i = 0; block != NULL && i < graph->nodes->len; i++)
    {
      const TsnNode *node = tsn_graph_node (graph, i);

      if (node->op != TSN_OP_ADAIN && node->op != TSN_OP_AFFINE)
        continue;
      if (node->inputs[1] == block->node || tsn_graph_node (graph, block->node)->inputs[0] == i)
        return i;
    }
  return TSN_NONE;
}

/**
 * tsn_inspect_plots_show_coefficients:
 * @norm: a conditional norm
 *
 * Plots scale and shift of every channel under all shown tasks.
 *
 * Returns: whether they are known.
 */
gboolean
tsn_inspect_plots_show_coefficients (TsnDocument *document, guint norm, TsnPlotArea *area)
{
  const TsnTaskSpace *space = tsn_inspection_get_space (tsn_document_get_inspection (document));
  guint module = find_module (space, norm);
  TsnPlot *scales, *shifts;

  tsn_plot_area_clear (area);
  if (module == TSN_NONE)
    return FALSE;
  scales = tsn_plot_new (_ ("Scale γ"), NULL, NULL);
  shifts = tsn_plot_new (_ ("Shift β"), _ ("Channel"), NULL);
  for (guint t = 0; t < tsn_document_get_n_tasks (document); t++)
    {
      const TsnTensor *both = space->scales_shifts[module * space->n_tasks + t];
      guint channels = both->dim[0] / 2;

      if (!tsn_document_is_shown (document, t))
        continue;
      add_line (document, scales, t, both->data, channels);
      add_line (document, shifts, t, both->data + channels, channels);
    }
  tsn_plot_area_add (area, scales);
  tsn_plot_area_add (area, shifts);
  tsn_plot_area_describe (area, _ ("Scale and shift of every channel"),
                          space->module_names[module]);
  return TRUE;
}

/**
 * tsn_inspect_plots_get_coefficients:
 * @norm: a conditional norm
 * @channel: (inout): the last one if it has not so many
 * @scale: (out): of that channel under a task
 * @shift: (out): of that channel under a task
 *
 * Returns: whether they are known.
 */
gboolean
tsn_inspect_plots_get_coefficients (
    TsnDocument *document, guint norm, guint task, guint *channel, float *scale, float *shift)
{
  const TsnTaskSpace *space = tsn_inspection_get_space (tsn_document_get_inspection (document));
  guint module = find_module (space, norm);
  const TsnTensor *both;

  if (module == TSN_NONE || task >= space->n_tasks)
    return FALSE;
  both = space->scales_shifts[module * space->n_tasks + task];
  *channel = MIN (*channel, both->dim[0] / 2 - 1);
  *scale = both->data[*channel];
  *shift = both->data[both->dim[0] / 2 + *channel];
  return TRUE;
}

/* The tasks' codes or embeddings, whichever the node is. */
static const float *
get_vector (TsnDocument *document, const TsnNode *node, guint task, float *scratch)
{
  const TsnTaskSpace *space = tsn_inspection_get_space (tsn_document_get_inspection (document));
  const TsnModel *model = tsn_document_get_model (document);

  if (node->op == TSN_OP_CODE)
    return model->codes->data + (size_t) task * node->channels;
  if (space == NULL || !space->embedded || space->length != node->channels)
    return NULL;
  for (guint i = 0; i < space->length; i++)
    scratch[i] = space->vectors[(size_t) task * space->length + i];
  return scratch;
}

/**
 * tsn_inspect_plots_show_vector:
 *
 * Plots the vector that is looked at under all shown tasks.
 *
 * Returns: whether it is one, and known.
 */
gboolean
tsn_inspect_plots_show_vector (TsnDocument *document, TsnPlotArea *area)
{
  const TsnModel *model = tsn_document_get_model (document);
  const TsnOutlineBlock *block = tsn_inspection_get_block (tsn_document_get_inspection (document));
  const TsnNode *node = tsn_graph_node (model->graph, block->node);
  g_autofree float *scratch = g_new (float, node->channels);
  TsnPlot *plot;

  if (block->knob_of != TSN_NONE)
    return tsn_inspect_plots_show_coefficients (document, tsn_inspect_plots_find_norm (document),
                                                area);
  tsn_plot_area_clear (area);
  plot = tsn_plot_new (node->op == TSN_OP_CODE ? _ ("Task codes") : _ ("Task embeddings"),
                       _ ("Dimension"), NULL);
  for (guint t = 0; t < tsn_document_get_n_tasks (document); t++)
    {
      const float *vector = get_vector (document, node, t, scratch);

      if (vector != NULL && tsn_document_is_shown (document, t))
        add_line (document, plot, t, vector, node->channels);
    }
  tsn_plot_area_add (area, plot);
  tsn_plot_area_describe (area, _ ("Numbers of a vector under every task"), node->name);
  return TRUE;
}

static void
add_histogram (TsnDocument *document, TsnPlot *plot, guint task, const TsnFeatureStats *stats)
{
  double x[2 * TSN_FEATURE_BINS], y[2 * TSN_FEATURE_BINS];
  double width = (stats->range.high - stats->range.low) / TSN_FEATURE_BINS;

  for (guint i = 0; i < TSN_FEATURE_BINS; i++)
    {
      x[2 * i] = stats->range.low + i * width;
      x[2 * i + 1] = x[2 * i] + width;
      y[2 * i] = y[2 * i + 1] = 100 * stats->bins[i];
    }
  tsn_plot_add_line (plot, get_title (document, task), get_style (task), x, y,
                     2 * TSN_FEATURE_BINS);
}

/**
 * tsn_inspect_plots_show_histogram:
 *
 * Plots how often the node has which values, for every task of the result.
 */
void
tsn_inspect_plots_show_histogram (TsnDocument *document, TsnPlotArea *area)
{
  TsnInspectionResult *result = tsn_inspection_get_result (tsn_document_get_inspection (document));
  TsnPlot *plot;

  tsn_plot_area_clear (area);
  if (result == NULL || result->stats == NULL)
    return;
  plot = tsn_plot_new (NULL, _ ("Value"), _ ("Share (%)"));
  tsn_plot_set_logarithmic (plot); /* nearly all features are small */
  for (guint i = 0; i < tsn_inspection_result_get_n_tasks (result); i++)
    add_histogram (document, plot, tsn_inspection_result_get_task (result, i), &result->stats[i]);
  tsn_plot_area_add (area, plot);
  tsn_plot_area_describe (area, _ ("Histogram"), result->query.node);
}
