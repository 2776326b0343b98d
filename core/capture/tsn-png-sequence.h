/* A film as a folder of PNG files. */
#pragma once

#include "core/io/tsn-image.h"

G_BEGIN_DECLS

/**
 * TsnPngSequence:
 *
 * Writes into a temporary folder, which tsn_png_sequence_finish() gives its name.  Freed before
 * that, it leaves nothing behind.
 */
typedef struct _TsnPngSequence TsnPngSequence;

TsnPngSequence *tsn_png_sequence_new (const char *path, const char *comment, GError **error);
gboolean tsn_png_sequence_write (TsnPngSequence *sequence, const TsnImage *frame, GError **error);
gboolean tsn_png_sequence_finish (TsnPngSequence *sequence, GError **error);
void tsn_png_sequence_free (TsnPngSequence *sequence);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnPngSequence, tsn_png_sequence_free)

G_END_DECLS
