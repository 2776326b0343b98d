#include "core/figure/tsn-figure-layout.h"

#include <math.h>

/* Space between the cells and the legends, in heights of the font. */
#define KEY_GAP 0.9

/* Height of their font, relative to that of other labels. */
#define KEY_SIZE 0.875

/* The least share of the figure's width that legends take, however narrow the cells are. */
#define NARROWEST_KEY 0.75

/* Margin of a page of a given height, in heights of the font. */
#define PAGE_MARGIN 1.5

/* Heights are multiples of this, which is a whole number of pixels at 150, 300 and 600 to the
 * inch. */
#define GRAIN 0.48

static double
sum (const double *numbers, guint n)
{
  double total = 0;

  for (guint i = 0; i < n; i++)
    total += numbers[i];
  return total;
}

/* Sizes of the cells that fill a width. */
static void
size_cells (TsnFigureLayout *layout, const TsnFigureGrid *grid, double width)
{
  double room = MAX (width - (grid->n_columns - 1) * grid->gap, 1);
  double inverse = 0;

  for (guint c = 0; c < grid->n_columns && grid->across; c++)
    inverse += 1 / grid->aspects[c];
  for (guint c = 0; c < grid->n_columns; c++)
    layout->widths[c] = grid->across ? room / inverse / grid->aspects[c] : room / grid->n_columns;
  for (guint r = 0; r < grid->n_rows; r++)
    layout->heights[r] = grid->across ? room / inverse : layout->widths[0] * grid->aspects[r];
}

/* All captions have one size, as headings have. */
static void
fit_captions (TsnFigureLayout *layout, const TsnFigureGrid *grid, cairo_t *cr)
{
  double size = layout->label_size;

  for (guint r = 0; r < grid->n_rows; r++)
    for (guint c = 0; c < grid->n_columns; c++)
      {
        const char *caption = tsn_figure_grid_get_cell (grid, r, c)->caption;

        if (caption != NULL)
          size = MIN (size, tsn_figure_headings_fit_text (cr, layout->label_size, caption,
                                                          layout->widths[c]));
      }
  layout->label_size = size;
}

static void
measure_captions (TsnFigureLayout *layout, const TsnFigureGrid *grid, cairo_t *cr)
{
  for (guint r = 0; r < grid->n_rows; r++)
    {
      layout->caption_heights[r] = 0;
      for (guint c = 0; c < grid->n_columns; c++)
        {
          const TsnText style = {
            .size = layout->label_size, .align_x = 0.5, .wrap = layout->widths[c], .breaks = TRUE
          };
          const char *caption = tsn_figure_grid_get_cell (grid, r, c)->caption;
          double width, height;

          if (caption == NULL)
            continue;
          tsn_ink_measure (cr, &style, caption, &width, &height);
          layout->caption_heights[r] = MAX (layout->caption_heights[r], height + grid->gap);
        }
    }
}

static void
place (double *starts, const double *lengths, const double *extra, guint n, double at, double gap)
{
  for (guint i = 0; i < n; i++)
    {
      starts[i] = at;
      at += lengths[i] + (extra != NULL ? extra[i] : 0) + gap;
    }
}

static double
fit_columns (TsnFigureLayout *layout, const TsnFigureGrid *grid, cairo_t *cr)
{
  TsnFigureHeadings headings = { grid->columns,   grid->n_columns, layout->x,      layout->widths,
                                 grid->font_size, grid->font_size, grid->font_size };

  tsn_figure_headings_fit (&headings, cr);
  layout->group_size = headings.group_size;
  layout->label_size = headings.label_size;
  return tsn_figure_headings_get_height (&headings, cr);
}

static double
fit_rows (TsnFigureLayout *layout, const TsnFigureGrid *grid, cairo_t *cr)
{
  TsnFigureHeadings headings = { grid->rows,      grid->n_rows,    layout->y,      layout->heights,
                                 grid->font_size, grid->font_size, grid->font_size };

  tsn_figure_headings_fit (&headings, cr);
  layout->row_group_size = headings.group_size;
  layout->row_label_size = headings.label_size;
  return tsn_figure_headings_get_height (&headings, cr);
}

