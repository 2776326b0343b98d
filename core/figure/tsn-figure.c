#include "core/figure/tsn-figure.h"

#include "config.h"
#include "core/base/tsn-error.h"
#include "core/figure/tsn-figure-xmp.h"
#include "core/io/tsn-file-writer.h"
#include "core/io/tsn-png.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define POINTS_PER_INCH 72.0

/* What tsn_figure_write() gives PNG files. */
#define PIXELS_PER_INCH 200.0

/* The largest side of a picture that cairo draws. */
#define MAX_PIXELS 32767

/* The same figure is the same file, so no file says when it was made. */
#define NO_DATE "1970-01-01T00:00:00Z"

/* Bytes that cairo writes. */
typedef struct
{
  GByteArray *bytes;
  GCancellable *cancellable;
} Sink;

static cairo_status_t
write_cb (void *closure, const unsigned char *bytes, unsigned int n)
{
  Sink *sink = closure;

  if (g_cancellable_is_cancelled (sink->cancellable) || sink->bytes->len > G_MAXINT - n)
    return CAIRO_STATUS_WRITE_ERROR;
  g_byte_array_append (sink->bytes, bytes, n);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_status (cairo_status_t status, const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  name = g_filename_display_name (path);
  g_set_error (error, TSN_ERROR, TSN_ERROR_IO, _ ("Cannot draw '%s': %s"), name,
               cairo_status_to_string (status));
  return FALSE;
}

static void
draw (const TsnFigure *figure, cairo_surface_t *surface)
{
  cairo_t *cr = cairo_create (surface);

  figure->draw (cr, figure->width, figure->height, figure->data);
  cairo_destroy (cr);
}

static cairo_status_t
draw_vectors (const TsnFigure *figure, cairo_surface_t *surface)
{
  cairo_status_t status;

  draw (figure, surface);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

static cairo_status_t
draw_pdf (const TsnFigure *figure, const TsnFigureFile *file, Sink *sink)
{
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (write_cb, sink, figure->width, figure->height);

  /* What tsn_figure_pdf_add_metadata() understands; everything a figure needs is in it. */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, NO_DATE);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "TSN Studio " TSN_VERSION);
  if (file->command != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, file->command);
  return draw_vectors (figure, surface);
}

static cairo_status_t
draw_svg (const TsnFigure *figure, Sink *sink)
{
  cairo_surface_t *surface
      = cairo_svg_surface_create_for_stream (write_cb, sink, figure->width, figure->height);

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PT);
  return draw_vectors (figure, surface);
}

static gboolean
write_bytes (const GByteArray *bytes, const char *path, GError **error)
{
  g_autoptr (TsnFileWriter) writer = tsn_file_writer_new (path, error);

  return writer != NULL && tsn_file_writer_write (writer, bytes->data, bytes->len, error)
         && tsn_file_writer_finish (writer, error);
}

static gboolean
save_vectors (const TsnFigure *figure, const char *path, const TsnFigureFile *file, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *packet = tsn_figure_xmp_write (file);
  Sink sink = { bytes, file->cancellable };
  cairo_status_t status
      = file->format == TSN_FIGURE_PDF ? draw_pdf (figure, file, &sink) : draw_svg (figure, &sink);

  if (!check_status (status, path, file->cancellable, error))
    return FALSE;
  if (file->format == TSN_FIGURE_SVG)
    tsn_figure_svg_finish (bytes, packet);
  else if (packet != NULL && !tsn_figure_pdf_add_metadata (bytes, packet, error))
    return FALSE;
  return write_bytes (bytes, path, error);
}

static cairo_surface_t *
draw_pixels (const TsnFigure *figure, double dpi)
{
  double scale = dpi / POINTS_PER_INCH;
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (figure->width * scale - 1e-6),
                                    (int) ceil (figure->height * scale - 1e-6));
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_set_device_scale (surface, scale, scale);
  draw (figure, surface);
  cairo_surface_flush (surface);
  return surface;
}

static gboolean
write_rows (TsnPngWriter *png, cairo_surface_t *surface, GCancellable *cancellable, GError **error)
{
  int width = cairo_image_surface_get_width (surface);
  g_autofree guint8 *row = g_malloc_n (width, 3);

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    {
      const guint32 *pixels
          = (const guint32 *) (void *) (cairo_image_surface_get_data (surface)
                                        + (size_t) y * cairo_image_surface_get_stride (surface));

      for (int x = 0; x < width; x++)
        {
          row[3 * x] = pixels[x] >> 16;
          row[3 * x + 1] = pixels[x] >> 8;
          row[3 * x + 2] = pixels[x];
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !tsn_png_writer_write_rows (png, row, 1, error))
        return FALSE;
    }
  return tsn_png_writer_finish (png, error);
}

