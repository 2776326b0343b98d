/* The camera portal: how a sandboxed program asks a person for the camera. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** The id of the camera that the portal gives. */
#define TSN_CAMERA_PORTAL_ID "portal"

/** Tells that tsn_camera_portal_is_present() may say something else now. */
typedef void (*TsnCameraPortalFunc) (gpointer data);

/**
 * TsnCameraPortalWatch:
 *
 * Follows whether the portal says that there is a camera.
 */
typedef struct _TsnCameraPortalWatch TsnCameraPortalWatch;

gboolean tsn_camera_portal_is_present (GCancellable *cancellable);
TsnCameraPortalWatch *
tsn_camera_portal_watch_new (GCancellable *cancellable, TsnCameraPortalFunc changed, gpointer data);
void tsn_camera_portal_watch_free (TsnCameraPortalWatch *watch);
void
tsn_camera_portal_open (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
int tsn_camera_portal_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
