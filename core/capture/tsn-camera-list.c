#include "core/capture/tsn-camera-list.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define CAMERA_CLASSES "Video/Source"

/* What says best which camera it is: PipeWire's name of the node and udev's path of the socket stay
 * the same when other cameras come and go, the number of a device file does not. */
static const char *const identities[] = { "node.name", "device.bus_path", "device.path" };

static char *
device_id (GstDevice *device)
{
  g_autoptr (GstStructure) properties = gst_device_get_properties (device);

  for (guint i = 0; properties != NULL && i < G_N_ELEMENTS (identities); i++)
    {
      const char *value = gst_structure_get_string (properties, identities[i]);

      if (value != NULL && *value != '\0')
        return g_strdup (value);
    }
  return gst_device_get_display_name (device);
}

static TsnCamera *
find (GPtrArray *cameras, const char *id)
{
  for (guint i = 0; i < cameras->len; i++)
    if (g_str_equal (tsn_camera_get_id (cameras->pdata[i]), id))
      return cameras->pdata[i];
  return NULL;
}

/* Two that cannot be told apart are numbered. */
static char *
unique_id (GPtrArray *cameras, GstDevice *device)
{
  g_autofree char *plain = device_id (device);
  char *id = g_strdup (plain);

  for (guint n = 2; find (cameras, id) != NULL; n++)
    {
      g_free (id);
      id = g_strdup_printf ("%s#%u", plain, n);
    }
  return id;
}

/**
 * tsn_camera_list_new_monitor:
 *
 * Returns: (transfer full): a monitor that knows cameras only, not started.
 */
GstDeviceMonitor *
tsn_camera_list_new_monitor (void)
{
  GstDeviceMonitor *monitor = gst_device_monitor_new ();

  gst_device_monitor_add_filter (monitor, CAMERA_CLASSES, NULL);
  return monitor;
}

/**
 * tsn_camera_list_from_devices:
 * @devices: (element-type GstDevice):
 *
 * Returns: (transfer full) (element-type TsnCamera): one for each, in the same order.
 */
GPtrArray *
tsn_camera_list_from_devices (GList *devices)
{
  GPtrArray *cameras = g_ptr_array_new_with_free_func (g_object_unref);

  for (GList *link = devices; link != NULL; link = link->next)
    {
      g_autofree char *id = unique_id (cameras, link->data);
      g_autofree char *name = gst_device_get_display_name (link->data);

      g_ptr_array_add (cameras, tsn_camera_new (id, name));
    }
  return cameras;
}

/* Moves the cameras of a provider to the end of @devices. */
static GList *
add_devices (GList *devices, GstDeviceProvider *provider)
{
  GList *all = gst_device_provider_get_devices (provider);

  for (GList *link = all; link != NULL; link = link->next)
    if (gst_device_has_classes (link->data, CAMERA_CLASSES))
      devices = g_list_append (devices, gst_object_ref (link->data));
  g_list_free_full (all, gst_object_unref);
  return devices;
}

static void
hide_others (GstDeviceProvider *provider, GPtrArray *hidden)
{
  char **names = gst_device_provider_get_hidden_providers (provider);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    g_ptr_array_add (hidden, g_strdup (names[i]));
  g_strfreev (names);
}

/* What a device monitor would list.  Yet a second one would make the first one deaf, because
 * GStreamer 1.22 reports what a provider finds only to the monitor that was made last. */
static GList *
list_devices (void)
{
  GList *factories = gst_device_provider_factory_list_get_device_providers (GST_RANK_NONE + 1);
  g_autoptr (GPtrArray) hidden = g_ptr_array_new_with_free_func (g_free);
  GList *devices = NULL;

  for (GList *link = factories; link != NULL; link = link->next)
    {
      GstDeviceProviderFactory *factory = link->data;
      g_autoptr (GstDeviceProvider) provider = NULL;

      if (!gst_device_provider_factory_has_classes (factory, CAMERA_CLASSES)
          || g_ptr_array_find_with_equal_func (hidden, GST_OBJECT_NAME (factory), g_str_equal,
                                               NULL))
        continue;
      provider = gst_device_provider_factory_get (factory);
      if (provider == NULL)
        continue;
      hide_others (provider, hidden);
      devices = add_devices (devices, provider);
    }
  gst_plugin_feature_list_free (factories);
  return devices;
}

/**
 * tsn_camera_list_find_device:
 * @id: of a #TsnCamera
 *
 * Searches all devices now, which may take some time.
 *
 * Returns: (transfer full) (nullable): the device of that id.
 */
GstDevice *
tsn_camera_list_find_device (const char *id)
{
  GList *devices = list_devices (), *link = devices;
  g_autoptr (GPtrArray) cameras = tsn_camera_list_from_devices (devices);
  GstDevice *device = NULL;

  for (guint i = 0; i < cameras->len && device == NULL; i++, link = link->next)
    if (g_str_equal (tsn_camera_get_id (cameras->pdata[i]), id))
      device = gst_object_ref (link->data);
  g_list_free_full (devices, gst_object_unref);
  return device;
}

/**
 * tsn_camera_list_is_refused:
 *
 * Device providers pass over what they cannot open.
 *
 * Returns: whether there are V4L2 devices and none of them may be opened.
 */
gboolean
tsn_camera_list_is_refused (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/dev", 0, NULL);
  guint n_devices = 0;
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/dev", name, NULL);

      if (!g_str_has_prefix (name, "video") || !g_ascii_isdigit (name[5]))
        continue;
      n_devices++;
      if (g_access (path, R_OK | W_OK) == 0)
        return FALSE;
    }
  return n_devices > 0;
}
