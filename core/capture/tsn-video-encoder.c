#include "core/capture/tsn-video-encoder.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <gst/app/gstappsrc.h>
#include <gst/video/video.h>
#include <string.h>

#include "core/base/tsn-error.h"
#include "core/capture/tsn-capture-thread.h"
#include "core/capture/tsn-webm-tag.h"
#include "core/io/tsn-file-writer.h"

/* How many frames may wait for the encoder. */
#define QUEUE 4

/* How often it is looked whether there is room or somebody cancelled, in microseconds. */
#define INTERVAL 5000

/* How far apart key frames are, in seconds: a player seeks to them. */
#define KEY_FRAME_SECONDS 2

struct _TsnVideoEncoder
{
  TsnFileWriter *file;
  char *name;
  char *tag; /* to be added to a WebM file at the end, or NULL */
  GstElement *pipeline;
  GstAppSrc *source;
  GstVideoInfo info;
  guint width; /* of the frames; info's are even for H.264 */
  guint height;
  guint fps;
  guint64 n_frames;

  GMutex mutex;
  GCond changed;
  gboolean done; /* under mutex */
  GError *error; /* under mutex */
};

/* An encoder with the properties that it is given, as gst-launch would have it. */
typedef struct
{
  TsnVideoFormat format;
  const char *element;
  const char *description;
} Choice;

/* In the order of preference.  Quality is fixed, so that size follows the content; two of the
 * quantisers' limits keep flat areas of label maps from crawling. */
static const Choice choices[] = {
  { TSN_VIDEO_WEBM, "vp9enc",
    "vp9enc end-usage=cq cq-level=20 max-quantizer=40 target-bitrate=20000000 cpu-used=4 "
    "row-mt=true"
    " threads=4 ! webmmux name=muxer" },
  { TSN_VIDEO_WEBM, "vp8enc",
    "vp8enc end-usage=cq cq-level=10 max-quantizer=30 target-bitrate=20000000 cpu-used=2 threads=4"
    " ! webmmux name=muxer" },
  { TSN_VIDEO_MP4, "x264enc",
    "x264enc pass=qual quantizer=18 speed-preset=medium ! video/x-h264,profile=high ! mp4mux"
    " name=muxer faststart=true" },
  { TSN_VIDEO_MP4, "openh264enc",
    "openh264enc rate-control=quality bitrate=8000000 ! h264parse ! mp4mux name=muxer "
    "faststart=true" },
};

static gboolean
is_installed (const char *element)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (element);

  return factory != NULL;
}

static const Choice *
choose (TsnVideoFormat format, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (choices[i].format == format && is_installed (choices[i].element))
      return &choices[i];
  tsn_error_set (
      error, TSN_ERROR_IO, "%s",
      format == TSN_VIDEO_WEBM
          ? _ ("WebM needs an encoder for VP9 or VP8, and none is installed; it comes with the "
               "Debian package gstreamer1.0-plugins-good")
          : _ ("MP4 needs an encoder for H.264, and none is installed; it comes with the Debian "
               "package gstreamer1.0-plugins-ugly"));
  return NULL;
}

/**
 * tsn_video_encoder_check:
 * @error: %TSN_ERROR_IO: which plugin is missing
 */
gboolean
tsn_video_encoder_check (TsnVideoFormat format, GError **error)
{
  return tsn_capture_init (error) && choose (format, error) != NULL;
}

/* A full disk is found out by an element that says it in the system's words. */
static const char *
system_words (const GError *reason, const char *debug)
{
  static const int numbers[] = { ENOSPC, EFBIG, EDQUOT, EIO, EROFS };

  if (g_error_matches (reason, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT))
    return g_strerror (ENOSPC);
  for (guint i = 0; debug != NULL && i < G_N_ELEMENTS (numbers); i++)
    if (strstr (debug, g_strerror (numbers[i])) != NULL)
      return g_strerror (numbers[i]);
  return reason->message;
}

/* Runs on the pipeline's threads. */
static GstBusSyncReply
message_cb (GstBus *bus, GstMessage *message, gpointer data)
{
  TsnVideoEncoder *encoder = data;
  g_autoptr (GError) reason = NULL;
  g_autofree char *debug = NULL;

  g_mutex_lock (&encoder->mutex);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    encoder->done = TRUE;
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR && encoder->error == NULL)
    {
      gst_message_parse_error (message, &reason, &debug);
      tsn_error_set (&encoder->error, TSN_ERROR_IO, _ ("Cannot write '%s': %s"), encoder->name,
                     system_words (reason, debug));
    }
  g_cond_signal (&encoder->changed);
  g_mutex_unlock (&encoder->mutex);
  gst_message_unref (message);
  return GST_BUS_DROP;
}

