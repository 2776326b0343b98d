#include "core/figure/tsn-heat-map.h"

#include "core/figure/tsn-axis.h"
#include "core/figure/tsn-colour-map.h"

#include <math.h>

#define GAP 4.0
#define BAR_WIDTH 7.0
#define BAR_STEPS 64
#define COLUMN_TURN 40.0

/* Sizes below which numbers are left out and names are turned. */
#define SMALLEST_TEXT 3.8
#define SMALLEST_NAME 6.4

typedef struct
{
  const TsnHeatMap *map;
  cairo_t *cr;
  TsnBox cells;
  double low;
  double high;
  double name_size; /* of the text below the columns */
  gboolean turned;  /* whether it is */
} Stage;

static void
find_range (Stage *stage)
{
  const TsnHeatMap *map = stage->map;

  stage->low = map->low;
  stage->high = map->high;
  if (stage->low < stage->high)
    return;
  stage->low = INFINITY;
  stage->high = -INFINITY;
  for (guint i = 0; i < map->n_rows * map->n_columns; i++)
    if (isfinite (map->values[i]))
      {
        stage->low = MIN (stage->low, map->values[i]);
        stage->high = MAX (stage->high, map->values[i]);
      }
  if (map->scale == TSN_HEAT_DIVERGING)
    {
      double reach = MAX (stage->high - map->middle, map->middle - stage->low);

      stage->low = map->middle - reach;
      stage->high = map->middle + reach;
    }
  if (!(stage->low < stage->high))
    {
      stage->low = isfinite (stage->low) ? stage->low - 0.5 : 0;
      stage->high = stage->low + 1;
    }
}

/* Sets the colour of a number; returns its lightness, for text upon it. */
static double
set_colour (const Stage *stage, double value)
{
  double at = CLAMP ((value - stage->low) / (stage->high - stage->low), 0, 1);
  guint8 rgb[3];

  if (!isfinite (value))
    tsn_colour_map_look_up (TSN_COLOUR_MAP_GREY, 0.85, rgb);
  else if (stage->map->scale == TSN_HEAT_SEQUENTIAL)
    tsn_colour_map_look_up (TSN_COLOUR_MAP_VIRIDIS, at, rgb);
  else
    tsn_colour_map_look_up (TSN_COLOUR_MAP_DIVERGING, at, rgb);
  tsn_ink_set_rgb (stage->cr, rgb);
  return (0.3 * rgb[0] + 0.59 * rgb[1] + 0.11 * rgb[2]) / 255;
}

static char *
format_value (const TsnHeatMap *map, double value)
{
  double rounding = 0.5 * pow (10, -(double) map->decimals);

  if (!isfinite (value))
    return g_strdup ("–");
  return g_strdup_printf ("%s%.*f", value <= -rounding ? "−" : "", (int) map->decimals,
                          fabs (value));
}

/* The width and the height that the largest of some names need. */
static void
measure_names (
    const Stage *stage, const char *const *names, guint n, double *widest, double *tallest)
{
  const TsnText style = { .size = TSN_INK_TEXT };

  *widest = *tallest = 0;
  for (guint i = 0; i < n; i++)
    {
      double width, height;

      tsn_ink_measure (stage->cr, &style, names[i], &width, &height);
      *widest = MAX (*widest, width);
      *tallest = MAX (*tallest, height);
    }
}

/* Numbers that do not fit into their cells are left out. */
static double
choose_text_size (const Stage *stage)
{
  const TsnHeatMap *map = stage->map;
  double cell = stage->cells.width / map->n_columns;
  double size = MIN (TSN_INK_TEXT, 0.6 * stage->cells.height / map->n_rows);
  const TsnText style = { .size = size };
  double most = 0, width, height;

  for (guint i = 0; i < map->n_rows * map->n_columns; i++)
    {
      g_autofree char *own = format_value (map, map->values[i]);

      tsn_ink_measure (stage->cr, &style, map->texts != NULL ? map->texts[i] : own, &width,
                       &height);
      most = MAX (most, width);
    }
  return most > 0.92 * cell ? size * 0.92 * cell / most : size;
}

static void
draw_cells (const Stage *stage)
{
  const TsnHeatMap *map = stage->map;
  double width = stage->cells.width / map->n_columns;
  double height = stage->cells.height / map->n_rows;
  const TsnText style = { .size = choose_text_size (stage), .align_x = 0.5, .align_y = 0.5 };

  for (guint i = 0; i < map->n_rows * map->n_columns; i++)
    {
      double x = stage->cells.x + i % map->n_columns * width;
      double y = stage->cells.y + i / map->n_columns * height;
      g_autofree char *own = format_value (map, map->values[i]);
      double lightness = set_colour (stage, map->values[i]);

      cairo_rectangle (stage->cr, x, y, width, height);
      cairo_fill_preserve (stage->cr);
      cairo_set_source_rgb (stage->cr, 1, 1, 1);
      cairo_set_line_width (stage->cr, TSN_INK_HAIR);
      cairo_stroke (stage->cr);
      tsn_ink_set_grey (stage->cr, lightness > 0.5 ? 0.05 : 1);
      if (style.size >= SMALLEST_TEXT)
        tsn_ink_write (stage->cr, &style, x + width / 2, y + height / 2,
                       map->texts != NULL ? map->texts[i] : own);
    }
}

