/* The lines between the parts of a network's picture. */
#pragma once

#include <gtk/gtk.h>

#include "core/figure/tsn-outline.h"

G_BEGIN_DECLS

/**
 * TsnGraphBox:
 * @x, @y: top left corner in logical pixels
 * @width, @height: size
 *
 * Where a block is.
 */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} TsnGraphBox;

void tsn_graph_links_draw (const TsnOutline *outline,
                           const TsnGraphBox *boxes,
                           guint current,
                           GtkWidget *widget,
                           cairo_t *cr);

G_END_DECLS
