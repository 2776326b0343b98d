#include "core/capture/tsn-camera-open.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "core/capture/tsn-camera-caps.h"
#include "core/capture/tsn-camera-list.h"
#include "core/capture/tsn-camera-portal.h"

/* The element and what is asked of it, as one. */
static GstElement *
wrap (GstElement *camera, GstCaps *caps)
{
  GstElement *bin, *filter;
  g_autoptr (GstPad) pad = NULL;

  if (caps == NULL)
    return gst_object_ref_sink (camera);
  bin = gst_object_ref_sink (gst_bin_new (NULL));
  filter = gst_element_factory_make ("capsfilter", NULL);
  g_object_set (filter, "caps", caps, NULL);
  gst_bin_add_many (GST_BIN (bin), camera, filter, NULL);
  gst_element_link (camera, filter);
  pad = gst_element_get_static_pad (filter, "src");
  gst_element_add_pad (bin, gst_ghost_pad_new ("src", pad));
  return bin;
}

static void
open_device (GTask *task, const char *id)
{
  g_autoptr (GstDevice) device = tsn_camera_list_find_device (id);
  g_autoptr (GstCaps) offered = NULL, caps = NULL;
  GstElement *camera;

  if (device == NULL)
    {
      g_task_return_new_error (task, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND,
                               _ ("There is no camera of that id"));
      return;
    }
  offered = gst_device_get_caps (device);
  caps = offered != NULL ? tsn_camera_caps_choose (offered) : NULL;
  camera = gst_device_create_element (device, NULL);
  if (camera != NULL)
    g_task_return_pointer (task, wrap (camera, caps), gst_object_unref);
  else
    g_task_return_new_error (task, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_FAILED,
                             _ ("its GStreamer element cannot be made"));
}

static void
portal_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  int fd = tsn_camera_portal_open_finish (result, &error);
  GstElement *camera;

  if (fd < 0)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
        {
          error->domain = GST_RESOURCE_ERROR;
          error->code = GST_RESOURCE_ERROR_NOT_AUTHORIZED;
        }
      g_dbus_error_strip_remote_error (error);
      g_task_return_error (task, error);
      return;
    }
  /* The element closes the descriptor; that it can be made was seen when the camera was listed. */
  camera = gst_element_factory_make ("pipewiresrc", NULL);
  if (camera == NULL)
    {
      g_close (fd, NULL);
      g_task_return_new_error (task, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN, "pipewiresrc");
      return;
    }
  g_object_set (camera, "fd", fd, NULL);
  g_task_return_pointer (task, gst_object_ref_sink (camera), gst_object_unref);
}

/**
 * tsn_camera_open:
 * @id: of a #TsnCamera
 *
 * Searches for the camera, which may take some time, or asks a person for it, which does not block.
 * Finish with tsn_camera_open_finish(), in the context that is the thread default now.
 */
void
tsn_camera_open (const char *id,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  if (g_str_equal (id, TSN_CAMERA_PORTAL_ID))
    tsn_camera_portal_open (cancellable, portal_cb, g_object_ref (task));
  else
    open_device (task, id);
}

/**
 * tsn_camera_open_finish:
 * @error: as an element would report it: %GST_RESOURCE_ERROR_NOT_FOUND if there is no such camera,
 *   %GST_RESOURCE_ERROR_NOT_AUTHORIZED if somebody refused, or any other
 *
 * Returns: (transfer full) (nullable): an element with a pad "src".
 */
GstElement *
tsn_camera_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
