#include "core/base/tsn-error.h"
#include "core/data/tsn-label.h"

#include <png.h>
#include <string.h>

/* What a PNG file to be made is like. */
typedef struct
{
  guint width;
  guint height;
  int bits;
  int type;
  int interlace;
} Kind;

static void
append_cb (png_structp png, png_bytep data, size_t length)
{
  g_byte_array_append (png_get_io_ptr (png), data, length);
}

static void
flush_cb (png_structp png)
{
}

/* A PNG file whose rows are @rows, one after the other, packed as the file packs them. */
static GBytes *
make_png (const Kind *kind, const guint8 *rows)
{
  GByteArray *out = g_byte_array_new ();
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct (png);
  png_color palette[256] = { { 9, 8, 7 } };
  g_autofree png_bytep *lines = g_new (png_bytep, kind->height);

  png_set_write_fn (png, out, append_cb, flush_cb);
  png_set_IHDR (png, info, kind->width, kind->height, kind->bits, kind->type, kind->interlace,
                PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (kind->type == PNG_COLOR_TYPE_PALETTE)
    png_set_PLTE (png, info, palette, 1 << kind->bits);
  png_write_info (png, info);
  for (guint y = 0; y < kind->height; y++)
    lines[y] = (png_bytep)rows + y * png_get_rowbytes (png, info);
  png_write_image (png, lines);
  png_write_end (png, info);
  png_destroy_write_struct (&png, &info);
  return g_byte_array_free_to_bytes (out);
}

static void
assert_reads (const Kind *kind, const guint8 *rows, const guint16 *expected)
{
  g_autoptr (GBytes) bytes = make_png (kind, rows);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnLabel) label = tsn_label_load_bytes (bytes, "test", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (label->width, ==, kind->width);
  g_assert_cmpuint (label->height, ==, kind->height);
  g_assert_cmpuint (label->bits, ==, kind->bits);
  for (guint i = 0; i < kind->width * kind->height; i++)
    g_assert_cmpuint (label->values[i], ==, expected[i]);
}

static void
test_label_grey (void)
{
  static const guint8 rows[] = { 0, 1, 2, 253, 254, 255 };
  static const guint16 values[] = { 0, 1, 2, 253, 254, 255 };

  assert_reads (&(Kind){ 3, 2, 8, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE }, rows, values);
  assert_reads (&(Kind){ 2, 3, 8, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_ADAM7 }, rows, values);
}

static void
test_label_16_bits (void)
{
  static const guint8 rows[] = { 0, 0, 0x12, 0x34, 0xff, 0xff, 0, 255 };
  static const guint16 values[] = { 0, 0x1234, 65535, 255 };

  assert_reads (&(Kind){ 2, 2, 16, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE }, rows, values);
}

static void
test_label_few_bits (void)
{
  static const guint8 ones[] = { 0xa0, 0x40 }, fours[] = { 0x1f, 0x20 };
  static const guint16 one_values[] = { 1, 0, 1, 0, 1, 0 }, four_values[] = { 1, 15, 2 };

  assert_reads (&(Kind){ 3, 2, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE }, ones, one_values);
  assert_reads (&(Kind){ 3, 1, 4, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE }, fours, four_values);
}

static void
test_label_palette_index (void)
{
  static const guint8 rows[] = { 20, 0, 255 };
  static const guint16 values[] = { 20, 0, 255 };

  assert_reads (&(Kind){ 3, 1, 8, PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE }, rows, values);
}

static void
test_label_alpha_is_dropped (void)
{
  static const guint8 rows[] = { 7, 0, 9, 255 };
  static const guint16 values[] = { 7, 9 };

  assert_reads (&(Kind){ 2, 1, 8, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_INTERLACE_NONE }, rows, values);
}

static void
assert_refuses (const void *data, size_t length, const char *word)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (tsn_label_load_bytes (bytes, "the-file", &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "the-file"));
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_label_refuses (void)
{
  static const guint8 rgb[] = { 1, 2, 3 };
  g_autoptr (GBytes) colour =
      make_png (&(Kind){ 1, 1, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE }, rgb);
  size_t length;
  const void *data = g_bytes_get_data (colour, &length);

  assert_refuses ("", 0, "PNG");
  assert_refuses ("GIF89a......", 12, "PNG");
  assert_refuses (data, length, "RGB");
}

/* Cut anywhere or with any byte changed, a file gives a label or an error, never worse. */
static void
test_label_survives_damage (void)
{
  static const guint8 rows[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 };
  g_autoptr (GBytes) whole =
      make_png (&(Kind){ 3, 3, 8, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_ADAM7 }, rows);
  size_t length;
  const guint8 *data = g_bytes_get_data (whole, &length);

  for (size_t n = 0; n < length - 12; n++)
    assert_refuses (data, n, "PNG");
  for (size_t i = 0; i < length; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, length);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (TsnLabel) label = NULL;

      copy[i] ^= 0x5a;
      bytes = g_bytes_new (copy, length);
      label = tsn_label_load_bytes (bytes, "damaged", &error);
      g_assert_true ((label == NULL) == (error != NULL));
    }
}

static void
test_label_missing_file (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tsn_label_load ("/nonexistent/label.png", &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_IO);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/label/grey", test_label_grey);
  g_test_add_func ("/label/16-bits", test_label_16_bits);
  g_test_add_func ("/label/few-bits", test_label_few_bits);
  g_test_add_func ("/label/palette-index", test_label_palette_index);
  g_test_add_func ("/label/alpha-is-dropped", test_label_alpha_is_dropped);
  g_test_add_func ("/label/refuses", test_label_refuses);
  g_test_add_func ("/label/survives-damage", test_label_survives_damage);
  g_test_add_func ("/label/missing-file", test_label_missing_file);
  return g_test_run ();
}
