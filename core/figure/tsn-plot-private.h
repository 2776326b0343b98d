/* What a plot holds; private to core/figure. */
#pragma once

#include "core/figure/tsn-plot.h"

G_BEGIN_DECLS

typedef struct
{
  char *label;
  TsnPlotStyle style;
  guint n;
  double *x;
  double *y;
} TsnPlotLine;

typedef struct
{
  char *label;
  guint colour;
  double value;
} TsnPlotBar;

struct _TsnPlot
{
  char *title;
  char *x_title;
  char *y_title;
  gboolean logarithmic;
  gboolean square;
  double low_x, high_x; /* of all that is shown */
  double low_y, high_y;
  GArray *lines;  /* of TsnPlotLine */
  GArray *points; /* of TsnPlotLine with one number */
  GArray *bars;   /* of TsnPlotBar */
};

G_END_DECLS
