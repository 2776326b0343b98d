/* Plots on a canvas. */
#include "core/figure/tsn-plot-private.h"

#include <math.h>

#define TICK 3.0
#define GAP 3.0
#define Y_STEPS 5
#define MARK 4.6
#define BAR_SHARE 0.62

/* Width that a tick of the horizontal axis needs for its label. */
#define TICK_ROOM 34.0

/* Where things are while a plot is drawn. */
typedef struct
{
  const TsnPlot *plot;
  cairo_t *cr;
  TsnAxis x;
  TsnAxis y;
  TsnBox inner;
} Stage;

static double
place_x (const Stage *stage, double value)
{
  return stage->inner.x + tsn_axis_place (&stage->x, value) * stage->inner.width;
}

static double
place_y (const Stage *stage, double value)
{
  return stage->inner.y + (1 - tsn_axis_place (&stage->y, value)) * stage->inner.height;
}

static gboolean
is_drawable (const Stage *stage, double x, double y)
{
  return isfinite (x) && isfinite (y) && (y > 0 || !stage->y.logarithmic);
}

static double
widest_label (const Stage *stage)
{
  const TsnText style = { .size = TSN_INK_TEXT };
  double widest = 0, width, height;

  for (guint i = 0; i < stage->plot->bars->len; i++)
    {
      tsn_ink_measure (stage->cr, &style, g_array_index (stage->plot->bars, TsnPlotBar, i).label,
                       &width, &height);
      widest = MAX (widest, width);
    }
  for (guint i = 0; stage->plot->bars->len == 0 && i < stage->y.n_ticks; i++)
    {
      g_autofree char *label = tsn_axis_format (&stage->y, stage->y.ticks[i]);

      tsn_ink_measure (stage->cr, &style, label, &width, &height);
      widest = MAX (widest, width);
    }
  return widest;
}

static void
make_y_axis (Stage *stage)
{
  const TsnPlot *plot = stage->plot;

  if (plot->logarithmic)
    tsn_axis_init_logarithmic (&stage->y, plot->low_y / 1.1, plot->high_y * 1.1);
  else
    tsn_axis_init (&stage->y, plot->low_y, plot->high_y, Y_STEPS);
}

static void
make_x_axis (Stage *stage)
{
  const TsnPlot *plot = stage->plot;
  guint steps = CLAMP (stage->inner.width / TICK_ROOM, 2, 6);

  tsn_axis_init (&stage->x, plot->low_x, plot->high_x, steps);
}

/* Room for titles and labels around the axes. */
static void
lay_out (Stage *stage, const TsnBox *box)
{
  const TsnPlot *plot = stage->plot;
  double line = 1.45 * TSN_INK_TEXT;
  double left = TICK + GAP + widest_label (stage) + (plot->y_title != NULL ? line + GAP : 0);
  double above = plot->title != NULL ? 1.7 * TSN_INK_TITLE : 0.6 * TSN_INK_TEXT;
  double below = TICK + GAP + line + (plot->x_title != NULL ? line : 0);
  double right = plot->bars->len > 0 ? 3.2 * TSN_INK_TEXT : 1.2 * TSN_INK_TEXT;

  stage->inner = (TsnBox){ box->x + left, box->y + above, box->width - left - right,
                           box->height - above - below };
}

/* Widens the shorter axis about its middle until a unit is as long on both. */
static void
make_square (Stage *stage)
{
  double per_x = (stage->x.high - stage->x.low) / stage->inner.width;
  double per_y = (stage->y.high - stage->y.low) / stage->inner.height;
  TsnAxis *axis = per_x < per_y ? &stage->x : &stage->y;
  const TsnAxis *other = per_x < per_y ? &stage->y : &stage->x;
  double extra = (MAX (per_x, per_y) / MIN (per_x, per_y) - 1) * (axis->high - axis->low) / 2;
  double low = axis->low - extra, high = axis->high + extra;

  *axis = *other; /* for ticks as far apart */
  tsn_axis_extend (axis, low, high);
}

