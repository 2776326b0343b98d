/* The camera portal: how a sandboxed program asks a person for the camera. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** The id of the camera that the portal gives. */
#define TSN_CAMERA_PORTAL_ID "portal"

gboolean tsn_camera_portal_is_present (GCancellable *cancellable);
void
tsn_camera_portal_open (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
int tsn_camera_portal_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
