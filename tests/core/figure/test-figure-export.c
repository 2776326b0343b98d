/* Figures as files: what they carry, that they are repeatable, that they appear whole or not. */
#include "core/base/tsn-error.h"
#include "tests/core/figure/figure-fixture.h"
#include "tests/core/io/io-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static const TsnFigureFormat formats[] = { TSN_FIGURE_PDF, TSN_FIGURE_SVG, TSN_FIGURE_PNG };

/* Writes the fixture's figure. */
static gboolean export(IoFixture *fixture,
                       const char *name,
                       TsnFigureFormat format,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *path = io_path (fixture, name);
  g_auto (TsnStudy) study = { 0 };
  g_autoptr (TsnFigureGrid) grid = NULL;
  TsnFigureExport how = { .study = &study, .format = format, .cancellable = cancellable };

  figure_fixture_study (&study, fixture->folder);
  grid = figure_fixture_grid (&study.figure);
  return tsn_figure_export (grid, path, &how, error);
}

static GBytes *
read_file (IoFixture *fixture, const char *name)
{
  g_autofree char *path = io_path (fixture, name);
  char *contents;
  size_t length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  return g_bytes_new_take (contents, length);
}

/* Nothing that was drawn in between, nor the time, leaves a trace. */
static void
test_repeatable (IoFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) first = NULL, second = NULL;

      g_assert_true (export(fixture, "a", formats[i], NULL, &error));
      g_assert_no_error (error);
      cairo_surface_destroy (cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1));
      g_assert_true (export(fixture, "b", formats[i], NULL, &error));
      first = read_file (fixture, "a");
      second = read_file (fixture, "b");
      g_assert_true (g_bytes_equal (first, second));
    }
}

static void
test_round_trip (IoFixture *fixture, gconstpointer data)
{
  g_auto (TsnStudy) study = { 0 };

  figure_fixture_study (&study, fixture->folder);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = io_path (fixture, "figure");
      g_autofree char *command = NULL;
      g_auto (TsnStudy) read = { 0 };
      g_autoptr (GError) error = NULL;

      tsn_study_init (&read);
      g_assert_true (export(fixture, "figure", formats[i], NULL, &error));
      g_assert_true (tsn_figure_read_study (&read, path, &error));
      g_assert_no_error (error);
      g_assert_true (tsn_study_equal (&study, &read));
      command = tsn_figure_read_command (path, &error);
      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (command, "tsn figure --model models/m.safetensors "));
      g_assert_nonnull (strstr (command, study.model.sha256));
      g_assert_nonnull (strstr (command, " --letters"));
      g_assert_nonnull (strstr (command, " 'a \"photo\" <1>.jpg' -o figure."));
    }
}