static gboolean
check_pixels (const TsnFigure *figure, const char *path, double dpi, GError **error)
{
  double longest = MAX (figure->width, figure->height) * dpi / POINTS_PER_INCH;
  g_autofree char *name = NULL;

  if (longest <= MAX_PIXELS)
    return TRUE;
  name = g_filename_display_name (path);
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
               _ ("'%s' should have sides of at most %d pixels, but at %g to the inch it has %.0f"),
               name, MAX_PIXELS, dpi, longest);
  return FALSE;
}

static gboolean
save_pixels (const TsnFigure *figure, const char *path, const TsnFigureFile *file, GError **error)
{
  g_autofree char *packet = tsn_figure_xmp_write (file);
  g_autoptr (TsnPngWriter) png = NULL;
  cairo_surface_t *surface;
  gboolean done;

  if (!check_pixels (figure, path, file->dpi, error))
    return FALSE;
  surface = draw_pixels (figure, file->dpi);
  done = check_status (cairo_surface_status (surface), path, file->cancellable, error);
  if (done)
    png = tsn_png_writer_new (path, cairo_image_surface_get_width (surface),
                              cairo_image_surface_get_height (surface), TSN_PNG_RGB8, error);
  if (png != NULL)
    {
      tsn_png_writer_set_density (png, file->dpi);
      tsn_png_writer_set_text (png, "Software", "TSN Studio " TSN_VERSION);
      if (packet != NULL)
        tsn_png_writer_set_text (png, TSN_FIGURE_XMP_KEYWORD, packet);
    }
  done = png != NULL && write_rows (png, surface, file->cancellable, error);
  cairo_surface_destroy (surface);
  return done;
}

/**
 * tsn_figure_save:
 * @path: the file to make or to replace; it appears complete or not at all
 * @file: how
 * @error: %TSN_ERROR_IO, %TSN_ERROR_ARGUMENT for a PNG file that would be too large,
 *   %G_IO_ERROR_CANCELLED
 *
 * Draws a figure and writes it.  Text and lines of a PDF or SVG file are such, with the fonts (or
 * their outlines) in it, and pictures are as they were given, without loss.  The same figure always
 * gives the same bytes.
 */
gboolean
tsn_figure_save (const TsnFigure *figure,
                 const char *path,
                 const TsnFigureFile *file,
                 GError **error)
{
  if (file->format == TSN_FIGURE_PNG)
    return save_pixels (figure, path, file, error);
  return save_vectors (figure, path, file, error);
}

/**
 * tsn_figure_format_get_extension:
 * @format: one format
 *
 * Returns: the end of the names of its files, without the dot.
 */
const char *
tsn_figure_format_get_extension (TsnFigureFormat format)
{
  return format == TSN_FIGURE_PDF ? "pdf" : format == TSN_FIGURE_SVG ? "svg" : "png";
}

/**
 * tsn_figure_write:
 * @base: path of the files without their extensions
 * @formats: flags of #TsnFigureFormat
 * @written: (nullable) (element-type filename): gets the paths of the files, as they are done
 * @error: %TSN_ERROR_IO
 *
 * Writes a figure to BASE.pdf, BASE.svg and BASE.png, the last at 200 pixels to the inch; see
 * tsn_figure_save().
 */
gboolean
tsn_figure_write (
    const TsnFigure *figure, const char *base, guint formats, GPtrArray *written, GError **error)
{
  for (guint format = TSN_FIGURE_PDF; format <= TSN_FIGURE_PNG; format <<= 1)
    {
      const TsnFigureFile file = { .format = format, .dpi = PIXELS_PER_INCH };
      g_autofree char *path
          = g_strdup_printf ("%s.%s", base, tsn_figure_format_get_extension (format));

      if ((formats & format) == 0)
        continue;
      if (!tsn_figure_save (figure, path, &file, error))
        return FALSE;
      if (written != NULL)
        g_ptr_array_add (written, g_steal_pointer (&path));
    }
  return TRUE;
}