/* The legends stand below all, in the middle. */
static void
place_key (
    TsnFigureLayout *layout, const TsnFigureGrid *grid, cairo_t *cr, double width, double middle)
{
  guint last = grid->n_rows - 1;

  layout->key_size = MIN (KEY_SIZE * grid->font_size, layout->label_size);
  layout->key = (TsnBox){ .x = middle - width / 2,
                          .y = layout->y[last] + layout->heights[last]
                               + layout->caption_heights[last] + KEY_GAP * grid->font_size,
                          .width = width };
  layout->key.height = tsn_figure_key_draw (grid, layout->key_size, cr, &layout->key, FALSE);
}

/* Lays everything out with cells that are @width wide together.
 *
 * Returns: the height of all. */
static double
try_width (TsnFigureLayout *layout, const TsnFigureGrid *grid, cairo_t *cr, double width)
{
  double left, top, margin = grid->height > 0 ? PAGE_MARGIN * grid->font_size : 0;
  double full = grid->width - 2 * margin;

  /* What the headings of rows need depends on the heights of the rows, and those on what is left
   * of the width: the second time is good enough. */
  left = 0;
  for (guint pass = 0; pass < 2; pass++)
    {
      size_cells (layout, grid, MIN (width, full - left));
      place (layout->y, layout->heights, NULL, grid->n_rows, 0, grid->gap);
      left = fit_rows (layout, grid, cr);
    }
  size_cells (layout, grid, MIN (width, full - left));
  place (layout->x, layout->widths, NULL, grid->n_columns, 0, grid->gap);
  top = fit_columns (layout, grid, cr);
  fit_captions (layout, grid, cr);
  measure_captions (layout, grid, cr);
  width = left + sum (layout->widths, grid->n_columns) + (grid->n_columns - 1) * grid->gap;
  place (layout->x, layout->widths, NULL, grid->n_columns, margin + (full - width) / 2 + left,
         grid->gap);
  place (layout->y, layout->heights, layout->caption_heights, grid->n_rows, margin + top,
         grid->gap);
  place_key (layout, grid, cr, MAX (width, NARROWEST_KEY * full), margin + full / 2);
  if (layout->key.height == 0)
    layout->key.y -= KEY_GAP * grid->font_size;
  return layout->key.y + layout->key.height + margin;
}

/* Puts what is lower than its page in the middle of it. */
static void
centre (TsnFigureLayout *layout, const TsnFigureGrid *grid, double height)
{
  double down = (grid->height - height) / 2;

  for (guint r = 0; r < grid->n_rows; r++)
    layout->y[r] += down;
  layout->key.y += down;
}

/**
 * tsn_figure_layout_init:
 * @cr: measures texts
 */
void
tsn_figure_layout_init (TsnFigureLayout *layout, const TsnFigureGrid *grid, cairo_t *cr)
{
  double limit = grid->height > 0 ? grid->height : grid->max_height;
  double height, low = 0, high = grid->width;

  *layout = (TsnFigureLayout){ .x = g_new0 (double, grid->n_columns),
                               .widths = g_new0 (double, grid->n_columns),
                               .y = g_new0 (double, grid->n_rows),
                               .heights = g_new0 (double, grid->n_rows),
                               .caption_heights = g_new0 (double, grid->n_rows) };
  height = try_width (layout, grid, cr, high);
  /* Texts do not shrink with the cells, so the width that fits is searched for. */
  for (guint i = 0; i < 12 && (height > limit || i > 0); i++)
    {
      double middle = (low + high) / 2;

      height = try_width (layout, grid, cr, middle);
      if (height > limit)
        high = middle;
      else
        low = middle;
    }
  if (low > 0)
    height = try_width (layout, grid, cr, low);
  layout->width = grid->width;
  layout->height = grid->height > 0 ? grid->height : ceil (height / GRAIN - 1e-6) * GRAIN;
  if (grid->height > 0)
    centre (layout, grid, height);
}

void
tsn_figure_layout_clear (TsnFigureLayout *layout)
{
  g_free (layout->x);
  g_free (layout->widths);
  g_free (layout->y);
  g_free (layout->heights);
  g_free (layout->caption_heights);
}
