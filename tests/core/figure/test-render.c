/* Pictures of results and their legends. */
#include "core/figure/tsn-hatch.h"
#include "core/figure/tsn-legend.h"
#include "core/figure/tsn-render.h"

#include <string.h>

#define WIDTH 10
#define HEIGHT 6

/* A read-out of one sample per pixel, so that every pixel shows one number. */
static TsnResult *
make_result (const TsnTask *task, const float *numbers)
{
  g_autoptr (TsnTensor) output = tsn_tensor_new_nchw (1, task->channels, HEIGHT, WIDTH);

  for (size_t i = 0; i < tsn_tensor_length (output); i++)
    output->data[i] = numbers[i];
  return tsn_result_new (task, output, WIDTH, HEIGHT);
}

static TsnTask *
make_classes (void)
{
  const char *names[] = { "background", "lower_body", "cat", NULL };

  return tsn_task_new_classes ("semseg", names);
}

/* Class 2 in the left half and in the whole first row, else class 1. */
static TsnResult *
make_class_result (const TsnTask *task)
{
  float numbers[3 * HEIGHT * WIDTH] = { 0 };

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      {
        guint c = x < WIDTH / 2 || y == 0 ? 2 : 1;

        numbers[(c * HEIGHT + y) * WIDTH + x] = 4;
      }
  return make_result (task, numbers);
}

static void
assert_colour (const guint8 *rgb, guint32 colour)
{
  g_assert_cmpuint (rgb[0], ==, colour >> 16 & 0xff);
  g_assert_cmpuint (rgb[1], ==, colour >> 8 & 0xff);
  g_assert_cmpuint (rgb[2], ==, colour & 0xff);
}

static void
test_classes_have_their_colours (void)
{
  g_autoptr (TsnTask) task = make_classes ();
  g_autoptr (TsnResult) result = make_class_result (task);
  g_autofree guint8 *rgb = tsn_render (result, NULL);

  assert_colour (rgb + 3 * (WIDTH - 1), task->colours[2]);
  assert_colour (rgb + 3 * WIDTH, task->colours[2]);
  assert_colour (rgb + 3 * (2 * WIDTH - 1), task->colours[1]);
}

static void
test_one_class_stands_out (void)
{
  g_autoptr (TsnTask) task = make_classes ();
  g_autoptr (TsnResult) result = make_class_result (task);
  const TsnRenderOptions options = { .isolate = TRUE, .isolated = 1 };
  g_autofree guint8 *rgb = tsn_render (result, &options);
  const guint8 *other = rgb + 3 * WIDTH;

  assert_colour (rgb + 3 * (2 * WIDTH - 1), task->colours[1]);
  /* Hardly more than grey is left of the others. */
  for (guint c = 0; c < 3; c++)
    {
      g_assert_cmpuint (other[c], >, 80);
      g_assert_cmpuint (other[c], <, 150);
    }
}

static void
test_patterns_tell_classes_apart (void)
{
  enum { SIDE = 32, PITCH = 8, CLASSES = 16 };
  gboolean seen[CLASSES][SIDE * SIDE];

  for (guint c = 0; c < CLASSES; c++)
    for (guint i = 0; i < SIDE * SIDE; i++)
      seen[c][i] = tsn_hatch_covers (c, PITCH, i % SIDE, i / SIDE);
  for (guint i = 0; i < SIDE * SIDE; i++)
    g_assert_false (seen[0][i]);
  for (guint a = 0; a < CLASSES; a++)
    for (guint b = a + 1; b < CLASSES; b++)
      g_assert_cmpint (memcmp (seen[a], seen[b], sizeof seen[a]), !=, 0);
}

static void
test_patterns_lie_on_the_colours (void)
{
  g_autoptr (TsnTask) task = make_classes ();
  g_autoptr (TsnResult) result = make_class_result (task);
  const TsnRenderOptions options = { .hatch = 4 };
  g_autofree guint8 *rgb = tsn_render (result, &options);

  for (guint x = 0; x < WIDTH; x++)
    assert_colour (rgb + 3 * x, tsn_hatch_covers (2, 4, x, 0) ? tsn_hatch_shade (task->colours[2])
                                                              : task->colours[2]);
}

static void
test_strips_make_the_whole (void)
{
  g_autoptr (TsnTask) task = make_classes ();
  g_autoptr (TsnResult) result = make_class_result (task);
  g_autofree guint8 *whole = tsn_render (result, NULL);
  guint8 strips[3 * WIDTH * HEIGHT];

  tsn_render_rows (result, NULL, 0, 1, strips);
  tsn_render_rows (result, NULL, 1, HEIGHT - 1, strips + 3 * WIDTH);
  g_assert_cmpmem (strips, sizeof strips, whole, 3 * WIDTH * HEIGHT);
}

