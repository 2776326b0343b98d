/* A camera's name and identity. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define TSN_TYPE_CAMERA (tsn_camera_get_type ())
G_DECLARE_FINAL_TYPE (TsnCamera, tsn_camera, TSN, CAMERA, GObject)

/**
 * TsnCamera:
 *
 * An immutable pair of strings, also as read-only properties: `id`, which stays the same across
 * runs as long as the camera stays in its socket, and `name`, for people.
 */

TsnCamera *tsn_camera_new (const char *id, const char *name);
const char *tsn_camera_get_id (TsnCamera *camera);
const char *tsn_camera_get_name (TsnCamera *camera);

G_END_DECLS
