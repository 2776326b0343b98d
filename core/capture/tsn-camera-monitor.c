#include "core/capture/tsn-camera-monitor.h"

#include "core/capture/tsn-camera-list.h"
#include "core/capture/tsn-camera-portal.h"
#include "core/capture/tsn-capture-thread.h"

/* What a portal's camera is called where nobody translates: only it knows which that will be. */
#define PORTAL_NAME "Camera"

/* What the thread found, on its way to the owner. */
typedef struct
{
  GPtrArray *cameras;
  gboolean refused;
} Finding;

struct _TsnCameraMonitor
{
  GObject parent_instance;

  GPtrArray *cameras; /* of TsnCamera */
  TsnCameraMonitorState state;
  GSource *wake;
  TsnCaptureThread *thread;
  GCancellable *cancellable; /* of the thread's waiting */

  GMutex mutex;
  Finding *finding; /* under mutex: the newest that the owner has not seen */

  /* Of the thread. */
  GstDeviceMonitor *monitor;
  GSource *bus_watch;
  TsnCameraPortalWatch *portal; /* NULL while there was no need for one */
};

enum
{
  PROP_STATE = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_ENUM_TYPE (TsnCameraMonitorState,
                    tsn_camera_monitor_state,
                    G_DEFINE_ENUM_VALUE (TSN_CAMERA_MONITOR_SEARCHING, "searching"),
                    G_DEFINE_ENUM_VALUE (TSN_CAMERA_MONITOR_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (TSN_CAMERA_MONITOR_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (TSN_CAMERA_MONITOR_FOUND, "found"))

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TsnCameraMonitor,
                               tsn_camera_monitor,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
finding_free (Finding *finding)
{
  g_ptr_array_unref (finding->cameras);
  g_free (finding);
}

static GType
get_item_type (GListModel *model)
{
  return TSN_TYPE_CAMERA;
}

static guint
get_n_items (GListModel *model)
{
  return TSN_CAMERA_MONITOR (model)->cameras->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *cameras = TSN_CAMERA_MONITOR (model)->cameras;

  return position < cameras->len ? g_object_ref (cameras->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void look (TsnCameraMonitor *self);

static void
portal_changed_cb (gpointer data)
{
  look (data);
}

/* Where no provider lists anything the portal may, and nobody else would tell when. */
static void
ask_portal (TsnCameraMonitor *self, GPtrArray *cameras)
{
  if (self->portal == NULL)
    self->portal = tsn_camera_portal_watch_new (self->cancellable, portal_changed_cb, self);
  if (tsn_camera_portal_is_present (self->cancellable))
    g_ptr_array_add (cameras, tsn_camera_new (TSN_CAMERA_PORTAL_ID, PORTAL_NAME));
}

/* Runs on the thread: looks now and leaves what it finds for the owner. */
static void
look (TsnCameraMonitor *self)
{
  GList *devices = gst_device_monitor_get_devices (self->monitor);
  Finding *finding = g_new0 (Finding, 1);

  finding->cameras = tsn_camera_list_from_devices (devices);
  g_list_free_full (devices, gst_object_unref);
  if (finding->cameras->len == 0)
    ask_portal (self, finding->cameras);
  finding->refused = finding->cameras->len == 0 && tsn_camera_list_is_refused ();
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->finding, finding_free);
  self->finding = finding;
  g_mutex_unlock (&self->mutex);
  tsn_capture_wake (self->wake);
}

static gboolean
message_cb (GstBus *bus, GstMessage *message, gpointer self)
{
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_DEVICE_ADDED
      || GST_MESSAGE_TYPE (message) == GST_MESSAGE_DEVICE_REMOVED
      || GST_MESSAGE_TYPE (message) == GST_MESSAGE_DEVICE_CHANGED)
    look (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
start_cb (gpointer data)
{
  TsnCameraMonitor *self = data;
  g_autoptr (GstBus) bus = NULL;

  self->monitor = tsn_camera_list_new_monitor ();
  bus = gst_device_monitor_get_bus (self->monitor);
  self->bus_watch = gst_bus_create_watch (bus);
  g_source_set_callback (self->bus_watch, G_SOURCE_FUNC (message_cb), self, NULL);
  g_source_attach (self->bus_watch, g_main_context_get_thread_default ());
  /* Without any provider it does not start, and the list is empty, as it should be. */
  gst_device_monitor_start (self->monitor);
  look (self);
  return G_SOURCE_REMOVE;
}

static gboolean
stop_cb (gpointer data)
{
  TsnCameraMonitor *self = data;

  g_clear_pointer (&self->portal, tsn_camera_portal_watch_free);
  g_source_destroy (self->bus_watch);
  g_clear_pointer (&self->bus_watch, g_source_unref);
  gst_device_monitor_stop (self->monitor);
  g_clear_object (&self->monitor);
  return G_SOURCE_REMOVE;
}

/* Where a camera is known already, its object is kept. */
static void
keep_known (GPtrArray *known, GPtrArray *cameras)
{
  for (guint i = 0; i < cameras->len; i++)
    for (guint j = 0; j < known->len; j++)
      if (g_str_equal (tsn_camera_get_id (cameras->pdata[i]), tsn_camera_get_id (known->pdata[j]))
          && g_str_equal (tsn_camera_get_name (cameras->pdata[i]),
                          tsn_camera_get_name (known->pdata[j])))
        g_set_object ((TsnCamera **) &cameras->pdata[i], known->pdata[j]);
}

static gboolean
is_same (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (a->pdata[i] != b->pdata[i])
      return FALSE;
  return TRUE;
}

static void
set_state (TsnCameraMonitor *self, TsnCameraMonitorState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static gboolean
wake_cb (gpointer data)
{
  g_autoptr (TsnCameraMonitor) self = g_object_ref (data);
  g_autoptr (GPtrArray) old = g_ptr_array_ref (self->cameras);
  Finding *finding;
  gboolean refused;

  g_mutex_lock (&self->mutex);
  finding = g_steal_pointer (&self->finding);
  g_mutex_unlock (&self->mutex);
  if (finding == NULL)
    return G_SOURCE_CONTINUE;
  refused = finding->refused;
  keep_known (old, finding->cameras);
  if (!is_same (old, finding->cameras))
    {
      g_ptr_array_unref (self->cameras);
      self->cameras = g_ptr_array_ref (finding->cameras);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, old->len, self->cameras->len);
    }
  finding_free (finding);
  set_state (self, self->cameras->len > 0 ? TSN_CAMERA_MONITOR_FOUND
                   : refused              ? TSN_CAMERA_MONITOR_REFUSED
                                          : TSN_CAMERA_MONITOR_NONE);
  return G_SOURCE_CONTINUE;
}

static void
tsn_camera_monitor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_STATE)
    g_value_set_enum (value, TSN_CAMERA_MONITOR (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tsn_camera_monitor_dispose (GObject *object)
{
  TsnCameraMonitor *self = TSN_CAMERA_MONITOR (object);

  if (self->thread != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      tsn_capture_thread_invoke (self->thread, stop_cb, self, NULL);
      g_clear_pointer (&self->thread, tsn_capture_thread_free);
      g_source_destroy (self->wake);
    }
  G_OBJECT_CLASS (tsn_camera_monitor_parent_class)->dispose (object);
}

static void
tsn_camera_monitor_finalize (GObject *object)
{
  TsnCameraMonitor *self = TSN_CAMERA_MONITOR (object);

  g_source_unref (self->wake);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->finding, finding_free);
  g_ptr_array_unref (self->cameras);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (tsn_camera_monitor_parent_class)->finalize (object);
}

static void
tsn_camera_monitor_class_init (TsnCameraMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tsn_camera_monitor_get_property;
  object_class->dispose = tsn_camera_monitor_dispose;
  object_class->finalize = tsn_camera_monitor_finalize;
  props[PROP_STATE] = g_param_spec_enum (
      "state", NULL, NULL, TSN_TYPE_CAMERA_MONITOR_STATE, TSN_CAMERA_MONITOR_SEARCHING,
      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tsn_camera_monitor_init (TsnCameraMonitor *self)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  g_mutex_init (&self->mutex);
  self->cameras = g_ptr_array_new_with_free_func (g_object_unref);
  self->wake = tsn_capture_wake_new (context, wake_cb, self);
  self->cancellable = g_cancellable_new ();
  self->thread = tsn_capture_thread_new ("tsn-cameras");
  tsn_capture_thread_invoke (self->thread, start_cb, self, NULL);
}

/**
 * tsn_camera_monitor_new:
 *
 * Returns: (transfer full): a monitor that has begun to search.  Dropping the last reference waits
 *   until the search is over.
 */
TsnCameraMonitor *
tsn_camera_monitor_new (void)
{
  return g_object_new (TSN_TYPE_CAMERA_MONITOR, NULL);
}

TsnCameraMonitorState
tsn_camera_monitor_get_state (TsnCameraMonitor *monitor)
{
  return monitor->state;
}

/**
 * tsn_camera_monitor_find:
 * @id: as of tsn_camera_get_id(), perhaps of an earlier run
 *
 * Returns: (transfer none) (nullable): the camera of that id, if it is connected.
 */
TsnCamera *
tsn_camera_monitor_find (TsnCameraMonitor *monitor, const char *id)
{
  g_return_val_if_fail (TSN_IS_CAMERA_MONITOR (monitor), NULL);

  for (guint i = 0; i < monitor->cameras->len; i++)
    if (g_str_equal (tsn_camera_get_id (monitor->cameras->pdata[i]), id))
      return monitor->cameras->pdata[i];
  return NULL;
}