/* A figure that came with its photos is looked at where it is now. */
static void
test_moved (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = io_path (fixture, "elsewhere");
  g_autofree char *photo = g_build_filename (folder, "a \"photo\" <1>.jpg", NULL);
  g_autofree char *path = g_build_filename (folder, "figure.svg", NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_auto (TsnStudy) study = { 0 };

  tsn_study_init (&study);
  g_assert_true (export(fixture, "figure.svg", TSN_FIGURE_SVG, NULL, NULL));
  bytes = read_file (fixture, "figure.svg");
  g_assert_cmpint (g_mkdir_with_parents (folder, 0777), ==, 0);
  g_assert_true (
      g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL));
  g_assert_true (tsn_figure_read_study (&study, path, NULL));
  g_assert_cmpstr (study.source.path, ==, photo);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* What options cannot say is made again from the file itself. */
static void
test_command_of_file (IoFixture *fixture, gconstpointer data)
{
  g_auto (TsnStudy) study = { 0 };
  g_autofree char *line = NULL;

  figure_fixture_study (&study, fixture->folder);
  tsn_figure_plan_add_column (&study.figure, TSN_FIGURE_OVERLAY, "normals");
  line = tsn_figure_get_command (&study, fixture->folder, "svg");
  g_assert_true (g_str_has_prefix (line, "tsn figure figure.svg -o figure.svg  # m.safetensors"));
}

static void
check_nothing_left (IoFixture *fixture, const char *name)
{
  g_autofree char *path = io_path (fixture, name);

  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (io_count_files (fixture), ==, 0);
}

static void
test_cancel (IoFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (export(fixture, "a", formats[i], cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      check_nothing_left (fixture, "a");
    }
}

static void
test_full_disk (IoFixture *fixture, gconstpointer data)
{
  struct rlimit before, small;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 2000;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean done;

      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
      done = export(fixture, "a.out", formats[i], NULL, &error);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
      g_assert_false (done);
      g_assert_error (error, TSN_ERROR, TSN_ERROR_IO);
      g_assert_nonnull (strstr (error->message, "a.out"));
      check_nothing_left (fixture, "a.out");
    }
}

static void
test_too_many_pixels (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = io_path (fixture, "a.png");
  g_auto (TsnStudy) study = { 0 };
  g_autoptr (TsnFigureGrid) grid = NULL;
  const TsnFigureExport how = { .study = &study, .format = TSN_FIGURE_PNG };
  g_autoptr (GError) error = NULL;

  figure_fixture_study (&study, fixture->folder);
  study.figure.width = TSN_FIGURE_WIDTH_SLIDE;
  study.figure.dpi = 2500;
  grid = figure_fixture_grid (&study.figure);
  g_assert_false (tsn_figure_export (grid, path, &how, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
  check_nothing_left (fixture, "a.png");
}

/* Files that carry nothing, half of something, or lies. */
static void
test_no_session (IoFixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    "%PDF-1.4",
    "<x:xmpmeta",
    "<x:xmpmeta></x:xmpmeta>",
    "<x:xmpmeta><tsn:session>{}</tsn:session></x:xmpmeta>",
    "<x:xmpmeta><tsn:session>{</x:xmpmeta>",
    "</x:xmpmeta><x:xmpmeta",
    ("<x:xmpmeta><tsn:session>{\"format\": \"tsn-session\", \"version\": 3}</tsn:session>"
     "</x:xmpmeta>"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = io_write (fixture, "figure.pdf", texts[i], strlen (texts[i]));
      g_auto (TsnStudy) study = { 0 }, before = { 0 };
      g_autoptr (GError) error = NULL;

      figure_fixture_study (&study, fixture->folder);
      tsn_study_copy (&study, &before);
      g_assert_false (tsn_figure_read_study (&study, path, &error));
      g_assert_error (error, TSN_ERROR, TSN_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, "figure.pdf"));
      g_assert_true (tsn_study_equal (&study, &before));
    }
}

static void
test_latex (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = io_path (fixture, "fig.tex");
  g_autofree char *first = io_path (fixture, "fig-1-1.pdf");
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_free);
  g_auto (TsnStudy) study = { 0 }, read = { 0 };
  g_autoptr (TsnFigureGrid) grid = NULL;
  const TsnFigureExport how = { .study = &study };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  figure_fixture_study (&study, fixture->folder);
  tsn_study_init (&read);
  grid = figure_fixture_grid (&study.figure);
  g_assert_true (tsn_figure_export_latex (grid, path, &how, written, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (written->len, ==, 5 + 1 + 1); /* cells but the note, legends, text */
  g_assert_cmpuint (io_count_files (fixture), ==, written->len);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\\begin{figure*}"));
  g_assert_nonnull (strstr (text, "\\multicolumn{2}{c}{Surface normals}"));
  g_assert_nonnull (strstr (text, "\\cmidrule(lr){3-4}"));
  g_assert_nonnull (strstr (text, "caf\xc3\xa9 \\& <bar>"));
  g_assert_nonnull (strstr (text, "truth\\_1"));
  g_assert_nonnull (strstr (text, "{fig-2-2}"));
  g_assert_null (strstr (text, "{fig-2-3}"));
  g_assert_true (tsn_figure_read_study (&read, first, &error));
  g_assert_true (tsn_study_equal (&study, &read));
}

/* A folder stands where the text should go: the pictures are taken back. */
static void
test_latex_fails (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = io_path (fixture, "fig.tex");
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_free);
  g_auto (TsnStudy) study = { 0 };
  g_autoptr (TsnFigureGrid) grid = NULL;
  const TsnFigureExport how = { .study = &study };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (path, 0777), ==, 0);
  figure_fixture_study (&study, fixture->folder);
  grid = figure_fixture_grid (&study.figure);
  g_assert_false (tsn_figure_export_latex (grid, path, &how, written, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_IO);
  g_assert_cmpuint (written->len, ==, 0);
  g_assert_cmpuint (io_count_files (fixture), ==, 1);
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

static void
test_pages (void)
{
  g_auto (TsnStudy) study = { 0 };
  static const struct
  {
    TsnFigureWidth width;
    double points;
  } pages[] = { { TSN_FIGURE_WIDTH_ONE, 3.3 * 72 },
                { TSN_FIGURE_WIDTH_TWO, 6.9 * 72 },
                { TSN_FIGURE_WIDTH_SLIDE, 960 } };

  tsn_study_init (&study);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (TsnFigureGrid) grid = NULL;
      double width, height;

      study.figure.width = pages[i].width;
      grid = figure_fixture_grid (&study.figure);
      tsn_figure_grid_measure (grid, &width, &height);
      g_assert_cmpfloat_with_epsilon (width, pages[i].points, 1e-9);
      if (pages[i].width == TSN_FIGURE_WIDTH_SLIDE)
        g_assert_cmpfloat (height, ==, 540);
      else
        g_assert_cmpfloat (height, >, 50);
    }
}

/* Tall pictures make cells narrower, so that the figure stays on its page. */
static void
test_tall (void)
{
  g_auto (TsnStudy) study = { 0 };
  g_autoptr (TsnFigureGrid) grid = NULL;
  double width, height, cell_width, cell_height;

  tsn_study_init (&study);
  grid = figure_fixture_grid (&study.figure);
  grid->aspects[0] = grid->aspects[1] = 4;
  tsn_figure_grid_measure (grid, &width, &height);
  g_assert_cmpfloat (height, <=, TSN_FIGURE_GRID_MAX_HEIGHT);
  g_assert_cmpfloat (height, >, 0.97 * TSN_FIGURE_GRID_MAX_HEIGHT);
  tsn_figure_grid_measure_cell (grid, 1, 2, &cell_width, &cell_height);
  g_assert_cmpfloat_with_epsilon (cell_height, 4 * cell_width, 1e-9);
}

/* Pictures that their labels leave no room for are noticed, and words that are wider than their
 * column do not reach into the next one. */
static void
test_room (void)
{
  g_auto (TsnStudy) study = { 0 };
  g_autoptr (TsnFigureGrid) grid = NULL;
  TsnText style = { .size = 8, .align_x = 0.5, .wrap = 20 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1, 1);
  cairo_t *cr = cairo_create (surface);
  double width, height;

  figure_fixture_study (&study, "/");
  grid = figure_fixture_grid (&study.figure);
  g_assert_true (tsn_figure_grid_has_room (grid));
  grid->font_size = 400;
  g_assert_false (tsn_figure_grid_has_room (grid));
  tsn_ink_measure (cr, &style, "Semantic segmentation", &width, &height);
  g_assert_cmpfloat (width, >, 20);
  style.breaks = TRUE;
  tsn_ink_measure (cr, &style, "Semantic segmentation", &width, &height);
  g_assert_cmpfloat (width, <=, 20.1);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-export/room", test_room);
  io_fixture_add ("/figure-export/repeatable", test_repeatable, NULL);
  io_fixture_add ("/figure-export/round-trip", test_round_trip, NULL);
  io_fixture_add ("/figure-export/moved", test_moved, NULL);
  io_fixture_add ("/figure-export/command-of-file", test_command_of_file, NULL);
  io_fixture_add ("/figure-export/cancel", test_cancel, NULL);
  io_fixture_add ("/figure-export/full-disk", test_full_disk, NULL);
  io_fixture_add ("/figure-export/too-many-pixels", test_too_many_pixels, NULL);
  io_fixture_add ("/figure-export/no-session", test_no_session, NULL);
  io_fixture_add ("/figure-export/latex", test_latex, NULL);
  io_fixture_add ("/figure-export/latex-fails", test_latex_fails, NULL);
  g_test_add_func ("/figure-export/pages", test_pages);
  g_test_add_func ("/figure-export/tall", test_tall);
  return g_test_run ();
}
