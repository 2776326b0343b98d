/* NumPy's .npy files of float32, written piece by piece. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnNpyWriter:
 *
 * Writes a .npy file (format version 1.0) of which a piece at a time need be in memory.  The file
 * appears when tsn_npy_writer_finish() succeeds; freed before that, nothing is left behind.
 */
typedef struct _TsnNpyWriter TsnNpyWriter;

TsnNpyWriter *tsn_npy_writer_new (const char *path, guint rank, const size_t *dim, GError **error);
gboolean tsn_npy_writer_write (TsnNpyWriter *writer, const float *values, size_t n, GError **error);
gboolean tsn_npy_writer_finish (TsnNpyWriter *writer, GError **error);
void tsn_npy_writer_free (TsnNpyWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnNpyWriter, tsn_npy_writer_free)

G_END_DECLS
