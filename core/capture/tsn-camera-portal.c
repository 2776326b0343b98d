/* org.freedesktop.portal.Camera, as its specification has it: AccessCamera() asks the person, whose
 * answer comes as the signal Response of a request object; OpenPipeWireRemote() then gives a
 * descriptor of a PipeWire connection that shows cameras only. */
#include "core/capture/tsn-camera-portal.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>
#include <gst/gst.h>

#include "core/base/tsn-error.h"

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define CAMERA "org.freedesktop.portal.Camera"
#define REQUEST "org.freedesktop.portal.Request"

/* How long a portal may take to say whether there is a camera, in milliseconds. */
#define PATIENCE 3000

/* One request, on its way from question to descriptor. */
typedef struct
{
  GDBusConnection *bus;
  char *path;     /* of the request object */
  gboolean asked; /* AccessCamera() returned */
  guint answer;   /* the subscription to the request's signal, which holds the task */
  GSource *cancelled;
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->bus);
  g_free (request->path);
  g_free (request);
}

/* Waits for nothing any more; with that the task may go. */
static void
stop_waiting (Request *request)
{
  guint answer = request->answer;

  request->answer = 0;
  if (request->cancelled != NULL)
    {
      g_source_destroy (request->cancelled);
      g_clear_pointer (&request->cancelled, g_source_unref);
    }
  if (answer != 0)
    g_dbus_connection_signal_unsubscribe (request->bus, answer);
}

/* A reply on its way. */
typedef struct
{
  GVariant *reply;
  gboolean done;
} Reply;

static void
replied_cb (GObject *bus, GAsyncResult *result, gpointer data)
{
  Reply *reply = data;

  reply->reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, NULL);
  reply->done = TRUE;
}

static void
forward_cb (GCancellable *cancellable, GCancellable *call)
{
  g_cancellable_cancel (call);
}

/* As g_dbus_connection_call_sync() does, but for its end: if it is cancelled just when the reply
 * comes, GLib leaves behind a source that nobody runs, and with it the connection.  Here nobody can
 * cancel the call any more when the last sources are run. */
static GVariant *
get_property (GDBusConnection *bus, const char *property, GCancellable *cancellable)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GCancellable) call = g_cancellable_new ();
  gulong forward = g_cancellable_connect (cancellable, G_CALLBACK (forward_cb), call, NULL);
  Reply reply = { NULL, FALSE };

  g_main_context_push_thread_default (context);
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", CAMERA, property), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NONE, PATIENCE, call, replied_cb, &reply);
  while (!reply.done)
    g_main_context_iteration (context, TRUE);
  g_cancellable_disconnect (cancellable, forward);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  return reply.reply;
}

/**
 * tsn_camera_portal_is_present:
 *
 * Asks the portal and waits for its answer, unless @cancellable is cancelled.
 *
 * Returns: whether there is a portal that says that there is a camera, and the GStreamer plugin
 * that can read what it gives.
 */
gboolean
tsn_camera_portal_is_present (GCancellable *cancellable)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find ("pipewiresrc");
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GVariant) reply = NULL, value = NULL;

  if (factory == NULL || (bus = g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, NULL)) == NULL)
    return FALSE;
  reply = get_property (bus, "IsCameraPresent", cancellable);
  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(v)", &value);
  return g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (value);
}

struct _TsnCameraPortalWatch
{
  GDBusConnection *bus;
  guint property; /* the subscriptions */
  guint owner;
  TsnCameraPortalFunc changed;
  gpointer data;
};

static void
watched_cb (GDBusConnection *bus,
            const char *sender,
            const char *path,
            const char *interface,
            const char *signal,
            GVariant *parameters,
            gpointer data)
{
  TsnCameraPortalWatch *watch = data;

  watch->changed (watch->data);
}

/**
 * tsn_camera_portal_watch_new:
 * @changed: called in the context that is the thread default now, also when a portal starts
 *
 * Returns: (transfer full) (nullable): %NULL where no portal can be of use.
 */
TsnCameraPortalWatch *
tsn_camera_portal_watch_new (GCancellable *cancellable, TsnCameraPortalFunc changed, gpointer data)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find ("pipewiresrc");
  GDBusConnection *bus
      = factory != NULL ? g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, NULL) : NULL;
  TsnCameraPortalWatch *watch;

  if (bus == NULL)
    return NULL;
  watch = g_new (TsnCameraPortalWatch, 1);
  *watch = (TsnCameraPortalWatch){ .bus = bus, .changed = changed, .data = data };
  watch->property = g_dbus_connection_signal_subscribe (
      bus, PORTAL_NAME, "org.freedesktop.DBus.Properties", "PropertiesChanged", PORTAL_PATH, CAMERA,
      G_DBUS_SIGNAL_FLAGS_NONE, watched_cb, watch, NULL);
  watch->owner = g_dbus_connection_signal_subscribe (
      bus, "org.freedesktop.DBus", "org.freedesktop.DBus", "NameOwnerChanged",
      "/org/freedesktop/DBus", PORTAL_NAME, G_DBUS_SIGNAL_FLAGS_NONE, watched_cb, watch, NULL);
  return watch;
}

