/* What went wrong with a source, in one sentence. */
#pragma once

#include <gst/gst.h>

#include "core/capture/tsn-frame-origin.h"

G_BEGIN_DECLS

/**
 * TsnFrameTrouble:
 * @origin: where frames come from
 * @running: whether frames have come already
 * @plugin: (nullable): what GStreamer says that it misses
 * @reason: GStreamer's error
 * @debug: (nullable): what it adds for developers, where the system's error hides
 */
typedef struct
{
  const TsnFrameOrigin *origin;
  gboolean running;
  const char *plugin;
  const GError *reason;
  const char *debug;
} TsnFrameTrouble;

TsnFrameSourceProblem tsn_frame_problem_find (const TsnFrameTrouble *trouble);
GError *tsn_frame_problem_explain (const TsnFrameTrouble *trouble, TsnFrameSourceProblem problem);
char *tsn_frame_problem_get_detail (const TsnFrameTrouble *trouble);
GError *tsn_frame_problem_unplugged (const TsnFrameOrigin *origin);

G_END_DECLS
