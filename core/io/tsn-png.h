/* PNG files, written row by row. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnPngFormat:
 * @TSN_PNG_GREY8: one guint8 a pixel
 * @TSN_PNG_GREY16: one guint16 a pixel, in the machine's byte order
 * @TSN_PNG_RGB8: three guint8 a pixel
 */
typedef enum
{
  TSN_PNG_GREY8,
  TSN_PNG_GREY16,
  TSN_PNG_RGB8,
} TsnPngFormat;

/**
 * TsnPngWriter:
 *
 * Writes a PNG file of which no more than a few rows need be in memory.  The file appears when
 * tsn_png_writer_finish() succeeds; freed before that, the writer leaves nothing behind.
 */
typedef struct _TsnPngWriter TsnPngWriter;

TsnPngWriter *tsn_png_writer_new (
    const char *path, guint width, guint height, TsnPngFormat format, GError **error);
void tsn_png_writer_set_density (TsnPngWriter *writer, double dpi);
void tsn_png_writer_set_text (TsnPngWriter *writer, const char *key, const char *value);
gboolean
tsn_png_writer_write_rows (TsnPngWriter *writer, const void *rows, guint n, GError **error);
gboolean tsn_png_writer_finish (TsnPngWriter *writer, GError **error);
void tsn_png_writer_free (TsnPngWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnPngWriter, tsn_png_writer_free)

G_END_DECLS
