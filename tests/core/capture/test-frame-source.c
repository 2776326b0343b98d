#include <glib/gstdio.h>
#include <gst/gst.h>

#include "capture-fixture.h"

/* A film of @n_frames frames at 10 a second, made by GStreamer alone. */
static char *
make_film (const char *folder, guint n_frames)
{
  char *path = g_build_filename (folder, "film.webm", NULL);

  capture_launch ("videotestsrc num-buffers=%u ! video/x-raw,width=64,height=48,framerate=10/1 ! "
                  "vp8enc deadline=1 keyframe-max-dist=5 ! webmmux ! filesink location=%s",
                  n_frames, path);
  return path;
}

static void
count_cb (TsnFrameSource *source, guint *n)
{
  (*n)++;
}

/* Takes every frame when it is signalled. */
static void
take_cb (TsnFrameSource *source, guint *n)
{
  g_autoptr (TsnImage) frame = tsn_frame_source_take_frame (source, NULL);

  if (frame != NULL)
    (*n)++;
}

static void
test_new (void)
{
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_file ("nothing.webm");

  g_assert_cmpint (tsn_frame_source_get_state (source), ==, TSN_FRAME_SOURCE_STOPPED);
  g_assert_null (tsn_frame_source_take_frame (source, NULL));
  g_assert_null (tsn_frame_source_get_error (source));
  g_assert_cmpint (tsn_frame_source_get_duration (source), ==, TSN_TIME_UNKNOWN);
  g_assert_cmpint (tsn_frame_source_get_position (source), ==, TSN_TIME_UNKNOWN);
  g_assert_false (tsn_frame_source_is_seekable (source));
  g_assert_false (tsn_frame_source_is_live (source));
  g_assert_cmpstr (tsn_frame_source_get_name (source), ==, "nothing.webm");
  tsn_frame_source_stop (source);
  tsn_frame_source_seek (source, 0, TRUE);
}

static void
test_pattern (void)
{
  TsnTestPattern pattern = { .width = 101, .height = 37, .n_frames = 12, .kind = "red" };
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_pattern (&pattern);
  g_autoptr (TsnImage) frame = NULL;
  gint64 time;

  g_assert_true (tsn_frame_source_is_live (source));
  tsn_frame_source_play (source);
  capture_wait_for_frame (source);
  g_assert_cmpint (tsn_frame_source_get_state (source), ==, TSN_FRAME_SOURCE_PLAYING);
  frame = tsn_frame_source_take_frame (source, &time);
  g_assert_nonnull (frame);
  g_assert_cmpuint (frame->width, ==, 101);
  g_assert_cmpuint (frame->height, ==, 37);
  g_assert_cmpint (time, >=, 0);
  for (guint i = 0; i < frame->width * frame->height; i++)
    {
      g_assert_cmpuint (frame->pixels[3 * i], >, 250);
      g_assert_cmpuint (frame->pixels[3 * i + 1], <, 5);
      g_assert_cmpuint (frame->pixels[3 * i + 2], <, 5);
    }
  capture_wait_for_state (source, TSN_FRAME_SOURCE_ENDED);
  g_assert_cmpuint (tsn_frame_source_get_delivered (source), ==, 1);
}

/* Nobody takes anything: of 200 frames, 199 are dropped and the last waits. */
static void
test_drop (void)
{
  TsnTestPattern pattern = { .width = 32, .height = 16, .n_frames = 200, .unpaced = TRUE };
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_pattern (&pattern);
  g_autoptr (TsnImage) frame = NULL;
  gint64 time;

  tsn_frame_source_play (source);
  capture_wait_for_state (source, TSN_FRAME_SOURCE_ENDED);
  g_assert_cmpuint (tsn_frame_source_get_dropped (source), ==, 199);
  g_assert_cmpuint (tsn_frame_source_get_delivered (source), ==, 0);
  frame = tsn_frame_source_take_frame (source, &time);
  g_assert_nonnull (frame);
  g_assert_cmpint (time, ==, 199 * (gint64) 1000000000 / 30);
  g_assert_null (tsn_frame_source_take_frame (source, NULL));
  g_assert_cmpuint (tsn_frame_source_get_delivered (source), ==, 1);
}

