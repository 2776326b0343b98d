/* Files that appear complete or not at all. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnFileWriter:
 *
 * Writes to a temporary file in the target's folder; tsn_file_writer_finish() gives it the
 * target's name once every byte is on the disk.  Freed before that, it leaves nothing behind.
 */
typedef struct _TsnFileWriter TsnFileWriter;

TsnFileWriter *tsn_file_writer_new (const char *path, GError **error);
gboolean tsn_file_writer_write (TsnFileWriter *writer, const void *bytes, size_t n, GError **error);
const char *tsn_file_writer_get_temporary (TsnFileWriter *writer);
gboolean tsn_file_writer_finish (TsnFileWriter *writer, GError **error);
void tsn_file_writer_free (TsnFileWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnFileWriter, tsn_file_writer_free)

G_END_DECLS
