/* Pictures and their levels. */
#include "ui/tsn-picture.h"

static TsnPicture *
make_ramp (guint width, guint height)
{
  guint8 *rgb = g_malloc ((size_t) 3 * width * height);
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, (size_t) 3 * width * height);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint8 *p = rgb + 3 * ((size_t) y * width + x);

        p[0] = x & 255;
        p[1] = y & 255;
        p[2] = 7;
      }
  return tsn_picture_new (bytes, width, height);
}

static void
test_halves_until_small (void)
{
  g_autoptr (TsnPicture) picture = make_ramp (1001, 600);

  g_assert_cmpuint (tsn_picture_get_n_levels (picture), ==, 3);
  g_assert_cmpuint (tsn_picture_get_width (picture, 1), ==, 500);
  g_assert_cmpuint (tsn_picture_get_height (picture, 2), ==, 150);
}

static void
test_survives_thin_pictures (void)
{
  g_autoptr (TsnPicture) picture = make_ramp (1, 3000);
  guint last = tsn_picture_get_n_levels (picture) - 1;

  g_assert_cmpuint (tsn_picture_get_width (picture, last), ==, 1);
  g_assert_cmpuint (tsn_picture_get_height (picture, last), <=, 256);
}

static void
test_picks_the_level_of_the_screen (void)
{
  g_autoptr (TsnPicture) picture = make_ramp (1024, 1024);

  g_assert_cmpuint (tsn_picture_pick_level (picture, 4), ==, 0);
  g_assert_cmpuint (tsn_picture_pick_level (picture, 0.51), ==, 0);
  g_assert_cmpuint (tsn_picture_pick_level (picture, 0.5), ==, 1);
  g_assert_cmpuint (tsn_picture_pick_level (picture, 0.26), ==, 1);
  g_assert_cmpuint (tsn_picture_pick_level (picture, 0.001), ==,
                    tsn_picture_get_n_levels (picture) - 1);
}

static void
test_crops (void)
{
  g_autoptr (TsnPicture) picture = make_ramp (300, 40);
  cairo_rectangle_int_t area = { 10, 5, 3, 2 };
  cairo_surface_t *surface = tsn_picture_crop_surface (picture, 0, &area);
  g_autoptr (GdkTexture) texture = tsn_picture_crop_texture (picture, 0, &area);
  guint32 pixels[6], *row;

  gdk_texture_download (texture, (guchar *) pixels, 3 * sizeof *pixels);
  cairo_surface_flush (surface);
  for (guint y = 0; y < 2; y++)
    {
      row = (guint32 *) (cairo_image_surface_get_data (surface)
                         + y * cairo_image_surface_get_stride (surface));
      for (guint x = 0; x < 3; x++)
        {
          guint32 wanted = (10 + x) << 16 | (5 + y) << 8 | 7;

          g_assert_cmphex (row[x] & 0xffffff, ==, wanted);
          g_assert_cmphex (pixels[3 * y + x] & 0xffffff, ==, wanted);
        }
    }
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/levels", test_halves_until_small);
  g_test_add_func ("/picture/thin", test_survives_thin_pictures);
  g_test_add_func ("/picture/pick", test_picks_the_level_of_the_screen);
  g_test_add_func ("/picture/crop", test_crops);
  return g_test_run ();
}
