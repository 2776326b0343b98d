#include "core/capture/tsn-video-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/tsn-error.h"
#include "core/capture/tsn-gif.h"
#include "core/capture/tsn-png-sequence.h"
#include "core/capture/tsn-video-encoder.h"

#define MAX_SIDE 16383
#define MAX_FPS 240

struct _TsnVideoWriter
{
  char *name;
  TsnVideoOptions options;
  guint64 n_frames;
  /* One of the three. */
  TsnGifWriter *gif;
  TsnPngSequence *sequence;
  TsnVideoEncoder *encoder;
};

/**
 * tsn_video_format_from_path:
 * @path: of the file or folder to be written
 * @format: (out): the format that its extension stands for; no extension stands for a folder of PNG
 *
 * Returns: %FALSE if the extension is none of ".webm", ".mp4" and ".gif".
 */
gboolean
tsn_video_format_from_path (const char *path, TsnVideoFormat *format)
{
  static const struct
  {
    const char *extension;
    TsnVideoFormat format;
  } known[] = { { ".webm", TSN_VIDEO_WEBM }, { ".mp4", TSN_VIDEO_MP4 }, { ".gif", TSN_VIDEO_GIF } };
  g_autofree char *base = g_path_get_basename (path);
  const char *extension = strrchr (base, '.');

  if (extension == NULL || extension == base)
    {
      *format = TSN_VIDEO_PNG;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (extension, known[i].extension) == 0)
      {
        *format = known[i].format;
        return TRUE;
      }
  return FALSE;
}

/**
 * tsn_video_format_check:
 * @error: %TSN_ERROR_IO: which plugin is missing
 *
 * Returns: whether films of a format can be written here.
 */
gboolean
tsn_video_format_check (TsnVideoFormat format, GError **error)
{
  if (format == TSN_VIDEO_WEBM || format == TSN_VIDEO_MP4)
    return tsn_video_encoder_check (format, error);
  return TRUE;
}

static gboolean
check_options (const char *name, const TsnVideoOptions *options, GError **error)
{
  /* What GIF demands it says itself. */
  if (options->format == TSN_VIDEO_GIF
      || (options->width >= 1 && options->width <= MAX_SIDE && options->height >= 1
          && options->height <= MAX_SIDE && options->fps >= 1 && options->fps <= MAX_FPS))
    return TRUE;
  return tsn_error_set (
      error, TSN_ERROR_ARGUMENT,
      _ ("Cannot write '%s': a film has 1 to %d pixels each way and 1 to %d frames a "
         "second, not %u x %u and %u"),
      name, MAX_SIDE, MAX_FPS, options->width, options->height, options->fps);
}

/**
 * tsn_video_writer_new:
 * @path: the file to make or to replace; of %TSN_VIDEO_PNG, the folder to make, which may be there
 *   if it is empty
 * @options: copied
 * @error: %TSN_ERROR_ARGUMENT or %TSN_ERROR_IO, such as a plugin that is missing
 *
 * Returns: (transfer full) (nullable): a writer without frames.
 */
TsnVideoWriter *
tsn_video_writer_new (const char *path, const TsnVideoOptions *options, GError **error)
{
  g_autoptr (TsnVideoWriter) writer = g_new0 (TsnVideoWriter, 1);
  gboolean made = FALSE;

  writer->name = g_filename_display_name (path);
  writer->options = *options;
  writer->options.comment = NULL; /* which is the caller's */
  if (!check_options (writer->name, options, error))
    return NULL;
  switch (options->format)
    {
    case TSN_VIDEO_WEBM:
    case TSN_VIDEO_MP4:
      made = (writer->encoder = tsn_video_encoder_new (path, options, error)) != NULL;
      break;
    case TSN_VIDEO_GIF:
      made = (writer->gif
              = tsn_gif_writer_new (path, options->width, options->height, options->fps, error))
                 != NULL
             && (options->comment == NULL
                 || tsn_gif_writer_write_xmp (writer->gif, options->comment, error));
      break;
    case TSN_VIDEO_PNG:
      made = (writer->sequence = tsn_png_sequence_new (path, options->comment, error)) != NULL;
      break;
    }
  return made ? g_steal_pointer (&writer) : NULL;
}

/**
 * tsn_video_writer_write:
 * @frame: of the size that was told to tsn_video_writer_new()
 * @cancellable: (nullable): ends waiting with %G_IO_ERROR_CANCELLED
 * @error: %TSN_ERROR_ARGUMENT if the size differs; %TSN_ERROR_IO, such as a full disk
 *
 * Appends a frame.  After a failure the writer is good for nothing but to be freed.
 */
gboolean
tsn_video_writer_write (TsnVideoWriter *writer,
                        const TsnImage *frame,
                        GCancellable *cancellable,
                        GError **error)
{
  const TsnVideoOptions *options = &writer->options;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (frame->width != options->width || frame->height != options->height)
    return tsn_error_set (error, TSN_ERROR_ARGUMENT,
                          _ ("A frame of '%s' has %u x %u pixels instead of %u x %u"), writer->name,
                          frame->width, frame->height, options->width, options->height);
  writer->n_frames++;
  if (writer->gif != NULL)
    return tsn_gif_writer_write (writer->gif, frame->pixels, error);
  if (writer->sequence != NULL)
    return tsn_png_sequence_write (writer->sequence, frame, error);
  return tsn_video_encoder_write (writer->encoder, frame, cancellable, error);
}

/**
 * tsn_video_writer_finish:
 * @cancellable: (nullable): ends waiting with %G_IO_ERROR_CANCELLED
 * @error: %TSN_ERROR_ARGUMENT if there are no frames, or %TSN_ERROR_IO; the target is as it was
 *
 * Encodes what is left and puts the film in the target's place.
 */
gboolean
tsn_video_writer_finish (TsnVideoWriter *writer, GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (writer->n_frames == 0)
    return tsn_error_set (error, TSN_ERROR_ARGUMENT,
                          _ ("Cannot write '%s': a film has at least one frame"), writer->name);
  if (writer->gif != NULL)
    return tsn_gif_writer_finish (writer->gif, error);
  if (writer->sequence != NULL)
    return tsn_png_sequence_finish (writer->sequence, error);
  return tsn_video_encoder_finish (writer->encoder, cancellable, error);
}

void
tsn_video_writer_free (TsnVideoWriter *writer)
{
  g_clear_pointer (&writer->gif, tsn_gif_writer_free);
  g_clear_pointer (&writer->sequence, tsn_png_sequence_free);
  g_clear_pointer (&writer->encoder, tsn_video_encoder_free);
  g_free (writer->name);
  g_free (writer);
}
