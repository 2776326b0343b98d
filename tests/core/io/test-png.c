#include "core/base/tsn-error.h"
#include "core/io/tsn-png.h"
#include "tests/core/io/io-fixture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static void
write_png (const char *path, guint width, guint height, TsnPngFormat format, const void *pixels)
{
  static const guint bytes[] = { 1, 2, 3 };
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnPngWriter) writer = tsn_png_writer_new (path, width, height, format, &error);
  guint half = height / 2;

  g_assert_no_error (error);
  tsn_png_writer_set_text (writer, "Title",
                           "Fl\xc3\xa4"
                           "che");
  g_assert_true (tsn_png_writer_write_rows (writer, pixels, half, &error));
  g_assert_true (tsn_png_writer_write_rows (
      writer, (const guint8 *) pixels + half * width * bytes[format], height - half, &error));
  g_assert_true (tsn_png_writer_finish (writer, &error));
  g_assert_no_error (error);
}

static void
assert_pixel (GdkPixbuf *pixbuf, guint x, guint y, guint r, guint g, guint b)
{
  const guint8 *pixel = gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf)
                        + x * gdk_pixbuf_get_n_channels (pixbuf);

  g_assert_cmpuint (pixel[0], ==, r);
  g_assert_cmpuint (pixel[1], ==, g);
  g_assert_cmpuint (pixel[2], ==, b);
}

static GdkPixbuf *
read_back (const char *path, guint width, guint height)
{
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_file (path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, width);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, height);
  g_assert_cmpstr (gdk_pixbuf_get_option (pixbuf, "tEXt::Title"), ==,
                   "Fl\xc3\xa4"
                   "che");
  return pixbuf;
}

static void
test_rgb (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = io_path (fixture, "rgb.png");
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  guint8 pixels[5 * 7 * 3];

  for (guint i = 0; i < sizeof pixels; i++)
    pixels[i] = 7 * i;
  write_png (path, 7, 5, TSN_PNG_RGB8, pixels);
  pixbuf = read_back (path, 7, 5);
  for (guint y = 0; y < 5; y++)
    for (guint x = 0; x < 7; x++)
      {
        const guint8 *p = pixels + 3 * (7 * y + x);

        assert_pixel (pixbuf, x, y, p[0], p[1], p[2]);
      }
  g_assert_cmpuint (io_count_files (fixture), ==, 1);
}

static void
test_grey (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = io_path (fixture, "grey.png");
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  const guint8 pixels[] = { 0, 1, 128, 254, 255, 20 };

  write_png (path, 3, 2, TSN_PNG_GREY8, pixels);
  pixbuf = read_back (path, 3, 2);
  for (guint i = 0; i < 6; i++)
    assert_pixel (pixbuf, i % 3, i / 3, pixels[i], pixels[i], pixels[i]);
}

/* Readers of 8 bits keep the high byte: it tells the order of bytes. */
static void
test_grey16 (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = io_path (fixture, "depth.png");
  g_autofree char *contents = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  const guint16 pixels[] = { 0x0000, 0x12ff, 0xabcd, 0xff00 };
  size_t length;

  write_png (path, 2, 2, TSN_PNG_GREY16, pixels);
  pixbuf = read_back (path, 2, 2);
  for (guint i = 0; i < 4; i++)
    assert_pixel (pixbuf, i % 2, i / 2, pixels[i] >> 8, pixels[i] >> 8, pixels[i] >> 8);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpuint (contents[24], ==, 16); /* bits per sample in IHDR */
}

static void
test_abandoned (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = io_path (fixture, "half.png");
  TsnPngWriter *writer = tsn_png_writer_new (path, 4, 4, TSN_PNG_GREY8, NULL);
  const guint8 row[4] = { 0 };

  g_assert_true (tsn_png_writer_write_rows (writer, row, 1, NULL));
  tsn_png_writer_free (writer);
  g_assert_cmpuint (io_count_files (fixture), ==, 0);
}

static void
test_errors (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = io_path (fixture, "none/picture.png");
  g_autofree char *path = io_path (fixture, "picture.png");
  g_autoptr (GError) error = NULL;

  g_assert_null (tsn_png_writer_new (nowhere, 4, 4, TSN_PNG_GREY8, &error));
  io_assert_error (&error, TSN_ERROR_IO, nowhere, "No such file");
  g_assert_null (tsn_png_writer_new (path, 0, 4, TSN_PNG_GREY8, &error));
  io_assert_error (&error, TSN_ERROR_ARGUMENT, path, "as PNG");
  g_assert_cmpuint (io_count_files (fixture), ==, 0);
}

/* A limit on the size of files fails as a full disk does. */
static void
test_full_disk (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = io_path (fixture, "large.png");
  g_autoptr (TsnPngWriter) writer = tsn_png_writer_new (path, 1000, 1000, TSN_PNG_GREY8, NULL);
  g_autofree guint8 *pixels = g_malloc (1000 * 1000);
  g_autoptr (GError) error = NULL;
  struct rlimit before, small;
  gboolean written;

  for (guint i = 0; i < 1000 * 1000; i++)
    pixels[i] = g_test_rand_int ();
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 100000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  written = tsn_png_writer_write_rows (writer, pixels, 1000, &error)
            && tsn_png_writer_finish (writer, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_false (written);
  io_assert_error (&error, TSN_ERROR_IO, path, "File too large");
  g_clear_pointer (&writer, tsn_png_writer_free);
  g_assert_cmpuint (io_count_files (fixture), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  io_fixture_add ("/io/png/rgb", test_rgb, NULL);
  io_fixture_add ("/io/png/grey", test_grey, NULL);
  io_fixture_add ("/io/png/grey16", test_grey16, NULL);
  io_fixture_add ("/io/png/abandoned", test_abandoned, NULL);
  io_fixture_add ("/io/png/errors", test_errors, NULL);
  io_fixture_add ("/io/png/full-disk", test_full_disk, NULL);
  return g_test_run ();
}
