#include "ui/tsn-display.h"

#define DEFAULT_OPACITY 0.6

struct _TsnDisplay
{
  GObject parent_instance;

  TsnLayout layout;
  double opacity;
  int isolated;
  gboolean hatching;
  gboolean loupe;
};

enum
{
  PROP_LAYOUT = 1,
  PROP_OPACITY,
  PROP_ISOLATED,
  PROP_HATCHING,
  PROP_LOUPE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TsnDisplay, tsn_display, G_TYPE_OBJECT)

GType
tsn_layout_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    { TSN_LAYOUT_GRID, "TSN_LAYOUT_GRID", "grid" },
    { TSN_LAYOUT_SINGLE, "TSN_LAYOUT_SINGLE", "single" },
    { TSN_LAYOUT_OVERLAY, "TSN_LAYOUT_OVERLAY", "overlay" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("TsnLayout", values));
  return type;
}

static void
tsn_display_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TsnDisplay *self = TSN_DISPLAY (object);

  switch (prop_id)
    {
    case PROP_LAYOUT:
      g_value_set_enum (value, self->layout);
      break;
    case PROP_OPACITY:
      g_value_set_double (value, self->opacity);
      break;
    case PROP_ISOLATED:
      g_value_set_int (value, self->isolated);
      break;
    case PROP_HATCHING:
      g_value_set_boolean (value, self->hatching);
      break;
    case PROP_LOUPE:
      g_value_set_boolean (value, self->loupe);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsn_display_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  TsnDisplay *self = TSN_DISPLAY (object);

  switch (prop_id)
    {
    case PROP_LAYOUT:
      tsn_display_set_layout (self, g_value_get_enum (value));
      break;
    case PROP_OPACITY:
      tsn_display_set_opacity (self, g_value_get_double (value));
      break;
    case PROP_ISOLATED:
      tsn_display_set_isolated (self, g_value_get_int (value));
      break;
    case PROP_HATCHING:
      tsn_display_set_hatching (self, g_value_get_boolean (value));
      break;
    case PROP_LOUPE:
      tsn_display_set_loupe (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsn_display_class_init (TsnDisplayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tsn_display_get_property;
  object_class->set_property = tsn_display_set_property;
  props[PROP_LAYOUT]
      = g_param_spec_enum ("layout", NULL, NULL, TSN_TYPE_LAYOUT, TSN_LAYOUT_GRID, flags);
  props[PROP_OPACITY]
      = g_param_spec_double ("opacity", NULL, NULL, 0, 1, DEFAULT_OPACITY, flags);
  props[PROP_ISOLATED] = g_param_spec_int ("isolated", NULL, NULL, -1, G_MAXUINT8, -1, flags);
  props[PROP_HATCHING] = g_param_spec_boolean ("hatching", NULL, NULL, FALSE, flags);
  props[PROP_LOUPE] = g_param_spec_boolean ("loupe", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tsn_display_init (TsnDisplay *self)
{
  self->opacity = DEFAULT_OPACITY;
  self->isolated = -1;
}

TsnDisplay *
tsn_display_new (void)
{
  return g_object_new (TSN_TYPE_DISPLAY, NULL);
}

static void
notify (TsnDisplay *self, guint prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop_id]);
}

TsnLayout
tsn_display_get_layout (TsnDisplay *self)
{
  return self->layout;
}

void
tsn_display_set_layout (TsnDisplay *self, TsnLayout layout)
{
  if (self->layout == layout)
    return;
  self->layout = layout;
  notify (self, PROP_LAYOUT);
}

double
tsn_display_get_opacity (TsnDisplay *self)
{
  return self->opacity;
}

void
tsn_display_set_opacity (TsnDisplay *self, double opacity)
{
  opacity = CLAMP (opacity, 0, 1);
  if (self->opacity == opacity)
    return;
  self->opacity = opacity;
  notify (self, PROP_OPACITY);
}

int
tsn_display_get_isolated (TsnDisplay *self)
{
  return self->isolated;
}

/**
 * tsn_display_set_isolated:
 * @class_index: the class of the active task that is to stand out, -1 for none
 */
void
tsn_display_set_isolated (TsnDisplay *self, int class_index)
{
  if (self->isolated == class_index)
    return;
  self->isolated = class_index;
  notify (self, PROP_ISOLATED);
}

gboolean
tsn_display_get_hatching (TsnDisplay *self)
{
  return self->hatching;
}

void
tsn_display_set_hatching (TsnDisplay *self, gboolean hatching)
{
  if (self->hatching == hatching)
    return;
  self->hatching = hatching;
  notify (self, PROP_HATCHING);
}

gboolean
tsn_display_get_loupe (TsnDisplay *self)
{
  return self->loupe;
}

void
tsn_display_set_loupe (TsnDisplay *self, gboolean loupe)
{
  if (self->loupe == loupe)
    return;
  self->loupe = loupe;
  notify (self, PROP_LOUPE);
}