static void
test_depth_is_bright_when_near (void)
{
  g_autoptr (TsnTask) task = tsn_task_new ("depth", TSN_TASK_DEPTH, 1);
  const TsnRenderOptions wide = { .high = 120 };
  g_autoptr (TsnResult) result = NULL;
  g_autoptr (TsnLegend) legend = NULL;
  g_autofree guint8 *own = NULL;
  g_autofree guint8 *fixed = NULL;
  float numbers[HEIGHT * WIDTH];
  guint8 rgb[3];

  for (guint i = 0; i < HEIGHT * WIDTH; i++)
    numbers[i] = 1 + i;
  result = make_result (task, numbers);
  legend = tsn_legend_new (task, result);
  own = tsn_render (result, NULL);
  fixed = tsn_render (result, &wide);
  g_assert_cmpfloat (legend->low, ==, 1);
  g_assert_cmpfloat (legend->high, ==, HEIGHT * WIDTH);
  tsn_colour_map_look_up (TSN_COLOUR_MAP_VIRIDIS, 1, rgb);
  g_assert_cmpmem (own, 3, rgb, 3);
  tsn_colour_map_look_up (TSN_COLOUR_MAP_VIRIDIS, 0, rgb);
  g_assert_cmpmem (own + 3 * (HEIGHT * WIDTH - 1), 3, rgb, 3);
  tsn_colour_map_look_up (TSN_COLOUR_MAP_VIRIDIS, 0.5f, rgb);
  g_assert_cmpmem (fixed + 3 * (HEIGHT * WIDTH - 1), 3, rgb, 3);
  for (guint i = 0; i < HEIGHT * WIDTH; i++)
    {
      tsn_legend_get_colour (legend, numbers[i], rgb);
      g_assert_cmpmem (own + 3 * i, 3, rgb, 3);
    }
}

static void
test_flat_depth (void)
{
  g_autoptr (TsnTask) task = tsn_task_new ("depth", TSN_TASK_DEPTH, 1);
  g_autoptr (TsnResult) result = NULL;
  g_autofree guint8 *rgb = NULL;
  float numbers[HEIGHT * WIDTH];

  for (guint i = 0; i < HEIGHT * WIDTH; i++)
    numbers[i] = 2;
  result = make_result (task, numbers);
  rgb = tsn_render (result, NULL);
  for (guint i = 1; i < HEIGHT * WIDTH; i++)
    g_assert_cmpmem (rgb + 3 * i, 3, rgb, 3);
}

static void
test_probability_is_grey (void)
{
  g_autoptr (TsnTask) task = tsn_task_new ("edge", TSN_TASK_EDGE, 1);
  g_autoptr (TsnResult) result = NULL;
  g_autofree guint8 *rgb = NULL;
  float numbers[HEIGHT * WIDTH] = { -50, 50 };

  result = make_result (task, numbers);
  rgb = tsn_render (result, NULL);
  assert_colour (rgb, 0x000000);
  assert_colour (rgb + 3, 0xffffff);
  assert_colour (rgb + 6, 0x808080);
}

static void
test_legend_of_classes (void)
{
  g_autoptr (TsnTask) task = make_classes ();
  g_autoptr (TsnResult) result = make_class_result (task);
  g_autoptr (TsnLegend) all = tsn_legend_new (task, NULL);
  g_autoptr (TsnLegend) seen = tsn_legend_new (task, result);
  const TsnLegendEntry *first = &g_array_index (seen->entries, TsnLegendEntry, 0);

  g_assert_cmpuint (all->entries->len, ==, 3);
  g_assert_cmpstr (g_array_index (all->entries, TsnLegendEntry, 1).label, ==, "lower body");
  g_assert_cmpuint (seen->entries->len, ==, 2);
  g_assert_cmpstr (first->label, ==, "cat");
  g_assert_cmpuint (first->colour, ==, task->colours[2]);
  g_assert_cmpfloat_with_epsilon (first->share, 35 / 60.0, 1e-6);
}

static void
test_sphere (void)
{
  const guint size = 64;
  g_autofree guint8 *rgba = tsn_legend_draw_sphere (size);
  const guint8 *centre = rgba + 4 * (size / 2 * size + size / 2);
  const guint8 *right = rgba + 4 * (size / 2 * size + size - 2);
  const guint8 *top = rgba + 4 * (2 * size + size / 2);

  g_assert_cmpuint (rgba[3], ==, 0);
  g_assert_cmpuint (centre[2], >=, 250);
  g_assert_cmpuint (centre[3], ==, 255);
  g_assert_cmpuint (right[0], >=, 240);
  g_assert_cmpuint (top[1], >=, 240);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/render/classes", test_classes_have_their_colours);
  g_test_add_func ("/figure/render/isolated", test_one_class_stands_out);
  g_test_add_func ("/figure/render/patterns", test_patterns_tell_classes_apart);
  g_test_add_func ("/figure/render/hatched", test_patterns_lie_on_the_colours);
  g_test_add_func ("/figure/render/strips", test_strips_make_the_whole);
  g_test_add_func ("/figure/render/depth", test_depth_is_bright_when_near);
  g_test_add_func ("/figure/render/flat-depth", test_flat_depth);
  g_test_add_func ("/figure/render/probability", test_probability_is_grey);
  g_test_add_func ("/figure/legend/classes", test_legend_of_classes);
  g_test_add_func ("/figure/legend/sphere", test_sphere);
  return g_test_run ();
}