static void
stroke_line (cairo_t *cr, double x1, double y1, double x2, double y2)
{
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_stroke (cr);
}

static void
draw_x_axis (const Stage *stage)
{
  const TsnText style = { .size = TSN_INK_TEXT, .align_x = 0.5 };
  const TsnBox *inner = &stage->inner;
  double bottom = inner->y + inner->height;
  cairo_t *cr = stage->cr;

  for (guint i = 0; i < stage->x.n_ticks; i++)
    {
      g_autofree char *label = tsn_axis_format (&stage->x, stage->x.ticks[i]);
      double x = place_x (stage, stage->x.ticks[i]);

      tsn_ink_set_grey (cr, 0.9);
      stroke_line (cr, x, inner->y, x, bottom);
      tsn_ink_set_grey (cr, 0.2);
      stroke_line (cr, x, bottom, x, bottom + TICK);
      tsn_ink_write (cr, &style, x, bottom + TICK + GAP / 2, label);
    }
  if (stage->plot->x_title != NULL)
    tsn_ink_write (cr, &style, inner->x + inner->width / 2,
                   bottom + TICK + GAP + 1.35 * TSN_INK_TEXT, stage->plot->x_title);
}

static void
draw_y_axis (const Stage *stage)
{
  const TsnText style = { .size = TSN_INK_TEXT, .align_x = 1, .align_y = 0.5 };
  const TsnText turned = { .size = TSN_INK_TEXT, .align_x = 0.5, .align_y = 1, .turn = 90 };
  const TsnBox *inner = &stage->inner;
  cairo_t *cr = stage->cr;

  for (guint i = 0; i < stage->y.n_ticks; i++)
    {
      g_autofree char *label = tsn_axis_format (&stage->y, stage->y.ticks[i]);
      double y = place_y (stage, stage->y.ticks[i]);

      tsn_ink_set_grey (cr, 0.9);
      stroke_line (cr, inner->x, y, inner->x + inner->width, y);
      tsn_ink_set_grey (cr, 0.2);
      stroke_line (cr, inner->x - TICK, y, inner->x, y);
      tsn_ink_write (cr, &style, inner->x - TICK - GAP, y, label);
    }
  if (stage->plot->y_title != NULL)
    tsn_ink_write (cr, &turned, inner->x - TICK - 2 * GAP - widest_label (stage),
                   inner->y + inner->height / 2, stage->plot->y_title);
}

static void
draw_frame (const Stage *stage)
{
  const TsnText style = { .size = TSN_INK_TITLE, .bold = TRUE, .align_x = 0.5, .align_y = 1 };
  const TsnBox *inner = &stage->inner;
  cairo_t *cr = stage->cr;

  cairo_set_line_width (cr, TSN_INK_HAIR);
  tsn_ink_set_dash (cr, 0);
  draw_x_axis (stage);
  if (stage->plot->bars->len == 0)
    draw_y_axis (stage);
  tsn_ink_set_grey (cr, 0.2);
  cairo_rectangle (cr, inner->x, inner->y, inner->width, inner->height);
  cairo_stroke (cr);
  if (stage->plot->title != NULL)
    tsn_ink_write (cr, &style, inner->x + inner->width / 2, inner->y - GAP, stage->plot->title);
}

static void
draw_line (const Stage *stage, const TsnPlotLine *line)
{
  cairo_t *cr = stage->cr;

  tsn_ink_set (cr, line->style.colour);
  cairo_set_line_width (cr, TSN_INK_LINE);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  tsn_ink_set_dash (cr, line->style.dash);
  for (guint i = 0; i < line->n; i++)
    if (!is_drawable (stage, line->x[i], line->y[i]))
      cairo_new_sub_path (cr);
    else
      cairo_line_to (cr, place_x (stage, line->x[i]), place_y (stage, line->y[i]));
  cairo_stroke (cr);
  tsn_ink_set_dash (cr, 0);
  /* A line of one number is none. */
  for (guint i = 0; (line->style.mark >= 0 || line->n == 1) && i < line->n; i++)
    if (is_drawable (stage, line->x[i], line->y[i]))
      tsn_ink_mark (cr, MAX (line->style.mark, 0), place_x (stage, line->x[i]),
                    place_y (stage, line->y[i]), MARK);
}