static void
slow_cb (TsnFrameSource *source, guint *n)
{
  take_cb (source, n);
  g_usleep (40000);
}

/* Whoever is slow gets few frames, each of them newer; taken and dropped are all there were. */
static void
test_slow (void)
{
  TsnTestPattern pattern = { .width = 32, .height = 16, .fps = 100, .n_frames = 60 };
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_pattern (&pattern);
  guint n_signals = 0, n_taken = 0;

  g_signal_connect (source, "frame", G_CALLBACK (count_cb), &n_signals);
  g_signal_connect (source, "frame", G_CALLBACK (slow_cb), &n_taken);
  tsn_frame_source_play (source);
  capture_wait_for_state (source, TSN_FRAME_SOURCE_ENDED);
  capture_run_for (100);
  g_assert_cmpuint (n_taken, ==, n_signals);
  g_assert_cmpuint (n_taken, <, 30);
  g_assert_cmpuint (tsn_frame_source_get_delivered (source), ==, n_taken);
  g_assert_cmpuint (n_taken + tsn_frame_source_get_dropped (source), ==, 60);
}

/* A frozen camera gives nothing, and is not behind when it goes on. */
static void
test_freeze (void)
{
  TsnTestPattern pattern = { .width = 32, .height = 16 };
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_pattern (&pattern);
  guint n = 0;
  gint64 before, after;

  tsn_frame_source_play (source);
  capture_wait_for_frame (source);
  tsn_frame_source_pause (source);
  capture_wait_for_state (source, TSN_FRAME_SOURCE_PAUSED);
  capture_run_for (100);
  before = tsn_frame_source_get_position (source);
  g_signal_connect (source, "frame", G_CALLBACK (count_cb), &n);
  capture_run_for (300);
  g_assert_cmpuint (n, ==, 0);
  tsn_frame_source_play (source);
  capture_wait_for_state (source, TSN_FRAME_SOURCE_PLAYING);
  capture_wait_for_frame (source);
  after = tsn_frame_source_get_position (source);
  g_assert_cmpint (after - before, >, 200000000);
}

static void
test_stop (void)
{
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_pattern (NULL);

  for (guint i = 0; i < 3; i++)
    {
      tsn_frame_source_play (source);
      capture_wait_for_frame (source);
      tsn_frame_source_stop (source);
      capture_wait_for_state (source, TSN_FRAME_SOURCE_STOPPED);
      g_assert_null (tsn_frame_source_take_frame (source, NULL));
      g_assert_cmpint (tsn_frame_source_get_position (source), ==, TSN_TIME_UNKNOWN);
    }
}

/* A film is dropped in the middle of anything. */
static void
test_drop_source (void)
{
  for (guint i = 0; i < 20; i++)
    {
      TsnFrameSource *source = tsn_frame_source_new_pattern (NULL);

      tsn_frame_source_play (source);
      g_usleep (g_test_rand_int_range (0, 30000));
      g_object_add_weak_pointer (G_OBJECT (source), (gpointer *) &source);
      g_object_unref (source);
      g_assert_null (source);
    }
}

static void
drop_cb (TsnFrameSource *source, TsnFrameSource **owned)
{
  g_clear_object (owned);
}

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* The receiver of a frame may drop the source. */
static void
test_drop_in_signal (void)
{
  TsnFrameSource *source = tsn_frame_source_new_pattern (NULL);

  g_signal_connect (source, "frame", G_CALLBACK (drop_cb), &source);
  tsn_frame_source_play (source);
  g_assert_true (capture_wait (is_null, &source));
}

