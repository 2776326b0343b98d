#include "core/capture/tsn-frame-pipeline.h"

#include <glib/gi18n-lib.h>
#include <gst/app/gstappsink.h>
#include <gst/video/video.h>
#include <string.h>

#include "core/base/tsn-error.h"

/* How late a frame of a file may be before the sink rather drops it than shows it. */
#define MAX_LATENESS (100 * GST_MSECOND)

/* Makes an element and gives it to the pipeline. */
static GstElement *
add (TsnFramePipeline *pipeline, const char *factory, GError **error)
{
  GstElement *element = gst_element_factory_make (factory, NULL);

  if (element == NULL)
    {
      tsn_error_set (error, TSN_ERROR_IO, _ ("The GStreamer element '%s' is not installed"),
                     factory);
      return NULL;
    }
  gst_bin_add (GST_BIN (pipeline->element), element);
  return element;
}

static TsnImage *
image_from_sample (GstSample *sample)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  TsnImage *image;
  guint64 n_pixels;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)))
    return NULL;
  n_pixels = (guint64) GST_VIDEO_INFO_WIDTH (&info) * GST_VIDEO_INFO_HEIGHT (&info);
  if (n_pixels == 0 || n_pixels > TSN_IMAGE_MAX_PIXELS)
    return NULL;
  if (!gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;
  image = tsn_image_new (GST_VIDEO_INFO_WIDTH (&info), GST_VIDEO_INFO_HEIGHT (&info));
  for (guint y = 0; y < image->height; y++)
    memcpy (image->pixels + 3 * (size_t) image->width * y,
            (const guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0)
                + (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0),
            3 * (size_t) image->width);
  gst_video_frame_unmap (&frame);
  return image;
}

/* When a sample is, counted from the beginning of the film. */
static gint64
sample_time (GstSample *sample)
{
  GstClockTime time = gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME,
                                                  GST_BUFFER_PTS (gst_sample_get_buffer (sample)));

  return GST_CLOCK_TIME_IS_VALID (time) ? (gint64) time : TSN_TIME_UNKNOWN;
}

static void
post (GstAppSink *sink, const char *name)
{
  gst_element_post_message (
      GST_ELEMENT (sink),
      gst_message_new_application (GST_OBJECT (sink), gst_structure_new_empty (name)));
}

static GstFlowReturn
deliver (TsnFramePipeline *pipeline, GstAppSink *sink, GstSample *sample)
{
  TsnImage *image = image_from_sample (sample);

  if (image == NULL)
    {
      GST_ELEMENT_ERROR (sink, STREAM, FORMAT, ("A frame has a size that cannot be shown."),
                         (NULL));
      return GST_FLOW_ERROR;
    }
  tsn_frame_mailbox_put_frame (pipeline->mailbox, image, sample_time (sample));
  if (g_atomic_int_add (&pipeline->n_frames, 1) == 0)
    post (sink, TSN_FRAME_PIPELINE_FIRST_FRAME);
  return GST_FLOW_OK;
}

static GstFlowReturn
preroll_cb (GstAppSink *sink, gpointer data)
{
  TsnFramePipeline *pipeline = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_preroll (sink);

  if (sample == NULL)
    return GST_FLOW_FLUSHING;
  g_atomic_int_set (&pipeline->rolling, FALSE);
  pipeline->preroll = GST_BUFFER_PTS (gst_sample_get_buffer (sample));
  return deliver (pipeline, sink, sample);
}

static GstFlowReturn
sample_cb (GstAppSink *sink, gpointer data)
{
  TsnFramePipeline *pipeline = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstClockTime preroll = pipeline->preroll;

  if (sample == NULL)
    return GST_FLOW_FLUSHING;
  pipeline->preroll = GST_CLOCK_TIME_NONE;
  if (g_atomic_int_compare_and_exchange (&pipeline->rolling, FALSE, TRUE))
    post (sink, TSN_FRAME_PIPELINE_ROLLING);
  if (GST_CLOCK_TIME_IS_VALID (preroll)
      && preroll == GST_BUFFER_PTS (gst_sample_get_buffer (sample)))
    return GST_FLOW_OK;
  return deliver (pipeline, sink, sample);
}

