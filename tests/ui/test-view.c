/* The arithmetic of looking: zoom, pan, fit. */
#include "ui/tsn-pane-layout.h"
#include "ui/tsn-view.h"

#define EPSILON 1e-9

static TsnView *
make_view (void)
{
  TsnView *view = tsn_view_new ();

  tsn_view_set_image_size (view, 400, 200);
  tsn_view_set_viewport (view, 200, 200, 1);
  return view;
}

static void
test_fits (void)
{
  g_autoptr (TsnView) view = make_view ();
  double x, y;

  g_assert_true (tsn_view_get_fit (view));
  g_assert_cmpfloat_with_epsilon (tsn_view_get_zoom (view), 0.5, EPSILON);
  tsn_view_get_origin (view, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 0, EPSILON);
  g_assert_cmpfloat_with_epsilon (y, 50, EPSILON);
  tsn_view_set_viewport (view, 800, 800, 1);
  g_assert_cmpfloat_with_epsilon (tsn_view_get_zoom (view), 2, EPSILON);
}

static void
test_keeps_the_point_under_the_pointer (void)
{
  const double factors[] = { 1.3, 2, 1.1, 0.8 };
  g_autoptr (TsnView) view = make_view ();
  double before_x, before_y, after_x, after_y;

  tsn_view_zoom (view, 8);
  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      double x = 60 + 20 * i, y = 130 - 10 * i;

      tsn_view_to_image (view, x, y, &before_x, &before_y);
      tsn_view_zoom_about (view, factors[i], x, y);
      tsn_view_to_image (view, x, y, &after_x, &after_y);
      g_assert_cmpfloat_with_epsilon (after_x, before_x, 1e-6);
      g_assert_cmpfloat_with_epsilon (after_y, before_y, 1e-6);
    }
  g_assert_false (tsn_view_get_fit (view));
}

static void
test_never_leaves_the_photo (void)
{
  g_autoptr (TsnView) view = make_view ();
  double x, y;

  tsn_view_show_actual_size (view);
  tsn_view_pan (view, 1e6, 1e6);
  tsn_view_get_origin (view, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 0, EPSILON);
  g_assert_cmpfloat_with_epsilon (y, 0, EPSILON);
  tsn_view_pan (view, -1e6, 0);
  tsn_view_get_origin (view, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 200 - 400, EPSILON);
}

static void
test_zoom_has_limits (void)
{
  g_autoptr (TsnView) view = make_view ();

  tsn_view_zoom (view, 1e9);
  g_assert_cmpfloat (tsn_view_get_zoom (view), ==, TSN_VIEW_MAX_ZOOM);
  tsn_view_zoom (view, 1e-9);
  g_assert_cmpfloat_with_epsilon (tsn_view_get_zoom (view), 0.5, EPSILON);
}

static void
test_actual_size_counts_device_pixels (void)
{
  g_autoptr (TsnView) view = make_view ();
  double x, y;

  tsn_view_set_viewport (view, 201, 201, 2);
  tsn_view_show_actual_size (view);
  g_assert_cmpfloat_with_epsilon (tsn_view_get_zoom (view), 0.5, EPSILON);
  tsn_view_get_origin (view, &x, &y);
  g_assert_cmpfloat_with_epsilon (2 * x, (int) (2 * x), EPSILON);
  g_assert_cmpfloat_with_epsilon (2 * y, (int) (2 * y), EPSILON);
}

