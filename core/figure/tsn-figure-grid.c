#include "core/figure/tsn-figure-grid.h"

#include "core/figure/tsn-figure-layout.h"
#include "core/figure/tsn-legend.h"

#include <math.h>

/* Below so many pixels to the inch, pixels of a picture are shown as the squares that they are. */
#define CRISP_DENSITY 110.0
#define POINTS_PER_INCH 72.0

/* Width of a frame and height of a letter, as shares of a cell. */
#define FRAME 0.018
#define LETTER 0.17

/* The least width of a cell in which something can be made out, in heights of the font. */
#define SMALLEST_CELL 2.0

/* The width in points that a plot needs to be read. */
#define PLOT_WIDTH 160.0

static void
clear_cell (TsnFigureCell *cell)
{
  g_clear_pointer (&cell->picture, cairo_surface_destroy);
  g_clear_pointer (&cell->plot, tsn_plot_free);
  g_clear_pointer (&cell->insets, g_ptr_array_unref);
  g_free (cell->note);
  g_free (cell->caption);
}

static void
free_headings (TsnFigureHeading *headings, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_free (headings[i].group);
      g_free (headings[i].brief);
      g_free (headings[i].label);
    }
  g_free (headings);
}

/**
 * tsn_figure_grid_new:
 * @n_rows: at least 1
 * @n_columns: at least 1
 * @across: whether all rows are equally high; else all columns are equally wide
 *
 * Returns: (transfer full): a grid of empty square cells, across both columns of a paper.
 */
TsnFigureGrid *
tsn_figure_grid_new (guint n_rows, guint n_columns, gboolean across)
{
  TsnFigureGrid *grid = g_new0 (TsnFigureGrid, 1);
  guint n_aspects = across ? n_columns : n_rows;

  g_return_val_if_fail (n_rows > 0 && n_columns > 0, NULL);

  grid->n_rows = n_rows;
  grid->n_columns = n_columns;
  grid->across = across;
  grid->cells = g_new0 (TsnFigureCell, (size_t) n_rows * n_columns);
  grid->rows = g_new0 (TsnFigureHeading, n_rows);
  grid->columns = g_new0 (TsnFigureHeading, n_columns);
  grid->aspects = g_new (double, n_aspects);
  for (guint i = 0; i < n_aspects; i++)
    grid->aspects[i] = 1;
  grid->legends = g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_legend_free);
  grid->width = TSN_FIGURE_GRID_TWO;
  grid->max_height = TSN_FIGURE_GRID_MAX_HEIGHT;
  grid->font_size = TSN_INK_TEXT;
  grid->gap = 2;
  return grid;
}

void
tsn_figure_grid_free (TsnFigureGrid *grid)
{
  for (size_t i = 0; i < (size_t) grid->n_rows * grid->n_columns; i++)
    clear_cell (&grid->cells[i]);
  g_free (grid->cells);
  free_headings (grid->rows, grid->n_rows);
  free_headings (grid->columns, grid->n_columns);
  g_free (grid->aspects);
  g_ptr_array_unref (grid->legends);
  g_free (grid);
}

/**
 * tsn_figure_grid_set_page:
 *
 * Takes the size of the page, fonts and gaps from a plan.
 */
void
tsn_figure_grid_set_page (TsnFigureGrid *grid, const TsnFigurePlan *plan)
{
  static const double widths[] = { [TSN_FIGURE_WIDTH_ONE] = TSN_FIGURE_GRID_ONE,
                                   [TSN_FIGURE_WIDTH_TWO] = TSN_FIGURE_GRID_TWO,
                                   [TSN_FIGURE_WIDTH_SLIDE] = TSN_FIGURE_GRID_SLIDE };

  grid->width = widths[plan->width];
  grid->height = plan->width == TSN_FIGURE_WIDTH_SLIDE ? TSN_FIGURE_GRID_SLIDE_HEIGHT : 0;
  grid->font_size = plan->font_size;
  grid->gap = plan->gap;
  grid->letters = plan->letters;
}

/**
 * tsn_figure_grid_get_cell:
 *
 * Returns: (transfer none): a cell, to be filled or drawn.
 */
TsnFigureCell *
tsn_figure_grid_get_cell (const TsnFigureGrid *grid, guint row, guint column)
{
  return &grid->cells[(size_t) row * grid->n_columns + column];
}

