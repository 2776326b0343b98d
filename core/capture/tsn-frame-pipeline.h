/* The GStreamer pipeline behind a source of frames. */
#pragma once

#include <gst/gst.h>

#include "core/capture/tsn-frame-mailbox.h"
#include "core/capture/tsn-frame-origin.h"

G_BEGIN_DECLS

/** The name of the application message that says that the first frame is in the mailbox. */
#define TSN_FRAME_PIPELINE_FIRST_FRAME "tsn-first-frame"

/** The name of the application message that says that tsn_frame_pipeline_is_rolling() is true. */
#define TSN_FRAME_PIPELINE_ROLLING "tsn-rolling"

/**
 * TsnFramePipeline:
 * @element: (transfer none): the pipeline, whose state and bus its owner cares for
 *
 * Decodes, turns upright, squares the pixels and converts to RGB, and puts every frame into a
 * mailbox.  Freeing it brings it to a halt and closes what it had open, and waits for that.
 */
typedef struct
{
  GstElement *element;

  /*< private >*/
  GstElement *valve;
  TsnFrameMailbox *mailbox;
  GstClockTime preroll; /* when the frame is that came by preroll and will come again */
  gint n_frames;        /* atomic */
  gint rolling;         /* atomic: a frame went by since one was waited for */
} TsnFramePipeline;

TsnFramePipeline *tsn_frame_pipeline_new (const TsnFrameOrigin *origin,
                                          GstElement *camera,
                                          TsnFrameMailbox *mailbox,
                                          GError **error);
void tsn_frame_pipeline_set_frozen (TsnFramePipeline *pipeline, gboolean frozen);
guint tsn_frame_pipeline_get_n_frames (TsnFramePipeline *pipeline);
gboolean tsn_frame_pipeline_is_rolling (TsnFramePipeline *pipeline);
void tsn_frame_pipeline_free (TsnFramePipeline *pipeline);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnFramePipeline, tsn_frame_pipeline_free)

G_END_DECLS
