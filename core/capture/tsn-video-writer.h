/* Films as files: WebM, MP4, animated GIF, or a folder of PNG files. */
#pragma once

#include <gio/gio.h>

#include "core/io/tsn-image.h"

G_BEGIN_DECLS

/**
 * TsnVideoFormat:
 * @TSN_VIDEO_WEBM: VP9, or VP8 where that is the only encoder installed
 * @TSN_VIDEO_MP4: H.264, if an encoder is installed
 * @TSN_VIDEO_GIF: animated GIF that repeats for ever, at most 50 frames a second
 * @TSN_VIDEO_PNG: a folder of frame-00000.png, frame-00001.png, ..., without loss
 */
typedef enum
{
  TSN_VIDEO_WEBM,
  TSN_VIDEO_MP4,
  TSN_VIDEO_GIF,
  TSN_VIDEO_PNG,
} TsnVideoFormat;

/**
 * TsnVideoOptions:
 * @format: what to write
 * @width: of every frame in pixels, 1 to 16383; of GIF, 1 to 65535
 * @height: of every frame in pixels, likewise
 * @fps: frames a second, 1 to 240
 * @comment: (nullable): an XMP packet, kept as it is: as a tag of WebM and MP4, an application
 *   extension of GIF, a text chunk of the first PNG file
 */
typedef struct
{
  TsnVideoFormat format;
  guint width;
  guint height;
  guint fps;
  const char *comment;
} TsnVideoOptions;

/**
 * TsnVideoWriter:
 *
 * Encodes frame after frame into a temporary beside the target, which tsn_video_writer_finish()
 * puts in the target's place.  Freed before that, it leaves nothing behind.  GIF and PNG are byte
 * for byte the same for the same frames; so are WebM and MP4 with the same version of GStreamer,
 * but for what their muxers stamp.
 *
 * All functions but tsn_video_format_from_path() wait for the encoder and the disk, so a window
 * calls them on a thread; one writer is used by one thread at a time.
 */
typedef struct _TsnVideoWriter TsnVideoWriter;

gboolean tsn_video_format_from_path (const char *path, TsnVideoFormat *format);
gboolean tsn_video_format_check (TsnVideoFormat format, GError **error);

TsnVideoWriter *
tsn_video_writer_new (const char *path, const TsnVideoOptions *options, GError **error);
gboolean tsn_video_writer_write (TsnVideoWriter *writer,
                                 const TsnImage *frame,
                                 GCancellable *cancellable,
                                 GError **error);
gboolean
tsn_video_writer_finish (TsnVideoWriter *writer, GCancellable *cancellable, GError **error);
void tsn_video_writer_free (TsnVideoWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnVideoWriter, tsn_video_writer_free)

G_END_DECLS
