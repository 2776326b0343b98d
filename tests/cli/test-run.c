/* The files that `tsn run` writes. */
#include "tests/cli/tsn-cli-fixture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>

#include "core/io/tsn-image.h"
#include "core/io/tsn-png.h"

static const char *const all_tasks[]
    = { "semseg", "human_parts", "edge", "saliency", "normals", "depth" };

/* The numbers of an .npy file, after a look at its header. */
typedef struct
{
  char *bytes;
  const float *values;
  size_t n;
} Numbers;

static Numbers
read_numbers (CliFixture *fixture, const char *name, const char *shape)
{
  g_autofree char *path = cli_fixture_path (fixture, name);
  g_autofree char *header = NULL;
  Numbers numbers = { 0 };
  size_t size, start;

  g_assert_true (g_file_get_contents (path, &numbers.bytes, &size, NULL));
  g_assert_cmpuint (size, >, 10);
  g_assert_cmpmem (numbers.bytes, 8, "\x93NUMPY\x01\x00", 8);
  start = 10 + (guint8) numbers.bytes[8] + 256 * (guint8) numbers.bytes[9];
  g_assert_cmpuint (start % 64, ==, 0);
  header = g_strndup (numbers.bytes + 10, start - 10);
  g_assert_nonnull (strstr (header, "'<f4'"));
  g_assert_nonnull (strstr (header, shape));
  numbers.values = (const float *) (numbers.bytes + start);
  numbers.n = (size - start) / sizeof (float);
  return numbers;
}

static GdkPixbuf *
read_picture (CliFixture *fixture, const char *name, int width, int height)
{
  g_autofree char *path = cli_fixture_path (fixture, name);
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_file (path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, width);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, height);
  return pixbuf;
}

/* Checks that a file holds a colour picture of that size. */
static void
check_size (CliFixture *fixture, const char *name, int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = read_picture (fixture, name, width, height);

  g_assert_cmpint (gdk_pixbuf_get_n_channels (pixbuf), ==, 3);
}

static const guint8 *
pixel_of (GdkPixbuf *pixbuf, int x, int y)
{
  return gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf)
         + x * gdk_pixbuf_get_n_channels (pixbuf);
}

static void
assert_ok (CliFixture *fixture)
{
  g_test_message ("%s", fixture->err);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpstr (fixture->err, ==, "");
}

static void
test_one_picture_per_task (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_write_photo (fixture, "photo.png", 130, 71);
  cli_fixture_run (fixture, "run", "-o", "new/out", "photo.png", NULL);
  assert_ok (fixture);
  g_assert_cmpuint (cli_fixture_count_files (fixture, "new/out"), ==, 6);
  for (guint i = 0; i < G_N_ELEMENTS (all_tasks); i++)
    {
      g_autofree char *name = g_strdup_printf ("new/out/photo.%s.png", all_tasks[i]);
      g_autofree char *line = g_strdup_printf ("%s\n", name);

      g_assert_nonnull (strstr (fixture->out, line));
      check_size (fixture, name, 130, 71);
    }
}

