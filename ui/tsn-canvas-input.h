/* What the pointer and the keyboard do on a canvas. */
#pragma once

#include "ui/tsn-canvas.h"

G_BEGIN_DECLS

/**
 * TsnCanvasActivateFunc:
 * @n_press: 1 for a click, 2 for a double click or Enter
 */
typedef void (*TsnCanvasActivateFunc) (TsnCanvas *canvas, int n_press);

void tsn_canvas_input_attach (TsnCanvas *canvas, TsnView *view, TsnCanvasActivateFunc activate);

G_END_DECLS
