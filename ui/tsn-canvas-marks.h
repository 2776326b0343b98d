/* What a canvas draws upon its picture. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void tsn_canvas_marks_probe (GtkSnapshot *snapshot, double x, double y);
void tsn_canvas_marks_divider (GtkSnapshot *snapshot, double x, double top, double bottom);
void tsn_canvas_marks_frame (GtkSnapshot *snapshot, const graphene_rect_t *bounds);

G_END_DECLS
