/* Animated GIF files, written frame by frame. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnGifWriter:
 *
 * Writes GIF89a ("Graphics Interchange Format", CompuServe 1990) that repeats for ever.  Every
 * frame has a palette of its own: its very colours if they are at most 256, else the median cut
 * (Heckbert 1982) of its histogram.  The file appears when tsn_gif_writer_finish() succeeds; freed
 * before that, the writer leaves nothing behind.
 */
typedef struct _TsnGifWriter TsnGifWriter;

/** The largest number of frames a second that viewers honour. */
#define TSN_GIF_MAX_FPS 50

TsnGifWriter *
tsn_gif_writer_new (const char *path, guint width, guint height, guint fps, GError **error);
gboolean tsn_gif_writer_write_xmp (TsnGifWriter *writer, const char *packet, GError **error);
gboolean tsn_gif_writer_write (TsnGifWriter *writer, const guint8 *rgb, GError **error);
gboolean tsn_gif_writer_finish (TsnGifWriter *writer, GError **error);
void tsn_gif_writer_free (TsnGifWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnGifWriter, tsn_gif_writer_free)

G_END_DECLS
