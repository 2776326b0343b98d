#include "capture-fixture.h"
#include "core/capture/tsn-camera-monitor.h"
#include "fake-camera.h"

static gboolean
is_searched (gpointer monitor)
{
  return tsn_camera_monitor_get_state (monitor) != TSN_CAMERA_MONITOR_SEARCHING;
}

static gboolean
is_one (gpointer monitor)
{
  return g_list_model_get_n_items (monitor) == 1;
}

static gboolean
is_two (gpointer monitor)
{
  return g_list_model_get_n_items (monitor) == 2;
}

static gboolean
is_none (gpointer monitor)
{
  return g_list_model_get_n_items (monitor) == 0;
}

/* Runs first, with nothing plugged in. */
static void
test_none (void)
{
  g_autoptr (TsnCameraMonitor) monitor = tsn_camera_monitor_new ();

  g_assert_cmpint (tsn_camera_monitor_get_state (monitor), ==, TSN_CAMERA_MONITOR_SEARCHING);
  g_assert_true (capture_wait (is_searched, monitor));
  if (g_file_test ("/dev/video0", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there is a camera");
      return;
    }
  g_assert_cmpint (tsn_camera_monitor_get_state (monitor), ==, TSN_CAMERA_MONITOR_NONE);
  g_assert_true (is_none (monitor));
  g_assert_null (tsn_camera_monitor_find (monitor, "usb-1"));
}

static void
test_quick_end (void)
{
  for (guint i = 0; i < 5; i++)
    g_object_unref (tsn_camera_monitor_new ());
}

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, guint *n)
{
  (*n)++;
}

static void
test_plug (void)
{
  g_autoptr (TsnCameraMonitor) monitor = NULL;
  g_autoptr (TsnCamera) first = NULL;
  guint n_changes = 0;

  fake_camera_plug ("usb-1", "Front camera", FAKE_FAULT_NONE);
  monitor = tsn_camera_monitor_new ();
  g_signal_connect (monitor, "items-changed", G_CALLBACK (changed_cb), &n_changes);
  g_assert_true (capture_wait (is_one, monitor));
  g_assert_cmpuint (n_changes, ==, 1);
  first = g_list_model_get_item (G_LIST_MODEL (monitor), 0);
  g_assert_cmpstr (tsn_camera_get_id (first), ==, "usb-1");
  g_assert_cmpstr (tsn_camera_get_name (first), ==, "Front camera");
  g_assert_true (tsn_camera_monitor_find (monitor, "usb-1") == first);

  fake_camera_plug ("usb-2", "Rear camera", FAKE_FAULT_NONE);
  g_assert_true (capture_wait (is_two, monitor));
  g_assert_true (tsn_camera_monitor_find (monitor, "usb-1") == first);
  fake_camera_unplug ("usb-1");
  g_assert_true (capture_wait (is_one, monitor));
  g_assert_null (tsn_camera_monitor_find (monitor, "usb-1"));
  g_assert_cmpint (tsn_camera_monitor_get_state (monitor), ==, TSN_CAMERA_MONITOR_FOUND);
  fake_camera_unplug ("usb-2");
  g_assert_true (capture_wait (is_none, monitor));
  g_assert_cmpint (tsn_camera_monitor_get_state (monitor), ==, TSN_CAMERA_MONITOR_NONE);
}

/* To open one camera searches for it, which must not end the search for others. */
static void
test_plug_while_open (void)
{
  g_autoptr (TsnCameraMonitor) monitor = NULL;
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_camera ("usb-1", "Front camera");

  fake_camera_plug ("usb-1", "Front camera", FAKE_FAULT_NONE);
  monitor = tsn_camera_monitor_new ();
  g_assert_true (capture_wait (is_one, monitor));
  tsn_frame_source_play (source);
  capture_wait_for_frame (source);
  fake_camera_plug ("usb-2", "Rear camera", FAKE_FAULT_NONE);
  g_assert_true (capture_wait (is_two, monitor));
  fake_camera_unplug ("usb-1");
  g_assert_true (capture_wait (is_one, monitor));
  fake_camera_unplug ("usb-2");
}

/* Two that call themselves the same can still be told apart. */
static void
test_twins (void)
{
  g_autoptr (TsnCameraMonitor) monitor = NULL;

  fake_camera_plug ("usb-1", "Camera", FAKE_FAULT_NONE);
  fake_camera_plug ("usb-1", "Camera", FAKE_FAULT_NONE);
  monitor = tsn_camera_monitor_new ();
  g_assert_true (capture_wait (is_two, monitor));
  g_assert_nonnull (tsn_camera_monitor_find (monitor, "usb-1"));
  g_assert_nonnull (tsn_camera_monitor_find (monitor, "usb-1#2"));
  fake_camera_unplug ("usb-1");
}