static gboolean
has_pixels (cairo_surface_t *target)
{
  return cairo_surface_get_type (target) == CAIRO_SURFACE_TYPE_IMAGE;
}

/* Where the target has pixels, its own decide whether the picture is enlarged; on paper it is what
 * the eye can still tell apart. */
static gboolean
is_enlarged (cairo_t *cr, double pixels, double points)
{
  double x = 1, y = 0, scale_x, scale_y;
  cairo_surface_t *target = cairo_get_target (cr);

  /* PDF only says whether a program may smooth what it enlarges; it never should. */
  if (cairo_surface_get_type (target) == CAIRO_SURFACE_TYPE_PDF)
    return TRUE;
  if (!has_pixels (target))
    return pixels / points * POINTS_PER_INCH < CRISP_DENSITY;
  cairo_user_to_device_distance (cr, &x, &y);
  cairo_surface_get_device_scale (target, &scale_x, &scale_y);
  return pixels < points * hypot (x, y) * scale_x;
}

/* Draws a part of a picture, in shares of it, into a box. */
static void
draw_part (cairo_t *cr, cairo_surface_t *picture, const TsnFigurePart *part, const TsnBox *box)
{
  double width = part->width * cairo_image_surface_get_width (picture);
  double height = part->height * cairo_image_surface_get_height (picture);
  gboolean enlarged = is_enlarged (cr, width, box->width);

  cairo_save (cr);
  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  cairo_clip (cr);
  cairo_translate (cr, box->x, box->y);
  cairo_scale (cr, box->width / width, box->height / height);
  cairo_set_source_surface (cr, picture, -part->x * cairo_image_surface_get_width (picture),
                            -part->y * cairo_image_surface_get_height (picture));
  cairo_pattern_set_filter (cairo_get_source (cr),
                            enlarged ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD);
  /* Pixels at the rim are not mixed with nothing.  Other surfaces know no pixels and no mixing. */
  if (has_pixels (cairo_get_target (cr)))
    cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_restore (cr);
}

static TsnBox
place_inset (const TsnFigureInset *inset, cairo_surface_t *picture, const TsnBox *cell)
{
  double width = inset->part.width * cairo_image_surface_get_width (picture);
  double height = inset->part.height * cairo_image_surface_get_height (picture);
  double scale = inset->size * MIN (cell->width / width, cell->height / height);
  TsnBox box = { cell->x, cell->y, width * scale, height * scale };

  if (inset->corner == TSN_FIGURE_TOP_RIGHT || inset->corner == TSN_FIGURE_BOTTOM_RIGHT)
    box.x += cell->width - box.width;
  if (inset->corner == TSN_FIGURE_BOTTOM_LEFT || inset->corner == TSN_FIGURE_BOTTOM_RIGHT)
    box.y += cell->height - box.height;
  return box;
}

/* Frames lie inside what they mark, with a fine white line around that sets them apart. */
static void
draw_frame (cairo_t *cr, const TsnBox *box, const TsnBox *cell, guint colour)
{
  double line = CLAMP (FRAME * MIN (cell->width, cell->height), 0.4, TSN_INK_LINE);

  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  cairo_set_line_width (cr, 0.6 * line);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_stroke (cr);
  cairo_rectangle (cr, box->x + line / 2, box->y + line / 2, box->width - line, box->height - line);
  cairo_set_line_width (cr, line);
  tsn_ink_set (cr, colour);
  cairo_stroke (cr);
}

static void
draw_insets (cairo_t *cr, const TsnFigureCell *cell, const TsnBox *box)
{
  static const guint colours[] = { 1, 0, 2, 3 };

  for (guint i = 0; cell->insets != NULL && i < cell->insets->len; i++)
    {
      const TsnFigureInset *inset = g_ptr_array_index (cell->insets, i);
      const TsnBox marked
          = { box->x + inset->part.x * box->width, box->y + inset->part.y * box->height,
              inset->part.width * box->width, inset->part.height * box->height };
      TsnBox shown = place_inset (inset, cell->picture, box);

      draw_frame (cr, &marked, box, colours[i % G_N_ELEMENTS (colours)]);
      draw_part (cr, cell->picture, &inset->part, &shown);
      draw_frame (cr, &shown, box, colours[i % G_N_ELEMENTS (colours)]);
    }
}