static void
draw_names (const Stage *stage)
{
  const TsnHeatMap *map = stage->map;
  const TsnText row = { .size = TSN_INK_TEXT, .align_x = 1, .align_y = 0.5 };
  const TsnText flat = { .size = stage->name_size, .align_x = 0.5 };
  const TsnText turned
      = { .size = TSN_INK_TEXT, .align_x = 1, .align_y = 0.5, .turn = COLUMN_TURN };
  double bottom = stage->cells.y + stage->cells.height;

  tsn_ink_set_grey (stage->cr, 0.1);
  for (guint r = 0; r < map->n_rows; r++)
    tsn_ink_write (stage->cr, &row, stage->cells.x - GAP,
                   stage->cells.y + (r + 0.5) * stage->cells.height / map->n_rows,
                   map->row_names[r]);
  for (guint c = 0; c < map->n_columns; c++)
    tsn_ink_write (stage->cr, stage->turned ? &turned : &flat,
                   stage->cells.x + (c + 0.5) * stage->cells.width / map->n_columns,
                   bottom + (stage->turned ? 1.6 : 0.6) * GAP, map->column_names[c]);
}

static void
draw_titles (const Stage *stage, const TsnBox *box)
{
  const TsnHeatMap *map = stage->map;
  const TsnText title = { .size = TSN_INK_TITLE, .bold = TRUE, .align_x = 0.5, .align_y = 1 };
  const TsnText below = { .size = TSN_INK_TEXT, .align_x = 0.5, .align_y = 1 };
  const TsnText left = { .size = TSN_INK_TEXT, .align_x = 0.5, .turn = 90 };
  double middle = stage->cells.x + stage->cells.width / 2;

  tsn_ink_set_grey (stage->cr, 0.1);
  if (map->title != NULL)
    tsn_ink_write (stage->cr, &title, middle, stage->cells.y - GAP, map->title);
  if (map->x_title != NULL)
    tsn_ink_write (stage->cr, &below, middle, box->y + box->height, map->x_title);
  if (map->y_title != NULL)
    tsn_ink_write (stage->cr, &left, box->x, stage->cells.y + stage->cells.height / 2,
                   map->y_title);
}

static void
draw_colour_bar (const Stage *stage)
{
  const TsnText style = { .size = TSN_INK_SMALL, .align_y = 0.5 };
  double x = stage->cells.x + stage->cells.width + 2 * GAP;
  double step = stage->cells.height / BAR_STEPS;
  TsnAxis axis;

  for (guint i = 0; i < BAR_STEPS; i++)
    {
      set_colour (stage, stage->high - (i + 0.5) * (stage->high - stage->low) / BAR_STEPS);
      /* A little more than its own height, so that no seam shows. */
      cairo_rectangle (stage->cr, x, stage->cells.y + i * step, BAR_WIDTH,
                       i + 1 < BAR_STEPS ? 1.5 * step : step);
      cairo_fill (stage->cr);
    }
  tsn_ink_set_grey (stage->cr, 0.2);
  cairo_set_line_width (stage->cr, TSN_INK_HAIR);
  cairo_rectangle (stage->cr, x, stage->cells.y, BAR_WIDTH, stage->cells.height);
  cairo_stroke (stage->cr);
  tsn_axis_init (&axis, stage->low, stage->high, 4);
  for (guint i = 0; i < axis.n_ticks; i++)
    {
      g_autofree char *label = tsn_axis_format (&axis, axis.ticks[i]);
      double at = (axis.ticks[i] - stage->low) / (stage->high - stage->low);
      double y = stage->cells.y + (1 - at) * stage->cells.height;

      if (at < -1e-9 || at > 1 + 1e-9)
        continue;
      cairo_move_to (stage->cr, x + BAR_WIDTH, y);
      cairo_rel_line_to (stage->cr, 2, 0);
      cairo_stroke (stage->cr);
      tsn_ink_write (stage->cr, &style, x + BAR_WIDTH + 3.5, y, label);
    }
}

/* Names that are too long for their columns are written smaller, or turned if that is not enough.
 * Returns: the height that they need. */
static double
fit_columns (Stage *stage)
{
  const TsnHeatMap *map = stage->map;
  double room = 0.97 * stage->cells.width / map->n_columns;
  double width, height;

  measure_names (stage, map->column_names, map->n_columns, &width, &height);
  stage->name_size = TSN_INK_TEXT * MIN (1, room / width);
  stage->turned = stage->name_size < SMALLEST_NAME;
  return stage->turned ? width * sin (COLUMN_TURN * G_PI / 180) + 1.6 * TSN_INK_TEXT : height + GAP;
}

static void
lay_out (Stage *stage, const TsnBox *box)
{
  const TsnHeatMap *map = stage->map;
  double rows, height, below, left, above, right;

  measure_names (stage, map->row_names, map->n_rows, &rows, &height);
  left = rows + GAP + (map->y_title != NULL ? 1.6 * TSN_INK_TEXT : 0);
  above = map->title != NULL ? 1.7 * TSN_INK_TITLE : 2;
  right = 2 * GAP + BAR_WIDTH + 3.4 * TSN_INK_SMALL;
  stage->cells = (TsnBox){ box->x + left, box->y + above, box->width - left - right, 1 };
  below = fit_columns (stage);
  if (map->x_title != NULL)
    below += 1.6 * TSN_INK_TEXT;
  stage->cells.height = box->height - above - below;
}

/**
 * tsn_heat_map_draw:
 * @box: where, names, titles and the scale included
 */
void
tsn_heat_map_draw (const TsnHeatMap *map, cairo_t *cr, const TsnBox *box)
{
  Stage stage = { .map = map, .cr = cr };

  cairo_save (cr);
  find_range (&stage);
  lay_out (&stage, box);
  draw_cells (&stage);
  draw_names (&stage);
  draw_titles (&stage, box);
  draw_colour_bar (&stage);
  cairo_restore (cr);
}
