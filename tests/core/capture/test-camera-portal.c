#include <fcntl.h>
#include <gio/gio.h>
#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>

#include "capture-fixture.h"
#include "core/capture/tsn-camera-monitor.h"
#include "fake-camera.h"

/* What the person says who is asked. */
typedef enum
{
  ANSWER_YES,
  ANSWER_NO,
  ANSWER_NONE,
} Answer;

/* The bus of this program.  All tests share it, as GLib keeps one connection to the session bus for
 * as long as anybody holds it. */
static GTestDBus *session_bus;

/* A portal on that bus. */
typedef struct
{
  GDBusConnection *bus;
  GDBusNodeInfo *info;
  Answer answer;
  gboolean absent; /* it says that there is no camera */
  guint n_asked;
  guint n_closed;
  guint n_opened;
} Portal;

static const char interfaces[] = "<node>"
                                 "  <interface name='org.freedesktop.portal.Camera'>"
                                 "    <method name='AccessCamera'>"
                                 "      <arg type='a{sv}' name='options' direction='in'/>"
                                 "      <arg type='o' name='handle' direction='out'/>"
                                 "    </method>"
                                 "    <method name='OpenPipeWireRemote'>"
                                 "      <arg type='a{sv}' name='options' direction='in'/>"
                                 "      <arg type='h' name='fd' direction='out'/>"
                                 "    </method>"
                                 "    <property name='IsCameraPresent' type='b' access='read'/>"
                                 "  </interface>"
                                 "  <interface name='org.freedesktop.portal.Request'>"
                                 "    <method name='Close'/>"
                                 "  </interface>"
                                 "</node>";

static void
request_cb (GDBusConnection *bus,
            const char *sender,
            const char *path,
            const char *interface,
            const char *method,
            GVariant *parameters,
            GDBusMethodInvocation *invocation,
            gpointer data)
{
  Portal *portal = data;

  portal->n_closed++;
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static const GDBusInterfaceVTable request_table = { .method_call = request_cb };

static void
access_camera (Portal *portal,
               const char *sender,
               GVariant *parameters,
               GDBusMethodInvocation *call)
{
  g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 0);
  g_autofree char *who = g_strdelimit (g_strdup (sender + 1), ".", '_');
  g_autofree char *path = NULL;
  const char *token;

  portal->n_asked++;
  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  path = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", who, token);
  g_dbus_connection_register_object (portal->bus, path, portal->info->interfaces[1], &request_table,
                                     portal, NULL, NULL);
  g_dbus_method_invocation_return_value (call, g_variant_new ("(o)", path));
  if (portal->answer != ANSWER_NONE)
    g_dbus_connection_emit_signal (
        portal->bus, sender, path, "org.freedesktop.portal.Request", "Response",
        g_variant_new ("(ua{sv})", portal->answer == ANSWER_YES ? 0 : 1, NULL), NULL);
}

static void
open_remote (Portal *portal, GDBusMethodInvocation *call)
{
  g_autoptr (GUnixFDList) list = g_unix_fd_list_new ();
  int fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);

  portal->n_opened++;
  g_assert_cmpint (g_unix_fd_list_append (list, fd, NULL), ==, 0);
  g_close (fd, NULL);
  g_dbus_method_invocation_return_value_with_unix_fd_list (call, g_variant_new ("(h)", 0), list);
}

static void
camera_cb (GDBusConnection *bus,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer data)
{
  if (g_str_equal (method, "AccessCamera"))
    access_camera (data, sender, parameters, invocation);
  else
    open_remote (data, invocation);
}

static GVariant *
get_cb (GDBusConnection *bus,
        const char *sender,
        const char *path,
        const char *interface,
        const char *property,
        GError **error,
        gpointer data)
{
  return g_variant_new_boolean (!((Portal *) data)->absent);
}

static const GDBusInterfaceVTable camera_table
    = { .method_call = camera_cb, .get_property = get_cb };