static void
test_film (void)
{
  char *folder = capture_make_folder ();
  g_autofree char *path = make_film (folder, 10);
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_file (path);
  guint n = 0;
  gint64 begin;

  g_signal_connect (source, "frame", G_CALLBACK (take_cb), &n);
  tsn_frame_source_play (source);
  capture_wait_for_state (source, TSN_FRAME_SOURCE_PLAYING);
  begin = g_get_monotonic_time ();
  g_assert_cmpint (tsn_frame_source_get_duration (source), ==, 1000000000);
  g_assert_true (tsn_frame_source_is_seekable (source));
  capture_wait_for_state (source, TSN_FRAME_SOURCE_ENDED);
  g_assert_cmpuint (n + tsn_frame_source_get_dropped (source), <=, 10);
  g_assert_cmpuint (n, >, 3);
  g_assert_cmpint (tsn_frame_source_get_position (source), ==, 900000000);
  g_assert_cmpint (g_get_monotonic_time () - begin, >, 700000);

  tsn_frame_source_play (source);
  capture_wait_for_state (source, TSN_FRAME_SOURCE_PLAYING);
  capture_wait_for_frame (source);
  g_assert_cmpint (tsn_frame_source_get_position (source), <, 900000000);
  g_clear_object (&source);
  capture_remove_folder (folder);
}

static void
seek_to (TsnFrameSource *source, gint64 time, gboolean accurate, gint64 expected)
{
  tsn_frame_source_seek (source, time, accurate);
  capture_wait_for_position (source, expected);
}

/* Key frames are half a second apart, frames a tenth. */
static void
test_seek (void)
{
  char *folder = capture_make_folder ();
  g_autofree char *path = make_film (folder, 30);
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_file (path);
  guint n = 0;

  tsn_frame_source_pause (source);
  capture_wait_for_state (source, TSN_FRAME_SOURCE_PAUSED);
  capture_wait_for_position (source, 0);
  seek_to (source, 1730000000, TRUE, 1730000000);
  seek_to (source, 1730000000, FALSE, 1500000000);
  seek_to (source, 200000000, TRUE, 200000000);
  g_assert_cmpint (tsn_frame_source_get_state (source), ==, TSN_FRAME_SOURCE_PAUSED);

  /* As when a slider is dragged: the last is what counts. */
  g_signal_connect (source, "frame", G_CALLBACK (count_cb), &n);
  for (guint i = 0; i <= 20; i++)
    tsn_frame_source_seek (source, i * G_GINT64_CONSTANT (100000000), TRUE);
  capture_wait_for_position (source, 2000000000);
  capture_run_for (100);
  g_assert_cmpint (tsn_frame_source_get_position (source), ==, 2000000000);
  g_assert_cmpuint (n, <, 15);

  tsn_frame_source_play (source);
  capture_wait_for_state (source, TSN_FRAME_SOURCE_ENDED);
  seek_to (source, 2800000000, TRUE, 2800000000);
  capture_wait_for_state (source, TSN_FRAME_SOURCE_PLAYING);
  capture_wait_for_state (source, TSN_FRAME_SOURCE_ENDED);
  g_clear_object (&source);
  capture_remove_folder (folder);
}

/* A slider may be moved before the film is open. */
static void
test_seek_early (void)
{
  char *folder = capture_make_folder ();
  g_autofree char *path = make_film (folder, 20);
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_file (path);

  tsn_frame_source_pause (source);
  tsn_frame_source_seek (source, 1200000000, TRUE);
  capture_wait_for_position (source, 1200000000);
  g_clear_object (&source);
  capture_remove_folder (folder);
}