/* Where a label may stand beside its point: which part of it, and in which direction. */
static const struct
{
  double align_x;
  double align_y;
  double dx;
  double dy;
} places[] = {
  { 0, 0.5, 1.4, 0 },  { 1, 0.5, -1.4, 0 }, { 0.5, 1, 0, -0.9 },  { 0.5, 0, 0, 0.9 },
  { 0, 1, 0.8, -0.5 }, { 0, 0, 0.8, 0.5 },  { 1, 1, -0.8, -0.5 }, { 1, 0, -0.8, 0.5 },
};

static double
overlap (const TsnBox *a, const TsnBox *b)
{
  double width = MIN (a->x + a->width, b->x + b->width) - MAX (a->x, b->x);
  double height = MIN (a->y + a->height, b->y + b->height) - MAX (a->y, b->y);

  return width > 0 && height > 0 ? width * height : 0;
}

/* How much a label would cover of what is taken, or stand out of the frame. */
static double
get_cost (const Stage *stage, const TsnBox *label, const GArray *taken)
{
  double cost = label->width * label->height - overlap (label, &stage->inner);

  for (guint i = 0; i < taken->len; i++)
    cost += overlap (label, &g_array_index (taken, TsnBox, i));
  return cost;
}

static void
draw_label (const Stage *stage, const TsnPlotLine *point, GArray *taken)
{
  double x = place_x (stage, point->x[0]), y = place_y (stage, point->y[0]);
  TsnText style = { .size = TSN_INK_TEXT };
  double width, height, best = INFINITY;
  TsnBox label = { 0 };
  guint chosen = 0;

  tsn_ink_measure (stage->cr, &style, point->label, &width, &height);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const TsnBox box = { x + places[i].dx * MARK - places[i].align_x * width,
                           y + places[i].dy * MARK - places[i].align_y * height, width, height };
      double cost = get_cost (stage, &box, taken);

      if (cost >= best)
        continue;
      best = cost;
      chosen = i;
      label = box;
    }
  g_array_append_val (taken, label);
  style.align_x = places[chosen].align_x;
  style.align_y = places[chosen].align_y;
  tsn_ink_set_grey (stage->cr, 0.1);
  tsn_ink_write (stage->cr, &style, x + places[chosen].dx * MARK, y + places[chosen].dy * MARK,
                 point->label);
}

/* First all marks, so that labels can keep clear of them. */
static void
draw_points (const Stage *stage)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (TsnBox));
  const GArray *points = stage->plot->points;

  for (guint i = 0; i < points->len; i++)
    {
      const TsnPlotLine *point = &g_array_index (points, TsnPlotLine, i);
      double x = place_x (stage, point->x[0]), y = place_y (stage, point->y[0]);
      const TsnBox mark = { x - 0.7 * MARK, y - 0.7 * MARK, 1.4 * MARK, 1.4 * MARK };

      tsn_ink_set (stage->cr, point->style.colour);
      tsn_ink_mark (stage->cr, MAX (point->style.mark, 0), x, y, 1.4 * MARK);
      g_array_append_val (taken, mark);
    }
  for (guint i = 0; i < points->len; i++)
    draw_label (stage, &g_array_index (points, TsnPlotLine, i), taken);
}

