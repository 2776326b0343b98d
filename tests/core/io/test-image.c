#include "core/base/tsn-error.h"
#include "core/io/tsn-image.h"
#include "core/io/tsn-png.h"
#include "tests/core/io/io-fixture.h"
#include "tests/core/io/io-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static const guint8 *
pixel (const TsnImage *image, guint x, guint y)
{
  return image->pixels + 3 * (y * image->width + x);
}

static void
assert_near (const guint8 *found, guint r, guint g, int tolerance)
{
  g_assert_cmpint (ABS ((int) found[0] - (int) r), <=, tolerance);
  g_assert_cmpint (ABS ((int) found[1] - (int) g), <=, tolerance);
}

static void
test_formats (void)
{
  static const char *const formats[] = { "png", "jpeg", "bmp", "tiff" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GBytes) bytes = io_picture_save (formats[i], 61, 47);
      g_autoptr (GError) error = NULL;
      g_autoptr (TsnImage) image = tsn_image_load_bytes (bytes, "picture", &error);

      g_assert_no_error (error);
      g_assert_cmpuint (image->width, ==, 61);
      g_assert_cmpuint (image->height, ==, 47);
      assert_near (pixel (image, 40, 30), 255 * 40 / 61, 255 * 30 / 47, 20);
      assert_near (pixel (image, 0, 46), 0, 255 * 46 / 47, 20);
    }
}

/* What the four corners show tells how the picture is held. */
static void
test_orientation (void)
{
  /* For each orientation: red and green at the top left and at the bottom right, and whether
   * width and height change places. */
  static const struct
  {
    guint top_left[2];
    guint bottom_right[2];
    gboolean turned;
  } expected[] = {
    { { 0, 0 }, { 255, 255 }, FALSE }, { { 255, 0 }, { 0, 255 }, FALSE },
    { { 255, 255 }, { 0, 0 }, FALSE }, { { 0, 255 }, { 255, 0 }, FALSE },
    { { 0, 0 }, { 255, 255 }, TRUE },  { { 0, 255 }, { 255, 0 }, TRUE },
    { { 255, 255 }, { 0, 0 }, TRUE },  { { 255, 0 }, { 0, 255 }, TRUE },
  };
  g_autoptr (GBytes) jpeg = io_picture_save ("jpeg", 64, 40);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GBytes) bytes = io_picture_with_orientation (jpeg, i + 1);
      g_autoptr (TsnImage) image = tsn_image_load_bytes (bytes, "photo", NULL);

      g_assert_nonnull (image);
      g_assert_cmpuint (image->width, ==, expected[i].turned ? 40 : 64);
      g_assert_cmpuint (image->height, ==, expected[i].turned ? 64 : 40);
      assert_near (pixel (image, 0, 0), expected[i].top_left[0], expected[i].top_left[1], 30);
      assert_near (pixel (image, image->width - 1, image->height - 1), expected[i].bottom_right[0],
                   expected[i].bottom_right[1], 30);
    }
}

static void
test_animation (void)
{
  g_autoptr (GBytes) bytes = io_picture_gif ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnImage) image = tsn_image_load_bytes (bytes, "film.gif", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (image->width, ==, 2);
  g_assert_cmpuint (image->height, ==, 1);
  g_assert_cmpmem (image->pixels, 6, "\xff\x00\x00\x00\xff\x00", 6);
}

static void
test_transparency (void)
{
  static const guint8 rgba[] = { 200, 100, 0, 255, 200, 100, 0, 0, 200, 100, 0, 51 };
  static const guint8 rgb[] = { 200, 100, 0, 255, 255, 255, 244, 224, 204 };
  g_autoptr (GdkPixbuf) pixbuf =
      gdk_pixbuf_new_from_data (rgba, GDK_COLORSPACE_RGB, TRUE, 8, 3, 1, 12, NULL, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (TsnImage) image = NULL;
  char *png;
  size_t n;

  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &png, &n, "png", NULL, NULL));
  bytes = g_bytes_new_take (png, n);
  image = tsn_image_load_bytes (bytes, "glass.png", NULL);
  g_assert_nonnull (image);
  g_assert_cmpmem (image->pixels, 9, rgb, 9);
}

