/* Cameras and videos in the window: from the first frame to a cable that is pulled. */
#include "capture-fixture.h"
#include "fake-camera.h"
#include "live-fixture.h"
#include "loop-watch.h"

#include "ui/tsn-canvas.h"
#include "ui/tsn-live-bar.h"
#include "ui/tsn-live-page.h"

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

static const char *
get_page (LiveFixture *fixture)
{
  GtkWidget *page = studio_find (fixture->studio.window, TSN_TYPE_LIVE_PAGE);

  return gtk_stack_get_visible_child_name (
      GTK_STACK (gtk_widget_get_ancestor (page, GTK_TYPE_STACK)));
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
  g_assert_cmpstr (get_page (fixture), ==, "panes");
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
  g_assert_cmpstr (get_page (fixture), ==, "panes");
  ui_iterate (100);
  g_assert_cmpuint (studio_count (fixture->studio.window, TSN_TYPE_LIVE_BAR), ==, 0);
  /* Nothing of the pattern comes after it. */
  g_assert_cmpstr (tsn_document_get_photo (fixture->studio.document)->name, ==, "other.png");
}

static void
test_says_that_a_file_is_no_video (LiveFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->studio.files.folder, "text.mp4", NULL);

  g_assert_true (g_file_set_contents (path, "no video at all", -1, NULL));
  live_open_path (fixture, path);
  live_wait_for (fixture, TSN_LIVE_FAILED);
  ui_iterate (300);
  g_assert_cmpstr (get_page (fixture), ==, "live");
  g_assert_nonnull (studio_find_label (fixture->studio.window, "Cannot Be Played"));
  studio_activate (&fixture->studio, "win.close-live", -1);
  g_assert_cmpstr (get_page (fixture), ==, "panes");
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
toggle_camera (LiveFixture *fixture)
{
  studio_activate (&fixture->studio, "win.camera", -1);
}

static gboolean
is_camera_there (void)
{
  return g_file_test ("/dev/video0", G_FILE_TEST_EXISTS);
}

static void
test_waits_for_a_camera (LiveFixture *fixture, gconstpointer data)
{
  if (is_camera_there ())
    {
      g_test_skip ("there is a camera");
      return;
    }
  /* GStreamer asks only those kinds of cameras that it knows when the search begins. */
  fake_camera_plug ("usb-0", "No camera", FAKE_FAULT_NONE);
  fake_camera_unplug ("usb-0");
  toggle_camera (fixture);
  live_wait_for (fixture, TSN_LIVE_NO_CAMERA);
  ui_iterate (300);
  g_assert_cmpstr (get_page (fixture), ==, "live");
  g_assert_nonnull (studio_find_label (fixture->studio.window, "No Camera Found"));
  fake_camera_plug ("usb-1", "Desk camera", FAKE_FAULT_NONE);
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  live_wait_for_frames (fixture, 3);
  g_assert_cmpstr (get_page (fixture), ==, "panes");
  toggle_camera (fixture);
  live_wait_for (fixture, TSN_LIVE_OFF);
  fake_camera_unplug ("usb-1");
}

static void
test_freezes_a_camera (LiveFixture *fixture, gconstpointer data)
{
  const TsnPhoto *frozen;
  const TsnPrediction *prediction;

  fake_camera_plug ("usb-1", "Desk camera", FAKE_FAULT_NONE);
  toggle_camera (fixture);
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  live_wait_for_frames (fixture, 2);
  studio_activate (&fixture->studio, "win.freeze", -1);
  live_wait_for (fixture, TSN_LIVE_FROZEN);
  g_assert_true (ui_wait (studio_is_ready, fixture->studio.document));
  ui_iterate (100);
  frozen = tsn_document_get_photo (fixture->studio.document);
  /* Whoever looks closer at it sees all that there is. */
  prediction = tsn_document_get_prediction (fixture->studio.document, 0);
  g_assert_cmpuint (tsn_picture_get_width (prediction->picture, 0), ==, frozen->image->width);
  ui_iterate (300);
  g_assert_true (tsn_document_get_photo (fixture->studio.document) == frozen);
  g_assert_nonnull (studio_find_label (fixture->studio.window, "Frozen"));
  studio_activate (&fixture->studio, "win.freeze", -1);
  live_wait_for_frames (fixture, 2);
  fake_camera_unplug ("usb-1");
}

static void
test_goes_on_after_the_cable_was_pulled (LiveFixture *fixture, gconstpointer data)
{
  fake_camera_plug ("usb-2", "Loose camera", FAKE_FAULT_UNPLUG);
  toggle_camera (fixture);
  live_wait_for (fixture, TSN_LIVE_FAILED);
  ui_iterate (300);
  g_assert_cmpint (tsn_frame_source_get_problem (tsn_live_get_source (fixture->live)), ==,
                   TSN_FRAME_SOURCE_PROBLEM_UNPLUGGED);
  /* The last frame and its results stay, with words and a way on below them. */
  g_assert_true (tsn_document_shows_frame (fixture->studio.document));
  g_assert_cmpstr (get_page (fixture), ==, "panes");
  g_assert_nonnull (studio_find_label (fixture->studio.window, "Was Unplugged"));
  fake_camera_unplug ("usb-2");
  ui_iterate (200);
  g_assert_true (tsn_document_shows_frame (fixture->studio.document));
  g_assert_cmpstr (tsn_document_get_photo (fixture->studio.document)->name, ==, "Loose camera");
  fake_camera_plug ("usb-2", "Loose camera", FAKE_FAULT_NONE);
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  live_wait_for_frames (fixture, 3);
  fake_camera_unplug ("usb-2");
}