/* (a) to (z), (aa), (ab) ... */
static char *
letters_of (guint index)
{
  GString *text = g_string_new (NULL);

  for (index++; index > 0; index = (index - 1) / 26)
    g_string_prepend_c (text, 'a' + (index - 1) % 26);
  g_string_prepend_c (text, '(');
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

static double
letter_size (const TsnFigureGrid *grid, const TsnBox *box)
{
  return MIN (0.9 * grid->font_size, LETTER * MIN (box->width, box->height));
}

/* On a white ground, to be read on any picture. */
static void
draw_letters (const TsnFigureGrid *grid, cairo_t *cr, guint index, const TsnBox *box)
{
  g_autofree char *text = letters_of (index);
  const TsnText style = { .size = letter_size (grid, box) };
  double width, height, margin = 0.15 * style.size;

  tsn_ink_measure (cr, &style, text, &width, &height);
  cairo_rectangle (cr, box->x, box->y, width + 2 * margin, height);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  tsn_ink_write (cr, &style, box->x + margin, box->y, text);
}

static void
draw_note (const TsnFigureGrid *grid, cairo_t *cr, const char *note, const TsnBox *box)
{
  const TsnText style
      = { .size = 0.8 * grid->font_size, .align_x = 0.5, .align_y = 0.5, .wrap = box->width };

  cairo_rectangle (cr, box->x + 0.25, box->y + 0.25, box->width - 0.5, box->height - 0.5);
  cairo_set_line_width (cr, TSN_INK_HAIR);
  tsn_ink_set_grey (cr, 0.8);
  cairo_stroke (cr);
  tsn_ink_set_grey (cr, 0.5);
  tsn_ink_write (cr, &style, box->x + box->width / 2, box->y + box->height / 2, note);
}

/* Plots have texts of a fixed size: in a small cell the whole plot is drawn smaller. */
static void
draw_plot (const TsnPlot *plot, cairo_t *cr, const TsnBox *box)
{
  double scale = MIN (1, box->width / PLOT_WIDTH);
  const TsnBox inner = { 0, 0, box->width / scale, box->height / scale };

  cairo_save (cr);
  cairo_translate (cr, box->x, box->y);
  cairo_scale (cr, scale, scale);
  tsn_plot_draw (plot, cr, &inner);
  cairo_restore (cr);
}

static void
draw_cell (const TsnFigureGrid *grid, guint row, guint column, cairo_t *cr, const TsnBox *box)
{
  static const TsnFigurePart whole = { 0, 0, 1, 1 };
  const TsnFigureCell *cell = tsn_figure_grid_get_cell (grid, row, column);
  /* A letter may lie on a picture, but not on the axes of a plot. */
  double head = grid->letters ? 1.4 * letter_size (grid, box) : 0;
  const TsnBox below = { box->x, box->y + head, box->width, box->height - head };

  if (cell->picture != NULL)
    {
      draw_part (cr, cell->picture, &whole, box);
      draw_insets (cr, cell, box);
    }
  else if (cell->plot != NULL)
    draw_plot (cell->plot, cr, &below);
  else if (cell->note != NULL)
    draw_note (grid, cr, cell->note, box);
  if (grid->letters && (cell->picture != NULL || cell->plot != NULL))
    draw_letters (grid, cr, row * grid->n_columns + column, box);
}

static void
draw_caption (
    const TsnFigureLayout *layout, const TsnFigureCell *cell, cairo_t *cr, guint row, guint column)
{
  const TsnText style = {
    .size = layout->label_size, .align_x = 0.5, .wrap = layout->widths[column], .breaks = TRUE
  };

  if (cell->caption == NULL)
    return;
  cairo_set_source_rgb (cr, 0, 0, 0);
  tsn_ink_write (cr, &style, layout->x[column] + layout->widths[column] / 2,
                 layout->y[row] + layout->heights[row] + 1, cell->caption);
}

/* Turned to be read from below, what runs down the page runs backward along the text. */
static void
draw_row_headings (const TsnFigureGrid *grid, const TsnFigureLayout *layout, cairo_t *cr)
{
  guint n = grid->n_rows;
  g_autofree TsnFigureHeading *headings = g_new (TsnFigureHeading, n);
  g_autofree double *starts = g_new (double, n);
  g_autofree double *lengths = g_new (double, n);
  const TsnFigureHeadings rows = {
    headings, n, starts, lengths, grid->font_size, layout->row_group_size, layout->row_label_size
  };

  for (guint i = 0; i < n; i++)
    {
      guint row = n - 1 - i;

      headings[i] = grid->rows[row];
      lengths[i] = layout->heights[row];
      starts[i] = -layout->y[row] - lengths[i];
    }
  cairo_save (cr);
  cairo_translate (cr, layout->x[0], 0);
  cairo_rotate (cr, -G_PI / 2);
  tsn_figure_headings_draw (&rows, cr);
  cairo_restore (cr);
}

static void
draw_column_headings (const TsnFigureGrid *grid, const TsnFigureLayout *layout, cairo_t *cr)
{
  const TsnFigureHeadings columns
      = { grid->columns,   grid->n_columns,    layout->x,         layout->widths,
          grid->font_size, layout->group_size, layout->label_size };

  cairo_save (cr);
  cairo_translate (cr, 0, layout->y[0]);
  tsn_figure_headings_draw (&columns, cr);
  cairo_restore (cr);
}

/* Lays a grid out without a surface to draw it on. */
static void
measure (const TsnFigureGrid *grid, TsnFigureLayout *layout)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);

  tsn_figure_layout_init (layout, grid, cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/**
 * tsn_figure_grid_measure:
 * @width: (out): in points
 * @height: (out): in points
 */
void
tsn_figure_grid_measure (const TsnFigureGrid *grid, double *width, double *height)
{
  g_auto (TsnFigureLayout) layout = { 0 };

  measure (grid, &layout);
  *width = layout.width;
  *height = layout.height;
}

/**
 * tsn_figure_grid_has_room:
 *
 * Returns: whether the pictures can be made out, and are not squeezed to nothing by their labels
 * and legends.
 */
gboolean
tsn_figure_grid_has_room (const TsnFigureGrid *grid)
{
  g_auto (TsnFigureLayout) layout = { 0 };

  measure (grid, &layout);
  for (guint c = 0; c < grid->n_columns; c++)
    if (layout.widths[c] < SMALLEST_CELL * grid->font_size)
      return FALSE;
  return TRUE;
}

/**
 * tsn_figure_grid_measure_cell:
 * @width: (out): in points
 * @height: (out): in points
 */
void
tsn_figure_grid_measure_cell (
    const TsnFigureGrid *grid, guint row, guint column, double *width, double *height)
{
  g_auto (TsnFigureLayout) layout = { 0 };

  measure (grid, &layout);
  *width = layout.widths[column];
  *height = layout.heights[row];
}

/**
 * tsn_figure_grid_draw:
 * @cr: its unit is the point, its origin the top left corner of the figure
 *
 * Draws a figure on what is white already.
 */
void
tsn_figure_grid_draw (const TsnFigureGrid *grid, cairo_t *cr)
{
  g_auto (TsnFigureLayout) layout = { 0 };

  tsn_figure_layout_init (&layout, grid, cr);
  for (guint r = 0; r < grid->n_rows; r++)
    for (guint c = 0; c < grid->n_columns; c++)
      {
        const TsnBox box = { layout.x[c], layout.y[r], layout.widths[c], layout.heights[r] };

        draw_cell (grid, r, c, cr, &box);
        draw_caption (&layout, tsn_figure_grid_get_cell (grid, r, c), cr, r, c);
      }
  draw_column_headings (grid, &layout, cr);
  draw_row_headings (grid, &layout, cr);
  tsn_figure_key_draw (grid, layout.key_size, cr, &layout.key, TRUE);
}

/**
 * tsn_figure_grid_draw_cell:
 * @cr: its origin is the top left corner of the cell
 * @width: in points
 * @height: in points
 *
 * Draws one cell by itself, without what stands around it.
 */
void
tsn_figure_grid_draw_cell (
    const TsnFigureGrid *grid, guint row, guint column, cairo_t *cr, double width, double height)
{
  const TsnBox box = { 0, 0, width, height };

  draw_cell (grid, row, column, cr, &box);
}