static void
test_pause_film (void)
{
  char *folder = capture_make_folder ();
  g_autofree char *path = make_film (folder, 30);
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_file (path);
  guint n = 0;
  gint64 frozen;

  tsn_frame_source_play (source);
  capture_wait_for_frame (source);
  tsn_frame_source_pause (source);
  capture_wait_for_state (source, TSN_FRAME_SOURCE_PAUSED);
  capture_run_for (50);
  frozen = tsn_frame_source_get_position (source);
  g_signal_connect (source, "frame", G_CALLBACK (count_cb), &n);
  capture_run_for (400);
  g_assert_cmpuint (n, ==, 0);
  tsn_frame_source_play (source);
  capture_wait_for_frame (source);
  g_assert_cmpint (tsn_frame_source_get_position (source) - frozen, ==, 100000000);
  g_clear_object (&source);
  capture_remove_folder (folder);
}

static void
back_cb (TsnFrameSource *source, guint *n_rounds)
{
  gint64 now = tsn_frame_source_get_position (source);
  gint64 *before = g_object_get_data (G_OBJECT (source), "before");

  if (now < *before)
    (*n_rounds)++;
  *before = now;
}

static gboolean
is_two (gpointer data)
{
  return *(guint *) data == 2;
}

static void
check_loop (TsnFrameSource *source)
{
  guint n_rounds = 0;
  gint64 before = 0;
  gboolean loop;

  tsn_frame_source_set_loop (source, TRUE);
  g_object_get (source, "loop", &loop, NULL);
  g_assert_true (loop);
  g_object_set_data (G_OBJECT (source), "before", &before);
  g_signal_connect (source, "frame", G_CALLBACK (back_cb), &n_rounds);
  tsn_frame_source_play (source);
  g_assert_true (capture_wait (is_two, &n_rounds));
  g_object_set (source, "loop", FALSE, NULL);
  capture_wait_for_state (source, TSN_FRAME_SOURCE_ENDED);
  g_signal_handlers_disconnect_by_data (source, &n_rounds);
}

static void
test_loop (void)
{
  TsnTestPattern pattern = { .width = 32, .height = 16, .n_frames = 5 };
  char *folder = capture_make_folder ();
  g_autofree char *path = make_film (folder, 4);
  g_autoptr (TsnFrameSource) film = tsn_frame_source_new_file (path);
  g_autoptr (TsnFrameSource) test = tsn_frame_source_new_pattern (&pattern);

  check_loop (film);
  check_loop (test);
  g_clear_object (&film);
  capture_remove_folder (folder);
}

static void
assert_file_fails (const char *path, TsnFrameSourceProblem problem, const char *format)
{
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_file (path);
  g_autofree char *sentence = g_strdup_printf (format, path);

  tsn_frame_source_play (source);
  capture_assert_failed (source, problem, sentence);
  g_assert_null (tsn_frame_source_take_frame (source, NULL));
}

static void
test_bad_files (void)
{
  char *folder = capture_make_folder ();
  g_autofree char *missing = g_build_filename (folder, "missing.webm", NULL);
  g_autofree char *text = g_build_filename (folder, "text.webm", NULL);
  g_autofree char *zeros = g_build_filename (folder, "zeros.webm", NULL);
  g_autofree char *empty = g_build_filename (folder, "empty.webm", NULL);
  g_autofree char *sound = g_build_filename (folder, "sound.wav", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);
  g_autofree char *noise = g_malloc0 (5000);

  g_assert_true (g_file_set_contents (text, "This is only text, not a film.\n", -1, NULL));
  g_assert_true (g_file_set_contents (zeros, noise, 5000, NULL));
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  capture_launch ("audiotestsrc num-buffers=5 ! wavenc ! filesink location=%s", sound);
  assert_file_fails (missing, TSN_FRAME_SOURCE_PROBLEM_MISSING, "Cannot open '%s': No such file");
  assert_file_fails (folder, TSN_FRAME_SOURCE_PROBLEM_FORMAT,
                     "'%s' is not a video: it is a folder");
  assert_file_fails (pipe, TSN_FRAME_SOURCE_PROBLEM_FORMAT, "'%s' is not a video: it is not a reg");
  assert_file_fails (text, TSN_FRAME_SOURCE_PROBLEM_FORMAT, "'%s' is not a video: ");
  assert_file_fails (zeros, TSN_FRAME_SOURCE_PROBLEM_FORMAT, "'%s' is not a video: ");
  assert_file_fails (empty, TSN_FRAME_SOURCE_PROBLEM_FORMAT, "'%s' is not a video: ");
  assert_file_fails (sound, TSN_FRAME_SOURCE_PROBLEM_FORMAT, "'%s' is not a video: it has");
  capture_remove_folder (folder);
}

