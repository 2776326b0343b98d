/* Cameras in the window: from none at all to a cable that is pulled. */
#include "fake-camera.h"
#include "live-fixture.h"

#include "ui/tsn-camera-chooser.h"
#include "ui/tsn-canvas.h"
#include "ui/tsn-live-page.h"

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
  g_assert_cmpstr (live_get_page (fixture), ==, "live");
  g_assert_nonnull (studio_find_label (fixture->studio.window, "No Camera Found"));
  fake_camera_plug ("usb-1", "Desk camera", FAKE_FAULT_NONE);
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  live_wait_for_frames (fixture, 3);
  g_assert_cmpstr (live_get_page (fixture), ==, "panes");
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
  g_assert_cmpstr (live_get_page (fixture), ==, "panes");
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
  g_assert_cmpstr (live_get_page (fixture), ==, "live");
  g_assert_nonnull (studio_find_label (fixture->studio.window, words));
  g_assert_nonnull (studio_find_label (fixture->studio.window, "Try"));
  studio_activate (&fixture->studio, "win.retry-live", -1);
  live_wait_for (fixture, TSN_LIVE_FAILED);
  toggle_camera (fixture);
  g_assert_cmpstr (live_get_page (fixture), ==, "panes");
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

static char *
get_remembered (LiveFixture *fixture)
{
  return g_settings_get_string (fixture->studio.settings, "camera");
}

/* As at every start: the list of cameras is empty when the camera is asked for. */
static void
test_opens_the_remembered_camera (LiveFixture *fixture, gconstpointer id)
{
  g_autofree char *remembered = NULL;

  fake_camera_plug ("usb-1", "Desk camera", FAKE_FAULT_NONE);
  fake_camera_plug ("usb-4", "Door camera", FAKE_FAULT_NONE);
  g_settings_set_string (fixture->studio.settings, "camera", id);
  toggle_camera (fixture);
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  live_wait_for_frames (fixture, 3);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tsn_live_get_cameras (fixture->live))),
                    ==, 2);
  g_assert_cmpstr (tsn_live_get_camera (fixture->live), ==, id);
  remembered = get_remembered (fixture);
  g_assert_cmpstr (remembered, ==, id);
  toggle_camera (fixture);
  fake_camera_unplug ("usb-1");
  fake_camera_unplug ("usb-4");
}

/* Another camera may stand in for the one that a person chose, but is not remembered. */
static void
test_forgets_no_camera (LiveFixture *fixture, gconstpointer data)
{
  g_autofree char *remembered = NULL;

  fake_camera_plug ("usb-1", "Desk camera", FAKE_FAULT_NONE);
  g_settings_set_string (fixture->studio.settings, "camera", "usb-4");
  toggle_camera (fixture);
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  live_wait_for_frames (fixture, 2);
  g_assert_cmpstr (tsn_live_get_camera (fixture->live), ==, "usb-1");
  remembered = get_remembered (fixture);
  g_assert_cmpstr (remembered, ==, "usb-4");
  toggle_camera (fixture);
  fake_camera_unplug ("usb-1");
}

static void
choose_camera (LiveFixture *fixture, const char *id)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->studio.window),
                                             "win.choose-camera", "s", id));
}

static void
test_turns_on_no_other_camera (LiveFixture *fixture, gconstpointer id)
{
  const char *other = g_str_equal (id, "usb-1") ? "usb-4" : "usb-1";
  g_autofree char *remembered = NULL;

  fake_camera_plug ("usb-1", "Desk camera", g_str_equal (id, "usb-1") ? FAKE_FAULT_UNPLUG : 0);
  fake_camera_plug ("usb-4", "Door camera", g_str_equal (id, "usb-4") ? FAKE_FAULT_UNPLUG : 0);
  g_settings_set_string (fixture->studio.settings, "camera", id);
  toggle_camera (fixture);
  live_wait_for (fixture, TSN_LIVE_FAILED);
  fake_camera_unplug (id);
  ui_iterate (500);
  g_assert_cmpint (tsn_live_get_status (fixture->live), ==, TSN_LIVE_FAILED);
  g_assert_cmpstr (tsn_live_get_camera (fixture->live), ==, id);
  g_assert_cmpuint (fake_camera_get_n_open (), ==, 0);
  g_assert_nonnull (studio_find_label (fixture->studio.window, "Was Unplugged"));
  g_assert_nonnull (studio_find_label (fixture->studio.window, "Choose a Camera"));
  remembered = get_remembered (fixture);
  g_assert_cmpstr (remembered, ==, id);
  choose_camera (fixture, other);
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  live_wait_for_frames (fixture, 2);
  g_assert_cmpstr (tsn_live_get_camera (fixture->live), ==, other);
  toggle_camera (fixture);
  fake_camera_unplug (other);
}