static void
draw_bar (const Stage *stage, guint index)
{
  const TsnText name = { .size = TSN_INK_TEXT, .align_x = 1, .align_y = 0.5 };
  const TsnText number = { .size = TSN_INK_SMALL, .align_y = 0.5 };
  const TsnPlotBar *bar = &g_array_index (stage->plot->bars, TsnPlotBar, index);
  double pitch = stage->inner.height / stage->plot->bars->len;
  double y = stage->inner.y + (index + 0.5) * pitch;
  double end = place_x (stage, bar->value);
  g_autofree char *value = g_strdup_printf ("%.1f", bar->value);
  cairo_t *cr = stage->cr;

  tsn_ink_set (cr, bar->colour);
  cairo_rectangle (cr, stage->inner.x, y - BAR_SHARE * pitch / 2, end - stage->inner.x,
                   BAR_SHARE * pitch);
  cairo_fill (cr);
  tsn_ink_set_grey (cr, 0.1);
  tsn_ink_write (cr, &name, stage->inner.x - GAP, y, bar->label);
  tsn_ink_write (cr, &number, end + GAP, y, value);
}

/**
 * tsn_plot_draw:
 * @box: where, titles and labels included
 */
void
tsn_plot_draw (const TsnPlot *plot, cairo_t *cr, const TsnBox *box)
{
  Stage stage = { .plot = plot, .cr = cr };

  cairo_save (cr);
  make_y_axis (&stage);
  lay_out (&stage, box);
  make_x_axis (&stage);
  if (plot->square)
    make_square (&stage);
  draw_frame (&stage);
  for (guint i = 0; i < plot->lines->len; i++)
    draw_line (&stage, &g_array_index (plot->lines, TsnPlotLine, i));
  draw_points (&stage);
  for (guint i = 0; i < plot->bars->len; i++)
    draw_bar (&stage, i);
  cairo_restore (cr);
}

#define LEGEND_LINE 20.0

static void
draw_legend_entry (cairo_t *cr, const TsnPlotLine *line, double x, double y)
{
  const TsnText style = { .size = TSN_INK_TEXT, .align_y = 0.5 };

  tsn_ink_set (cr, line->style.colour);
  cairo_set_line_width (cr, TSN_INK_LINE);
  tsn_ink_set_dash (cr, line->style.dash);
  stroke_line (cr, x, y, x + LEGEND_LINE, y);
  tsn_ink_set_dash (cr, 0);
  if (line->style.mark >= 0)
    tsn_ink_mark (cr, line->style.mark, x + LEGEND_LINE / 2, y, MARK);
  tsn_ink_set_grey (cr, 0.1);
  tsn_ink_write (cr, &style, x + LEGEND_LINE + GAP, y, line->label);
}

/**
 * tsn_plot_draw_legend:
 * @x: left edge
 * @y: upper edge
 * @width: how wide it may be
 *
 * Draws the labels of the lines in columns, in as few rows as they fit in, all about equally full.
 *
 * Returns: the height of the rows.
 */
double
tsn_plot_draw_legend (const TsnPlot *plot, cairo_t *cr, double x, double y, double width)
{
  const TsnText style = { .size = TSN_INK_TEXT };
  double row = 1.6 * TSN_INK_TEXT, widest = 0;
  guint n = plot->lines->len, columns, rows;

  if (n == 0)
    return 0;
  for (guint i = 0; i < n; i++)
    {
      double text, height;

      tsn_ink_measure (cr, &style, g_array_index (plot->lines, TsnPlotLine, i).label, &text,
                       &height);
      widest = MAX (widest, LEGEND_LINE + 4 * GAP + text);
    }
  columns = CLAMP ((guint) (width / widest), 1, n);
  rows = (n + columns - 1) / columns;
  columns = (n + rows - 1) / rows;
  cairo_save (cr);
  for (guint i = 0; i < n; i++)
    draw_legend_entry (cr, &g_array_index (plot->lines, TsnPlotLine, i),
                       x + i % columns * (width / columns), y + (i / columns + 0.5) * row);
  cairo_restore (cr);
  return rows * row;
}
