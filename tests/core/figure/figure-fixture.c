#include "tests/core/figure/figure-fixture.h"

#include "core/figure/tsn-legend.h"
#include "core/model/tsn-task-list.h"

#define WIDTH 480
#define HEIGHT 320

/* Slopes of colour with a grid of lines. */
static cairo_surface_t *
draw_picture (guint seed)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      {
        guint32 red = 255 * x / WIDTH, green = 255 * y / HEIGHT, blue = 40 * seed % 256;

        ((guint32 *) (void *) (data + y * stride))[x]
            = (x + 8 * seed) % 80 < 5 || y % 80 < 5 ? 0 : red << 16 | green << 8 | blue;
      }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static TsnPlot *
draw_plot (void)
{
  const TsnPlotStyle style = { .colour = 1, .mark = 0 };
  const double x[] = { 0, 1, 2, 3 }, y[] = { 1, 4, 2, 8 };
  TsnPlot *plot = tsn_plot_new (NULL, "steps", "loss");

  tsn_plot_add_line (plot, NULL, style, x, y, G_N_ELEMENTS (x));
  return plot;
}

/* Two rows of three: pictures, one with an inset, a plot and a note. */
TsnFigureGrid *
figure_fixture_grid (const TsnFigurePlan *plan)
{
  static const char *const tasks[] = { "human_parts", "normals", "depth" };
  static const TsnFigureInset inset = { { 0.25, 0.25, 0.2, 0.2 }, TSN_FIGURE_BOTTOM_RIGHT, 0.45 };
  g_autoptr (GPtrArray) known = tsn_task_list_new_everyday ();
  TsnFigureGrid *grid = tsn_figure_grid_new (2, 3, FALSE);

  tsn_figure_grid_set_page (grid, plan);
  grid->aspects[0] = grid->aspects[1] = HEIGHT / (double) WIDTH;
  for (guint i = 0; i < 4; i++)
    grid->cells[i].picture = draw_picture (i + 1);
  grid->cells[0].insets = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (grid->cells[0].insets, g_memdup2 (&inset, sizeof inset));
  grid->cells[4].plot = draw_plot ();
  grid->cells[5].note = g_strdup ("no label");
  grid->rows[0].label = g_strdup ("caf\xc3\xa9 & <bar>");
  grid->columns[0].group = g_strdup ("Photo");
  grid->columns[1].group = g_strdup ("Surface normals");
  grid->columns[2].group = g_strdup ("Surface normals");
  grid->columns[1].label = g_strdup ("TSN");
  grid->columns[2].label = g_strdup ("truth_1");
  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    g_ptr_array_add (
        grid->legends,
        tsn_legend_new (tsn_task_list_get (known, tsn_task_list_find (known, tasks[i])), NULL));
  return grid;
}

/* What such a figure may have been made from. */
void
figure_fixture_study (TsnStudy *study, const char *folder)
{
  g_autofree char *photo = g_build_filename (folder, "a \"photo\" <1>.jpg", NULL);

  tsn_study_init (study);
  study->source.kind = TSN_STUDY_PHOTO;
  study->source.path = g_strdup (photo);
  study->model.path = g_build_filename (folder, "models", "m.safetensors", NULL);
  study->model.sha256
      = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "the bytes of a model", -1);
  study->figure.letters = TRUE;
  study->figure.dpi = 150;
  tsn_figure_plan_add_photo (&study->figure, photo);
  tsn_figure_plan_add_column (&study->figure, TSN_FIGURE_PHOTO, NULL);
  tsn_figure_plan_add_comparison (&study->figure, "normals", FALSE, TRUE);
}
