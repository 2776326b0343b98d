/* A thread that runs a main loop, so that GStreamer's slow calls block nobody else. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnCaptureThread:
 *
 * Runs what it is given, in the order in which it was given; its context is the thread default
 * there.  GStreamer is initialised before anything else runs.
 */
typedef struct _TsnCaptureThread TsnCaptureThread;

TsnCaptureThread *tsn_capture_thread_new (const char *name);
void tsn_capture_thread_invoke (TsnCaptureThread *thread,
                                GSourceFunc function,
                                gpointer data,
                                GDestroyNotify destroy);
void tsn_capture_thread_free (TsnCaptureThread *thread);

GSource *tsn_capture_wake_new (GMainContext *context, GSourceFunc wake, gpointer owner);
void tsn_capture_wake (GSource *source);

gboolean tsn_capture_init (GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnCaptureThread, tsn_capture_thread_free)

G_END_DECLS
