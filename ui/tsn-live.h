/* The camera or video that feeds a document, if any. */
#pragma once

#include "core/capture/tsn-camera-monitor.h"
#include "core/capture/tsn-frame-source.h"

G_BEGIN_DECLS

#define TSN_TYPE_LIVE (tsn_live_get_type ())
G_DECLARE_FINAL_TYPE (TsnLive, tsn_live, TSN, LIVE, GObject)

/**
 * TsnLiveKind:
 * @TSN_LIVE_NONE: nothing moves
 * @TSN_LIVE_VIDEO: a video file
 * @TSN_LIVE_CAMERA: a camera
 */
typedef enum
{
  TSN_LIVE_NONE,
  TSN_LIVE_VIDEO,
  TSN_LIVE_CAMERA,
} TsnLiveKind;

/**
 * TsnLiveStatus:
 * @TSN_LIVE_OFF: nothing moves
 * @TSN_LIVE_SEARCHING: cameras are being looked for
 * @TSN_LIVE_NO_CAMERA: there is none; one that is plugged in is used
 * @TSN_LIVE_NOT_ALLOWED: there are cameras, but this person may not open them
 * @TSN_LIVE_STARTING: no frame has come yet
 * @TSN_LIVE_RUNNING: frames come
 * @TSN_LIVE_FROZEN: frames stopped because a person asked for it
 * @TSN_LIVE_ENDED: a video is at its end
 * @TSN_LIVE_FAILED: tsn_frame_source_get_problem() says why; a camera that is plugged in again goes
 *   on by itself
 *
 * What there is to say about it.
 */
typedef enum
{
  TSN_LIVE_OFF,
  TSN_LIVE_SEARCHING,
  TSN_LIVE_NO_CAMERA,
  TSN_LIVE_NOT_ALLOWED,
  TSN_LIVE_STARTING,
  TSN_LIVE_RUNNING,
  TSN_LIVE_FROZEN,
  TSN_LIVE_ENDED,
  TSN_LIVE_FAILED,
} TsnLiveStatus;

/**
 * TsnLive:
 *
 * Opens one camera or video at a time, and counts what becomes of its frames.
 *
 * Signals: `asked` () when another camera or video is about to be opened; `changed` () when the
 * status or anything else but the newest frame is another; `frame` () when a frame waits for
 * tsn_live_take(); `counted` () once a second while frames come; `shown` () when the results of a
 * frame are in sight.
 */

TsnLive *tsn_live_new (void);
void tsn_live_open_camera (TsnLive *self, const char *id);
void tsn_live_open_source (TsnLive *self, TsnFrameSource *source, TsnLiveKind kind);
void tsn_live_close (TsnLive *self);
void tsn_live_retry (TsnLive *self);
void tsn_live_set_frozen (TsnLive *self, gboolean frozen);

TsnLiveKind tsn_live_get_kind (TsnLive *self);
TsnLiveStatus tsn_live_get_status (TsnLive *self);
char *tsn_live_get_name (TsnLive *self);
TsnFrameSource *tsn_live_get_source (TsnLive *self);
TsnCameraMonitor *tsn_live_get_cameras (TsnLive *self);
const char *tsn_live_get_camera (TsnLive *self);
gboolean tsn_live_has_other_cameras (TsnLive *self);

TsnImage *tsn_live_take (TsnLive *self);
gboolean tsn_live_has_shown (TsnLive *self);
void tsn_live_count_shown (TsnLive *self);
void tsn_live_get_rates (TsnLive *self, double *shown, double *dropped);

G_END_DECLS