/* All decoders of VP8, of which there may be several. */
static GList *
list_decoders (void)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string ("video/x-vp8");
  GList *all = gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DECODER,
                                                      GST_RANK_NONE);
  GList *decoders = gst_element_factory_list_filter (all, caps, GST_PAD_SINK, FALSE);

  g_assert_nonnull (decoders);
  gst_plugin_feature_list_free (all);
  return decoders;
}

/* A decoder that is not installed is named. */
static void
test_no_decoder (void)
{
  char *folder = capture_make_folder ();
  g_autofree char *path = make_film (folder, 5);
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_file (path);
  g_autoptr (GArray) ranks = g_array_new (FALSE, FALSE, sizeof (guint));
  GList *decoders = list_decoders ();
  guint n = 0;

  for (GList *at = decoders; at != NULL; at = at->next)
    {
      guint rank = gst_plugin_feature_get_rank (at->data);

      g_array_append_val (ranks, rank);
      gst_plugin_feature_set_rank (at->data, GST_RANK_NONE);
    }
  tsn_frame_source_play (source);
  capture_assert_failed (source, TSN_FRAME_SOURCE_PROBLEM_PLUGIN, "'");
  g_assert_nonnull (strstr (tsn_frame_source_get_error (source)->message, "VP8"));
  for (GList *at = decoders; at != NULL; at = at->next)
    gst_plugin_feature_set_rank (at->data, g_array_index (ranks, guint, n++));
  gst_plugin_feature_list_free (decoders);
  capture_remove_folder (folder);
}

/* What failed can be tried again. */
static void
test_again (void)
{
  char *folder = capture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "film.webm", NULL);
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_file (path);

  tsn_frame_source_play (source);
  capture_assert_failed (source, TSN_FRAME_SOURCE_PROBLEM_MISSING, "Cannot open");
  g_free (make_film (folder, 5));
  tsn_frame_source_play (source);
  capture_wait_for_state (source, TSN_FRAME_SOURCE_PLAYING);
  g_assert_null (tsn_frame_source_get_error (source));
  g_assert_cmpint (tsn_frame_source_get_problem (source), ==, TSN_FRAME_SOURCE_PROBLEM_NONE);
  g_clear_object (&source);
  capture_remove_folder (folder);
}

static TsnImage *
first_frame (const char *path)
{
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_file (path);
  TsnImage *frame;

  tsn_frame_source_pause (source);
  capture_wait_for_frame (source);
  frame = tsn_frame_source_take_frame (source, NULL);
  g_assert_nonnull (frame);
  return frame;
}

/* Pixels that are twice as wide as high become two. */
static void
test_square_pixels (void)
{
  char *folder = capture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "wide.webm", NULL);
  g_autoptr (TsnImage) frame = NULL;

  capture_launch ("videotestsrc num-buffers=3 ! "
                  "video/x-raw,width=64,height=48,pixel-aspect-ratio=2/1 ! vp8enc deadline=1 ! "
                  "webmmux ! filesink location=%s",
                  path);
  frame = first_frame (path);
  g_assert_cmpfloat_with_epsilon ((double) frame->width / frame->height, 128.0 / 48, 0.01);
  capture_remove_folder (folder);
}