static gboolean
make_pipeline (TsnVideoEncoder *encoder, const Choice *choice, GError **error)
{
  g_autofree char *description
      = g_strdup_printf ("appsrc name=source format=time ! videoconvert ! %s ! filesink name=sink",
                         choice->description);
  g_autoptr (GError) reason = NULL;
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstCaps) caps = gst_video_info_to_caps (&encoder->info);
  g_autoptr (GstBus) bus = NULL;

  encoder->pipeline
      = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &reason);
  if (encoder->pipeline == NULL)
    return tsn_error_set (error, TSN_ERROR_IO, _ ("Cannot write '%s': %s"), encoder->name,
                          reason->message);
  gst_object_ref_sink (encoder->pipeline);
  sink = gst_bin_get_by_name (GST_BIN (encoder->pipeline), "sink");
  g_object_set (sink, "location", tsn_file_writer_get_temporary (encoder->file), "async", FALSE,
                NULL);
  encoder->source = GST_APP_SRC (gst_bin_get_by_name (GST_BIN (encoder->pipeline), "source"));
  gst_app_src_set_caps (encoder->source, caps);
  gst_app_src_set_max_bytes (encoder->source, 0);
  bus = gst_element_get_bus (encoder->pipeline);
  gst_bus_set_sync_handler (bus, message_cb, encoder, NULL);
  return TRUE;
}

/* Sets the distance of key frames, whatever the encoder calls it. */
static void
set_key_frames (TsnVideoEncoder *encoder, const char *element)
{
  static const char *const names[] = { "keyframe-max-dist", "key-int-max", "gop-size" };
  g_autoptr (GstIterator) elements = gst_bin_iterate_elements (GST_BIN (encoder->pipeline));
  g_auto (GValue) value = G_VALUE_INIT;

  while (gst_iterator_next (elements, &value) == GST_ITERATOR_OK)
    {
      GObject *object = g_value_get_object (&value);
      GstElementFactory *factory = gst_element_get_factory (GST_ELEMENT (object));

      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        if (g_str_equal (GST_OBJECT_NAME (factory), element)
            && g_object_class_find_property (G_OBJECT_GET_CLASS (object), names[i]) != NULL)
          g_object_set (object, names[i], KEY_FRAME_SECONDS * encoder->fps, NULL);
      g_value_reset (&value);
    }
}

/* The muxer of MP4 writes a comment as it is; that of WebM would quote it. */
static void
set_comment (TsnVideoEncoder *encoder, const TsnVideoOptions *options)
{
  g_autoptr (GstElement) muxer = gst_bin_get_by_name (GST_BIN (encoder->pipeline), "muxer");

  if (options->format == TSN_VIDEO_MP4 && options->comment != NULL)
    gst_tag_setter_add_tags (GST_TAG_SETTER (muxer), GST_TAG_MERGE_REPLACE, GST_TAG_COMMENT,
                             options->comment, NULL);
  if (options->format == TSN_VIDEO_WEBM)
    encoder->tag = g_strdup (options->comment);
}

static gboolean
take_error (TsnVideoEncoder *encoder, GError **error)
{
  gboolean failed;

  g_mutex_lock (&encoder->mutex);
  failed = encoder->error != NULL;
  if (failed)
    g_propagate_error (error, g_error_copy (encoder->error));
  g_mutex_unlock (&encoder->mutex);
  return failed;
}

/**
 * tsn_video_encoder_new:
 * @error: %TSN_ERROR_IO: a plugin is missing, or the file cannot be made
 */
