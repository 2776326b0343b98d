/* A sheet of paper with a figure on it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TSN_TYPE_FIGURE_PREVIEW (tsn_figure_preview_get_type ())
G_DECLARE_FINAL_TYPE (TsnFigurePreview, tsn_figure_preview, TSN, FIGURE_PREVIEW, GtkWidget)

/**
 * TsnFigurePreview:
 *
 * Shows a picture of a figure as large as there is room, whatever its own size.
 *
 * Signals: `resized` () when a picture of another size would suit better.
 */

void tsn_figure_preview_set_paper (TsnFigurePreview *self, gboolean paper);
GdkTexture *tsn_figure_preview_get_texture (TsnFigurePreview *self);
void tsn_figure_preview_set_texture (TsnFigurePreview *self, GdkTexture *texture);
void tsn_figure_preview_get_box (TsnFigurePreview *self, guint *width, guint *height);

G_END_DECLS
