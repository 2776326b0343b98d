/* The library of moving pictures, loaded when a film is written. */
#pragma once

#include "core/capture/tsn-video-writer.h"

G_BEGIN_DECLS

/**
 * TsnCaptureLibrary:
 *
 * The functions of libtsn-capture that write films; see core/capture/tsn-video-writer.h.  They are
 * not linked, because loading GStreamer would more than double the time that `tsn` takes to start.
 */
typedef struct
{
  gboolean (*format_from_path) (const char *path, TsnVideoFormat *format);
  gboolean (*format_check) (TsnVideoFormat format, GError **error);
  TsnVideoWriter *(*writer_new) (const char *path, const TsnVideoOptions *options, GError **error);
  gboolean (*writer_write) (TsnVideoWriter *writer,
                            const TsnImage *frame,
                            GCancellable *cancellable,
                            GError **error);
  gboolean (*writer_finish) (TsnVideoWriter *writer, GCancellable *cancellable, GError **error);
  void (*writer_free) (TsnVideoWriter *writer);
} TsnCaptureLibrary;

gboolean tsn_capture_library_load (TsnCaptureLibrary *library, GError **error);

G_END_DECLS
