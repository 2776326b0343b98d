/* Moving pictures: a camera, a video file or a test pattern, one newest frame at a time. */
#pragma once

#include <glib-object.h>

#include "core/io/tsn-image.h"

G_BEGIN_DECLS

/**
 * TsnFrameSourceState:
 * @TSN_FRAME_SOURCE_STOPPED: nothing is open; the state of a new source
 * @TSN_FRAME_SOURCE_STARTING: the camera or file is being opened, no frame has come yet
 * @TSN_FRAME_SOURCE_PLAYING: frames come
 * @TSN_FRAME_SOURCE_PAUSED: the source is open, but frozen on a frame
 * @TSN_FRAME_SOURCE_ENDED: a file or pattern has come to its end; it can be played again or sought
 * @TSN_FRAME_SOURCE_FAILED: tsn_frame_source_get_error() says why; everything is released
 */
typedef enum
{
  TSN_FRAME_SOURCE_STOPPED,
  TSN_FRAME_SOURCE_STARTING,
  TSN_FRAME_SOURCE_PLAYING,
  TSN_FRAME_SOURCE_PAUSED,
  TSN_FRAME_SOURCE_ENDED,
  TSN_FRAME_SOURCE_FAILED,
} TsnFrameSourceState;

#define TSN_TYPE_FRAME_SOURCE_STATE (tsn_frame_source_state_get_type ())
GType tsn_frame_source_state_get_type (void);

/**
 * TsnFrameSourceProblem:
 * @TSN_FRAME_SOURCE_PROBLEM_NONE: the source has not failed
 * @TSN_FRAME_SOURCE_PROBLEM_MISSING: there is no such camera or file
 * @TSN_FRAME_SOURCE_PROBLEM_REFUSED: the person, the portal or the system refused permission
 * @TSN_FRAME_SOURCE_PROBLEM_BUSY: another program uses the camera
 * @TSN_FRAME_SOURCE_PROBLEM_UNPLUGGED: the camera went away while it was running
 * @TSN_FRAME_SOURCE_PROBLEM_FORMAT: the file is no video, or its content is damaged
 * @TSN_FRAME_SOURCE_PROBLEM_PLUGIN: a GStreamer plugin that is needed is not installed
 * @TSN_FRAME_SOURCE_PROBLEM_OTHER: anything else; the error's message says what
 *
 * Why a source failed, for a window that explains it in its own words.
 */
typedef enum
{
  TSN_FRAME_SOURCE_PROBLEM_NONE,
  TSN_FRAME_SOURCE_PROBLEM_MISSING,
  TSN_FRAME_SOURCE_PROBLEM_REFUSED,
  TSN_FRAME_SOURCE_PROBLEM_BUSY,
  TSN_FRAME_SOURCE_PROBLEM_UNPLUGGED,
  TSN_FRAME_SOURCE_PROBLEM_FORMAT,
  TSN_FRAME_SOURCE_PROBLEM_PLUGIN,
  TSN_FRAME_SOURCE_PROBLEM_OTHER,
} TsnFrameSourceProblem;

/** A time in nanoseconds that is not known. */
#define TSN_TIME_UNKNOWN G_GINT64_CONSTANT (-1)

#define TSN_TYPE_FRAME_SOURCE (tsn_frame_source_get_type ())
G_DECLARE_FINAL_TYPE (TsnFrameSource, tsn_frame_source, TSN, FRAME_SOURCE, GObject)

/**
 * TsnFrameSource:
 *
 * Opens and decodes on threads of its own; no method waits.  Frames are upright (a file's
 * orientation applied), with square pixels, and hold the newest moment only: a frame that was not
 * taken when the next one comes is dropped, so that a slow receiver is never behind.
 *
 * All methods are called, and all signals and notifications emitted, in the main context that was
 * the thread default where the source was made.
 *
 * Properties, all but `loop` read-only and all notified: `state` (#TsnFrameSourceState), `duration`
 * (gint64, nanoseconds or %TSN_TIME_UNKNOWN), `seekable` (gboolean), `loop` (gboolean: a file or
 * pattern starts again at its end; %FALSE at first).
 *
 * Signal `frame` (): a new frame waits for tsn_frame_source_take_frame().  Emitted at most once for
 * frames that came since the context last ran.  Every change of state is notified; the first frame
 * is signalled right after the notification of %TSN_FRAME_SOURCE_PLAYING or PAUSED.
 *
 * tsn_frame_source_play() and tsn_frame_source_pause() open a source that is STOPPED or FAILED;
 * pause() then shows the first frame and stays there.  play() at ENDED starts from the beginning. A
 * paused file stands still on its frame; a paused camera stays open, and what it sees is thrown
 * away.  tsn_frame_source_seek() works in PLAYING, PAUSED (where the frame at the new time is
 * signalled) and ENDED, and is ignored where `seekable` is %FALSE; of several calls in a row, as
 * from a slider, only the newest is done.
 *
 * Dropping the last reference closes the camera or file and waits until that is done, usually some
 * milliseconds.  Who must not wait calls tsn_frame_source_stop() and drops the source when `state`
 * has become %TSN_FRAME_SOURCE_STOPPED.
 */

/**
 * TsnTestPattern:
 * @width: in pixels, 0 for 640
 * @height: in pixels, 0 for 480
 * @fps: frames a second, 0 for 30
 * @n_frames: after how many frames the pattern ends, 0 for never
 * @unpaced: frames come as fast as they can be made instead of @fps a second
 * @kind: (nullable): a pattern of videotestsrc such as "ball" or "snow"; %NULL for "smpte"
 *
 * Moving pictures made without a camera.
 */
typedef struct
{
  guint width;
  guint height;
  guint fps;
  guint n_frames;
  gboolean unpaced;
  const char *kind;
} TsnTestPattern;

TsnFrameSource *tsn_frame_source_new_camera (const char *id, const char *name);
TsnFrameSource *tsn_frame_source_new_file (const char *path);
TsnFrameSource *tsn_frame_source_new_pattern (const TsnTestPattern *pattern);

void tsn_frame_source_play (TsnFrameSource *source);
void tsn_frame_source_pause (TsnFrameSource *source);
void tsn_frame_source_stop (TsnFrameSource *source);
void tsn_frame_source_seek (TsnFrameSource *source, gint64 time, gboolean accurate);
TsnImage *tsn_frame_source_take_frame (TsnFrameSource *source, gint64 *time);

void tsn_frame_source_set_loop (TsnFrameSource *source, gboolean loop);
gboolean tsn_frame_source_get_loop (TsnFrameSource *source);
TsnFrameSourceState tsn_frame_source_get_state (TsnFrameSource *source);
TsnFrameSourceProblem tsn_frame_source_get_problem (TsnFrameSource *source);
const GError *tsn_frame_source_get_error (TsnFrameSource *source);
const char *tsn_frame_source_get_detail (TsnFrameSource *source);
const char *tsn_frame_source_get_name (TsnFrameSource *source);
const char *tsn_frame_source_get_path (TsnFrameSource *source);
gboolean tsn_frame_source_is_live (TsnFrameSource *source);
gboolean tsn_frame_source_is_seekable (TsnFrameSource *source);
gint64 tsn_frame_source_get_duration (TsnFrameSource *source);
gint64 tsn_frame_source_get_position (TsnFrameSource *source);
guint64 tsn_frame_source_get_delivered (TsnFrameSource *source);
guint64 tsn_frame_source_get_dropped (TsnFrameSource *source);

G_END_DECLS
