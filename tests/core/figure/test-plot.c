/* Axes, clusters, projections, logs of runs, and the files that figures become. */
#include "core/base/tsn-error.h"
#include "core/base/tsn-random.h"
#include "core/figure/tsn-figure.h"
#include "core/figure/tsn-heat-map.h"
#include "core/figure/tsn-linkage.h"
#include "core/figure/tsn-plot.h"
#include "core/figure/tsn-projection.h"
#include "core/figure/tsn-run-log.h"
#include "tests/core/data/data-fixture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>

static void
test_round_ticks (void)
{
  TsnAxis axis;

  tsn_axis_init (&axis, 0.13, 9.7, 5);
  g_assert_cmpfloat (axis.low, ==, 0);
  g_assert_cmpfloat (axis.high, ==, 10);
  g_assert_cmpuint (axis.n_ticks, ==, 6);
  g_assert_cmpfloat (axis.ticks[1], ==, 2);
  g_assert_cmpuint (axis.decimals, ==, 0);
  tsn_axis_init (&axis, -0.31, 0.42, 4);
  g_assert_cmpfloat_with_epsilon (axis.low, -0.4, 1e-12);
  g_assert_cmpfloat_with_epsilon (axis.high, 0.6, 1e-12);
  g_assert_cmpuint (axis.decimals, ==, 1);
}

/* What is at a tick but for rounding does not make the axis longer. */
static void
test_exact_ends (void)
{
  TsnAxis axis;

  tsn_axis_init (&axis, 0.1 + 0.2, 0.6, 3);
  g_assert_cmpfloat_with_epsilon (axis.low, 0.3, 1e-12);
  g_assert_cmpfloat_with_epsilon (axis.high, 0.6, 1e-12);
}

static void
test_any_range_has_ticks (void)
{
  static const double ranges[][2] = { { 0, 0 },         { 5, 5 },      { -3, -3 },
                                      { 1, -1 },        { NAN, NAN },  { 0, 1e-12 },
                                      { 1e12, 1.1e12 }, { -1e300, 1 }, { INFINITY, -INFINITY } };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    for (guint wanted = 0; wanted < 9; wanted += 4)
      {
        TsnAxis axis;

        tsn_axis_init (&axis, ranges[i][0], ranges[i][1], wanted);
        g_assert_cmpfloat (axis.low, <, axis.high);
        g_assert_cmpuint (axis.n_ticks, >=, 2);
        tsn_axis_init_logarithmic (&axis, ranges[i][0], ranges[i][1]);
        g_assert_cmpfloat (axis.low, >, 0);
        g_assert_cmpfloat (axis.low, <, axis.high);
      }
}

static void
test_logarithmic_axis (void)
{
  g_autofree char *label = NULL;
  TsnAxis axis;

  tsn_axis_init_logarithmic (&axis, 0.1, 10);
  g_assert_cmpuint (axis.n_ticks, ==, 7); /* 0.1 0.2 0.5 1 2 5 10 */
  g_assert_cmpfloat_with_epsilon (tsn_axis_place (&axis, 1), 0.5, 1e-12);
  label = tsn_axis_format (&axis, axis.ticks[1]);
  g_assert_cmpstr (label, ==, "0.2");
}

static void
test_labels (void)
{
  g_autofree char *minus = NULL;
  g_autofree char *zero = NULL;
  TsnAxis axis;

  tsn_axis_init (&axis, -1, 1, 4);
  minus = tsn_axis_format (&axis, -0.5);
  zero = tsn_axis_format (&axis, -1e-17);
  g_assert_cmpstr (minus, ==, "−0.5");
  g_assert_cmpstr (zero, ==, "0.0");
}

