/* PDF, SVG and PNG of one figure show the same, to programs that are not ours. */
#include "tests/core/figure/figure-fixture.h"
#include "tests/core/io/io-fixture.h"

#include <librsvg/rsvg.h>
#include <math.h>
#include <poppler.h>
#include <string.h>

#define DPI 150.0

/* Mean difference of all bytes, and share of the bytes that differ by more than a quarter of the
 * range.  Edges of letters and of scaled pictures lie at the same places but are smoothed by
 * different filters; a cell that is missing, mirrored or shifted by a pixel is far beyond this. */
#define MEAN_DIFFERENCE 2.5
#define SHARE_OF_LARGE 0.012

static char *
save (IoFixture *fixture, TsnFigureFormat format)
{
  const char *extension = tsn_figure_format_get_extension (format);
  g_autofree char *name = g_strconcat ("figure.", extension, NULL);
  g_autofree char *path = io_path (fixture, name);
  g_auto (TsnStudy) study = { 0 };
  g_autoptr (TsnFigureGrid) grid = NULL;
  const TsnFigureExport how = { .study = &study, .format = format };
  g_autoptr (GError) error = NULL;

  figure_fixture_study (&study, fixture->folder);
  grid = figure_fixture_grid (&study.figure);
  g_assert_true (tsn_figure_export (grid, path, &how, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

static cairo_t *
begin_page (int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_surface_destroy (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  return cr;
}

static PopplerDocument *
open_pdf (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_file (uri, NULL, &error);

  g_assert_no_error (error);
  return document;
}

static cairo_t *
render_pdf (const char *path, int width, int height)
{
  PopplerDocument *document = open_pdf (path);
  PopplerPage *page = poppler_document_get_page (document, 0);
  cairo_t *cr = begin_page (width, height);

  g_assert_cmpint (poppler_document_get_n_pages (document), ==, 1);
  cairo_scale (cr, DPI / 72, DPI / 72);
  poppler_page_render (page, cr);
  g_object_unref (page);
  g_object_unref (document);
  return cr;
}

static cairo_t *
render_svg (const char *path, int width, int height)
{
  g_autoptr (GError) error = NULL;
  RsvgHandle *handle = rsvg_handle_new_from_file (path, &error);
  const RsvgRectangle viewport = { 0, 0, width, height };
  cairo_t *cr = begin_page (width, height);

  g_assert_no_error (error);
  rsvg_handle_render_document (handle, cr, &viewport, &error);
  g_assert_no_error (error);
  g_object_unref (handle);
  return cr;
}

static cairo_t *
load_png (const char *path)
{
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);
  cairo_t *cr = cairo_create (surface);

  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return cr;
}

static const guint8 *
row_of (cairo_t *cr, int y)
{
  cairo_surface_t *surface = cairo_get_target (cr);

  cairo_surface_flush (surface);
  return cairo_image_surface_get_data (surface)
         + (size_t) y * cairo_image_surface_get_stride (surface);
}

static void
compare (cairo_t *a, cairo_t *b, const char *what)
{
  int width = cairo_image_surface_get_width (cairo_get_target (a));
  int height = cairo_image_surface_get_height (cairo_get_target (a));
  double sum = 0, large = 0, n = 3.0 * width * height;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      for (int c = 0; c < 3; c++)
        {
          int difference = abs (row_of (a, y)[4 * x + c] - row_of (b, y)[4 * x + c]);

          sum += difference;
          large += difference > 64;
        }
  g_test_message ("%s: mean %.3f, large %.5f", what, sum / n, large / n);
  g_assert_cmpfloat (sum / n, <, MEAN_DIFFERENCE);
  g_assert_cmpfloat (large / n, <, SHARE_OF_LARGE);
}

static void
test_agree (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *pdf_path = save (fixture, TSN_FIGURE_PDF);
  g_autofree char *svg_path = save (fixture, TSN_FIGURE_SVG);
  g_autofree char *png_path = save (fixture, TSN_FIGURE_PNG);
  cairo_t *png = load_png (png_path);
  int width = cairo_image_surface_get_width (cairo_get_target (png));
  int height = cairo_image_surface_get_height (cairo_get_target (png));
  cairo_t *pdf = render_pdf (pdf_path, width, height);
  cairo_t *svg = render_svg (svg_path, width, height);

  g_assert_cmpint (width, ==, (int) ceil (6.9 * DPI));
  compare (png, pdf, "PNG and PDF");
  compare (png, svg, "PNG and SVG");
  compare (pdf, svg, "PDF and SVG");
  cairo_destroy (png);
  cairo_destroy (pdf);
  cairo_destroy (svg);
}

static void
test_fonts (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = save (fixture, TSN_FIGURE_PDF);
  PopplerDocument *document = open_pdf (path);
  PopplerFontInfo *info = poppler_font_info_new (document);
  PopplerFontsIter *fonts = NULL;
  guint n = 0;

  g_assert_true (poppler_font_info_scan (info, 1, &fonts));
  do
    {
      g_assert_true (poppler_fonts_iter_is_embedded (fonts));
      n++;
    }
  while (poppler_fonts_iter_next (fonts));
  g_assert_cmpuint (n, >=, 1);
  poppler_fonts_iter_free (fonts);
  g_object_unref (info);
  g_object_unref (document);
}

/* Text is text, and programs that know PDF find the metadata where the standard has them. */
static void
test_pdf (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = save (fixture, TSN_FIGURE_PDF);
  PopplerDocument *document = open_pdf (path);
  PopplerPage *page = poppler_document_get_page (document, 0);
  g_autofree char *text = poppler_page_get_text (page);
  g_autofree char *metadata = poppler_document_get_metadata (document);
  g_autofree char *subject = poppler_document_get_subject (document);

  g_assert_nonnull (strstr (text, "Surface normals"));
  g_assert_nonnull (strstr (text, "lower body"));
  g_assert_nonnull (metadata);
  g_assert_nonnull (strstr (metadata, "<tsn:session>"));
  g_assert_true (g_str_has_prefix (subject, "tsn figure "));
  g_assert_cmpint (poppler_document_get_creation_date (document), ==, 0);
  g_object_unref (page);
  g_object_unref (document);
}

static void
attribute_cb (GMarkupParseContext *context,
              const char *name,
              const char **attributes,
              const char **values,
              gpointer data,
              GError **error)
{
  guint *n = data;

  g_assert_cmpstr (name, !=, "script");
  for (guint i = 0; attributes[i] != NULL; i++)
    if (g_str_has_suffix (attributes[i], "href"))
      g_assert_true (values[i][0] == '#' || g_str_has_prefix (values[i], "data:image/"));
  *n += 1;
}

/* Well-formed, of one root, and nothing of it is elsewhere. */
static void
test_svg (IoFixture *fixture, gconstpointer data)
{
  static const GMarkupParser parser = { .start_element = attribute_cb };
  g_autofree char *path = save (fixture, TSN_FIGURE_SVG);
  g_autofree char *text = NULL;
  guint n = 0;
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, &n, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_markup_parse_context_parse (context, text, -1, &error));
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, >, 100);
  g_assert_nonnull (strstr (text, "<metadata>"));
  g_assert_nonnull (strstr (text, "pt\" height="));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  io_fixture_add ("/figure-raster/agree", test_agree, NULL);
  io_fixture_add ("/figure-raster/fonts", test_fonts, NULL);
  io_fixture_add ("/figure-raster/pdf", test_pdf, NULL);
  io_fixture_add ("/figure-raster/svg", test_svg, NULL);
  return g_test_run ();
}