/* Upright, square pixels, RGB, the newest only.  Returns the element that takes raw video. */
static GstElement *
add_tail (TsnFramePipeline *pipeline, const TsnFrameOrigin *origin, GError **error)
{
  g_autoptr (GstCaps) caps
      = gst_caps_from_string ("video/x-raw, format=RGB, pixel-aspect-ratio=1/1");
  GstAppSinkCallbacks callbacks = { .new_preroll = preroll_cb, .new_sample = sample_cb };
  GstElement *flip, *convert, *scale, *sink;

  if ((flip = add (pipeline, "videoflip", error)) == NULL
      || (convert = add (pipeline, "videoconvert", error)) == NULL
      || (scale = add (pipeline, "videoscale", error)) == NULL
      || (sink = add (pipeline, "appsink", error)) == NULL)
    return NULL;
  gst_util_set_object_arg (G_OBJECT (flip), "video-direction", "auto");
  g_object_set (sink, "caps", caps, "max-buffers", 1, "drop", TRUE, "sync",
                origin->kind == TSN_FRAME_ORIGIN_FILE, "qos", TRUE, "max-lateness",
                (gint64) MAX_LATENESS, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, pipeline, NULL);
  gst_element_link_many (flip, convert, scale, sink, NULL);
  return flip;
}

static void
pad_added_cb (GstElement *decoder, GstPad *pad, GstElement *tail)
{
  g_autoptr (GstPad) target = gst_element_get_static_pad (tail, "sink");

  if (!gst_pad_is_linked (target) && gst_pad_link (pad, target) != GST_PAD_LINK_OK)
    GST_ELEMENT_ERROR (decoder, STREAM, WRONG_TYPE, ("The picture cannot be converted."), (NULL));
}

static void
no_more_pads_cb (GstElement *decoder, GstElement *tail)
{
  g_autoptr (GstPad) target = gst_element_get_static_pad (tail, "sink");

  if (!gst_pad_is_linked (target))
    GST_ELEMENT_ERROR (decoder, STREAM, WRONG_TYPE, ("There is no picture in it."), (NULL));
}

/* Only the picture is decoded; sound stays as it is. */
static GstElement *
add_decoder (TsnFramePipeline *pipeline, GstElement *tail, GError **error)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string ("video/x-raw(ANY)");
  GstElement *decoder = add (pipeline, "decodebin", error);

  if (decoder == NULL)
    return NULL;
  g_object_set (decoder, "caps", caps, "expose-all-streams", FALSE, NULL);
  g_signal_connect_object (decoder, "pad-added", G_CALLBACK (pad_added_cb), tail, 0);
  g_signal_connect_object (decoder, "no-more-pads", G_CALLBACK (no_more_pads_cb), tail, 0);
  return decoder;
}

/* What a closed valve throws away costs nothing further down, and what opens again is not stale. */
static GstElement *
add_valve (TsnFramePipeline *pipeline, GError **error)
{
  pipeline->valve = add (pipeline, "valve", error);
  if (pipeline->valve != NULL)
    gst_util_set_object_arg (G_OBJECT (pipeline->valve), "drop-mode", "forward-sticky-events");
  return pipeline->valve;
}

static gboolean
build_file (TsnFramePipeline *pipeline, const char *path, GstElement *tail, GError **error)
{
  GstElement *source = add (pipeline, "filesrc", error);
  GstElement *decoder = source != NULL ? add_decoder (pipeline, tail, error) : NULL;

  if (decoder == NULL)
    return FALSE;
  g_object_set (source, "location", path, NULL);
  return gst_element_link (source, decoder);
}