/* Points 0, 1, 4 and 10 on a line. */
static void
test_average_linkage (void)
{
  static const double at[] = { 0, 1, 4, 10 };
  double distances[16];
  g_autofree TsnMerge *merges = NULL;
  g_autofree guint *order = NULL;

  for (guint i = 0; i < 16; i++)
    distances[i] = fabs (at[i / 4] - at[i % 4]);
  merges = tsn_linkage_average (distances, 4);
  order = tsn_linkage_order (merges, 4);
  g_assert_cmpuint (merges[0].first, ==, 0);
  g_assert_cmpuint (merges[0].second, ==, 1);
  g_assert_cmpfloat (merges[0].height, ==, 1);
  g_assert_cmpuint (merges[1].first, ==, 4);
  g_assert_cmpuint (merges[1].second, ==, 2);
  g_assert_cmpfloat (merges[1].height, ==, 3.5);
  g_assert_cmpfloat_with_epsilon (merges[2].height, (10 + 9 + 6) / 3.0, 1e-12);
  g_assert_cmpuint (merges[2].size, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (order[i], ==, i);
}

/* Points on a plane in space keep their distances, and a plane explains all of them. */
static void
test_projection (void)
{
  double vectors[6 * 4];
  g_autoptr (TsnProjection) projection = NULL;
  TsnRandom random;

  tsn_random_init (&random, 9);
  for (guint i = 0; i < 6; i++)
    {
      double a = tsn_random_normal (&random), b = tsn_random_normal (&random);

      memcpy (vectors + 4 * i, (double[]){ a + 5, 0.6 * b, 0.8 * b, 7 }, 4 * sizeof (double));
    }
  projection = tsn_projection_new (vectors, 6, 4);
  g_assert_cmpfloat_with_epsilon (projection->share_x + projection->share_y, 1, 1e-10);
  g_assert_cmpfloat (projection->share_x, >=, projection->share_y);
  for (guint i = 0; i < 6; i++)
    for (guint j = 0; j < 6; j++)
      {
        double wanted = 0;

        for (guint d = 0; d < 4; d++)
          wanted += pow (vectors[4 * i + d] - vectors[4 * j + d], 2);
        g_assert_cmpfloat_with_epsilon (pow (projection->x[i] - projection->x[j], 2)
                                            + pow (projection->y[i] - projection->y[j], 2),
                                        wanted, 1e-9);
      }
}

static void
test_projection_of_equals (void)
{
  const double vectors[] = { 1, 2, 1, 2 };
  g_autoptr (TsnProjection) two = tsn_projection_new (vectors, 2, 2);
  g_autoptr (TsnProjection) one = tsn_projection_new (vectors, 1, 4);

  g_assert_cmpfloat (two->x[0], ==, 0);
  g_assert_cmpfloat (two->y[1], ==, 0);
  g_assert_cmpfloat (one->x[0], ==, 0);
}

typedef struct
{
  char *root;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->root = data_fixture_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  data_fixture_free (fixture->root);
}

/* Something of everything that can be drawn, odd numbers included. */
static void
draw_all (cairo_t *cr, double width, double height, gpointer data)
{
  const char *const names[] = { "first & <second>", "third" };
  const double values[] = { 1, -2, NAN, 0.5 };
  const double x[] = { 1, 2, 3 }, y[] = { 0.5, NAN, 2 };
  const TsnHeatMap map = { .title = "map",
                           .x_title = "x",
                           .y_title = "y",
                           .n_rows = 2,
                           .n_columns = 2,
                           .row_names = names,
                           .column_names = names,
                           .values = values,
                           .decimals = 1,
                           .scale = TSN_HEAT_DIVERGING };
  const TsnMerge merge = { 0, 1, 2.5, 2 };
  g_autoptr (TsnPlot) plot = tsn_plot_new ("plot", "x", "y");
  g_autoptr (TsnPlot) empty = tsn_plot_new (NULL, NULL, NULL);
  g_autoptr (TsnPlot) bars = tsn_plot_new (NULL, "length", NULL);

  tsn_plot_set_logarithmic (plot);
  for (guint i = 0; i < 6; i++)
    tsn_plot_add_line (plot, "line", (TsnPlotStyle){ i, i, (int) i - 1 }, x, y, i % 2 ? 3 : 1);
  tsn_plot_add_point (plot, "point", (TsnPlotStyle){ 0, 0, 1 }, 2, 1);
  tsn_plot_set_square (empty);
  tsn_plot_add_bar (bars, "bar", 3, 12);
  g_assert_cmpfloat (tsn_plot_draw_legend (plot, cr, 0, 0, width), >, 0);
  g_assert_cmpfloat (tsn_plot_draw_legend (empty, cr, 0, 0, width), ==, 0);
  tsn_plot_draw (plot, cr, &(TsnBox){ 0, 30, width / 2, height / 2 });
  tsn_plot_draw (empty, cr, &(TsnBox){ width / 2, 30, width / 2, height / 2 });
  tsn_plot_draw (bars, cr, &(TsnBox){ 0, height / 2, width / 3, height / 2 });
  tsn_heat_map_draw (&map, cr, &(TsnBox){ width / 3, height / 2, width / 3, height / 2 });
  tsn_linkage_draw (&merge, names, 2, "distance", cr,
                    &(TsnBox){ 2 * width / 3, height / 2, width / 3, height / 2 });
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
}

static const TsnFigure all = { 400, 300, draw_all, NULL };

static char *
read_file (Fixture *fixture, const char *name, size_t *length)
{
  g_autofree char *path = g_build_filename (fixture->root, name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, length, NULL));
  return text;
}