TsnVideoEncoder *
tsn_video_encoder_new (const char *path, const TsnVideoOptions *options, GError **error)
{
  g_autoptr (TsnVideoEncoder) encoder = NULL;
  guint even = options->format == TSN_VIDEO_MP4 ? 1 : 0;
  const Choice *choice;

  if (!tsn_capture_init (error) || (choice = choose (options->format, error)) == NULL)
    return NULL;
  encoder = g_new0 (TsnVideoEncoder, 1);
  g_mutex_init (&encoder->mutex);
  g_cond_init (&encoder->changed);
  encoder->name = g_filename_display_name (path);
  encoder->width = options->width;
  encoder->height = options->height;
  encoder->fps = options->fps;
  gst_video_info_set_format (&encoder->info, GST_VIDEO_FORMAT_RGB,
                             options->width + (options->width & even),
                             options->height + (options->height & even));
  encoder->info.fps_n = options->fps;
  encoder->file = tsn_file_writer_new (path, error);
  if (encoder->file == NULL || !make_pipeline (encoder, choice, error))
    return NULL;
  set_key_frames (encoder, choice->element);
  set_comment (encoder, options);
  if (gst_element_set_state (encoder->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    return g_steal_pointer (&encoder);
  if (!take_error (encoder, error))
    tsn_error_set (error, TSN_ERROR_IO, _ ("Cannot write '%s': %s does not start"), encoder->name,
                   choice->element);
  return NULL;
}

/* The frame with its last column and row repeated where the encoder needs even sides. */
static GstBuffer *
make_buffer (const TsnVideoEncoder *encoder, const TsnImage *frame)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&encoder->info), NULL);
  guint height = GST_VIDEO_INFO_HEIGHT (&encoder->info);
  size_t length = 3 * (size_t) frame->width;
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  memset (map.data, 0, map.size);
  for (guint y = 0; y < height; y++)
    {
      const guint8 *from = frame->pixels + MIN (y, frame->height - 1) * length;
      guint8 *to = map.data + (size_t) y * GST_VIDEO_INFO_PLANE_STRIDE (&encoder->info, 0);

      memcpy (to, from, length);
      if (GST_VIDEO_INFO_WIDTH (&encoder->info) > (int) frame->width)
        memcpy (to + length, from + length - 3, 3);
    }
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (encoder->n_frames, GST_SECOND, encoder->fps);
  GST_BUFFER_DURATION (buffer)
      = gst_util_uint64_scale (encoder->n_frames + 1, GST_SECOND, encoder->fps)
        - GST_BUFFER_PTS (buffer);
  return buffer;
}

/* Waits until the queue has room for a frame, or, at the end, until all is written. */
static gboolean
wait_for_encoder (TsnVideoEncoder *encoder, gboolean end, GCancellable *cancellable, GError **error)
{
  gboolean ready = FALSE, failed = FALSE;

  while (!ready && !failed)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      ready = !end && gst_app_src_get_current_level_buffers (encoder->source) < QUEUE;
      g_mutex_lock (&encoder->mutex);
      failed = encoder->error != NULL;
      ready = ready || encoder->done;
      if (!ready && !failed)
        g_cond_wait_until (&encoder->changed, &encoder->mutex, g_get_monotonic_time () + INTERVAL);
      g_mutex_unlock (&encoder->mutex);
    }
  return !take_error (encoder, error);
}

gboolean
tsn_video_encoder_write (TsnVideoEncoder *encoder,
                         const TsnImage *frame,
                         GCancellable *cancellable,
                         GError **error)
{
  if (!wait_for_encoder (encoder, FALSE, cancellable, error))
    return FALSE;
  if (gst_app_src_push_buffer (encoder->source, make_buffer (encoder, frame)) != GST_FLOW_OK)
    {
      if (!take_error (encoder, error))
        tsn_error_set (error, TSN_ERROR_IO, _ ("Cannot write '%s': the encoder has stopped"),
                       encoder->name);
      return FALSE;
    }
  encoder->n_frames++;
  return TRUE;
}

static gboolean
add_tag (TsnVideoEncoder *encoder, GError **error)
{
  g_autoptr (GError) reason = NULL;

  return encoder->tag == NULL
         || tsn_webm_add_tag (tsn_file_writer_get_temporary (encoder->file), "XMP", encoder->tag,
                              &reason)
         || tsn_error_set (error, TSN_ERROR_IO, _ ("Cannot write '%s': %s"), encoder->name,
                           reason->message);
}

gboolean
tsn_video_encoder_finish (TsnVideoEncoder *encoder, GCancellable *cancellable, GError **error)
{
  gst_app_src_end_of_stream (encoder->source);
  if (!wait_for_encoder (encoder, TRUE, cancellable, error))
    return FALSE;
  gst_element_set_state (encoder->pipeline, GST_STATE_NULL);
  return !take_error (encoder, error) && add_tag (encoder, error)
         && tsn_file_writer_finish (encoder->file, error);
}

void
tsn_video_encoder_free (TsnVideoEncoder *encoder)
{
  if (encoder->pipeline != NULL)
    gst_element_set_state (encoder->pipeline, GST_STATE_NULL);
  gst_clear_object (&encoder->source);
  gst_clear_object (&encoder->pipeline);
  g_clear_pointer (&encoder->file, tsn_file_writer_free);
  g_clear_error (&encoder->error);
  g_mutex_clear (&encoder->mutex);
  g_cond_clear (&encoder->changed);
  g_free (encoder->name);
  g_free (encoder->tag);
  g_free (encoder);
}