static void
check_refusal (LiveFixture *fixture, FakeFault fault, const char *words)
{
  fake_camera_plug ("usb-3", "Office camera", fault);
  toggle_camera (fixture);
  live_wait_for (fixture, TSN_LIVE_FAILED);
  ui_iterate (300);
  g_assert_cmpstr (get_page (fixture), ==, "live");
  g_assert_nonnull (studio_find_label (fixture->studio.window, words));
  g_assert_nonnull (studio_find_label (fixture->studio.window, "Try"));
  studio_activate (&fixture->studio, "win.retry-live", -1);
  live_wait_for (fixture, TSN_LIVE_FAILED);
  toggle_camera (fixture);
  g_assert_cmpstr (get_page (fixture), ==, "panes");
  fake_camera_unplug ("usb-3");
  ui_iterate (100);
}

static void
test_explains_what_is_in_the_way (LiveFixture *fixture, gconstpointer data)
{
  check_refusal (fixture, FAKE_FAULT_BUSY, "in Use");
  check_refusal (fixture, FAKE_FAULT_REFUSED, "No Permission");
  check_refusal (fixture, FAKE_FAULT_GONE, "Not There");
}

static gboolean
has_two_cameras (gpointer live)
{
  return g_list_model_get_n_items (G_LIST_MODEL (tsn_live_get_cameras (live))) == 2;
}

static void
test_remembers_the_camera (LiveFixture *fixture, gconstpointer data)
{
  g_autofree char *remembered = NULL;

  fake_camera_plug ("usb-1", "Desk camera", FAKE_FAULT_NONE);
  fake_camera_plug ("usb-4", "Door camera", FAKE_FAULT_NONE);
  toggle_camera (fixture);
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  g_assert_true (ui_wait (has_two_cameras, fixture->live));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->studio.window),
                                             "win.choose-camera", "s", "usb-4"));
  g_assert_cmpstr (tsn_live_get_camera (fixture->live), ==, "usb-4");
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  live_wait_for_frames (fixture, 2);
  g_assert_nonnull (studio_find_label (fixture->studio.window, "Door camera"));
  remembered = g_settings_get_string (fixture->studio.settings, "camera");
  g_assert_cmpstr (remembered, ==, "usb-4");
  toggle_camera (fixture);
  toggle_camera (fixture);
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  g_assert_cmpstr (tsn_live_get_camera (fixture->live), ==, "usb-4");
  fake_camera_unplug ("usb-1");
  fake_camera_unplug ("usb-4");
}

static void
test_works_by_key (LiveFixture *fixture, gconstpointer data)
{
  if (!studio_can_press ())
    {
      g_test_skip ("needs xdotool and a display of its own");
      return;
    }
  fake_camera_plug ("usb-1", "Desk camera", FAKE_FAULT_NONE);
  g_assert_true (ui_wait (studio_is_active, fixture->studio.window));
  studio_press ("ctrl+k");
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  g_assert_true (ui_wait (live_shows_frame, fixture->studio.document));
  gtk_widget_grab_focus (studio_find (fixture->studio.window, TSN_TYPE_CANVAS));
  studio_press ("space");
  live_wait_for (fixture, TSN_LIVE_FROZEN);
  studio_press ("space");
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  studio_press ("ctrl+e");
  live_wait_for (fixture, TSN_LIVE_OFF);
  fake_camera_unplug ("usb-1");
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
test_closes_while_frames_come (LiveFixture *fixture, gconstpointer data)
{
  TsnDocument *document = fixture->studio.document;

  fake_camera_plug ("usb-1", "Desk camera", FAKE_FAULT_NONE);
  toggle_camera (fixture);
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  live_wait_for_frames (fixture, 2);
  g_object_add_weak_pointer (G_OBJECT (document), (gpointer *) &document);
  studio_destroy_and_check (GTK_WINDOW (g_steal_pointer (&fixture->studio.window)));
  for (guint i = 0; i < 200 && document != NULL; i++)
    ui_iterate (20);
  g_assert_null (document);
  fake_camera_unplug ("usb-1");
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
  add ("/live/dropped", test_drops_rather_than_queues);
  add ("/live/video", test_plays_a_video);
  add ("/live/slider", test_seeks_by_the_slider);
  add ("/live/photo", test_opens_a_photo_in_place_of_a_video);
  add ("/live/no-video", test_says_that_a_file_is_no_video);
  add ("/live/camera/none", test_waits_for_a_camera);
  add ("/live/camera/frozen", test_freezes_a_camera);
  add ("/live/camera/unplugged", test_goes_on_after_the_cable_was_pulled);
  add ("/live/camera/refused", test_explains_what_is_in_the_way);
  add ("/live/camera/remembered", test_remembers_the_camera);
  add ("/live/camera/key", test_works_by_key);
  add ("/live/camera/closed", test_closes_while_frames_come);
  add ("/live/free", test_keeps_the_main_loop_free);
}

int
main (int argc, char **argv)
{
  return studio_run (argc, argv, add_tests);
}