static void
write_all (Fixture *fixture, const char *name)
{
  g_autofree char *base = g_build_filename (fixture->root, name, NULL);
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (tsn_figure_write (&all, base, TSN_FIGURE_ALL, written, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (written->len, ==, 3);
}

static void
test_pdf (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *text = NULL;
  size_t n;

  write_all (fixture, "a");
  text = read_file (fixture, "a.pdf", &n);
  g_assert_true (g_str_has_prefix (text, "%PDF-1."));
  g_assert_nonnull (g_strstr_len (text + n - 16, 16, "%%EOF"));
  g_assert_nonnull (memmem (text, n, "/MediaBox [ 0 0 400 300 ]", 25));
}

static void
start_cb (GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer data,
          GError **error)
{
  guint *elements = data;

  if ((*elements)++ == 0)
    g_assert_cmpstr (element, ==, "svg");
}

static void
test_svg (Fixture *fixture, gconstpointer unused)
{
  const GMarkupParser parser = { .start_element = start_cb };
  guint elements = 0;
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&parser, 0, &elements, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  size_t n;

  write_all (fixture, "a");
  text = read_file (fixture, "a.svg", &n);
  g_markup_parse_context_parse (context, text, n, &error);
  g_assert_no_error (error);
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_assert_cmpuint (elements, >, 50);
}

static void
test_png (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->root, "a.png", NULL);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  const guint8 *pixels;
  guint dark = 0;

  write_all (fixture, "a");
  pixbuf = gdk_pixbuf_new_from_file (path, NULL);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 1112);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, 834);
  pixels = gdk_pixbuf_read_pixels (pixbuf);
  for (guint i = 0; i < 1112; i++)
    g_assert_cmpuint (pixels[3 * i], >, 250); /* a white edge */
  for (guint y = 0; y < 834; y++)
    for (guint x = 0; x < 1112; x++)
      dark += pixels[y * gdk_pixbuf_get_rowstride (pixbuf) + 3 * x] < 100;
  g_assert_cmpuint (dark, >, 5000);
}

/* Cairo numbers the parts of SVG files of one process through, so those differ in names. */
static void
test_same_bytes (Fixture *fixture, gconstpointer unused)
{
  static const char *const extensions[] = { "pdf", "png" };

  write_all (fixture, "a");
  write_all (fixture, "b");
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      g_autofree char *a = g_strconcat ("a.", extensions[i], NULL);
      g_autofree char *b = g_strconcat ("b.", extensions[i], NULL);
      size_t n, m;
      g_autofree char *first = read_file (fixture, a, &n);
      g_autofree char *second = read_file (fixture, b, &m);

      g_assert_cmpmem (first, n, second, m);
    }
}

static void
test_unwritable (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tsn_figure_write (&all, "no/such/folder/a", TSN_FIGURE_PDF, NULL, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "no/such/folder/a.pdf"));
}

#define HEADER "step,round,kind,task,loss,gradient,rate\n"

static TsnRunLog *
load_log (Fixture *fixture, const char *text, GError **error)
{
  g_autofree char *run = g_build_filename (fixture->root, "run", NULL);

  data_fixture_text (fixture->root, "run/log.csv", text);
  return tsn_run_log_load (run, error);
}

