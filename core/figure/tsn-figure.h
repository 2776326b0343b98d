/* Figures: drawn by one function, written as PDF, SVG and PNG. */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TsnFigureFormat:
 * @TSN_FIGURE_PDF: for papers
 * @TSN_FIGURE_SVG: for the web and for drawing programs
 * @TSN_FIGURE_PNG: pixels on white
 *
 * Flags of the files that a figure is written to.
 */
typedef enum
{
  TSN_FIGURE_PDF = 1 << 0,
  TSN_FIGURE_SVG = 1 << 1,
  TSN_FIGURE_PNG = 1 << 2,
} TsnFigureFormat;

#define TSN_FIGURE_ALL (TSN_FIGURE_PDF | TSN_FIGURE_SVG | TSN_FIGURE_PNG)

/** Widths in points of a figure in one column and across the page of a two-column paper. */
#define TSN_FIGURE_COLUMN 240.0
#define TSN_FIGURE_PAGE 500.0

/**
 * TsnFigureFunc:
 * @cr: where to draw; its unit is the point, its origin the top left corner
 * @width: of the figure in points
 * @height: of the figure in points
 * @data: what was given to tsn_figure_write()
 */
typedef void (*TsnFigureFunc) (cairo_t *cr, double width, double height, gpointer data);

/**
 * TsnFigure:
 * @width: in points
 * @height: in points
 * @draw: draws it, the same at every call
 * @data: for @draw
 */
typedef struct
{
  double width;
  double height;
  TsnFigureFunc draw;
  gpointer data;
} TsnFigure;

/**
 * TsnFigureFile:
 * @format: one of the formats
 * @dpi: pixels to the inch of a PNG file
 * @command: (nullable): the command line that makes the file again
 * @session: (nullable): JSON of the study that it shows, see tsn_study_to_json()
 * @cancellable: (nullable): ends the writing
 *
 * How a figure is written.  @command and @session go into the file as an XMP packet, which
 * tsn_figure_read_study() finds in any of the formats.
 */
typedef struct
{
  TsnFigureFormat format;
  double dpi;
  const char *command;
  const char *session;
  GCancellable *cancellable;
} TsnFigureFile;

gboolean tsn_figure_write (
    const TsnFigure *figure, const char *base, guint formats, GPtrArray *written, GError **error);
gboolean tsn_figure_save (const TsnFigure *figure,
                          const char *path,
                          const TsnFigureFile *file,
                          GError **error);
const char *tsn_figure_format_get_extension (TsnFigureFormat format);

G_END_DECLS
