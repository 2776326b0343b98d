/* The inspector's numbers as plots. */
#pragma once

#include "ui/tsn-inspection.h"
#include "ui/tsn-plot-area.h"

G_BEGIN_DECLS

gboolean tsn_inspect_plots_show_coefficients (TsnDocument *document, guint norm, TsnPlotArea *area);
gboolean tsn_inspect_plots_show_vector (TsnDocument *document, TsnPlotArea *area);
void tsn_inspect_plots_show_histogram (TsnDocument *document, TsnPlotArea *area);
gboolean tsn_inspect_plots_get_coefficients (
    TsnDocument *document, guint norm, guint task, guint *channel, float *scale, float *shift);
guint tsn_inspect_plots_find_norm (TsnDocument *document);

G_END_DECLS
