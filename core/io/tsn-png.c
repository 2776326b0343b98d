#include "core/io/tsn-png.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-file-writer.h"

#include <glib/gi18n-lib.h>
#include <png.h>
#include <setjmp.h>
#include <string.h>

/* Photos are large and the user waits: a level above this is slow and gains a few per cent.  One
 * filter for all rows makes maps of tasks no larger than a choice per row does, in two thirds of
 * the time. */
#define COMPRESSION_LEVEL 4

struct _TsnPngWriter
{
  char *name;
  TsnFileWriter *file;
  png_structp png;
  png_infop info;
  guint width;
  guint height;
  TsnPngFormat format;
  guint rows; /* written so far */
  gboolean started;
  GError *error; /* what made libpng stop */
};

/* What libpng is to do, in one place that its errors jump back to. */
typedef void (*Step) (TsnPngWriter *writer, const void *data, guint n);

static void
error_cb (png_structp png, png_const_charp message)
{
  TsnPngWriter *writer = png_get_error_ptr (png);

  if (writer->error == NULL)
    g_set_error (&writer->error, TSN_ERROR, TSN_ERROR_ARGUMENT, _ ("Cannot write '%s' as PNG: %s"),
                 writer->name, message);
  png_longjmp (png, 1);
}

/* What libpng warns of are odd requests, which this file does not make. */
static void
warning_cb (png_structp png, png_const_charp message)
{
}

static void
write_cb (png_structp png, png_bytep bytes, size_t n)
{
  TsnPngWriter *writer = png_get_io_ptr (png);

  if (!tsn_file_writer_write (writer->file, bytes, n, &writer->error))
    png_error (png, "the file cannot be written");
}

/* The file is flushed when it is finished. */
static void
flush_cb (png_structp png)
{
}

static gboolean
run (TsnPngWriter *writer, Step step, const void *data, guint n, GError **error)
{
  if (setjmp (png_jmpbuf (writer->png)) != 0)
    {
      g_propagate_error (error, g_steal_pointer (&writer->error));
      return FALSE;
    }
  step (writer, data, n);
  return TRUE;
}

static void
describe (TsnPngWriter *writer, const void *data, guint n)
{
  png_set_user_limits (writer->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_compression_level (writer->png, COMPRESSION_LEVEL);
  png_set_filter (writer->png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
  png_set_IHDR (writer->png, writer->info, writer->width, writer->height,
                writer->format == TSN_PNG_GREY16 ? 16 : 8,
                writer->format == TSN_PNG_RGB8 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY,
                PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
}

/**
 * tsn_png_writer_new:
 * @path: the file to make or to replace
 * @width: at least 1
 * @height: at least 1
 * @error: %TSN_ERROR_IO
 *
 * Returns: (transfer full) (nullable): a writer that waits for the first row.
 */
TsnPngWriter *
tsn_png_writer_new (
    const char *path, guint width, guint height, TsnPngFormat format, GError **error)
{
  g_autoptr (TsnFileWriter) file = tsn_file_writer_new (path, error);
  g_autoptr (TsnPngWriter) writer = NULL;

  if (file == NULL)
    return NULL;
  writer = g_new0 (TsnPngWriter, 1);
  writer->name = g_filename_display_name (path);
  writer->file = g_steal_pointer (&file);
  writer->width = width;
  writer->height = height;
  writer->format = format;
  writer->png = png_create_write_struct (PNG_LIBPNG_VER_STRING, writer, error_cb, warning_cb);
  writer->info = png_create_info_struct (writer->png);
  g_assert (writer->info != NULL);
  png_set_write_fn (writer->png, writer, write_cb, flush_cb);
  return run (writer, describe, NULL, 0, error) ? g_steal_pointer (&writer) : NULL;
}

static void
set_density (TsnPngWriter *writer, const void *data, guint n)
{
  png_set_pHYs (writer->png, writer->info, n, n, PNG_RESOLUTION_METER);
}

/**
 * tsn_png_writer_set_density:
 * @dpi: pixels to the inch, at which programs show the picture at its size on paper
 *
 * Only before the first row.
 */
void
tsn_png_writer_set_density (TsnPngWriter *writer, double dpi)
{
  g_return_if_fail (!writer->started);

  run (writer, set_density, NULL, (guint) (dpi / 0.0254 + 0.5), NULL);
}

static void
set_text (TsnPngWriter *writer, const void *data, guint n)
{
  png_set_text (writer->png, writer->info, data, n);
}

/**
 * tsn_png_writer_set_text:
 * @key: 1 to 79 printable ASCII characters, such as "Title" or "Software"
 * @value: UTF-8 text
 *
 * Adds a text chunk.  Only before the first row.
 */
void
tsn_png_writer_set_text (TsnPngWriter *writer, const char *key, const char *value)
{
  /* libpng copies the strings, which it does not declare constant. */
  const png_text text = {
    .compression = PNG_ITXT_COMPRESSION_NONE,
    .key = (char *) key,
    .text = (char *) value,
    .lang = (char *) "",
    .lang_key = (char *) "",
  };

  g_return_if_fail (!writer->started);
  g_return_if_fail (key[0] != '\0' && strlen (key) <= 79 && g_str_is_ascii (key));

  run (writer, set_text, &text, 1, NULL);
}

static size_t
row_bytes (const TsnPngWriter *writer)
{
  static const guint bytes[] = { 1, 2, 3 };

  return (size_t) writer->width * bytes[writer->format];
}

static void
start (TsnPngWriter *writer)
{
  png_write_info (writer->png, writer->info);
  /* PNG has the high byte first. */
  if (writer->format == TSN_PNG_GREY16 && G_BYTE_ORDER == G_LITTLE_ENDIAN)
    png_set_swap (writer->png);
  writer->started = TRUE;
}

static void
write_rows (TsnPngWriter *writer, const void *data, guint n)
{
  if (!writer->started)
    start (writer);
  for (guint i = 0; i < n; i++)
    png_write_row (writer->png, (const guint8 *) data + i * row_bytes (writer));
}

/**
 * tsn_png_writer_write_rows:
 * @rows: the next @n rows from the top, without padding
 * @n: not more rows than are missing
 * @error: %TSN_ERROR_IO; the writer is good for nothing then but to be freed
 */
gboolean
tsn_png_writer_write_rows (TsnPngWriter *writer, const void *rows, guint n, GError **error)
{
  g_return_val_if_fail (n <= writer->height - writer->rows, FALSE);

  if (!run (writer, write_rows, rows, n, error))
    return FALSE;
  writer->rows += n;
  return TRUE;
}

static void
write_end (TsnPngWriter *writer, const void *data, guint n)
{
  png_write_end (writer->png, writer->info);
}

/**
 * tsn_png_writer_finish:
 * @error: %TSN_ERROR_IO
 *
 * Completes the file, of which all rows have been written, and puts it into its place.
 */
gboolean
tsn_png_writer_finish (TsnPngWriter *writer, GError **error)
{
  g_return_val_if_fail (writer->rows == writer->height, FALSE);

  return run (writer, write_end, NULL, 0, error) && tsn_file_writer_finish (writer->file, error);
}

void
tsn_png_writer_free (TsnPngWriter *writer)
{
  png_destroy_write_struct (&writer->png, &writer->info);
  tsn_file_writer_free (writer->file);
  g_clear_error (&writer->error);
  g_free (writer->name);
  g_free (writer);
}
