/* Where the titles and values of a pane stand. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void tsn_canvas_badges_measure (GtkWidget *canvas,
                                GtkOrientation orientation,
                                int for_size,
                                int *minimum,
                                int *natural,
                                int *minimum_baseline,
                                int *natural_baseline);
void
tsn_canvas_badges_allocate (GtkWidget *canvas, const GtkAllocation *covered, int width, int height);

G_END_DECLS