static gboolean
build_pattern (TsnFramePipeline *pipeline,
               const TsnTestPattern *pattern,
               GstElement *tail,
               GError **error)
{
  g_autoptr (GstCaps) caps = gst_caps_new_simple (
      "video/x-raw", "width", G_TYPE_INT, pattern->width, "height", G_TYPE_INT, pattern->height,
      "framerate", GST_TYPE_FRACTION, pattern->fps, 1, NULL);
  GstElement *source = add (pipeline, "videotestsrc", error);
  GstElement *valve = source != NULL ? add_valve (pipeline, error) : NULL;

  if (valve == NULL)
    return FALSE;
  g_object_set (source, "is-live", !pattern->unpaced, "num-buffers",
                pattern->n_frames > 0 ? (int) pattern->n_frames : -1, NULL);
  gst_util_set_object_arg (G_OBJECT (source), "pattern", pattern->kind);
  return gst_element_link_filtered (source, valve, caps) && gst_element_link (valve, tail);
}

static gboolean
build_camera (TsnFramePipeline *pipeline, GstElement *camera, GstElement *tail, GError **error)
{
  GstElement *valve = add_valve (pipeline, error);
  GstElement *decoder = valve != NULL ? add_decoder (pipeline, tail, error) : NULL;

  if (decoder == NULL)
    return FALSE;
  gst_bin_add (GST_BIN (pipeline->element), camera);
  return gst_element_link_many (camera, valve, decoder, NULL);
}

/**
 * tsn_frame_pipeline_new:
 * @camera: (nullable) (transfer none): the element of a camera, for that kind of origin only
 * @mailbox: outlives the pipeline
 * @error: %TSN_ERROR_IO: an element is missing
 *
 * Returns: (transfer full) (nullable): a pipeline in the state NULL.
 */
TsnFramePipeline *
tsn_frame_pipeline_new (const TsnFrameOrigin *origin,
                        GstElement *camera,
                        TsnFrameMailbox *mailbox,
                        GError **error)
{
  g_autoptr (TsnFramePipeline) pipeline = g_new0 (TsnFramePipeline, 1);
  GstElement *tail;
  gboolean built = FALSE;

  pipeline->element = gst_object_ref_sink (gst_pipeline_new (NULL));
  pipeline->mailbox = mailbox;
  pipeline->preroll = GST_CLOCK_TIME_NONE;
  tail = add_tail (pipeline, origin, error);
  if (tail == NULL)
    return NULL;
  switch (origin->kind)
    {
    case TSN_FRAME_ORIGIN_CAMERA:
      built = build_camera (pipeline, camera, tail, error);
      break;
    case TSN_FRAME_ORIGIN_FILE:
      built = build_file (pipeline, origin->path, tail, error);
      break;
    case TSN_FRAME_ORIGIN_PATTERN:
      built = build_pattern (pipeline, &origin->pattern, tail, error);
      break;
    }
  if (built)
    return g_steal_pointer (&pipeline);
  if (error != NULL && *error == NULL)
    tsn_error_set (error, TSN_ERROR_IO, _ ("GStreamer cannot connect the elements for '%s'"),
                   origin->name);
  return NULL;
}

/**
 * tsn_frame_pipeline_set_frozen:
 *
 * Stops or lets through the frames of a live source; of another, this does nothing.
 */
void
tsn_frame_pipeline_set_frozen (TsnFramePipeline *pipeline, gboolean frozen)
{
  if (pipeline->valve != NULL)
    g_object_set (pipeline->valve, "drop", frozen, NULL);
}

/**
 * tsn_frame_pipeline_get_n_frames:
 *
 * Returns: how many frames were put into the mailbox.
 */
guint
tsn_frame_pipeline_get_n_frames (TsnFramePipeline *pipeline)
{
  return g_atomic_int_get (&pipeline->n_frames);
}

/**
 * tsn_frame_pipeline_is_rolling:
 *
 * A sink that is told to pause in the moment between being told to play and its streaming thread
 * awaking goes on playing (GStreamer 1.22); it may be paused once this is true.
 *
 * Returns: whether the sink has let a frame go by since it last waited for one.
 */
gboolean
tsn_frame_pipeline_is_rolling (TsnFramePipeline *pipeline)
{
  return g_atomic_int_get (&pipeline->rolling);
}

void
tsn_frame_pipeline_free (TsnFramePipeline *pipeline)
{
  gst_element_set_state (pipeline->element, GST_STATE_NULL);
  gst_object_unref (pipeline->element);
  g_free (pipeline);
}