static void
test_grey_pngs (IoFixture *fixture, gconstpointer data)
{
  static const guint16 deep[] = { 0x0012, 0x34ff, 0xff00 };
  static const guint8 flat[] = { 0, 77, 255 };
  g_autofree char *path = io_path (fixture, "grey.png");
  TsnPngWriter *writer = tsn_png_writer_new (path, 3, 1, TSN_PNG_GREY16, NULL);
  g_autoptr (TsnImage) image = NULL;

  g_assert_true (tsn_png_writer_write_rows (writer, deep, 1, NULL));
  g_assert_true (tsn_png_writer_finish (writer, NULL));
  tsn_png_writer_free (writer);
  image = tsn_image_load (path, NULL);
  g_assert_cmpmem (image->pixels, 9, "\x00\x00\x00\x34\x34\x34\xff\xff\xff", 9);
  tsn_image_unref (image);

  writer = tsn_png_writer_new (path, 3, 1, TSN_PNG_GREY8, NULL);
  g_assert_true (tsn_png_writer_write_rows (writer, flat, 1, NULL));
  g_assert_true (tsn_png_writer_finish (writer, NULL));
  tsn_png_writer_free (writer);
  image = tsn_image_load (path, NULL);
  g_assert_cmpmem (image->pixels, 9, "\x00\x00\x00\x4d\x4d\x4d\xff\xff\xff", 9);
}

static void
test_one_pixel (void)
{
  g_autoptr (GBytes) bytes = io_picture_save ("png", 1, 1);
  g_autoptr (TsnImage) image = tsn_image_load_bytes (bytes, "dot.png", NULL);
  g_autoptr (TsnTensor) tensor = NULL;
  guint width, height;

  g_assert_true (tsn_image_fit_size (image->width, image->height, 256, &width, &height));
  g_assert_cmpuint (width, ==, 256);
  g_assert_cmpuint (height, ==, 256);
  tensor = tsn_image_to_tensor (image, width, height);
  for (guint i = 0; i < 3 * 256 * 256; i++)
    g_assert_cmpfloat_with_epsilon (tensor->data[i], image->pixels[i / 65536] / 255.0, 1e-6);
}

/* However much of a file is missing: it is an error, never half a picture. */
static void
test_cut_short (void)
{
  static const char *const formats[] = { "png", "jpeg", "bmp", "tiff", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GBytes) bytes =
          formats[i] != NULL ? io_picture_save (formats[i], 31, 17) : io_picture_gif ();
      /* A GIF may end after its first frame. */
      size_t n = formats[i] != NULL ? g_bytes_get_size (bytes) : 67;
      /* The end of a TIFF file is its directory, of which the last four bytes are optional. */
      for (size_t cut = 0; cut + (i == 3 ? 4 : 0) < n; cut++)
        {
          g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, cut);
          g_autoptr (GError) error = NULL;

          g_assert_null (tsn_image_load_bytes (part, "half.img", &error));
          io_assert_error (&error, TSN_ERROR_FORMAT, "half.img", cut == 0 ? "is empty" : "image");
        }
    }
}

static void
test_pnm (void)
{
  static const char whole[] = "P6 2 3 255\nabcdefghijklmnopqr";
  static const char text[] = "P3 1 3 255\n1 2 3 4 5 6 7 8 9\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (whole, sizeof whole - 1);
  g_autoptr (GBytes) numbers = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (TsnImage) image = tsn_image_load_bytes (bytes, "whole.pnm", NULL);
  g_autoptr (TsnImage) plain = tsn_image_load_bytes (numbers, "text.pnm", NULL);

  g_assert_cmpmem (image->pixels, 18, "abcdefghijklmnopqr", 18);
  g_assert_cmpmem (plain->pixels, 9, "\1\2\3\4\5\6\7\10\11", 9);
  for (guint cut = 1; cut < sizeof whole - 1; cut++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, cut);
      g_autoptr (GError) error = NULL;

      g_assert_null (tsn_image_load_bytes (part, "half.pnm", &error));
      io_assert_error (&error, TSN_ERROR_FORMAT, "half.pnm", "image");
    }
}

