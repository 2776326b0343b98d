#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "capture-fixture.h"
#include "core/base/tsn-error.h"
#include "core/capture/tsn-gif.h"
#include "core/capture/tsn-video-writer.h"

static const TsnVideoFormat formats[]
    = { TSN_VIDEO_WEBM, TSN_VIDEO_MP4, TSN_VIDEO_GIF, TSN_VIDEO_PNG };

/* A grey level that says which frame it is, with a square that moves. */
static TsnImage *
make_frame (guint width, guint height, guint n)
{
  TsnImage *image = tsn_image_new (width, height);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint8 *pixel = image->pixels + 3 * ((size_t) y * width + x);
        gboolean inside = x >= 2 * n && x < 2 * n + 8 && y >= 8 && y < 16;

        pixel[0] = inside ? 255 : 10 * n;
        pixel[1] = inside ? 0 : 10 * n;
        pixel[2] = inside ? 0 : 10 * n;
      }
  return image;
}

/* A smooth picture of many more than 256 colours. */
static TsnImage *
make_gradient (guint width, guint height)
{
  TsnImage *image = tsn_image_new (width, height);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint8 *pixel = image->pixels + 3 * ((size_t) y * width + x);

        pixel[0] = 255 * x / (width - 1);
        pixel[1] = 255 * y / (height - 1);
        pixel[2] = 255 * (x + y) / (width + height - 2);
      }
  return image;
}

static TsnImage *
make_noise (guint width, guint height, guint32 seed)
{
  TsnImage *image = tsn_image_new (width, height);

  for (size_t i = 0; i < 3 * (size_t) width * height; i++)
    {
      seed = seed * 1664525u + 1013904223u;
      image->pixels[i] = seed >> 24;
    }
  return image;
}

static void
write_film (const char *path, const TsnVideoOptions *options, guint n_frames)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnVideoWriter) writer = tsn_video_writer_new (path, options, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < n_frames; i++)
    {
      g_autoptr (TsnImage) frame = make_frame (options->width, options->height, i);

      tsn_video_writer_write (writer, frame, NULL, &error);
      g_assert_no_error (error);
    }
  tsn_video_writer_finish (writer, NULL, &error);
  g_assert_no_error (error);
}

static void
test_format (void)
{
  TsnVideoFormat format;

  g_assert_true (tsn_video_format_from_path ("a/b.webm", &format) && format == TSN_VIDEO_WEBM);
  g_assert_true (tsn_video_format_from_path ("b.MP4", &format) && format == TSN_VIDEO_MP4);
  g_assert_true (tsn_video_format_from_path ("b.c.gif", &format) && format == TSN_VIDEO_GIF);
  g_assert_true (tsn_video_format_from_path ("a.b/frames", &format) && format == TSN_VIDEO_PNG);
  g_assert_false (tsn_video_format_from_path ("b.avi", &format));
  g_assert_true (tsn_video_format_check (TSN_VIDEO_WEBM, NULL));
  g_assert_true (tsn_video_format_check (TSN_VIDEO_GIF, NULL));
  g_assert_true (tsn_video_format_check (TSN_VIDEO_PNG, NULL));
}

static void
assert_frame (const TsnImage *frame, guint n)
{
  const guint8 *corner = frame->pixels;
  const guint8 *square = frame->pixels + 3 * ((size_t) 12 * frame->width + 2 * n + 4);

  for (guint c = 0; c < 3; c++)
    g_assert_cmpint (ABS ((int) corner[c] - (int) (10 * n)), <=, 4);
  g_assert_cmpint (square[0], >, 150);
  g_assert_cmpint (square[1], <, 100);
}

/* What is written can be played: its length, its frames, going to any of them, going round. */
static void
check_played (const char *path, guint width, guint height, guint n_frames, guint fps)
{
  gint64 step = G_GINT64_CONSTANT (1000000000) / fps;
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_file (path);

  tsn_frame_source_pause (source);
  capture_wait_for_state (source, TSN_FRAME_SOURCE_PAUSED);
  g_assert_true (tsn_frame_source_is_seekable (source));
  g_assert_cmpint (ABS (tsn_frame_source_get_duration (source) - n_frames * step), <=, step);
  for (guint i = 0; i < n_frames; i += 5)
    {
      g_autoptr (TsnImage) frame = NULL;

      /* Into the middle of the frame, and back to an earlier one at times. */
      guint n = i % 2 == 0 ? i : n_frames - i;
      gint64 time = n * step + step / 2;

      tsn_frame_source_seek (source, time, TRUE);
      capture_wait_for_position (source, time);
      frame = tsn_frame_source_take_frame (source, NULL);
      g_assert_cmpuint (frame->width, ==, width);
      g_assert_cmpuint (frame->height, ==, height);
      assert_frame (frame, n);
    }
}

