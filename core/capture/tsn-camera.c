#include "core/capture/tsn-camera.h"

struct _TsnCamera
{
  GObject parent_instance;
  char *id;
  char *name;
};

enum
{
  PROP_ID = 1,
  PROP_NAME,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TsnCamera, tsn_camera, G_TYPE_OBJECT)

static void
tsn_camera_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TsnCamera *self = TSN_CAMERA (object);

  if (id == PROP_ID)
    g_value_set_string (value, self->id);
  else if (id == PROP_NAME)
    g_value_set_string (value, self->name);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tsn_camera_finalize (GObject *object)
{
  TsnCamera *self = TSN_CAMERA (object);

  g_free (self->id);
  g_free (self->name);
  G_OBJECT_CLASS (tsn_camera_parent_class)->finalize (object);
}

static void
tsn_camera_class_init (TsnCameraClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tsn_camera_get_property;
  object_class->finalize = tsn_camera_finalize;
  props[PROP_ID]
      = g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_NAME]
      = g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tsn_camera_init (TsnCamera *self)
{
}

/**
 * tsn_camera_new:
 *
 * Returns: (transfer full): a camera of that id and name.
 */
TsnCamera *
tsn_camera_new (const char *id, const char *name)
{
  TsnCamera *self = g_object_new (TSN_TYPE_CAMERA, NULL);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  return self;
}

/**
 * tsn_camera_get_id:
 *
 * Returns: what tsn_frame_source_new_camera() knows the camera by; fit for settings.
 */
const char *
tsn_camera_get_id (TsnCamera *camera)
{
  return camera->id;
}

/**
 * tsn_camera_get_name:
 *
 * Returns: what people know the camera by.
 */
const char *
tsn_camera_get_name (TsnCamera *camera)
{
  return camera->name;
}