/**
 * tsn_camera_portal_watch_free:
 *
 * To be called in the context where the watch was made.
 */
void
tsn_camera_portal_watch_free (TsnCameraPortalWatch *watch)
{
  g_dbus_connection_signal_unsubscribe (watch->bus, watch->property);
  g_dbus_connection_signal_unsubscribe (watch->bus, watch->owner);
  g_object_unref (watch->bus);
  g_free (watch);
}

static void
opened_cb (GObject *bus, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GUnixFDList) list = NULL;
  g_autoptr (GVariant) reply = NULL;
  GError *error = NULL;
  int index, fd = -1;

  reply = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (bus), &list, result,
                                                           &error);
  if (reply != NULL && list != NULL)
    {
      g_variant_get (reply, "(h)", &index);
      fd = g_unix_fd_list_get (list, index, &error);
    }
  if (fd >= 0)
    g_task_return_int (task, fd);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, TSN_ERROR, TSN_ERROR_IO,
                             _ ("The camera portal gave no connection to the camera"));
}

static void
response_cb (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);
  guint32 answer = 2;
  GVariantBuilder options;

  stop_waiting (g_task_get_task_data (task));
  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    g_variant_get_child (parameters, 0, "u", &answer);
  if (answer != 0)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                               _ ("permission was not given"));
      return;
    }
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_dbus_connection_call_with_unix_fd_list (
      bus, PORTAL_NAME, PORTAL_PATH, CAMERA, "OpenPipeWireRemote",
      g_variant_new ("(a{sv})", &options), G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL,
      g_task_get_cancellable (task), opened_cb, g_object_ref (task));
}

/* The dialogue that nobody waits for any more goes away.  The request may be all that holds the
 * connection: what is not written by the time it goes is never sent. */
static void
give_up (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  g_dbus_connection_call (request->bus, PORTAL_NAME, request->path, REQUEST, "Close", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
  g_dbus_connection_flush_sync (request->bus, NULL, NULL);
  g_task_return_error_if_cancelled (task);
  stop_waiting (request);
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);
  Request *request = g_task_get_task_data (task);

  /* Otherwise the call is cancelled, too, and asked_cb() ends the task. */
  if (request->asked)
    give_up (task);
  return G_SOURCE_REMOVE;
}

/* The portal took the question or did not; the answer comes by response_cb(). */
static void
asked_cb (GObject *bus, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, &error);

  request->asked = TRUE;
  if (request->answer == 0)
    return;
  /* The portal may show its dialogue although its reply was not awaited. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    give_up (task);
  else if (reply == NULL)
    {
      stop_waiting (request);
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

static Request *
request_new (GDBusConnection *bus, const char *token)
{
  Request *request = g_new0 (Request, 1);
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (bus) + 1);

  request->bus = g_object_ref (bus);
  request->path
      = g_strdup_printf (PORTAL_PATH "/request/%s/%s", g_strdelimit (sender, ".", '_'), token);
  return request;
}

/* Where the portal answers is known before it is asked, so that no answer is missed. */
static void
wait_for_answer (GTask *task, Request *request)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  request->answer = g_dbus_connection_signal_subscribe (
      request->bus, PORTAL_NAME, REQUEST, "Response", request->path, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
      response_cb, g_object_ref (task), g_object_unref);
  if (cancellable == NULL)
    return;
  request->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (request->cancelled, G_SOURCE_FUNC (cancelled_cb), task, NULL);
  g_source_attach (request->cancelled, g_main_context_get_thread_default ());
}

/**
 * tsn_camera_portal_open:
 *
 * Asks the person for the camera, which takes as long as the person takes.  Finish with
 * tsn_camera_portal_open_finish(), in the context that is the thread default now.
 */
void
tsn_camera_portal_open (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  GError *error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, &error);
  g_autofree char *token = g_strdup_printf ("tsn%u", g_random_int ());
  GVariantBuilder options;
  Request *request;

  /* A descriptor that came must not be lost because somebody cancelled in that moment. */
  g_task_set_check_cancellable (task, FALSE);
  if (bus == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  request = request_new (bus, token);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  wait_for_answer (task, request);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, CAMERA, "AccessCamera",
                          g_variant_new ("(a{sv})", &options), G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, cancellable, asked_cb, g_object_ref (task));
}

/**
 * tsn_camera_portal_open_finish:
 * @error: %G_IO_ERROR_PERMISSION_DENIED if the person or the system refused, or any other
 *
 * Returns: a descriptor, to be closed by the caller, or -1.
 */
int
tsn_camera_portal_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}