/* The camera is asked for the size that networks like, not for its largest. */
static void
test_frames (void)
{
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_camera ("usb-1", "Front camera");
  g_autoptr (TsnImage) frame = NULL;

  fake_camera_plug ("usb-1", "Front camera", FAKE_FAULT_NONE);
  g_assert_true (tsn_frame_source_is_live (source));
  tsn_frame_source_play (source);
  capture_wait_for_frame (source);
  frame = tsn_frame_source_take_frame (source, NULL);
  g_assert_cmpuint (frame->width, ==, 640);
  g_assert_cmpuint (frame->height, ==, 480);
  g_assert_cmpuint (fake_camera_get_n_open (), ==, 1);
  g_assert_false (tsn_frame_source_is_seekable (source));
  g_assert_cmpint (tsn_frame_source_get_duration (source), ==, TSN_TIME_UNKNOWN);
  tsn_frame_source_stop (source);
  capture_wait_for_state (source, TSN_FRAME_SOURCE_STOPPED);
  g_assert_cmpuint (fake_camera_get_n_open (), ==, 0);
  tsn_frame_source_play (source);
  capture_wait_for_frame (source);
  g_clear_object (&source);
  g_assert_cmpuint (fake_camera_get_n_open (), ==, 0);
  fake_camera_unplug ("usb-1");
}

static void
test_fault (gconstpointer data)
{
  static const struct
  {
    TsnFrameSourceProblem problem;
    const char *sentence;
  } expected[] = {
    [FAKE_FAULT_UNPLUG]
    = { TSN_FRAME_SOURCE_PROBLEM_UNPLUGGED,
        "The camera 'Front camera' was unplugged; connect it again or choose another one" },
    [FAKE_FAULT_END]
    = { TSN_FRAME_SOURCE_PROBLEM_UNPLUGGED,
        "The camera 'Front camera' was unplugged; connect it again or choose another one" },
    [FAKE_FAULT_BUSY] = { TSN_FRAME_SOURCE_PROBLEM_BUSY, "The camera 'Front camera' is in use; " },
    [FAKE_FAULT_REFUSED]
    = { TSN_FRAME_SOURCE_PROBLEM_REFUSED, "The camera 'Front camera' may not be used: " },
    [FAKE_FAULT_GONE]
    = { TSN_FRAME_SOURCE_PROBLEM_MISSING, "The camera 'Front camera' is not there; " },
  };
  FakeFault fault = GPOINTER_TO_UINT (data);
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_camera ("usb-1", "Front camera");

  fake_camera_plug ("usb-1", "Front camera", fault);
  tsn_frame_source_play (source);
  if (fault == FAKE_FAULT_UNPLUG || fault == FAKE_FAULT_END)
    capture_wait_for_state (source, TSN_FRAME_SOURCE_PLAYING);
  capture_assert_failed (source, expected[fault].problem, expected[fault].sentence);
  g_assert_cmpuint (fake_camera_get_n_open (), ==, 0);
  fake_camera_unplug ("usb-1");

  /* Once it is there again, it goes on. */
  fake_camera_plug ("usb-1", "Front camera", FAKE_FAULT_NONE);
  tsn_frame_source_play (source);
  capture_wait_for_frame (source);
  fake_camera_unplug ("usb-1");
}

/* That it went is noticed while the picture is frozen. */
static void
test_unplug_frozen (void)
{
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_camera ("usb-1", "Front camera");

  fake_camera_plug ("usb-1", "Front camera", FAKE_FAULT_UNPLUG);
  tsn_frame_source_pause (source);
  capture_wait_for_state (source, TSN_FRAME_SOURCE_PAUSED);
  capture_assert_failed (source, TSN_FRAME_SOURCE_PROBLEM_UNPLUGGED,
                         "The camera 'Front camera' was");
  fake_camera_unplug ("usb-1");
}

static void
test_missing (void)
{
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_camera ("usb-9", NULL);

  tsn_frame_source_play (source);
  capture_assert_failed (source, TSN_FRAME_SOURCE_PROBLEM_MISSING,
                         "The camera 'usb-9' is not there; connect it or choose another one");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capture/camera/none", test_none);
  g_test_add_func ("/capture/camera/quick-end", test_quick_end);
  g_test_add_func ("/capture/camera/plug", test_plug);
  g_test_add_func ("/capture/camera/plug-while-open", test_plug_while_open);
  g_test_add_func ("/capture/camera/twins", test_twins);
  g_test_add_func ("/capture/camera/frames", test_frames);
  g_test_add_data_func ("/capture/camera/unplug", GUINT_TO_POINTER (FAKE_FAULT_UNPLUG), test_fault);
  g_test_add_data_func ("/capture/camera/end", GUINT_TO_POINTER (FAKE_FAULT_END), test_fault);
  g_test_add_data_func ("/capture/camera/busy", GUINT_TO_POINTER (FAKE_FAULT_BUSY), test_fault);
  g_test_add_data_func ("/capture/camera/refused", GUINT_TO_POINTER (FAKE_FAULT_REFUSED),
                        test_fault);
  g_test_add_data_func ("/capture/camera/gone", GUINT_TO_POINTER (FAKE_FAULT_GONE), test_fault);
  g_test_add_func ("/capture/camera/unplug-frozen", test_unplug_frozen);
  g_test_add_func ("/capture/camera/missing", test_missing);
  return g_test_run ();
}
