/* Plots in the window, drawn as figures are. */
#pragma once

#include <gtk/gtk.h>

#include "core/figure/tsn-plot.h"

G_BEGIN_DECLS

#define TSN_TYPE_PLOT_AREA (tsn_plot_area_get_type ())
G_DECLARE_FINAL_TYPE (TsnPlotArea, tsn_plot_area, TSN, PLOT_AREA, GtkWidget)

/**
 * TsnPlotArea:
 *
 * Draws plots below each other and one legend, in the colours of the theme.
 */

TsnPlotArea *tsn_plot_area_new (void);
void tsn_plot_area_clear (TsnPlotArea *self);
void tsn_plot_area_add (TsnPlotArea *self, TsnPlot *plot);
void tsn_plot_area_set_plot_height (TsnPlotArea *self, guint height);
void tsn_plot_area_set_legend (TsnPlotArea *self, gboolean legend);
void tsn_plot_area_describe (TsnPlotArea *self, const char *label, const char *summary);
guint tsn_plot_area_get_n_plots (TsnPlotArea *self);

G_END_DECLS
