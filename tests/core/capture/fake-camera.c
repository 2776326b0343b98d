#include "fake-camera.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <gst/base/gstpushsrc.h>
#include <gst/gst.h>
#include <gst/video/video.h>

/* The element: grey pictures that grow lighter. */

#define FPS 30

typedef struct
{
  GstPushSrc parent_instance;
  FakeFault fault;
  GstVideoInfo info;
  guint n_frames;
} FakeSrc;

typedef struct
{
  GstPushSrcClass parent_class;
} FakeSrcClass;

static GType fake_src_get_type (void);
G_DEFINE_TYPE (FakeSrc, fake_src, GST_TYPE_PUSH_SRC)

static gint n_open;

static GstStaticPadTemplate fake_src_template
    = GST_STATIC_PAD_TEMPLATE ("src",
                               GST_PAD_SRC,
                               GST_PAD_ALWAYS,
                               GST_STATIC_CAPS ("video/x-raw, format=GRAY8, "
                                                "width=[16,1920], height=[16,1080], "
                                                "framerate=[1/1,30/1]"));

static gboolean
fake_src_start (GstBaseSrc *source)
{
  FakeSrc *self = (FakeSrc *) source;

  self->n_frames = 0;
  if (self->fault == FAKE_FAULT_BUSY)
    GST_ELEMENT_ERROR (self, RESOURCE, BUSY, ("Device is busy"), (NULL));
  else if (self->fault == FAKE_FAULT_REFUSED)
    GST_ELEMENT_ERROR (self, RESOURCE, OPEN_READ_WRITE, ("Could not open device for reading."),
                       ("system error: %s", g_strerror (EACCES)));
  else if (self->fault == FAKE_FAULT_GONE)
    GST_ELEMENT_ERROR (self, RESOURCE, OPEN_READ_WRITE, ("Could not open device for reading."),
                       ("system error: %s", g_strerror (ENOENT)));
  else
    {
      g_atomic_int_inc (&n_open);
      return TRUE;
    }
  return FALSE;
}

static gboolean
fake_src_stop (GstBaseSrc *source)
{
  g_atomic_int_add (&n_open, -1);
  return TRUE;
}

static gboolean
fake_src_set_caps (GstBaseSrc *source, GstCaps *caps)
{
  FakeSrc *self = (FakeSrc *) source;

  return gst_video_info_from_caps (&self->info, caps);
}

static GstFlowReturn
fake_src_create (GstPushSrc *source, GstBuffer **buffer)
{
  FakeSrc *self = (FakeSrc *) source;
  gboolean faulty = self->fault != FAKE_FAULT_NONE && self->n_frames == FAKE_CAMERA_N_FRAMES;

  if (faulty && self->fault == FAKE_FAULT_END)
    return GST_FLOW_EOS;
  if (faulty)
    {
      GST_ELEMENT_ERROR (self, RESOURCE, READ, ("Could not read from resource."),
                         ("poll error: %s", g_strerror (ENODEV)));
      return GST_FLOW_ERROR;
    }
  *buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&self->info), NULL);
  gst_buffer_memset (*buffer, 0, self->n_frames % 256, -1);
  GST_BUFFER_PTS (*buffer) = gst_util_uint64_scale (self->n_frames, GST_SECOND, FPS);
  GST_BUFFER_DURATION (*buffer) = GST_SECOND / FPS;
  self->n_frames++;
  g_usleep (G_USEC_PER_SEC / FPS);
  return GST_FLOW_OK;
}

static void
fake_src_class_init (FakeSrcClass *klass)
{
  GstBaseSrcClass *base = GST_BASE_SRC_CLASS (klass);

  gst_element_class_add_static_pad_template (GST_ELEMENT_CLASS (klass), &fake_src_template);
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass), "Fake camera", "Source/Video",
                                         "Stands in for a camera", "TSN Studio");
  base->start = fake_src_start;
  base->stop = fake_src_stop;
  base->set_caps = fake_src_set_caps;
  GST_PUSH_SRC_CLASS (klass)->create = fake_src_create;
}

static void
fake_src_init (FakeSrc *self)
{
  gst_base_src_set_live (GST_BASE_SRC (self), TRUE);
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
}

/* What the camera portal's descriptor is given to. */

typedef struct
{
  FakeSrc parent_instance;
  int fd;
} FakePipewire;

typedef struct
{
  FakeSrcClass parent_class;
} FakePipewireClass;

static GType fake_pipewire_get_type (void);
G_DEFINE_TYPE (FakePipewire, fake_pipewire, fake_src_get_type ())

static void
fake_pipewire_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ((FakePipewire *) object)->fd = g_value_get_int (value);
}

static void
fake_pipewire_finalize (GObject *object)
{
  g_close (((FakePipewire *) object)->fd, NULL);
  G_OBJECT_CLASS (fake_pipewire_parent_class)->finalize (object);
}

static void
fake_pipewire_class_init (FakePipewireClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = fake_pipewire_set_property;
  object_class->finalize = fake_pipewire_finalize;
  g_object_class_install_property (
      object_class, 1, g_param_spec_int ("fd", NULL, NULL, -1, G_MAXINT, -1, G_PARAM_WRITABLE));
}

static void
fake_pipewire_init (FakePipewire *self)
{
  self->fd = -1;
}

/* Stands in for the plugin of PipeWire, installed or not. */
void
fake_camera_register_pipewire (void)
{
  gst_init (NULL, NULL);
  gst_element_register (NULL, "pipewiresrc", GST_RANK_PRIMARY, fake_pipewire_get_type ());
}

/* The device. */

typedef struct
{
  GstDevice parent_instance;
  char *id;
  FakeFault fault;
} FakeDevice;

