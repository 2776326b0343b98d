/* Text and colours of figures. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/** Sizes in points of text and lines. */
#define TSN_INK_TEXT 8.0
#define TSN_INK_SMALL 7.0
#define TSN_INK_TITLE 9.0
#define TSN_INK_HAIR 0.5
#define TSN_INK_LINE 1.25

/** How many colours tsn_ink_set() tells apart. */
#define TSN_INK_COLOURS 8

/**
 * TsnText:
 * @size: height of the font in points
 * @bold: whether it is bold
 * @align_x: which part of the text is at the given place: 0 its left, 0.5 its middle, 1 its right
 * @align_y: the same of its height: 0 its top, 1 its bottom
 * @turn: by how many degrees it is turned about that place, counter-clockwise
 * @wrap: width in points at which lines are broken between words; 0 for never
 * @breaks: whether a word that is wider is broken, too, and does not stick out
 *
 * How to write a text.
 */
typedef struct
{
  double size;
  gboolean bold;
  double align_x;
  double align_y;
  double turn;
  double wrap;
  gboolean breaks;
} TsnText;

/**
 * TsnBox:
 * @x: left edge
 * @y: upper edge
 * @width: to the right
 * @height: downward
 *
 * A part of a figure, in points.
 */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} TsnBox;

void tsn_ink_write (cairo_t *cr, const TsnText *style, double x, double y, const char *text);
void tsn_ink_measure (
    cairo_t *cr, const TsnText *style, const char *text, double *width, double *height);

void tsn_ink_set_dark (cairo_t *cr, gboolean dark);
void tsn_ink_set_font (cairo_t *cr, const char *family);
void tsn_ink_set (cairo_t *cr, guint colour);
void tsn_ink_set_grey (cairo_t *cr, double lightness);
void tsn_ink_set_rgb (cairo_t *cr, const guint8 rgb[3]);
void tsn_ink_set_dash (cairo_t *cr, guint style);
void tsn_ink_mark (cairo_t *cr, guint shape, double x, double y, double size);

G_END_DECLS