static void
test_encodes_once (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_write_photo (fixture, "photo.png", 90, 64);
  cli_fixture_run (fixture, "run", "--stats", "photo.png", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_nonnull (strstr (fixture->err, "encoder passes 1, decoder passes 6, "));
}

static void
test_raw_classes (CliFixture *fixture, gconstpointer unused)
{
  g_autoptr (GdkPixbuf) index = NULL;
  g_autoptr (GdkPixbuf) colours = NULL;
  guint32 seen[256] = { 0 };
  Numbers numbers;

  cli_fixture_write_photo (fixture, "p.png", 50, 33);
  cli_fixture_run (fixture, "run", "--raw", "-t", "semseg", "p.png", NULL);
  assert_ok (fixture);
  index = read_picture (fixture, "p.semseg.raw.png", 50, 33);
  colours = read_picture (fixture, "p.semseg.png", 50, 33);
  numbers = read_numbers (fixture, "p.semseg.npy", "(33, 50, 21)");
  g_assert_cmpuint (numbers.n, ==, 33 * 50 * 21);
  for (int i = 0; i < 33 * 50; i++)
    {
      const float *p = numbers.values + 21 * i;
      guint8 class_index = pixel_of (index, i % 50, i / 50)[0];
      const guint8 *rgb = pixel_of (colours, i % 50, i / 50);
      guint32 colour = 1u << 24 | rgb[0] << 16 | rgb[1] << 8 | rgb[2];
      float sum = 0;

      g_assert_cmpuint (class_index, <, 21);
      for (guint c = 0; c < 21; c++)
        {
          sum += p[c];
          g_assert_cmpfloat (p[class_index], >=, p[c] - 1e-5f);
        }
      g_assert_cmpfloat_with_epsilon (sum, 1, 1e-4);
      g_assert_true (seen[class_index] == 0 || seen[class_index] == colour);
      seen[class_index] = colour;
    }
  g_free (numbers.bytes);
}

/* Checks the upper 8 of the 16 bits of every pixel, which is what GdkPixbuf leaves of them. */
static void
check_words (CliFixture *fixture, const char *task, float scale)
{
  g_autofree char *raw = g_strdup_printf ("p.%s.raw.png", task);
  g_autofree char *npy = g_strdup_printf ("p.%s.npy", task);
  g_autoptr (GdkPixbuf) picture = read_picture (fixture, raw, 50, 33);
  Numbers numbers = read_numbers (fixture, npy, "(33, 50, 1)");

  g_assert_cmpuint (numbers.n, ==, 33 * 50);
  for (int i = 0; i < 33 * 50; i++)
    {
      guint word = MIN (numbers.values[i] * scale + 0.5f, 65535);

      g_assert_cmpfloat (numbers.values[i], >=, 0);
      g_assert_cmpuint (pixel_of (picture, i % 50, i / 50)[0], ==, word >> 8);
    }
  g_free (numbers.bytes);
}

static void
test_raw_numbers (CliFixture *fixture, gconstpointer unused)
{
  g_autoptr (GdkPixbuf) normals = NULL;
  Numbers numbers;

  cli_fixture_write_photo (fixture, "p.png", 50, 33);
  cli_fixture_run (fixture, "run", "--raw", "p.png", NULL);
  assert_ok (fixture);
  check_words (fixture, "edge", 65535);
  check_words (fixture, "saliency", 65535);
  check_words (fixture, "depth", 1000);
  normals = read_picture (fixture, "p.normals.raw.png", 50, 33);
  numbers = read_numbers (fixture, "p.normals.npy", "(33, 50, 3)");
  for (int i = 0; i < 33 * 50; i++)
    {
      const float *v = numbers.values + 3 * i;

      g_assert_cmpfloat_with_epsilon (hypot (hypot (v[0], v[1]), v[2]), 1, 1e-4);
      for (guint c = 0; c < 3; c++)
        g_assert_cmpfloat_with_epsilon (pixel_of (normals, i % 50, i / 50)[c], (v[c] + 1) * 127.5,
                                        0.51);
    }
  g_free (numbers.bytes);
}

static void
test_same_names (CliFixture *fixture, gconstpointer unused)
{
  g_autofree char *a = cli_fixture_path (fixture, "a");
  g_autofree char *b = cli_fixture_path (fixture, "b");
  const char *expected[] = { "x", "x-2", "x-3", "x-4" };

  g_assert_cmpint (g_mkdir_with_parents (a, 0777) + g_mkdir_with_parents (b, 0777), ==, 0);
  cli_fixture_write_photo (fixture, "a/x.png", 20, 30);
  cli_fixture_write_photo (fixture, "b/x.png", 21, 30);
  cli_fixture_write_photo (fixture, "b/x-2.png", 22, 30);
  cli_fixture_write_photo (fixture, "b/x.photo", 23, 30);
  cli_fixture_run (fixture, "run", "-t", "edge", "-o", "out", "a/x.png", "b/x.png", "b/x-2.png",
                   "b/x.photo", NULL);
  assert_ok (fixture);
  g_assert_cmpuint (cli_fixture_count_files (fixture, "out"), ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const int widths[] = { 20, 22, 21, 23 };
      g_autofree char *name = g_strdup_printf ("out/%s.edge.png", expected[i]);

      check_size (fixture, name, widths[i], 30);
    }
}

/* Runs all tasks on one odd photo and checks the size of what comes out. */
static void
check_photo (CliFixture *fixture, const char *name, int width, int height)
{
  cli_fixture_run (fixture, "run", "--raw", "-o", "out", name, NULL);
  assert_ok (fixture);
  g_assert_cmpuint (cli_fixture_count_files (fixture, "out"), ==, 18);
  for (guint i = 0; i < G_N_ELEMENTS (all_tasks); i++)
    {
      g_autofree char *picture = g_strdup_printf ("out/odd.%s.png", all_tasks[i]);

      check_size (fixture, picture, width, height);
    }
}

static void
test_single_pixel (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_write_photo (fixture, "odd.png", 1, 1);
  check_photo (fixture, "odd.png", 1, 1);
}

static void
test_long_photo (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_write_photo (fixture, "odd.png", 300, 3);
  check_photo (fixture, "odd.png", 300, 3);
}

/* Writes a PNG of one grey level per pixel, in 8 or 16 bits. */
static void
write_grey (CliFixture *fixture, TsnPngFormat format)
{
  g_autofree char *path = cli_fixture_path (fixture, "odd.png");
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnPngWriter) png = tsn_png_writer_new (path, 40, 30, format, &error);
  guint16 words[40];
  guint8 bytes[40];

  g_assert_no_error (error);
  for (guint y = 0; y < 30; y++)
    {
      for (guint x = 0; x < 40; x++)
        {
          bytes[x] = 6 * x;
          words[x] = 1600 * x + y;
        }
      tsn_png_writer_write_rows (png, format == TSN_PNG_GREY8 ? (void *) bytes : words, 1, &error);
      g_assert_no_error (error);
    }
  tsn_png_writer_finish (png, &error);
  g_assert_no_error (error);
}

