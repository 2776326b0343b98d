/* From a camera's id to the element that gives its pictures. */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

void tsn_camera_open (const char *id,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data);
GstElement *tsn_camera_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