typedef struct
{
  GstDeviceClass parent_class;
} FakeDeviceClass;

static GType fake_device_get_type (void);
G_DEFINE_TYPE (FakeDevice, fake_device, GST_TYPE_DEVICE)

static GstElement *
fake_device_create_element (GstDevice *device, const char *name)
{
  FakeSrc *source = g_object_new (fake_src_get_type (), "name", name, NULL);

  source->fault = ((FakeDevice *) device)->fault;
  return GST_ELEMENT (source);
}

static void
fake_device_finalize (GObject *object)
{
  g_free (((FakeDevice *) object)->id);
  G_OBJECT_CLASS (fake_device_parent_class)->finalize (object);
}

static void
fake_device_class_init (FakeDeviceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_device_finalize;
  GST_DEVICE_CLASS (klass)->create_element = fake_device_create_element;
}

static void
fake_device_init (FakeDevice *self)
{
}

static GstDevice *
fake_device_new (const char *id, const char *name, FakeFault fault)
{
  g_autoptr (GstCaps) caps = gst_static_pad_template_get_caps (&fake_src_template);
  g_autoptr (GstStructure) properties
      = gst_structure_new ("properties", "device.bus_path", G_TYPE_STRING, id, "device.path",
                           G_TYPE_STRING, "/dev/video-fake", NULL);
  FakeDevice *device
      = g_object_new (fake_device_get_type (), "display-name", name, "caps", caps, "device-class",
                      "Video/Source", "properties", properties, NULL);

  device->id = g_strdup (id);
  device->fault = fault;
  return GST_DEVICE (device);
}

/* The provider, of which GStreamer keeps one. */

typedef struct
{
  char *id;
  char *name;
  FakeFault fault;
} Plugged;

typedef struct
{
  GstDeviceProvider parent_instance;
  GList *plugged;
} FakeProvider;

typedef struct
{
  GstDeviceProviderClass parent_class;
} FakeProviderClass;

static GType fake_provider_get_type (void);
G_DEFINE_TYPE (FakeProvider, fake_provider, GST_TYPE_DEVICE_PROVIDER)

static GList *
fake_provider_probe (GstDeviceProvider *provider)
{
  GList *devices = NULL;

  for (GList *link = ((FakeProvider *) provider)->plugged; link != NULL; link = link->next)
    {
      const Plugged *plugged = link->data;

      devices = g_list_append (devices, gst_object_ref_sink (fake_device_new (
                                            plugged->id, plugged->name, plugged->fault)));
    }
  return devices;
}

static gboolean
fake_provider_start (GstDeviceProvider *provider)
{
  GList *devices = fake_provider_probe (provider);

  for (GList *link = devices; link != NULL; link = link->next)
    gst_device_provider_device_add (provider, link->data);
  g_list_free_full (devices, gst_object_unref);
  return TRUE;
}

static void
fake_provider_stop (GstDeviceProvider *provider)
{
}

static void
fake_provider_class_init (FakeProviderClass *klass)
{
  GstDeviceProviderClass *provider_class = GST_DEVICE_PROVIDER_CLASS (klass);

  provider_class->probe = fake_provider_probe;
  provider_class->start = fake_provider_start;
  provider_class->stop = fake_provider_stop;
  gst_device_provider_class_set_static_metadata (provider_class, "Fake cameras", "Source/Video",
                                                 "Stands in for cameras", "TSN Studio");
}

static void
fake_provider_init (FakeProvider *self)
{
}

static GstDeviceProvider *
get_provider (void)
{
  GstDeviceProvider *provider;

  gst_init (NULL, NULL);
  provider = gst_device_provider_factory_get_by_name ("fakecameras");
  if (provider != NULL)
    return provider;
  gst_device_provider_register (NULL, "fakecameras", GST_RANK_PRIMARY, fake_provider_get_type ());
  return gst_device_provider_factory_get_by_name ("fakecameras");
}

/* Lists a camera from now on. */
void
fake_camera_plug (const char *id, const char *name, FakeFault fault)
{
  g_autoptr (GstDeviceProvider) provider = get_provider ();
  FakeProvider *self = (FakeProvider *) provider;
  Plugged *plugged = g_new (Plugged, 1);

  plugged->id = g_strdup (id);
  plugged->name = g_strdup (name);
  plugged->fault = fault;
  self->plugged = g_list_append (self->plugged, plugged);
  if (gst_device_provider_is_started (provider))
    gst_device_provider_device_add (provider, fake_device_new (id, name, fault));
}

static void
unlist_device (GstDeviceProvider *provider, const char *id)
{
  GList *devices = gst_device_provider_get_devices (provider);

  for (GList *link = devices; link != NULL; link = link->next)
    if (g_str_equal (((FakeDevice *) link->data)->id, id))
      gst_device_provider_device_remove (provider, link->data);
  g_list_free_full (devices, gst_object_unref);
}

/* Lists a camera no longer; one that is open goes on. */
void
fake_camera_unplug (const char *id)
{
  g_autoptr (GstDeviceProvider) provider = get_provider ();
  FakeProvider *self = (FakeProvider *) provider;

  if (gst_device_provider_is_started (provider))
    unlist_device (provider, id);
  for (GList *link = self->plugged, *next; link != NULL; link = next)
    {
      Plugged *plugged = link->data;

      next = link->next;
      if (!g_str_equal (plugged->id, id))
        continue;
      self->plugged = g_list_delete_link (self->plugged, link);
      g_free (plugged->id);
      g_free (plugged->name);
      g_free (plugged);
    }
}

/* How many of them are open. */
guint
fake_camera_get_n_open (void)
{
  return g_atomic_int_get (&n_open);
}