static void
test_webm (void)
{
  TsnVideoOptions options = { TSN_VIDEO_WEBM, 97, 63, 20, NULL };
  char *folder = capture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "film.webm", NULL);

  write_film (path, &options, 22);
  g_assert_cmpuint (capture_count_files (folder), ==, 1);
  check_played (path, 97, 63, 22, 20);
  capture_remove_folder (folder);
}

/* H.264 wants even sides: an odd film gets its last column and row twice. */
static void
test_mp4 (void)
{
  TsnVideoOptions options = { TSN_VIDEO_MP4, 97, 63, 20, NULL };
  g_autoptr (GError) error = NULL;
  char *folder = capture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "film.mp4", NULL);
  g_autoptr (TsnVideoWriter) writer = NULL;

  if (tsn_video_format_check (TSN_VIDEO_MP4, &error))
    {
      write_film (path, &options, 22);
      g_assert_cmpuint (capture_count_files (folder), ==, 1);
    }
  else
    {
      g_assert_error (error, TSN_ERROR, TSN_ERROR_IO);
      g_assert_nonnull (strstr (error->message, "gstreamer1.0-plugins-ugly"));
      writer = tsn_video_writer_new (path, &options, NULL);
      g_assert_null (writer);
      g_assert_cmpuint (capture_count_files (folder), ==, 0);
    }
  capture_remove_folder (folder);
}

static GdkPixbufAnimation *
open_gif (const char *path)
{
  g_autoptr (GError) error = NULL;
  GdkPixbufAnimation *animation = gdk_pixbuf_animation_new_from_file (path, &error);

  g_assert_no_error (error);
  return animation;
}

/* The largest difference of any channel of any pixel. */
static int
compare (const GdkPixbuf *pixbuf, const TsnImage *image)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  gsize stride = gdk_pixbuf_get_rowstride (pixbuf), channels = gdk_pixbuf_get_n_channels (pixbuf);
  int largest = 0;

  g_assert_cmpuint (gdk_pixbuf_get_width (pixbuf), ==, image->width);
  g_assert_cmpuint (gdk_pixbuf_get_height (pixbuf), ==, image->height);
  for (guint y = 0; y < image->height; y++)
    for (guint x = 0; x < image->width; x++)
      for (guint c = 0; c < 3; c++)
        largest
            = MAX (largest, ABS ((int) pixels[y * stride + x * channels + c]
                                 - (int) image->pixels[3 * ((size_t) y * image->width + x) + c]));
  return largest;
}

/* All frames come back as they were, in their time; after the last comes the first.  Only this
 * old kind of time tells an animation of gdk-pixbuf what to show. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS
static void
test_gif (void)
{
  TsnVideoOptions options = { TSN_VIDEO_GIF, 61, 33, 30, NULL };
  char *folder = capture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "film.gif", NULL);
  g_autoptr (GdkPixbufAnimation) animation = NULL;
  g_autoptr (GdkPixbufAnimationIter) iter = NULL;
  GTimeVal now = { 1000, 0 };
  int sum = 0;

  write_film (path, &options, 24);
  g_assert_cmpuint (capture_count_files (folder), ==, 1);
  animation = open_gif (path);
  iter = gdk_pixbuf_animation_get_iter (animation, &now);
  for (guint i = 0; i < 25; i++)
    {
      g_autoptr (TsnImage) frame = make_frame (61, 33, i % 24);
      int delay = gdk_pixbuf_animation_iter_get_delay_time (iter);

      g_assert_cmpint (compare (gdk_pixbuf_animation_iter_get_pixbuf (iter), frame), ==, 0);
      g_assert_cmpint (delay, >=, 30);
      g_assert_cmpint (delay, <=, 40);
      sum += i < 24 ? delay : 0;
      now.tv_usec += 1000 * delay;
      now.tv_sec += now.tv_usec / 1000000;
      now.tv_usec %= 1000000;
      gdk_pixbuf_animation_iter_advance (iter, &now);
    }
  g_assert_cmpint (sum, ==, 800);
  capture_remove_folder (folder);
}
G_GNUC_END_IGNORE_DEPRECATIONS

/* Writes one picture and gives the largest error that its palette makes. */
static int
gif_error (const char *folder, const TsnImage *image)
{
  g_autofree char *path = g_build_filename (folder, "one.gif", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnGifWriter) writer
      = tsn_gif_writer_new (path, image->width, image->height, 10, &error);
  g_autoptr (GdkPixbufAnimation) animation = NULL;

  g_assert_no_error (error);
  g_assert_true (tsn_gif_writer_write (writer, image->pixels, &error));
  g_assert_true (tsn_gif_writer_finish (writer, &error));
  animation = open_gif (path);
  return compare (gdk_pixbuf_animation_get_static_image (animation), image);
}