static void
set_up (Portal *portal, gconstpointer answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;

  fake_camera_register_pipewire ();
  portal->answer = GPOINTER_TO_UINT (answer);
  portal->bus = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (session_bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  portal->info = g_dbus_node_info_new_for_xml (interfaces, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (portal->bus, "/org/freedesktop/portal/desktop",
                                     portal->info->interfaces[0], &camera_table, portal, NULL,
                                     &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (portal->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.portal.Desktop", 4),
                                       NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Portal *portal, gconstpointer answer)
{
  g_dbus_connection_close_sync (portal->bus, NULL, NULL);
  g_clear_object (&portal->bus);
  g_dbus_node_info_unref (portal->info);
}

static gboolean
is_listed (gpointer monitor)
{
  return tsn_camera_monitor_find (monitor, "portal") != NULL;
}

static void
test_listed (Portal *portal, gconstpointer data)
{
  g_autoptr (TsnCameraMonitor) monitor = tsn_camera_monitor_new ();

  if (g_file_test ("/dev/video0", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there is a camera");
      return;
    }
  g_assert_true (capture_wait (is_listed, monitor));
  g_assert_cmpint (tsn_camera_monitor_get_state (monitor), ==, TSN_CAMERA_MONITOR_FOUND);
  g_assert_cmpuint (portal->n_asked, ==, 0);
}

static gboolean
is_searched (gpointer monitor)
{
  return tsn_camera_monitor_get_state (monitor) == TSN_CAMERA_MONITOR_NONE;
}

static void
set_absent (Portal *portal, gboolean absent)
{
  GVariantBuilder changed;
  GError *error = NULL;

  portal->absent = absent;
  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&changed, "{sv}", "IsCameraPresent", g_variant_new_boolean (!absent));
  g_dbus_connection_emit_signal (
      portal->bus, NULL, "/org/freedesktop/portal/desktop", "org.freedesktop.DBus.Properties",
      "PropertiesChanged",
      g_variant_new ("(sa{sv}as)", "org.freedesktop.portal.Camera", &changed, NULL), &error);
  g_assert_no_error (error);
}

/* A camera that only the portal knows is plugged in and out. */
static void
test_followed (Portal *portal, gconstpointer data)
{
  g_autoptr (TsnCameraMonitor) monitor = NULL;

  if (g_file_test ("/dev/video0", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there is a camera");
      return;
    }
  portal->absent = TRUE;
  monitor = tsn_camera_monitor_new ();
  g_assert_true (capture_wait (is_searched, monitor));
  set_absent (portal, FALSE);
  g_assert_true (capture_wait (is_listed, monitor));
  set_absent (portal, TRUE);
  g_assert_true (capture_wait (is_searched, monitor));
}

static void
test_granted (Portal *portal, gconstpointer data)
{
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_camera ("portal", "Camera");

  tsn_frame_source_play (source);
  capture_wait_for_frame (source);
  g_assert_cmpuint (portal->n_asked, ==, 1);
  g_assert_cmpuint (portal->n_opened, ==, 1);
  g_assert_cmpuint (fake_camera_get_n_open (), ==, 1);
  g_clear_object (&source);
  g_assert_cmpuint (fake_camera_get_n_open (), ==, 0);
}

static void
test_refused (Portal *portal, gconstpointer data)
{
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_camera ("portal", "Camera");

  tsn_frame_source_play (source);
  capture_assert_failed (source, TSN_FRAME_SOURCE_PROBLEM_REFUSED,
                         "The camera 'Camera' may not be used: permission was not given");
  g_assert_cmpuint (portal->n_opened, ==, 0);
}

static gboolean
is_asked (gpointer data)
{
  return ((Portal *) data)->n_asked > 0;
}

static gboolean
is_closed (gpointer data)
{
  return ((Portal *) data)->n_closed > 0;
}

/* The person thinks for so long that somebody stops the source. */
static void
test_stopped (Portal *portal, gconstpointer data)
{
  g_autoptr (TsnFrameSource) source = tsn_frame_source_new_camera ("portal", "Camera");

  tsn_frame_source_play (source);
  g_assert_true (capture_wait (is_asked, portal));
  capture_run_for (50);
  tsn_frame_source_stop (source);
  capture_wait_for_state (source, TSN_FRAME_SOURCE_STOPPED);
  g_assert_true (capture_wait (is_closed, portal));
  portal->answer = ANSWER_YES;
  tsn_frame_source_play (source);
  capture_wait_for_frame (source);
  g_assert_cmpuint (portal->n_asked, ==, 2);
}

/* Or drops it. */
static void
test_dropped (Portal *portal, gconstpointer data)
{
  TsnFrameSource *source = tsn_frame_source_new_camera ("portal", "Camera");

  tsn_frame_source_play (source);
  g_assert_true (capture_wait (is_asked, portal));
  capture_run_for (50);
  g_object_unref (source);
  g_assert_true (capture_wait (is_closed, portal));
}

static void
add (const char *name, Answer answer, void (*test) (Portal *portal, gconstpointer data))
{
  g_test_add (name, Portal, GUINT_TO_POINTER (answer), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  GDBusConnection *connection;
  int status;

  g_test_init (&argc, &argv, NULL);
  session_bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (session_bus);
  /* As the window's application does: GLib tells of the end of a connection where it was made,
   * which must not be the context of a thread that is gone. */
  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  add ("/capture/portal/listed", ANSWER_YES, test_listed);
  add ("/capture/portal/followed", ANSWER_YES, test_followed);
  add ("/capture/portal/granted", ANSWER_YES, test_granted);
  add ("/capture/portal/refused", ANSWER_NO, test_refused);
  add ("/capture/portal/dropped", ANSWER_NONE, test_dropped);
  add ("/capture/portal/stopped", ANSWER_NONE, test_stopped);
  status = g_test_run ();
  g_object_unref (connection);
  g_test_dbus_stop (session_bus);
  g_object_unref (session_bus);
  return status;
}
