/* Plots: lines, points and bars between two axes. */
#pragma once

#include "core/figure/tsn-axis.h"
#include "core/figure/tsn-ink.h"

G_BEGIN_DECLS

/**
 * TsnPlot:
 *
 * One pair of axes and what is drawn between them.
 */
typedef struct _TsnPlot TsnPlot;

/**
 * TsnPlotStyle:
 * @colour: number of a colour, see tsn_ink_set()
 * @dash: number of a pattern, see tsn_ink_set_dash()
 * @mark: number of a shape, see tsn_ink_mark(); -1 for none
 */
typedef struct
{
  guint colour;
  guint dash;
  int mark;
} TsnPlotStyle;

TsnPlot *tsn_plot_new (const char *title, const char *x_title, const char *y_title);
void tsn_plot_free (TsnPlot *plot);

void tsn_plot_set_logarithmic (TsnPlot *plot);
void tsn_plot_set_square (TsnPlot *plot);
void tsn_plot_include (TsnPlot *plot, double x, double y);
void tsn_plot_add_line (TsnPlot *plot,
                        const char *label,
                        TsnPlotStyle style,
                        const double *x,
                        const double *y,
                        guint n);
void tsn_plot_add_point (TsnPlot *plot, const char *label, TsnPlotStyle style, double x, double y);
void tsn_plot_add_bar (TsnPlot *plot, const char *label, guint colour, double value);

void tsn_plot_draw (const TsnPlot *plot, cairo_t *cr, const TsnBox *box);
double tsn_plot_draw_legend (const TsnPlot *plot, cairo_t *cr, double x, double y, double width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnPlot, tsn_plot_free)

G_END_DECLS