static void
test_no_image (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *missing = io_path (fixture, "missing.jpg");
  g_autofree char *empty = io_write (fixture, "empty.jpg", NULL, 0);
  g_autofree char *text = io_write (fixture, "text.jpg", "Dear Sir or Madam,", 18);
  g_autofree char *pipe = io_path (fixture, "pipe.jpg");
  g_autoptr (GError) error = NULL;

  g_assert_null (tsn_image_load (missing, &error));
  io_assert_error (&error, TSN_ERROR_IO, missing, "No such file");
  g_assert_null (tsn_image_load (empty, &error));
  io_assert_error (&error, TSN_ERROR_FORMAT, empty, "is empty");
  g_assert_null (tsn_image_load (text, &error));
  io_assert_error (&error, TSN_ERROR_FORMAT, text, "is not an image");
  g_assert_null (tsn_image_load (fixture->folder, &error));
  io_assert_error (&error, TSN_ERROR_IO, fixture->folder, "is a folder");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_null (tsn_image_load (pipe, &error));
  io_assert_error (&error, TSN_ERROR_IO, pipe, "not a regular file");
}

/* A few bytes that claim 60000 x 60000 pixels. */
static void
test_too_large (void)
{
  static const char claim[] = "P6 60000 60000 255\nabc";
  g_autoptr (GBytes) bytes = g_bytes_new_static (claim, sizeof claim - 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (tsn_image_load_bytes (bytes, "huge.pnm", &error));
  io_assert_error (&error, TSN_ERROR_FORMAT, "huge.pnm", "60000 x 60000 pixels");
}

static void
test_fit_size (void)
{
  static const guint cases[][5] = {
    /* width, height, size, fitted width, fitted height */
    { 480, 640, 256, 256, 352 },
    { 640, 480, 256, 352, 256 },
    { 512, 512, 512, 512, 512 },
    { 4000, 3000, 256, 352, 256 },
    { 1, 1, 32, 32, 32 },
    { 100, 100, 1, 32, 32 },
    { 160, 90, 160, 288, 160 },
    { 1000, 250, 256, 1024, 256 },
    { 1, 10000, 256, 32, 1024 },
    { 10000, 1, 256, 1024, 32 },
    { 4294967295u, 1, 8192, 32768, 32 },
    { 2000, 250, 256, 1024, 128 },
    { 321, 481, 250, 256, 384 },
  };
  guint width, height;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (tsn_image_fit_size (cases[i][0], cases[i][1], cases[i][2], &width, &height));
      g_assert_cmpuint (width, ==, cases[i][3]);
      g_assert_cmpuint (height, ==, cases[i][4]);
    }
  g_assert_false (tsn_image_fit_size (0, 5, 256, &width, &height));
  g_assert_false (tsn_image_fit_size (5, 0, 256, &width, &height));
  g_assert_false (tsn_image_fit_size (5, 5, 0, &width, &height));
  g_assert_false (tsn_image_fit_size (5, 5, TSN_IMAGE_MAX_SIZE + 1, &width, &height));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/io/image/formats", test_formats);
  g_test_add_func ("/io/image/orientation", test_orientation);
  g_test_add_func ("/io/image/animation", test_animation);
  g_test_add_func ("/io/image/transparency", test_transparency);
  io_fixture_add ("/io/image/grey-pngs", test_grey_pngs, NULL);
  g_test_add_func ("/io/image/one-pixel", test_one_pixel);
  g_test_add_func ("/io/image/cut-short", test_cut_short);
  g_test_add_func ("/io/image/pnm", test_pnm);
  io_fixture_add ("/io/image/no-image", test_no_image, NULL);
  g_test_add_func ("/io/image/too-large", test_too_large);
  g_test_add_func ("/io/image/fit-size", test_fit_size);
  return g_test_run ();
}
