/* Videos in the window, from the first frame to the photo that takes their place. */
#include "capture-fixture.h"
#include "live-fixture.h"
#include "loop-watch.h"

#include "core/figure/tsn-study.h"
#include "ui/tsn-inspection.h"
#include "ui/tsn-live-bar.h"

#include <glib/gstdio.h>

/* A frame at 60 Hz, in seconds. */
#define LONGEST_TURN 0.016

/* Under sanitizers everything takes several times as long. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SLOWNESS 10
#else
#define SLOWNESS 1
#endif

/* A film of @n_frames, ten a second. */
static char *
make_film (LiveFixture *fixture, guint n_frames)
{
  char *path = g_build_filename (fixture->studio.files.folder, "film.webm", NULL);

  capture_launch ("videotestsrc num-buffers=%u ! video/x-raw,width=96,height=64,framerate=10/1 ! "
                  "vp8enc deadline=1 keyframe-max-dist=5 ! webmmux ! filesink location=%s",
                  n_frames, path);
  return path;
}

static gboolean
says_rate (gpointer data)
{
  return studio_find_label (((LiveFixture *) data)->studio.window, "shown/s") != NULL;
}

static void
test_shows_frame_after_frame (LiveFixture *fixture, gconstpointer data)
{
  TsnTestPattern pattern = { .width = 96, .height = 64, .fps = 30 };
  TsnView *view = tsn_window_get_view (fixture->studio.window);
  double zoom;

  live_play_pattern (fixture, &pattern);
  g_assert_cmpstr (live_get_page (fixture), ==, "panes");
  live_wait_for_frames (fixture, 3);
  /* Results of the frame before stay until there are new ones, and so does the zoom. */
  tsn_view_zoom (view, 3);
  zoom = tsn_view_get_zoom (view);
  for (guint i = 0; i < 5; i++)
    {
      live_wait_for_frames (fixture, 1);
      for (guint t = 0; t < 6; t++)
        g_assert_nonnull (tsn_document_get_prediction (fixture->studio.document, t));
    }
  g_assert_cmpfloat (tsn_view_get_zoom (view), ==, zoom);
  /* GLib lets a second last up to two. */
  g_assert_true (ui_wait (says_rate, fixture));
}

static void
test_shows_frames_while_painting (LiveFixture *fixture, gconstpointer data)
{
  TsnTestPattern pattern = { .width = 96, .height = 64, .fps = 30 };
  guint painting;

  live_play_pattern (fixture, &pattern);
  painting = ui_paint_endlessly ();
  live_wait_for_frames (fixture, 5);
  g_source_remove (painting);
}

/* A pattern that is faster than any network, and a count of what is taken from it. */
static void
test_drops_rather_than_queues (LiveFixture *fixture, gconstpointer data)
{
  TsnTestPattern pattern = { .width = 96, .height = 64, .fps = 240, .unpaced = TRUE };
  guint64 dropped, delivered;

  live_play_pattern (fixture, &pattern);
  live_wait_for_frames (fixture, 20);
  dropped = tsn_frame_source_get_dropped (tsn_live_get_source (fixture->live));
  delivered = tsn_frame_source_get_delivered (tsn_live_get_source (fixture->live));
  g_test_message ("%" G_GUINT64_FORMAT " shown, %" G_GUINT64_FORMAT " dropped", delivered, dropped);
  g_assert_cmpuint (dropped, >, 0);
  g_assert_cmpuint (delivered, <, 40);
}

/* Large enough that looking at a node under all tasks takes longer than the next frame waits for what
 * is asked again and again. */
#define LARGE_INPUT 512

typedef struct
{
  TsnInspection *inspection;
  TsnInspectionResult *last;
  guint n;
} Looks;

static gboolean
has_looked (gpointer data)
{
  Looks *looks = data;
  TsnInspectionResult *result = tsn_inspection_get_result (looks->inspection);

  looks->n += result != NULL && result != looks->last;
  looks->last = result;
  return looks->n >= 4;
}