static void
test_gif_palette (void)
{
  char *folder = capture_make_folder ();
  g_autoptr (TsnImage) gradient = make_gradient (300, 200);
  g_autoptr (TsnImage) noise = make_noise (211, 97, 7);
  g_autoptr (TsnImage) few = make_noise (16, 16, 3);
  g_autoptr (TsnImage) dot = tsn_image_new (1, 1);
  g_autoptr (TsnImage) plain = tsn_image_new (700, 500);

  /* 256 pixels have at most 256 colours, which are kept. */
  g_assert_cmpint (gif_error (folder, few), ==, 0);
  g_assert_cmpint (gif_error (folder, dot), ==, 0);
  g_assert_cmpint (gif_error (folder, plain), ==, 0);
  g_assert_cmpint (gif_error (folder, gradient), <=, 24);
  /* The worst there is: 256 colours for all of the cube, but nothing is lost in packing. */
  g_assert_cmpint (gif_error (folder, noise), <=, 80);
  capture_remove_folder (folder);
}

static void
test_png (void)
{
  TsnVideoOptions options = { TSN_VIDEO_PNG, 40, 30, 25, NULL };
  char *folder = capture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "frames", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
  write_film (path, &options, 12);
  g_assert_cmpuint (capture_count_files (folder), ==, 1);
  g_assert_cmpuint (capture_count_files (path), ==, 12);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/frame-%05u.png", path, i);
      g_autoptr (TsnImage) frame = make_frame (40, 30, i);
      g_autoptr (TsnImage) read = tsn_image_load (name, &error);

      g_assert_no_error (error);
      g_assert_cmpmem (read->pixels, 3 * 40 * 30, frame->pixels, 3 * 40 * 30);
    }
  g_assert_null (tsn_video_writer_new (path, &options, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "not empty"));
  capture_remove_folder (folder);
}

/* Byte for byte, where nothing stamps the file. */
static void
test_same (void)
{
  TsnVideoOptions options = { TSN_VIDEO_GIF, 50, 40, 12, NULL };
  char *folder = capture_make_folder ();
  g_autofree char *one = g_build_filename (folder, "one.gif", NULL);
  g_autofree char *two = g_build_filename (folder, "two.gif", NULL);
  g_autofree char *first = NULL, *second = NULL;
  gsize n, m;

  write_film (one, &options, 9);
  write_film (two, &options, 9);
  g_assert_true (g_file_get_contents (one, &first, &n, NULL));
  g_assert_true (g_file_get_contents (two, &second, &m, NULL));
  g_assert_cmpmem (first, n, second, m);
  capture_remove_folder (folder);
}

static char *
film_path (const char *folder, TsnVideoFormat format)
{
  static const char *const names[] = { "film.webm", "film.mp4", "film.gif", "film" };

  return g_build_filename (folder, names[format], NULL);
}

/* Freed or cancelled before the end, nothing is left; a file that was there stays. */
static void
test_abandoned (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      TsnVideoOptions options = { formats[i], 32, 32, 10, NULL };
      char *folder = capture_make_folder ();
      g_autofree char *path = film_path (folder, formats[i]);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (TsnImage) frame = make_frame (32, 32, 1);
      g_autoptr (GError) error = NULL;
      g_autoptr (TsnVideoWriter) writer = NULL;

      if (!tsn_video_format_check (formats[i], NULL))
        {
          capture_remove_folder (folder);
          continue;
        }
      writer = tsn_video_writer_new (path, &options, &error);
      g_assert_no_error (error);
      g_assert_true (tsn_video_writer_write (writer, frame, cancellable, &error));
      g_cancellable_cancel (cancellable);
      g_assert_false (tsn_video_writer_finish (writer, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_pointer (&writer, tsn_video_writer_free);
      g_assert_cmpuint (capture_count_files (folder), ==, 0);
      capture_remove_folder (folder);
    }
}

static void
test_errors (void)
{
  char *folder = capture_make_folder ();

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      TsnVideoOptions options = { formats[i], 32, 32, 10, NULL },
                      bad = { formats[i], 0, 32, 10, NULL };
      g_autofree char *path = film_path (folder, formats[i]);
      g_autofree char *nowhere = g_build_filename (folder, "no", "film.webm", NULL);
      g_autoptr (TsnImage) frame = make_frame (32, 31, 1);
      g_autoptr (TsnVideoWriter) writer = NULL;
      g_autoptr (GError) error = NULL;

      if (!tsn_video_format_check (formats[i], NULL))
        continue;
      g_assert_null (tsn_video_writer_new (path, &bad, &error));
      g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
      g_clear_error (&error);
      g_assert_null (tsn_video_writer_new (nowhere, &options, &error));
      g_assert_error (error, TSN_ERROR, TSN_ERROR_IO);
      g_assert_nonnull (strstr (error->message, "No such file"));
      g_clear_error (&error);
      writer = tsn_video_writer_new (path, &options, &error);
      g_assert_no_error (error);
      g_assert_false (tsn_video_writer_write (writer, frame, NULL, &error));
      g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
      g_clear_error (&error);
      g_assert_false (tsn_video_writer_finish (writer, NULL, &error));
      g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
    }
  g_assert_cmpuint (capture_count_files (folder), ==, 0);
  capture_remove_folder (folder);
}

