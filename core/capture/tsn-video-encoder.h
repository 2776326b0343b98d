/* WebM and MP4 files, encoded by GStreamer. */
#pragma once

#include "core/capture/tsn-video-writer.h"

G_BEGIN_DECLS

/**
 * TsnVideoEncoder:
 *
 * What #TsnVideoWriter is, for its two formats that need GStreamer.
 */
typedef struct _TsnVideoEncoder TsnVideoEncoder;

gboolean tsn_video_encoder_check (TsnVideoFormat format, GError **error);
TsnVideoEncoder *
tsn_video_encoder_new (const char *path, const TsnVideoOptions *options, GError **error);
gboolean tsn_video_encoder_write (TsnVideoEncoder *encoder,
                                  const TsnImage *frame,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean
tsn_video_encoder_finish (TsnVideoEncoder *encoder, GCancellable *cancellable, GError **error);
void tsn_video_encoder_free (TsnVideoEncoder *encoder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnVideoEncoder, tsn_video_encoder_free)

G_END_DECLS
