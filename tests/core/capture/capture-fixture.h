/* What tests of moving pictures share: a folder, waiting with an end, and films made by GStreamer.
 */
#pragma once

#include "core/capture/tsn-frame-source.h"

G_BEGIN_DECLS

typedef gboolean (*CaptureCondition) (gpointer data);

gboolean capture_wait (CaptureCondition condition, gpointer data);
void capture_wait_for_state (TsnFrameSource *source, TsnFrameSourceState state);
void capture_wait_for_frame (TsnFrameSource *source);
void capture_wait_for_position (TsnFrameSource *source, gint64 time);
void capture_run_for (guint milliseconds);

char *capture_make_folder (void);
void capture_remove_folder (char *folder);
guint capture_count_files (const char *folder);
void capture_launch (const char *format, ...) G_GNUC_PRINTF (1, 2);

void
capture_assert_failed (TsnFrameSource *source, TsnFrameSourceProblem problem, const char *sentence);

G_END_DECLS