/* Whether a file holds a text as it is. */
static gboolean
holds (const char *path, const char *text)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  return memmem (contents, length, text, strlen (text)) != NULL;
}

/* A comment of any length is found without knowledge of the format, and disturbs nobody who has
 * it. */
static void
test_comment (void)
{
  g_autofree char *long_part = g_strnfill (70000, 'x');
  g_autofree char *comment
      = g_strdup_printf ("<x:xmpmeta>\"caf\xc3\xa9\"\n%s</x:xmpmeta>", long_part);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      TsnVideoOptions options = { formats[i], 160, 120, 20, comment };
      char *folder = capture_make_folder ();
      g_autofree char *path = film_path (folder, formats[i]);
      g_autofree char *first = g_build_filename (path, "frame-00000.png", NULL);
      g_autofree char *second = g_build_filename (path, "frame-00001.png", NULL);

      if (tsn_video_format_check (formats[i], NULL))
        {
          write_film (path, &options, 20);
          g_assert_true (holds (formats[i] == TSN_VIDEO_PNG ? first : path, comment));
          if (formats[i] == TSN_VIDEO_WEBM || formats[i] == TSN_VIDEO_MP4)
            check_played (path, 160, 120, 20, 20);
          else
            {
              g_autoptr (TsnImage) frame
                  = tsn_image_load (formats[i] == TSN_VIDEO_PNG ? first : path, NULL);

              g_assert_cmpuint (frame->width, ==, 160);
            }
          g_assert_false (formats[i] == TSN_VIDEO_PNG && holds (second, "xmpmeta"));
        }
      capture_remove_folder (folder);
    }
}

static gboolean
write_noise (TsnVideoWriter *writer, GError **error)
{
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (TsnImage) frame = make_noise (160, 120, i);

      if (!tsn_video_writer_write (writer, frame, NULL, error))
        return FALSE;
    }
  return tsn_video_writer_finish (writer, NULL, error);
}

/* A limit on the size of files fails as a full disk does. */
static void
test_full_disk (void)
{
  struct rlimit before, small;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      TsnVideoOptions options = { formats[i], 160, 120, 10, NULL };
      char *folder = capture_make_folder ();
      g_autofree char *path = film_path (folder, formats[i]);
      g_autoptr (TsnVideoWriter) writer = tsn_video_writer_new (path, &options, NULL);
      g_autoptr (GError) error = NULL;
      gboolean written;

      if (writer != NULL)
        {
          small = before;
          small.rlim_cur = 50000;
          g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
          written = write_noise (writer, &error);
          g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
          g_assert_false (written);
          g_assert_error (error, TSN_ERROR, TSN_ERROR_IO);
          g_test_message ("%s", error->message);
          g_assert_nonnull (strstr (error->message, "film"));
          g_assert_true (g_str_has_suffix (error->message, "File too large"));
          g_clear_pointer (&writer, tsn_video_writer_free);
          g_assert_cmpuint (capture_count_files (folder), ==, 0);
        }
      capture_remove_folder (folder);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capture/writer/format", test_format);
  g_test_add_func ("/capture/writer/webm", test_webm);
  g_test_add_func ("/capture/writer/mp4", test_mp4);
  g_test_add_func ("/capture/writer/gif", test_gif);
  g_test_add_func ("/capture/writer/gif-palette", test_gif_palette);
  g_test_add_func ("/capture/writer/png", test_png);
  g_test_add_func ("/capture/writer/same", test_same);
  g_test_add_func ("/capture/writer/abandoned", test_abandoned);
  g_test_add_func ("/capture/writer/errors", test_errors);
  g_test_add_func ("/capture/writer/comment", test_comment);
  g_test_add_func ("/capture/writer/full-disk", test_full_disk);
  return g_test_run ();
}