/* What a person froze stays, until the person goes on. */
static void
test_stays_frozen (LiveFixture *fixture, gconstpointer data)
{
  const TsnPhoto *frozen;

  fake_camera_plug ("usb-2", "Loose camera", FAKE_FAULT_UNPLUG);
  toggle_camera (fixture);
  g_assert_true (ui_wait (live_shows_frame, fixture->studio.document));
  tsn_live_set_frozen (fixture->live, TRUE);
  live_wait_for (fixture, TSN_LIVE_FAILED);
  frozen = tsn_document_get_photo (fixture->studio.document);
  fake_camera_unplug ("usb-2");
  ui_iterate (200);
  fake_camera_plug ("usb-2", "Loose camera", FAKE_FAULT_NONE);
  live_wait_for (fixture, TSN_LIVE_FROZEN);
  ui_iterate (300);
  g_assert_cmpint (tsn_live_get_status (fixture->live), ==, TSN_LIVE_FROZEN);
  g_assert_true (tsn_document_get_photo (fixture->studio.document) == frozen);
  studio_activate (&fixture->studio, "win.freeze", -1);
  live_wait_for_frames (fixture, 2);
  toggle_camera (fixture);
  fake_camera_unplug ("usb-2");
}

/* A camera that cannot be opened does not stand before those that can. */
static void
test_offers_other_cameras (LiveFixture *fixture, gconstpointer data)
{
  GtkWidget *page = studio_find (fixture->studio.window, TSN_TYPE_LIVE_PAGE);

  fake_camera_plug ("usb-1", "Desk camera", FAKE_FAULT_BUSY);
  g_settings_set_string (fixture->studio.settings, "camera", "usb-1");
  toggle_camera (fixture);
  live_wait_for (fixture, TSN_LIVE_FAILED);
  ui_iterate (100);
  g_assert_cmpstr (live_get_page (fixture), ==, "live");
  g_assert_cmpuint (studio_count (fixture->studio.window, TSN_TYPE_CAMERA_CHOOSER), ==, 0);
  fake_camera_plug ("usb-4", "Door camera", FAKE_FAULT_NONE);
  g_assert_true (ui_wait (has_two_cameras, fixture->live));
  ui_iterate (100);
  g_assert_cmpuint (studio_count (fixture->studio.window, TSN_TYPE_CAMERA_CHOOSER), ==, 1);
  gtk_menu_button_popup (GTK_MENU_BUTTON (studio_find_in (page, GTK_TYPE_MENU_BUTTON)));
  ui_iterate (200);
  g_assert_nonnull (studio_find_label (fixture->studio.window, "Door camera"));
  choose_camera (fixture, "usb-4");
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  live_wait_for_frames (fixture, 2);
  g_assert_cmpstr (live_get_page (fixture), ==, "panes");
  toggle_camera (fixture);
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
  studio_press ("space");
  live_wait_for (fixture, TSN_LIVE_FROZEN);
  studio_press ("space");
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  studio_press ("ctrl+e");
  live_wait_for (fixture, TSN_LIVE_OFF);
  fake_camera_unplug ("usb-1");
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
  add ("/live/camera/none", test_waits_for_a_camera);
  add ("/live/camera/frozen", test_freezes_a_camera);
  add ("/live/camera/unplugged", test_goes_on_after_the_cable_was_pulled);
  add ("/live/camera/refused", test_explains_what_is_in_the_way);
  add ("/live/camera/remembered", test_remembers_the_camera);
  g_test_add ("/live/camera/remembered/first", LiveFixture, "usb-1", live_set_up,
              test_opens_the_remembered_camera, live_tear_down);
  g_test_add ("/live/camera/remembered/second", LiveFixture, "usb-4", live_set_up,
              test_opens_the_remembered_camera, live_tear_down);
  add ("/live/camera/remembered/absent", test_forgets_no_camera);
  g_test_add ("/live/camera/unasked/first", LiveFixture, "usb-1", live_set_up,
              test_turns_on_no_other_camera, live_tear_down);
  g_test_add ("/live/camera/unasked/second", LiveFixture, "usb-4", live_set_up,
              test_turns_on_no_other_camera, live_tear_down);
  add ("/live/camera/stays-frozen", test_stays_frozen);
  add ("/live/camera/others", test_offers_other_cameras);
  add ("/live/camera/key", test_works_by_key);
  add ("/live/camera/closed", test_closes_while_frames_come);
}

int
main (int argc, char **argv)
{
  return studio_run (argc, argv, add_tests);
}