static void
test_validated_log (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TsnRunLog) log = load_log (fixture,
                                        HEADER "1,0,train,edge,9,1,1\n"
                                               "10,0,val,edge,2.5,,\n"
                                               "10,0,val,mean,2.5,,\n"
                                               "20,1,val,edge,1.5,,\n"
                                               "20,1,val,me",
                                        NULL);
  const TsnRunCurve *edge = tsn_run_log_find (log, "edge");

  g_assert_cmpstr (log->name, ==, "run");
  g_assert_true (log->validated);
  g_assert_cmpuint (log->curves->len, ==, 2);
  g_assert_cmpuint (edge->steps->len, ==, 2);
  g_assert_cmpfloat (g_array_index (edge->steps, double, 1), ==, 20);
  g_assert_cmpfloat (g_array_index (edge->losses, double, 1), ==, 1.5);
}

static void
test_training_log (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TsnRunLog) log = load_log (fixture,
                                        HEADER "1,0,train,edge,4,1,1\n"
                                               "2,0,train,edge,2,1,1\n"
                                               "3,0,train,depth,1,1,1\n"
                                               "4,1,train,edge,1,1,1\n",
                                        NULL);
  const TsnRunCurve *edge = tsn_run_log_find (log, "edge");

  g_assert_false (log->validated);
  g_assert_cmpuint (edge->steps->len, ==, 2);
  g_assert_cmpfloat (g_array_index (edge->losses, double, 0), ==, 3);
  g_assert_cmpfloat (g_array_index (edge->losses, double, 1), ==, 1);
  g_assert_cmpfloat (g_array_index (edge->steps, double, 0), ==, 2);
  g_assert_null (tsn_run_log_find (log, "normals"));
}

/* Two validations and two rounds are no curve, but 480 steps are. */
static void
test_long_rounds (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GString) text = g_string_new (HEADER);
  g_autoptr (TsnRunLog) log = NULL;
  const TsnRunCurve *edge;

  for (guint step = 1; step <= 480; step++)
    {
      g_string_append_printf (text, "%u,%u,train,edge,%u,1,1\n", step, (step - 1) / 240, step);
      if (step % 240 == 0)
        g_string_append_printf (text, "%u,%u,val,edge,1,,\n", step, step / 240);
    }
  log = load_log (fixture, text->str, NULL);
  edge = tsn_run_log_find (log, "edge");
  g_assert_false (log->validated);
  g_assert_cmpuint (edge->steps->len, ==, 24);
  g_assert_cmpfloat (g_array_index (edge->steps, double, 0), ==, 20);
  g_assert_cmpfloat (g_array_index (edge->losses, double, 0), ==, 10.5);
  g_assert_cmpfloat (g_array_index (edge->losses, double, 23), ==, 470.5);
}

static void
test_bad_logs (Fixture *fixture, gconstpointer unused)
{
  static const char *const bad[] = {
    "",
    "a,b,c\n",
    HEADER,
    HEADER "one,0,val,edge,2.5,,\n",
    HEADER "1,0,val,edge\n",
    HEADER "1,0,val,edge,much,,\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (load_log (fixture, bad[i], &error));
      g_assert_error (error, TSN_ERROR, TSN_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, "log.csv"));
    }
}

#define ADD(name, func) g_test_add ("/figure/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/axis/round-ticks", test_round_ticks);
  g_test_add_func ("/figure/axis/exact-ends", test_exact_ends);
  g_test_add_func ("/figure/axis/any-range-has-ticks", test_any_range_has_ticks);
  g_test_add_func ("/figure/axis/logarithmic", test_logarithmic_axis);
  g_test_add_func ("/figure/axis/labels", test_labels);
  g_test_add_func ("/figure/linkage/average", test_average_linkage);
  g_test_add_func ("/figure/projection/plane", test_projection);
  g_test_add_func ("/figure/projection/equals", test_projection_of_equals);
  ADD ("file/pdf", test_pdf);
  ADD ("file/svg", test_svg);
  ADD ("file/png", test_png);
  ADD ("file/same-bytes", test_same_bytes);
  g_test_add_func ("/figure/file/unwritable", test_unwritable);
  ADD ("run-log/validated", test_validated_log);
  ADD ("run-log/training", test_training_log);
  ADD ("run-log/long-rounds", test_long_rounds);
  ADD ("run-log/bad", test_bad_logs);
  return g_test_run ();
}
