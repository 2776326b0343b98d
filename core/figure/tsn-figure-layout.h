/* Where everything of a grid stands; private to core/figure. */
#pragma once

#include "core/figure/tsn-figure-grid.h"

G_BEGIN_DECLS

/**
 * TsnFigureLayout:
 * @width, @height: of the whole figure in points
 * @x: (array): left edges of the columns
 * @widths: (array): of the columns
 * @y: (array): upper edges of the rows
 * @heights: (array): of the rows, without captions
 * @caption_heights: (array): below each row
 * @group_size, @label_size: sizes of the fonts of the headings of columns
 * @row_group_size, @row_label_size: of the headings of rows
 * @key_size: of the legends
 * @key: where the legends stand
 */
typedef struct
{
  double width;
  double height;
  double *x;
  double *widths;
  double *y;
  double *heights;
  double *caption_heights;
  double group_size;
  double label_size;
  double row_group_size;
  double row_label_size;
  double key_size;
  TsnBox key;
} TsnFigureLayout;

/** Space around labels, in heights of the font. */
#define TSN_FIGURE_LABEL_GAP 0.3

void tsn_figure_layout_init (TsnFigureLayout *layout, const TsnFigureGrid *grid, cairo_t *cr);
void tsn_figure_layout_clear (TsnFigureLayout *layout);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TsnFigureLayout, tsn_figure_layout_clear)

/* Headings along one side: of the columns, or, turned, of the rows. */
typedef struct
{
  const TsnFigureHeading *headings;
  guint n;
  const double *starts;
  const double *lengths;
  double full_size; /* of the font, where there is room */
  double group_size;
  double label_size;
} TsnFigureHeadings;

double tsn_figure_headings_fit_text (cairo_t *cr, double size, const char *text, double length);
void tsn_figure_headings_fit (TsnFigureHeadings *headings, cairo_t *cr);
double tsn_figure_headings_get_height (const TsnFigureHeadings *headings, cairo_t *cr);
void tsn_figure_headings_draw (const TsnFigureHeadings *headings, cairo_t *cr);

double tsn_figure_key_draw (
    const TsnFigureGrid *grid, double font_size, cairo_t *cr, const TsnBox *box, gboolean visible);

G_END_DECLS
