/* Which cameras there are, followed while they are plugged in and out. */
#pragma once

#include <gio/gio.h>

#include "core/capture/tsn-camera.h"

G_BEGIN_DECLS

/**
 * TsnCameraMonitorState:
 * @TSN_CAMERA_MONITOR_SEARCHING: the first search is not done
 * @TSN_CAMERA_MONITOR_NONE: there is no camera
 * @TSN_CAMERA_MONITOR_REFUSED: there are cameras, but this person may not open any of them
 * @TSN_CAMERA_MONITOR_FOUND: the list is not empty
 */
typedef enum
{
  TSN_CAMERA_MONITOR_SEARCHING,
  TSN_CAMERA_MONITOR_NONE,
  TSN_CAMERA_MONITOR_REFUSED,
  TSN_CAMERA_MONITOR_FOUND,
} TsnCameraMonitorState;

#define TSN_TYPE_CAMERA_MONITOR_STATE (tsn_camera_monitor_state_get_type ())
GType tsn_camera_monitor_state_get_type (void);

#define TSN_TYPE_CAMERA_MONITOR (tsn_camera_monitor_get_type ())
G_DECLARE_FINAL_TYPE (TsnCameraMonitor, tsn_camera_monitor, TSN, CAMERA_MONITOR, GObject)

/**
 * TsnCameraMonitor:
 *
 * A #GListModel of #TsnCamera: what GStreamer's device providers list (PipeWire when its plugin is
 * installed, V4L2 otherwise), or, where they list nothing, the camera portal, if that says that
 * there is a camera.  Searches on a thread of its own; `items-changed` and the notification of the
 * read-only property `state` (#TsnCameraMonitorState) are emitted in the main context that was the
 * thread default where the monitor was made.  A camera that stays keeps its #TsnCamera object.
 */

TsnCameraMonitor *tsn_camera_monitor_new (void);
TsnCameraMonitorState tsn_camera_monitor_get_state (TsnCameraMonitor *monitor);
TsnCamera *tsn_camera_monitor_find (TsnCameraMonitor *monitor, const char *id);

G_END_DECLS
