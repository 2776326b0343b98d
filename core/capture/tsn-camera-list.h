/* The cameras that GStreamer's device providers know. */
#pragma once

#include <gst/gst.h>

#include "core/capture/tsn-camera.h"

G_BEGIN_DECLS

GstDeviceMonitor *tsn_camera_list_new_monitor (void);
GPtrArray *tsn_camera_list_from_devices (GList *devices);
GstDevice *tsn_camera_list_find_device (const char *id);
gboolean tsn_camera_list_is_refused (void);

G_END_DECLS
