/* Fills a box with rows without holding up the main loop. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TsnRowFunc:
 * @row: which one
 * @data: what was given to tsn_box_fill()
 *
 * Returns: (transfer floating): the row.
 */
typedef GtkWidget *(*TsnRowFunc) (guint row, gpointer data);

void tsn_box_fill (GtkBox *box, guint n_rows, TsnRowFunc make, gpointer data);

G_END_DECLS