/* However slow the network is: the frames wait for what the inspector asks of each. */
static void
test_looks_inside_frames (LiveFixture *fixture, gconstpointer data)
{
  TsnTestPattern pattern = { .width = 96, .height = 64, .fps = 240, .unpaced = TRUE };
  TsnDocument *document = fixture->studio.document;
  Looks looks = { tsn_document_get_inspection (document), NULL, 0 };

  studio_activate_detailed (&fixture->studio, "win.show-page::inspect");
  studio_activate_detailed (&fixture->studio, "inspect.mode::colours");
  tsn_document_set_size (document, LARGE_INPUT);
  live_play_pattern (fixture, &pattern);
  g_assert_true (ui_wait (has_looked, &looks));
}

static void
test_plays_a_video (LiveFixture *fixture, gconstpointer data)
{
  g_autofree char *film = make_film (fixture, 15);
  TsnFrameSource *source;

  live_open_path (fixture, film);
  live_wait_for_frames (fixture, 2);
  source = tsn_live_get_source (fixture->live);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->studio.window)), ==,
                   "film.webm – TSN Studio");
  ui_iterate (200);
  g_assert_cmpuint (studio_count (fixture->studio.window, TSN_TYPE_LIVE_BAR), ==, 1);
  g_assert_nonnull (studio_find_label (fixture->studio.window, "0:01"));
  studio_activate (&fixture->studio, "win.freeze", -1);
  live_wait_for (fixture, TSN_LIVE_FROZEN);
  tsn_frame_source_seek (source, 0, TRUE);
  live_wait_for_frames (fixture, 1);
  studio_activate (&fixture->studio, "win.freeze", -1);
  live_wait_for (fixture, TSN_LIVE_ENDED);
  studio_activate (&fixture->studio, "win.loop-video", -1);
  g_assert_true (tsn_frame_source_get_loop (source));
  studio_activate (&fixture->studio, "win.freeze", -1);
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  live_wait_for_frames (fixture, 20);
  g_assert_cmpint (g_unlink (film), ==, 0);
}

static GtkAdjustment *
find_slider (LiveFixture *fixture)
{
  return gtk_range_get_adjustment (
      GTK_RANGE (studio_find (fixture->studio.window, GTK_TYPE_SCALE)));
}

static void
test_seeks_by_the_slider (LiveFixture *fixture, gconstpointer data)
{
  g_autofree char *film = make_film (fixture, 30);
  gint64 position;

  live_open_path (fixture, film);
  live_wait_for_frames (fixture, 1);
  studio_activate (&fixture->studio, "win.freeze", -1);
  live_wait_for (fixture, TSN_LIVE_FROZEN);
  ui_iterate (100);
  gtk_adjustment_set_value (find_slider (fixture), 2);
  live_wait_for_frames (fixture, 1);
  position = tsn_frame_source_get_position (tsn_live_get_source (fixture->live));
  g_assert_cmpint (ABS (position - G_GINT64_CONSTANT (2000000000)), <=, 200000000);
  g_assert_cmpint (g_unlink (film), ==, 0);
}

static void
test_opens_a_photo_in_place_of_a_video (LiveFixture *fixture, gconstpointer data)
{
  TsnTestPattern pattern = { .width = 96, .height = 64 };

  live_play_pattern (fixture, &pattern);
  live_open_path (fixture, fixture->studio.files.other_photo);
  live_wait_for (fixture, TSN_LIVE_OFF);
  g_assert_true (ui_wait (studio_is_ready, fixture->studio.document));
  g_assert_cmpstr (tsn_document_get_photo (fixture->studio.document)->name, ==, "other.png");
  g_assert_cmpstr (live_get_page (fixture), ==, "panes");
  ui_iterate (100);
  g_assert_cmpuint (studio_count (fixture->studio.window, TSN_TYPE_LIVE_BAR), ==, 0);
  /* Nothing of the pattern comes after it. */
  g_assert_cmpstr (tsn_document_get_photo (fixture->studio.document)->name, ==, "other.png");
}