static void
test_grey (CliFixture *fixture, gconstpointer unused)
{
  write_grey (fixture, TSN_PNG_GREY8);
  check_photo (fixture, "odd.png", 40, 30);
}

static void
test_16_bits (CliFixture *fixture, gconstpointer unused)
{
  write_grey (fixture, TSN_PNG_GREY16);
  check_photo (fixture, "odd.png", 40, 30);
}

static void
test_transparent (CliFixture *fixture, gconstpointer unused)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 40, 30);
  g_autofree char *path = cli_fixture_path (fixture, "odd.png");
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_fill (pixbuf, 0x30c05040);
  gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  g_assert_no_error (error);
  check_photo (fixture, "odd.png", 40, 30);
}

/* Two frames of two pixels, the second with the colours exchanged. */
static void
test_animated_gif (CliFixture *fixture, gconstpointer unused)
{
  static const guint8 gif[] = { 'G',
                                'I',
                                'F',
                                '8',
                                '9',
                                'a',
                                2,
                                0,
                                1,
                                0,
                                0x80,
                                0,
                                0,
                                /* colours */ 250,
                                40,
                                30,
                                20,
                                90,
                                240,
                                /* plays for ever */ 0x21,
                                0xff,
                                11,
                                'N',
                                'E',
                                'T',
                                'S',
                                'C',
                                'A',
                                'P',
                                'E',
                                '2',
                                '.',
                                '0',
                                3,
                                1,
                                0,
                                0,
                                0,
                                /* first frame: clear, 0, 1, end, of three bits each */ 0x21,
                                0xf9,
                                4,
                                0,
                                10,
                                0,
                                0,
                                0,
                                0x2c,
                                0,
                                0,
                                0,
                                0,
                                2,
                                0,
                                1,
                                0,
                                0,
                                2,
                                2,
                                0x44,
                                0x0a,
                                0,
                                /* second frame: clear, 1, 0, end */ 0x21,
                                0xf9,
                                4,
                                0,
                                10,
                                0,
                                0,
                                0,
                                0x2c,
                                0,
                                0,
                                0,
                                0,
                                2,
                                0,
                                1,
                                0,
                                0,
                                2,
                                2,
                                0x0c,
                                0x0a,
                                0,
                                /* the end */ 0x3b };

  cli_fixture_write (fixture, "odd.gif", gif, sizeof gif);
  check_photo (fixture, "odd.gif", 2, 1);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/cli/run/" name, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("one-picture-per-task", test_one_picture_per_task);
  ADD ("encodes-once", test_encodes_once);
  ADD ("raw-classes", test_raw_classes);
  ADD ("raw-numbers", test_raw_numbers);
  ADD ("same-names", test_same_names);
  ADD ("single-pixel", test_single_pixel);
  ADD ("long-photo", test_long_photo);
  ADD ("grey", test_grey);
  ADD ("16-bits", test_16_bits);
  ADD ("transparent", test_transparent);
  ADD ("animated-gif", test_animated_gif);
  return g_test_run ();
}
