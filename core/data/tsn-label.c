#include "core/data/tsn-label.h"

#include "core/base/tsn-error.h"

#include <glib/gi18n-lib.h>
#include <png.h>
#include <setjmp.h>
#include <string.h>

/* The largest label that is opened: 512 MB of values. */
#define MAX_PIXELS (256u * 1024 * 1024)

/* A PNG file being read.  libpng leaves its functions by longjmp(), so all that must survive that
 * lives here and not in local variables. */
typedef struct
{
  const char *name;
  const guint8 *data;
  size_t left;
  png_structp png;
  png_infop info;
  guint8 *pixels;
  TsnLabel *label;
  GError *error;
} Reader;

static void
fail_cb (png_structp png, png_const_charp message)
{
  Reader *reader = png_get_error_ptr (png);

  g_clear_error (&reader->error);
  g_set_error (&reader->error, TSN_ERROR, TSN_ERROR_FORMAT, _ ("'%s' is not a sound PNG file: %s."),
               reader->name, message);
  longjmp (png_jmpbuf (png), 1);
}

static void
warn_cb (png_structp png, png_const_charp message)
{
}

static void
read_cb (png_structp png, png_bytep out, size_t length)
{
  Reader *reader = png_get_io_ptr (png);

  if (length > reader->left)
    png_error (png, _ ("it ends too early"));
  memcpy (out, reader->data, length);
  reader->data += length;
  reader->left -= length;
}

/* Reads what the file says of itself, and sets libpng up for one value a byte or two. */
static gboolean
read_header (Reader *reader)
{
  TsnLabel *label = reader->label;
  int type;

  png_read_info (reader->png, reader->info);
  label->width = png_get_image_width (reader->png, reader->info);
  label->height = png_get_image_height (reader->png, reader->info);
  label->bits = png_get_bit_depth (reader->png, reader->info);
  type = png_get_color_type (reader->png, reader->info);
  if ((type & PNG_COLOR_MASK_COLOR) != 0 && type != PNG_COLOR_TYPE_PALETTE)
    {
      g_set_error (
          &reader->error, TSN_ERROR, TSN_ERROR_FORMAT,
          _ ("'%s' should hold one value a pixel, grey or palette, but it is an RGB picture."),
          reader->name);
      return FALSE;
    }
  if ((guint64)label->width * label->height > MAX_PIXELS)
    {
      g_set_error (&reader->error, TSN_ERROR, TSN_ERROR_FORMAT,
                   _ ("'%s' has %u x %u pixels, more than the %u that a label may have."),
                   reader->name, label->width, label->height, MAX_PIXELS);
      return FALSE;
    }
  png_set_packing (reader->png);
  png_set_strip_alpha (reader->png);
  return TRUE;
}

static void
read_pixels (Reader *reader)
{
  int passes = png_set_interlace_handling (reader->png);
  size_t row_bytes;

  png_read_update_info (reader->png, reader->info);
  row_bytes = png_get_rowbytes (reader->png, reader->info);
  reader->pixels = g_try_malloc0_n (reader->label->height, row_bytes);
  if (reader->pixels == NULL)
    png_error (reader->png, _ ("there is not enough memory for it"));
  for (int pass = 0; pass < passes; pass++)
    for (guint y = 0; y < reader->label->height; y++)
      png_read_row (reader->png, reader->pixels + y * row_bytes, NULL);
  png_read_end (reader->png, NULL);
}

static void
convert_pixels (Reader *reader)
{
  TsnLabel *label = reader->label;
  size_t n = (size_t)label->width * label->height;
  const guint8 *p = reader->pixels;

  label->values = g_new (guint16, n);
  for (size_t i = 0; i < n; i++)
    label->values[i] = label->bits == 16 ? (guint16)(p[2 * i] << 8 | p[2 * i + 1]) : p[i];
}

static gboolean
read_all (Reader *reader)
{
  if (setjmp (png_jmpbuf (reader->png)) != 0)
    return FALSE;
  if (!read_header (reader))
    return FALSE;
  read_pixels (reader);
  convert_pixels (reader);
  return TRUE;
}

/**
 * tsn_label_load_bytes:
 * @bytes: a PNG file
 * @name: what messages call it
 * @error: set to %TSN_ERROR_FORMAT when it is no PNG, is broken, or is an RGB picture
 *
 * Reads grey and palette pictures of 1 to 16 bits.  Grey is not scaled, a palette's colours are
 * not looked up, transparency is dropped.
 *
 * Returns: (transfer full): the label, or %NULL.
 */
TsnLabel *
tsn_label_load_bytes (GBytes *bytes, const char *name, GError **error)
{
  Reader reader = { .name = name };
  gboolean done;

  reader.data = g_bytes_get_data (bytes, &reader.left);
  if (reader.left < 8 || png_sig_cmp (reader.data, 0, 8) != 0)
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                   _ ("'%s' should be a PNG file, but it does not start as one."), name);
      return NULL;
    }
  reader.label = g_new0 (TsnLabel, 1);
  reader.png = png_create_read_struct (PNG_LIBPNG_VER_STRING, &reader, fail_cb, warn_cb);
  reader.info = png_create_info_struct (reader.png);
  png_set_read_fn (reader.png, &reader, read_cb);
  done = read_all (&reader);
  png_destroy_read_struct (&reader.png, &reader.info, NULL);
  g_free (reader.pixels);
  if (done)
    return reader.label;
  tsn_label_free (reader.label);
  g_propagate_error (error, reader.error);
  return NULL;
}

/**
 * tsn_label_load:
 * @path: of a PNG file
 * @error: set to %TSN_ERROR_IO when it cannot be read, and as by tsn_label_load_bytes()
 *
 * Returns: (transfer full): the label, or %NULL.
 */
TsnLabel *
tsn_label_load (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local = NULL;
  char *content;
  size_t length;

  if (!g_file_get_contents (path, &content, &length, &local))
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_IO, _ ("The label '%s' cannot be read: %s."), path,
                   local->message);
      return NULL;
    }
  bytes = g_bytes_new_take (content, length);
  return tsn_label_load_bytes (bytes, path, error);
}

void
tsn_label_free (TsnLabel *label)
{
  g_free (label->values);
  g_free (label);
}
