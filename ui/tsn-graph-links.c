#include "ui/tsn-graph-links.h"

#include <math.h>

#define ARROW 4.0
#define LINE 1.25
#define THICK_LINE 2.25

/* How far below the read-outs the line runs that leads to all of them. */
#define STRIP_LINE 12.0

typedef struct
{
  const TsnOutline *outline;
  const TsnGraphBox *boxes;
  guint current;
  double gap; /* between columns */
  GdkRGBA plain;
  GdkRGBA accent;
  cairo_t *cr;
} Stage;

static double
middle_x (const TsnGraphBox *box)
{
  return box->x + box->width / 2;
}

static double
middle_y (const TsnGraphBox *box)
{
  return box->y + box->height / 2;
}

/* Lines that end or begin at the chosen block stand out; those of the task are dashed. */
static void
set_style (const Stage *stage, gboolean highlighted, gboolean dashed)
{
  static const double dashes[] = { 3, 2.5 };

  gdk_cairo_set_source_rgba (stage->cr, highlighted ? &stage->accent : &stage->plain);
  cairo_set_line_width (stage->cr, highlighted ? THICK_LINE : LINE);
  cairo_set_dash (stage->cr, dashes, dashed ? G_N_ELEMENTS (dashes) : 0, 0);
}

static void
draw_arrow (const Stage *stage, double x, double y, double dx, double dy)
{
  cairo_t *cr = stage->cr;

  cairo_set_dash (cr, NULL, 0, 0);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x - ARROW * (dx - 0.7 * dy), y - ARROW * (dy + 0.7 * dx));
  cairo_line_to (cr, x - ARROW * (dx + 0.7 * dy), y - ARROW * (dy - 0.7 * dx));
  cairo_close_path (cr);
  cairo_fill (cr);
}

/* Straight up or down within a column, straight across within a row, else across, then up. */
static void
draw_flow (const Stage *stage, const TsnGraphBox *from, const TsnGraphBox *to)
{
  gboolean down = to->y > from->y;
  double end_y = down ? to->y : to->y + to->height;
  cairo_t *cr = stage->cr;

  if (fabs (from->y - to->y) < 1)
    {
      cairo_move_to (cr, from->x + from->width, middle_y (from));
      cairo_line_to (cr, to->x, middle_y (to));
      cairo_stroke (cr);
      draw_arrow (stage, to->x, middle_y (to), 1, 0);
      return;
    }
  if (fabs (from->x - to->x) < 1)
    cairo_move_to (cr, middle_x (from), down ? from->y + from->height : from->y);
  else
    {
      cairo_move_to (cr, from->x + from->width, middle_y (from));
      cairo_line_to (cr, middle_x (to), middle_y (from));
    }
  cairo_line_to (cr, middle_x (to), end_y);
  cairo_stroke (cr);
  draw_arrow (stage, middle_x (to), end_y, 0, down ? 1 : -1);
}

/* Where the strip of read-outs ends. */
static double
strip_bottom (const Stage *stage)
{
  double bottom = 0;

  for (guint i = 0; i < stage->outline->blocks->len; i++)
    if (tsn_outline_get (stage->outline, i)->readout)
      bottom = MAX (bottom, stage->boxes[i].y + stage->boxes[i].height);
  return bottom;
}

/* Up, along the strip, and up from below; a read-out of a read-out joins that line. */
static void
draw_readout (const Stage *stage, guint source, const TsnGraphBox *to)
{
  const TsnGraphBox *from = &stage->boxes[source];
  double line = strip_bottom (stage) + STRIP_LINE;
  cairo_t *cr = stage->cr;

  if (tsn_outline_get (stage->outline, source)->readout)
    cairo_move_to (cr, middle_x (from), line);
  else
    cairo_move_to (cr, middle_x (from), from->y);
  cairo_line_to (cr, middle_x (from), line);
  cairo_line_to (cr, middle_x (to), line);
  cairo_line_to (cr, middle_x (to), to->y + to->height);
  cairo_stroke (cr);
  draw_arrow (stage, middle_x (to), to->y + to->height, 0, -1);
}

/* From a vector to a knob: along a line left of the vectors, then below the modules of a row. */
static void
draw_conditional (const Stage *stage, const TsnGraphBox *from, const TsnGraphBox *to)
{
  double bus = from->x - stage->gap / 2;
  cairo_t *cr = stage->cr;

  cairo_move_to (cr, from->x, middle_y (from));
  cairo_line_to (cr, bus, middle_y (from));
  cairo_line_to (cr, bus, middle_y (to));
  cairo_line_to (cr, to->x + to->width, middle_y (to));
  cairo_stroke (cr);
}

static void
draw_link (const Stage *stage, guint index, const TsnOutlineLink *link)
{
  const TsnOutlineBlock *block = tsn_outline_get (stage->outline, index);
  const TsnGraphBox *from = &stage->boxes[link->from], *to = &stage->boxes[index];

  /* A knob sits on its module. */
  if (tsn_outline_get (stage->outline, link->from)->knob_of != TSN_NONE)
    return;
  if (block->readout)
    draw_readout (stage, link->from, to);
  else if (block->knob_of != TSN_NONE)
    draw_conditional (stage, from, to);
  else
    draw_flow (stage, from, to);
}

static gboolean
touches (const Stage *stage, guint index, const TsnOutlineLink *link)
{
  return index == stage->current || link->from == stage->current
         || (stage->current != TSN_NONE
             && tsn_outline_get (stage->outline, index)->knob_of == stage->current);
}

static void
draw_links (const Stage *stage, gboolean highlighted)
{
  for (guint i = 0; i < stage->outline->blocks->len; i++)
    {
      const TsnOutlineBlock *block = tsn_outline_get (stage->outline, i);

      for (guint k = 0; k < block->links->len; k++)
        {
          const TsnOutlineLink *link = &g_array_index (block->links, TsnOutlineLink, k);

          if (touches (stage, i, link) != highlighted)
            continue;
          set_style (stage, highlighted, link->conditional);
          draw_link (stage, i, link);
        }
    }
}

/* The gap between the columns of blocks, which are all as wide. */
static double
find_gap (const TsnOutline *outline, const TsnGraphBox *boxes, double width)
{
  for (guint i = 0; i < outline->blocks->len; i++)
    {
      const TsnOutlineBlock *block = tsn_outline_get (outline, i);

      if (!block->readout && block->knob_of == TSN_NONE)
        return width / outline->n_columns - boxes[i].width;
    }
  return 0;
}

/**
 * tsn_graph_links_draw:
 * @boxes: (array): where every block is
 * @current: the chosen block, or %TSN_NONE
 * @widget: for its colours
 *
 * Draws what reads what; the chosen block's lines last and in the accent colour.
 */
void
tsn_graph_links_draw (const TsnOutline *outline,
                      const TsnGraphBox *boxes,
                      guint current,
                      GtkWidget *widget,
                      cairo_t *cr)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  Stage stage = { .outline = outline, .boxes = boxes, .current = current, .cr = cr };

  stage.gap = find_gap (outline, boxes, gtk_widget_get_width (widget));
  gtk_style_context_get_color (context, &stage.plain);
  if (!gtk_style_context_lookup_color (context, "accent_color", &stage.accent))
    stage.accent = stage.plain;
  stage.plain.alpha *= 0.45;
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  draw_links (&stage, FALSE);
  draw_links (&stage, TRUE);
}
