#include "core/capture/tsn-gif.h"

#include "core/base/tsn-error.h"
#include "core/capture/tsn-gif-palette.h"
#include "core/capture/tsn-lzw.h"
#include "core/io/tsn-file-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The longest run of bytes that GIF can say the length of. */
#define MAX_BLOCK 255

struct _TsnGifWriter
{
  TsnFileWriter *file;
  guint width;
  guint height;
  guint fps;
  guint64 n_frames;
  guint8 *indices;
};

static void
put_byte (GByteArray *out, guint value)
{
  guint8 byte = value;

  g_byte_array_append (out, &byte, 1);
}

static void
put_short (GByteArray *out, guint value)
{
  put_byte (out, value & 0xff);
  put_byte (out, value >> 8);
}

/* "Logical screen" without a palette, then Netscape's extension: repeat for ever. */
static void
put_header (GByteArray *out, guint width, guint height)
{
  g_byte_array_append (out, (const guint8 *) "GIF89a", 6);
  put_short (out, width);
  put_short (out, height);
  g_byte_array_append (out, (const guint8 *) "\x70\0\0", 3);
  g_byte_array_append (out, (const guint8 *) "\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0", 19);
}

/* How long a frame stays, in hundredths of a second, so that no error adds up. */
static guint
frame_delay (guint64 frame, guint fps)
{
  return (200 * (frame + 1) + fps) / (2 * fps) - (200 * frame + fps) / (2 * fps);
}

/* "Graphic control" and "image descriptor" with a palette of 2^@bits colours. */
static void
put_image (GByteArray *out, const TsnGifWriter *writer, const TsnGifPalette *palette, guint bits)
{
  static const guint8 black[3];

  g_byte_array_append (out, (const guint8 *) "\x21\xf9\x04\x04", 4);
  put_short (out, frame_delay (writer->n_frames, writer->fps));
  put_short (out, 0);
  put_byte (out, 0x2c);
  put_short (out, 0);
  put_short (out, 0);
  put_short (out, writer->width);
  put_short (out, writer->height);
  put_byte (out, 0x80 | (bits - 1));
  for (guint i = 0; i < 1u << bits; i++)
    g_byte_array_append (out, i < palette->n_colours ? palette->colours[i] : black, 3);
}

static void
put_blocks (GByteArray *out, const GByteArray *data)
{
  for (guint at = 0; at < data->len; at += MAX_BLOCK)
    {
      guint length = MIN (MAX_BLOCK, data->len - at);

      put_byte (out, length);
      g_byte_array_append (out, data->data + at, length);
    }
  put_byte (out, 0);
}

/**
 * tsn_gif_writer_new:
 * @path: the file to make or to replace
 * @width: from 1 to 65535; so is @height
 * @fps: from 1 to %TSN_GIF_MAX_FPS
 * @error: %TSN_ERROR_ARGUMENT or %TSN_ERROR_IO
 *
 * Returns: (transfer full) (nullable): a writer without frames.
 */
TsnGifWriter *
tsn_gif_writer_new (const char *path, guint width, guint height, guint fps, GError **error)
{
  g_autoptr (TsnGifWriter) writer = NULL;
  g_autoptr (GByteArray) out = g_byte_array_new ();

  if (width == 0 || width > G_MAXUINT16 || height == 0 || height > G_MAXUINT16 || fps == 0
      || fps > TSN_GIF_MAX_FPS)
    {
      g_autofree char *name = g_filename_display_name (path);

      tsn_error_set (
          error, TSN_ERROR_ARGUMENT,
          _ ("Cannot write '%s': a GIF has 1 to 65535 pixels each way and 1 to %d frames a "
             "second, not %u x %u and %u"),
          name, TSN_GIF_MAX_FPS, width, height, fps);
      return NULL;
    }
  writer = g_new0 (TsnGifWriter, 1);
  writer->width = width;
  writer->height = height;
  writer->fps = fps;
  writer->indices = g_malloc ((size_t) width * height);
  put_header (out, width, height);
  writer->file = tsn_file_writer_new (path, error);
  if (writer->file == NULL || !tsn_file_writer_write (writer->file, out->data, out->len, error))
    return NULL;
  return g_steal_pointer (&writer);
}

/**
 * tsn_gif_writer_write_xmp:
 * @packet: an XMP packet
 * @error: %TSN_ERROR_IO, such as a full disk
 *
 * Says what the file is, before its first frame.  The packet stands there as it is (ISO 16684-3):
 * readers that take its bytes for lengths of blocks are led by the trailer to the block's end.
 */
gboolean
tsn_gif_writer_write_xmp (TsnGifWriter *writer, const char *packet, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  g_byte_array_append (out, (const guint8 *) "\x21\xff\x0bXMP DataXMP", 14);
  g_byte_array_append (out, (const guint8 *) packet, strlen (packet));
  put_byte (out, 1);
  for (guint i = 0; i < 256; i++)
    put_byte (out, 255 - i);
  put_byte (out, 0);
  return tsn_file_writer_write (writer->file, out->data, out->len, error);
}

/**
 * tsn_gif_writer_write:
 * @rgb: 3 x width x height bytes
 * @error: %TSN_ERROR_IO, such as a full disk
 */
gboolean
tsn_gif_writer_write (TsnGifWriter *writer, const guint8 *rgb, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new (), data = g_byte_array_new ();
  size_t n_pixels = (size_t) writer->width * writer->height;
  TsnGifPalette palette;
  guint bits = 1;

  tsn_gif_palette_find (&palette, rgb, n_pixels, writer->indices);
  while (1u << bits < palette.n_colours)
    bits++;
  put_image (out, writer, &palette, bits);
  bits = MAX (bits, 2);
  tsn_lzw_encode (writer->indices, n_pixels, bits, data);
  put_byte (out, bits);
  put_blocks (out, data);
  writer->n_frames++;
  return tsn_file_writer_write (writer->file, out->data, out->len, error);
}

/**
 * tsn_gif_writer_finish:
 * @error: %TSN_ERROR_IO; the target is as it was before
 */
gboolean
tsn_gif_writer_finish (TsnGifWriter *writer, GError **error)
{
  return tsn_file_writer_write (writer->file, "\x3b", 1, error)
         && tsn_file_writer_finish (writer->file, error);
}

void
tsn_gif_writer_free (TsnGifWriter *writer)
{
  g_clear_pointer (&writer->file, tsn_file_writer_free);
  g_free (writer->indices);
  g_free (writer);
}