static void
test_maps_there_and_back (void)
{
  g_autoptr (TsnView) view = make_view ();
  double image_x, image_y, x, y;

  tsn_view_zoom_about (view, 3.7, 20, 170);
  tsn_view_to_image (view, 33, 44, &image_x, &image_y);
  tsn_view_to_pane (view, image_x, image_y, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 33, 1e-6);
  g_assert_cmpfloat_with_epsilon (y, 44, 1e-6);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_probes_only_the_photo (void)
{
  g_autoptr (TsnView) view = make_view ();
  double x = 0, y = 0;
  guint count = 0;

  g_signal_connect_swapped (view, "probe-changed", G_CALLBACK (count_cb), &count);
  tsn_view_set_probe (view, 10, 20);
  g_assert_true (tsn_view_get_probe (view, &x, &y));
  g_assert_cmpfloat (x, ==, 10);
  g_assert_cmpfloat (y, ==, 20);
  tsn_view_set_probe (view, 400, 20);
  g_assert_false (tsn_view_get_probe (view, &x, &y));
  tsn_view_clear_probe (view);
  g_assert_cmpuint (count, ==, 2);
}

static void
test_shows_a_new_photo_whole (void)
{
  g_autoptr (TsnView) view = make_view ();

  tsn_view_zoom (view, 4);
  tsn_view_set_probe (view, 350, 10);
  tsn_view_set_image_size (view, 100, 100);
  g_assert_true (tsn_view_get_fit (view));
  g_assert_cmpfloat_with_epsilon (tsn_view_get_zoom (view), 2, EPSILON);
  g_assert_false (tsn_view_get_probe (view, &(double){ 0 }, &(double){ 0 }));
}

static void
test_says_what_is_in_sight (void)
{
  g_autoptr (TsnView) view = tsn_view_new ();
  double x, y, width, height;

  tsn_view_set_image_size (view, 400, 200);
  tsn_view_set_viewport (view, 100, 100, 1);
  g_assert_false (tsn_view_get_part (view, &x, &y, &width, &height));
  g_assert_cmpfloat (x, ==, 0);
  g_assert_cmpfloat (height, ==, 1);
  /* 50 of 400 by 50 of 200 pixels. */
  tsn_view_show (view, 2, 0.25, 0.5);
  g_assert_true (tsn_view_get_part (view, &x, &y, &width, &height));
  g_assert_cmpfloat_with_epsilon (x, 0.1875, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, 0.375, 1e-9);
  g_assert_cmpfloat_with_epsilon (width, 0.125, 1e-9);
  g_assert_cmpfloat_with_epsilon (height, 0.25, 1e-9);
  /* All of its height, and nothing beside the photo. */
  tsn_view_show (view, 0.4, 0.5, 0.5);
  g_assert_true (tsn_view_get_part (view, &x, &y, &width, &height));
  g_assert_cmpfloat (y, ==, 0);
  g_assert_cmpfloat (height, ==, 1);
  g_assert_cmpfloat_with_epsilon (width, 0.625, 1e-9);
}

static void
test_arranges_panes (void)
{
  g_assert_cmpuint (tsn_pane_layout_choose_columns (1, 800, 600, 1.5), ==, 1);
  g_assert_cmpuint (tsn_pane_layout_choose_columns (2, 800, 600, 1.0), ==, 2);
  g_assert_cmpuint (tsn_pane_layout_choose_columns (2, 983, 694, 1.5), ==, 2);
  g_assert_cmpuint (tsn_pane_layout_choose_columns (2, 600, 1000, 1.5), ==, 1);
  g_assert_cmpuint (tsn_pane_layout_choose_columns (7, 980, 690, 1.5), ==, 3);
  g_assert_cmpuint (tsn_pane_layout_choose_columns (4, 800, 600, 1.33), ==, 2);
  g_assert_cmpuint (tsn_pane_layout_choose_columns (5, 4000, 100, 1.0), ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/view/fits", test_fits);
  g_test_add_func ("/view/zoom-about-pointer", test_keeps_the_point_under_the_pointer);
  g_test_add_func ("/view/borders", test_never_leaves_the_photo);
  g_test_add_func ("/view/zoom-limits", test_zoom_has_limits);
  g_test_add_func ("/view/actual-size", test_actual_size_counts_device_pixels);
  g_test_add_func ("/view/round-trip", test_maps_there_and_back);
  g_test_add_func ("/view/probe", test_probes_only_the_photo);
  g_test_add_func ("/view/new-photo", test_shows_a_new_photo_whole);
  g_test_add_func ("/view/part", test_says_what_is_in_sight);
  g_test_add_func ("/view/panes", test_arranges_panes);
  return g_test_run ();
}