/* Writes "turn by 90 degrees" into the matrix of a track's header (ISO 14496-12, 8.3.2). */
static void
turn_track (const char *path, guint height)
{
  const guint32 matrix[9] = { 0, 0x10000, 0, 0xffff0000, 0, 0, height << 16, 0, 0x40000000 };
  g_autofree char *content = NULL;
  char *header;
  gsize size;

  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  header = memmem (content, size, "tkhd", 4);
  g_assert_nonnull (header);
  for (guint i = 0; i < 9; i++)
    {
      guint32 big = GUINT32_TO_BE (matrix[i]);

      memcpy (header + 44 + 4 * i, &big, 4);
    }
  g_assert_true (g_file_set_contents (path, content, size, NULL));
}

/* A film that was taken with the camera on its side stands upright: its top left is on the right.
 */
static void
test_upright (void)
{
  char *folder = capture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "turned.mov", NULL);
  g_autoptr (TsnImage) frame = NULL;

  capture_launch ("videotestsrc num-buffers=3 pattern=gradient ! video/x-raw,width=64,height=48 ! "
                  "jpegenc ! qtmux ! filesink location=%s",
                  path);
  frame = first_frame (path);
  g_assert_cmpuint (frame->width, ==, 64);
  g_assert_cmpuint (frame->pixels[0], <, 50);
  g_assert_cmpuint (frame->pixels[3 * 63], <, 50);
  g_clear_pointer (&frame, tsn_image_unref);
  turn_track (path, 48);
  frame = first_frame (path);
  g_assert_cmpuint (frame->width, ==, 48);
  g_assert_cmpuint (frame->height, ==, 64);
  g_assert_cmpuint (frame->pixels[0], >, 200);
  g_assert_cmpuint (frame->pixels[3 * 47], <, 50);
  capture_remove_folder (folder);
}

static gpointer
other_thread (gpointer data)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  TsnTestPattern pattern = { .width = 32, .height = 16, .n_frames = 5 };
  g_autoptr (TsnFrameSource) source = NULL;
  guint n = 0;

  g_main_context_push_thread_default (context);
  source = tsn_frame_source_new_pattern (&pattern);
  g_signal_connect (source, "frame", G_CALLBACK (take_cb), &n);
  tsn_frame_source_play (source);
  while (tsn_frame_source_get_state (source) != TSN_FRAME_SOURCE_ENDED)
    g_main_context_iteration (context, TRUE);
  g_clear_object (&source);
  g_main_context_pop_thread_default (context);
  return GUINT_TO_POINTER (n);
}

/* Signals come in the context of the thread that made the source. */
static void
test_context (void)
{
  g_autoptr (GThread) thread = g_thread_new ("owner", other_thread, NULL);
  guint n = GPOINTER_TO_UINT (g_thread_join (g_steal_pointer (&thread)));

  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <=, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capture/source/new", test_new);
  g_test_add_func ("/capture/source/pattern", test_pattern);
  g_test_add_func ("/capture/source/drop", test_drop);
  g_test_add_func ("/capture/source/slow", test_slow);
  g_test_add_func ("/capture/source/freeze", test_freeze);
  g_test_add_func ("/capture/source/stop", test_stop);
  g_test_add_func ("/capture/source/drop-source", test_drop_source);
  g_test_add_func ("/capture/source/drop-in-signal", test_drop_in_signal);
  g_test_add_func ("/capture/source/film", test_film);
  g_test_add_func ("/capture/source/seek", test_seek);
  g_test_add_func ("/capture/source/seek-early", test_seek_early);
  g_test_add_func ("/capture/source/pause-film", test_pause_film);
  g_test_add_func ("/capture/source/loop", test_loop);
  g_test_add_func ("/capture/source/bad-files", test_bad_files);
  g_test_add_func ("/capture/source/no-decoder", test_no_decoder);
  g_test_add_func ("/capture/source/again", test_again);
  g_test_add_func ("/capture/source/square-pixels", test_square_pixels);
  g_test_add_func ("/capture/source/upright", test_upright);
  g_test_add_func ("/capture/source/context", test_context);
  return g_test_run ();
}