static void
test_says_that_a_file_is_no_video (LiveFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->studio.files.folder, "a & b <1>.mp4", NULL);

  g_assert_true (g_file_set_contents (path, "no video at all", -1, NULL));
  live_open_path (fixture, path);
  live_wait_for (fixture, TSN_LIVE_FAILED);
  ui_iterate (300);
  g_assert_cmpstr (live_get_page (fixture), ==, "live");
  g_assert_nonnull (studio_find_label (fixture->studio.window, "Cannot Be Played"));
  g_assert_nonnull (studio_find_label (fixture->studio.window, "“a & b <1>.mp4” is no video"));
  studio_activate (&fixture->studio, "win.close-live", -1);
  g_assert_cmpstr (live_get_page (fixture), ==, "panes");
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* A session does not say whether its film starts again at the end: the setting does. */
static void
test_session_obeys_loop (LiveFixture *fixture, gconstpointer data)
{
  g_autofree char *film = make_film (fixture, 15);
  g_autofree char *path = g_build_filename (fixture->studio.files.folder, "film.tsnsession", NULL);
  g_auto (TsnStudy) study = { 0 };

  tsn_study_init (&study);
  study.source.kind = TSN_STUDY_VIDEO;
  study.source.path = g_strdup (film);
  g_assert_true (tsn_study_save (&study, path, NULL));
  g_settings_set_boolean (fixture->studio.settings, "loop-video", TRUE);
  live_open_path (fixture, path);
  g_assert_true (ui_wait (live_shows_frame, fixture->studio.document));
  g_assert_true (tsn_frame_source_get_loop (tsn_live_get_source (fixture->live)));
  live_wait_for_frames (fixture, 20);
  studio_activate (&fixture->studio, "win.close-live", -1);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_unlink (film), ==, 0);
}

/* In words about a video, not about a camera. */
static void
test_says_that_a_video_may_not_be_read (LiveFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->studio.files.folder, "a & b <1>.mp4", NULL);

  g_assert_true (g_file_set_contents (path, "no video at all", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  if (g_access (path, R_OK) == 0)
    g_test_skip ("this person may read everything");
  else
    {
      live_open_path (fixture, path);
      live_wait_for (fixture, TSN_LIVE_FAILED);
      ui_iterate (300);
      g_assert_nonnull (studio_find_label (fixture->studio.window, "No Permission for the Video"));
      g_assert_nonnull (studio_find_label (fixture->studio.window, "may not read “a & b <1>.mp4”"));
      studio_activate (&fixture->studio, "win.close-live", -1);
    }
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_keeps_the_main_loop_free (LiveFixture *fixture, gconstpointer data)
{
  TsnTestPattern pattern = { .width = 640, .height = 480, .fps = 30, .kind = "ball" };

  live_play_pattern (fixture, &pattern);
  loop_watch_start ();
  loop_watch_follow (GTK_WIDGET (fixture->studio.window));
  loop_watch_reset ();
  live_wait_for_frames (fixture, 15);
  g_test_message ("the longest turn took %.1f ms", 1000 * loop_watch_get_longest ());
  g_assert_cmpfloat (loop_watch_get_longest (), <, LONGEST_TURN * SLOWNESS);
  loop_watch_stop ();
}

static void
add (const char *path, void (*test) (LiveFixture *, gconstpointer))
{
  g_test_add (path, LiveFixture, NULL, live_set_up, test, live_tear_down);
}

static void
add_tests (void)
{
  add ("/live/frames", test_shows_frame_after_frame);
  add ("/live/painting", test_shows_frames_while_painting);
  add ("/live/dropped", test_drops_rather_than_queues);
  add ("/live/inspector", test_looks_inside_frames);
  add ("/live/video", test_plays_a_video);
  add ("/live/slider", test_seeks_by_the_slider);
  add ("/live/photo", test_opens_a_photo_in_place_of_a_video);
  add ("/live/no-video", test_says_that_a_file_is_no_video);
  add ("/live/session", test_session_obeys_loop);
  add ("/live/no-permission", test_says_that_a_video_may_not_be_read);
  add ("/live/free", test_keeps_the_main_loop_free);
}

int
main (int argc, char **argv)
{
  return studio_run (argc, argv, add_tests);
}
