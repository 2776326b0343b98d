/* Figures of pictures in rows and columns, ready to be drawn. */
#pragma once

#include <cairo.h>

#include "core/figure/tsn-figure-plan.h"
#include "core/figure/tsn-plot.h"

G_BEGIN_DECLS

/**
 * TsnFigureCell:
 * @picture: (nullable): an image surface, what the cell shows
 * @plot: (nullable): what it shows instead
 * @note: (nullable): what is written where there is neither, such as "no label"
 * @caption: (nullable): stands below
 * @insets: (nullable) (element-type TsnFigureInset): their parts are in shares of @picture
 *
 * One panel.  A grid owns what its cells hold.
 */
typedef struct
{
  cairo_surface_t *picture;
  TsnPlot *plot;
  char *note;
  char *caption;
  GPtrArray *insets;
} TsnFigureCell;

/**
 * TsnFigureHeading:
 * @group: (nullable): stands over this and its neighbours of the same group
 * @brief: (nullable): stands for @group where that does not fit
 * @label: (nullable): stands over this alone
 */
typedef struct
{
  char *group;
  char *brief;
  char *label;
} TsnFigureHeading;

/**
 * TsnFigureGrid:
 * @n_rows, @n_columns: how many
 * @cells: (array): @n_rows x @n_columns, row by row
 * @rows: (array length=n_rows): stand left of the rows, turned
 * @columns: (array length=n_columns): stand above the columns
 * @across: whether all rows are equally high and @aspects are of the columns; else all columns are
 *   equally wide and @aspects are of the rows
 * @aspects: (array): height through width of the cells
 * @legends: (element-type TsnLegend): what colours mean, below the cells
 * @width: in points
 * @height: in points, of a page that the figure is put in the middle of; 0 for as high as it needs
 * @max_height: cells shrink until no figure is higher
 * @font_size: in points
 * @gap: between cells, in points
 * @letters: whether cells are marked (a), (b), ...
 * @hatching: whether classes have patterns, too
 *
 * A figure whose pictures are there.  Drawing it changes nothing, takes no decisions but those of
 * layout, and gives the same result on any kind of surface.
 */
typedef struct
{
  guint n_rows;
  guint n_columns;
  TsnFigureCell *cells;
  TsnFigureHeading *rows;
  TsnFigureHeading *columns;
  gboolean across;
  double *aspects;
  GPtrArray *legends;
  double width;
  double height;
  double max_height;
  double font_size;
  double gap;
  gboolean letters;
  gboolean hatching;
} TsnFigureGrid;

/** Widths of pages in points. */
#define TSN_FIGURE_GRID_ONE (3.3 * 72)
#define TSN_FIGURE_GRID_TWO (6.9 * 72)
#define TSN_FIGURE_GRID_SLIDE (40.0 / 3 * 72)
#define TSN_FIGURE_GRID_SLIDE_HEIGHT (7.5 * 72)

/** What a page of a paper leaves for a figure with its caption, in points. */
#define TSN_FIGURE_GRID_MAX_HEIGHT (8.5 * 72)

TsnFigureGrid *tsn_figure_grid_new (guint n_rows, guint n_columns, gboolean across);
void tsn_figure_grid_free (TsnFigureGrid *grid);
void tsn_figure_grid_set_page (TsnFigureGrid *grid, const TsnFigurePlan *plan);
TsnFigureCell *tsn_figure_grid_get_cell (const TsnFigureGrid *grid, guint row, guint column);

void tsn_figure_grid_measure (const TsnFigureGrid *grid, double *width, double *height);
void tsn_figure_grid_draw (const TsnFigureGrid *grid, cairo_t *cr);
void tsn_figure_grid_draw_cell (
    const TsnFigureGrid *grid, guint row, guint column, cairo_t *cr, double width, double height);
gboolean tsn_figure_grid_has_room (const TsnFigureGrid *grid);
void tsn_figure_grid_measure_cell (
    const TsnFigureGrid *grid, guint row, guint column, double *width, double *height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnFigureGrid, tsn_figure_grid_free)

G_END_DECLS
