/* The network as a picture whose parts can be chosen. */
#pragma once

#include "ui/tsn-inspection.h"

G_BEGIN_DECLS

#define TSN_TYPE_GRAPH_VIEW (tsn_graph_view_get_type ())
G_DECLARE_FINAL_TYPE (TsnGraphView, tsn_graph_view, TSN, GRAPH_VIEW, GtkWidget)

/**
 * TsnGraphView:
 *
 * Draws the outline of the document's model: a button for every block, lines for what they read.
 * Buttons activate "inspect.node" with the name of their node; arrow keys move between them.  It
 * shrinks to the width of a side panel and uses all the room of a window.
 */

TsnGraphView *tsn_graph_view_new (void);
void tsn_graph_view_set_document (TsnGraphView *self, TsnDocument *document);
void tsn_graph_view_set_large (TsnGraphView *self, gboolean large);
GtkWidget *tsn_graph_view_get_button (TsnGraphView *self, const char *node);

G_END_DECLS
