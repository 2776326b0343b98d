#include "core/figure/tsn-figure.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-file-writer.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>

#define POINTS_PER_INCH 72.0
#define PIXELS_PER_INCH 200.0

/* The same figure is the same file, so no file says when it was made. */
#define NO_DATE "1970-01-01T00:00:00Z"

/* A file that cairo writes to. */
typedef struct
{
  TsnFileWriter *writer;
  GError *error;
} Sink;

static cairo_status_t
write_cb (void *closure, const unsigned char *bytes, unsigned int n)
{
  Sink *sink = closure;

  if (sink->error != NULL || !tsn_file_writer_write (sink->writer, bytes, n, &sink->error))
    return CAIRO_STATUS_WRITE_ERROR;
  return CAIRO_STATUS_SUCCESS;
}

static void
replay (cairo_surface_t *recording, cairo_surface_t *target)
{
  cairo_t *cr = cairo_create (target);

  cairo_set_source_surface (cr, recording, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
}

static cairo_status_t
finish_surface (cairo_surface_t *surface)
{
  cairo_status_t status;

  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

static cairo_status_t
write_pdf (const TsnFigure *figure, cairo_surface_t *recording, Sink *sink)
{
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (write_cb, sink, figure->width, figure->height);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, NO_DATE);
  replay (recording, surface);
  return finish_surface (surface);
}

static cairo_status_t
write_svg (const TsnFigure *figure, cairo_surface_t *recording, Sink *sink)
{
  cairo_surface_t *surface
      = cairo_svg_surface_create_for_stream (write_cb, sink, figure->width, figure->height);

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PT);
  replay (recording, surface);
  return finish_surface (surface);
}

static cairo_status_t
write_png (const TsnFigure *figure, cairo_surface_t *recording, Sink *sink)
{
  double scale = PIXELS_PER_INCH / POINTS_PER_INCH;
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, (int) ceil (figure->width * scale), (int) ceil (figure->height * scale));
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_set_device_scale (surface, scale, scale);
  replay (recording, surface);
  status = cairo_surface_write_to_png_stream (surface, write_cb, sink);
  cairo_surface_destroy (surface);
  return status;
}

static const struct
{
  TsnFigureFormat format;
  const char *extension;
  cairo_status_t (*write) (const TsnFigure *, cairo_surface_t *, Sink *);
} formats_known[] = {
  { TSN_FIGURE_PDF, "pdf", write_pdf },
  { TSN_FIGURE_SVG, "svg", write_svg },
  { TSN_FIGURE_PNG, "png", write_png },
};

static gboolean
write_file (const TsnFigure *figure,
            cairo_surface_t *recording,
            guint format,
            const char *path,
            GError **error)
{
  g_autoptr (TsnFileWriter) writer = tsn_file_writer_new (path, error);
  Sink sink = { writer, NULL };
  cairo_status_t status;

  if (writer == NULL)
    return FALSE;
  status = formats_known[format].write (figure, recording, &sink);
  if (sink.error != NULL)
    {
      g_propagate_error (error, sink.error);
      return FALSE;
    }
  if (status == CAIRO_STATUS_SUCCESS)
    return tsn_file_writer_finish (writer, error);
  g_set_error (error, TSN_ERROR, TSN_ERROR_IO, "Cannot draw '%s': %s", path,
               cairo_status_to_string (status));
  return FALSE;
}

/**
 * tsn_figure_write:
 * @base: path of the files without their extensions
 * @formats: flags of #TsnFigureFormat
 * @written: (nullable) (element-type filename): gets the paths of the files, as they are done
 * @error: %TSN_ERROR_IO
 *
 * Draws a figure once and writes it to BASE.pdf, BASE.svg and BASE.png.  Each file appears complete
 * or not at all.  The same figure gives the same files, but that a program which writes several
 * names the parts of an SVG file by what it wrote before.
 */
gboolean
tsn_figure_write (
    const TsnFigure *figure, const char *base, guint formats, GPtrArray *written, GError **error)
{
  const cairo_rectangle_t extents = { 0, 0, figure->width, figure->height };
  cairo_surface_t *recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  cairo_t *cr = cairo_create (recording);
  gboolean done = TRUE;

  figure->draw (cr, figure->width, figure->height, figure->data);
  cairo_destroy (cr);
  for (guint i = 0; i < G_N_ELEMENTS (formats_known) && done; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%s", base, formats_known[i].extension);

      if ((formats & formats_known[i].format) == 0)
        continue;
      done = write_file (figure, recording, i, path, error);
      if (done && written != NULL)
        g_ptr_array_add (written, g_steal_pointer (&path));
    }
  cairo_surface_destroy (recording);
  return done;
}
