/* Parameters against the number of tasks, for every scheme, as a plot. */
#pragma once

#include "core/figure/tsn-plot.h"
#include "core/model/tsn-model.h"

G_BEGIN_DECLS

/**
 * TsnCostPlot:
 * @plot: (nullable): the plot; whoever shows it takes it
 * @summary: what is to be seen, in words
 */
typedef struct
{
  TsnPlot *plot;
  char *summary;
} TsnCostPlot;

TsnCostPlot *tsn_cost_plot_new (const TsnModel *first, const TsnModel *second);
void tsn_cost_plot_free (TsnCostPlot *cost);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnCostPlot, tsn_cost_plot_free)

G_END_DECLS
