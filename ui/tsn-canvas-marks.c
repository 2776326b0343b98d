#include "ui/tsn-canvas-marks.h"

#include <math.h>

/* The handle of the divider, in logical pixels. */
#define HANDLE_RADIUS 11.0

/* Light within dark, to be seen on any colour. */
static const GdkRGBA dark = { 0, 0, 0, 0.7 };
static const GdkRGBA light = { 1, 1, 1, 1 };

static void
append_bar (GtkSnapshot *snapshot, const graphene_rect_t *bar)
{
  graphene_rect_t border = *bar;

  graphene_rect_inset (&border, -1, -1);
  gtk_snapshot_append_color (snapshot, &dark, &border);
  gtk_snapshot_append_color (snapshot, &light, bar);
}

/**
 * tsn_canvas_marks_probe:
 *
 * Draws a cross with a gap in its middle.
 */
void
tsn_canvas_marks_probe (GtkSnapshot *snapshot, double x, double y)
{
  static const float arms[4][4]
      = { { -11, -1, 7, 2 }, { 4, -1, 7, 2 }, { -1, -11, 2, 7 }, { -1, 4, 2, 7 } };

  for (guint i = 0; i < 4; i++)
    append_bar (snapshot, &GRAPHENE_RECT_INIT (round (x) + arms[i][0], round (y) + arms[i][1],
                                               arms[i][2], arms[i][3]));
}

static void
draw_arrows (cairo_t *cr, double x, double y)
{
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (cr, x + side * 3, y - 4);
      cairo_line_to (cr, x + side * 7, y);
      cairo_line_to (cr, x + side * 3, y + 4);
      cairo_close_path (cr);
    }
  gdk_cairo_set_source_rgba (cr, &dark);
  cairo_fill (cr);
}

/**
 * tsn_canvas_marks_divider:
 * @x: where it stands
 * @top: its upper end
 * @bottom: its lower end
 *
 * Draws a line with a round handle that arrows on both sides invite to drag.
 */
void
tsn_canvas_marks_divider (GtkSnapshot *snapshot, double x, double top, double bottom)
{
  double middle = round ((top + bottom) / 2), reach = HANDLE_RADIUS + 1;
  cairo_t *cr;

  x = round (x);
  append_bar (snapshot, &GRAPHENE_RECT_INIT (x - 1, top, 2, bottom - top));
  cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (x - reach, middle - reach, 2 * reach, 2 * reach));
  cairo_arc (cr, x, middle, reach - 0.5, 0, 2 * G_PI);
  gdk_cairo_set_source_rgba (cr, &dark);
  cairo_fill (cr);
  cairo_arc (cr, x, middle, HANDLE_RADIUS - 0.5, 0, 2 * G_PI);
  gdk_cairo_set_source_rgba (cr, &light);
  cairo_fill (cr);
  draw_arrows (cr, x, middle);
  cairo_destroy (cr);
}

/**
 * tsn_canvas_marks_frame:
 *
 * Draws the rim of a loupe.
 */
void
tsn_canvas_marks_frame (GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  GskRoundedRect outline;
  const float wide[4] = { 3, 3, 3, 3 }, narrow[4] = { 2, 2, 2, 2 };
  const GdkRGBA outer[4] = { dark, dark, dark, dark }, inner[4] = { light, light, light, light };

  gsk_rounded_rect_init_from_rect (&outline, bounds, 0);
  gtk_snapshot_append_border (snapshot, &outline, wide, outer);
  gtk_snapshot_append_border (snapshot, &outline, narrow, inner);
}
