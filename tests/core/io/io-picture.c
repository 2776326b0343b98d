#include "tests/core/io/io-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

/* Returns: (transfer full): a picture in one of GdkPixbuf's formats: red grows to the right, green
 * downward, and blue is noise, so that nothing compresses to nearly nothing. */
GBytes *
io_picture_save (const char *format, guint width, guint height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  char *bytes;
  size_t n;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint8 *pixel = pixels + y * gdk_pixbuf_get_rowstride (pixbuf) + 3 * x;

        pixel[0] = 255 * x / width;
        pixel[1] = 255 * y / height;
        pixel[2] = (x * 73 ^ y * 151) & 63;
      }
  gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &n, format, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, n);
}

/* Returns: (transfer full): an animation of two frames of 2 x 1: red and green, then blue. */
GBytes *
io_picture_gif (void)
{
  static const guint8
      gif[] = {
        'G',  'I',  'F',  '8',  '9', 'a', 2,   0,    1,    0,   0x81, 0,   0, /* 2 x 1 */
        255,  0,    0,    0,    255, 0,   0,   0,    255,  9,   9,    9,      /* 4 colours */
        0x21, 0xff, 11,   'N',  'E', 'T', 'S', 'C',  'A',  'P', 'E',  '2', '.',
        '0',  3,    1,    0,    0,   0,                       /* for ever */
        0x21, 0xf9, 4,    0,    10,  0,   0,   0,             /* 0.1 s */
        0x2c, 0,    0,    0,    0,   2,   0,   1,    0,    0, /* frame */
        2,    2,    0x44, 0x0a, 0,                            /* 0 1 */
        0x21, 0xf9, 4,    0,    10,  0,   0,   0,    0x2c, 0,   0,    0,   0,
        2,    0,    1,    0,    0,   2,   2,   0x94, 0x0a, 0, /* 2 2 */
        0x3b,
      };

  return g_bytes_new_static (gif, sizeof gif);
}

/* Returns: (transfer full): the JPEG file with an EXIF segment that says how to hold it. */
GBytes *
io_picture_with_orientation (GBytes *jpeg, guint orientation)
{
  const guint8 exif[] = {
    0xff, 0xe1,        0,    34,   'E', 'x', 'i', 'f', 0, 0, /* APP1 of 34 bytes */
    'M',  'M',         0,    42,   0,   0,   0,   8,         /* TIFF, high byte first */
    0,    1,           0x01, 0x12, 0,   3,   0,   0,   0, 1,
    0,    orientation, 0,    0, /* one entry: the orientation */
    0,    0,           0,    0, /* no more directories */
  };
  size_t n;
  const guint8 *bytes = g_bytes_get_data (jpeg, &n);
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (file, bytes, 2);
  g_byte_array_append (file, exif, sizeof exif);
  g_byte_array_append (file, bytes + 2, n - 2);
  return g_byte_array_free_to_bytes (file);
}
