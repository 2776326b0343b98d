#include "ui/tsn-view.h"

#include <math.h>

struct _TsnView
{
  GObject parent_instance;

  double image_width;
  double image_height;
  double width; /* of a pane */
  double height;
  int device_scale;

  gboolean fit;
  double zoom;
  double centre_x; /* the image point in the middle of a pane */
  double centre_y;

  gboolean probing;
  double probe_x;
  double probe_y;
  gboolean probe_held; /* by keys */
};

enum
{
  PROP_ZOOM = 1,
  PROP_FIT,
  N_PROPS
};

enum
{
  CHANGED,
  PROBE_CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsnView, tsn_view, G_TYPE_OBJECT)

static double
fit_zoom (TsnView *self)
{
  return MIN (self->width / self->image_width, self->height / self->image_height);
}

static double
clamp_zoom (TsnView *self, double zoom)
{
  double smallest = MIN (fit_zoom (self), 1.0 / self->device_scale);

  return CLAMP (zoom, smallest, TSN_VIEW_MAX_ZOOM);
}

/* A photo larger than the pane covers all of it; a smaller one stays in the middle. */
static double
clamp_centre (double centre, double image, double visible)
{
  if (visible >= image)
    return image / 2;
  return CLAMP (centre, visible / 2, image - visible / 2);
}

static void
update (TsnView *self, gboolean fit, double zoom, double centre_x, double centre_y)
{
  double old_zoom = self->zoom;
  gboolean old_fit = self->fit;

  self->fit = fit;
  self->zoom = fit ? MIN (fit_zoom (self), TSN_VIEW_MAX_ZOOM) : clamp_zoom (self, zoom);
  self->centre_x = clamp_centre (centre_x, self->image_width, self->width / self->zoom);
  self->centre_y = clamp_centre (centre_y, self->image_height, self->height / self->zoom);
  if (self->zoom != old_zoom)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ZOOM]);
  if (self->fit != old_fit)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FIT]);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
tsn_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TsnView *self = TSN_VIEW (object);

  switch (prop_id)
    {
    case PROP_ZOOM:
      g_value_set_double (value, self->zoom);
      break;
    case PROP_FIT:
      g_value_set_boolean (value, self->fit);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tsn_view_class_init (TsnViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tsn_view_get_property;
  props[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 0, G_MAXDOUBLE, 1,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_FIT]
      = g_param_spec_boolean ("fit", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", TSN_TYPE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[PROBE_CHANGED] = g_signal_new ("probe-changed", TSN_TYPE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
tsn_view_init (TsnView *self)
{
  self->image_width = self->image_height = 1;
  self->width = self->height = 1;
  self->device_scale = 1;
  self->fit = TRUE;
  self->zoom = 1;
  self->centre_x = self->centre_y = 0.5;
}

TsnView *
tsn_view_new (void)
{
  return g_object_new (TSN_TYPE_VIEW, NULL);
}

/**
 * tsn_view_set_image_size:
 *
 * Says how large the photo is.  A photo of another size is shown whole.
 */
void
tsn_view_set_image_size (TsnView *self, double width, double height)
{
  g_return_if_fail (width >= 1 && height >= 1);

  if (self->image_width == width && self->image_height == height)
    return;
  self->image_width = width;
  self->image_height = height;
  tsn_view_clear_probe (self);
  tsn_view_fit (self);
}

void
tsn_view_get_image_size (TsnView *self, double *width, double *height)
{
  *width = self->image_width;
  *height = self->image_height;
}

/**
 * tsn_view_set_viewport:
 * @width: of a pane in logical pixels
 * @device_scale: device pixels per logical pixel
 *
 * Says how large the panes are; what is in their middle stays there.
 */
void
tsn_view_set_viewport (TsnView *self, double width, double height, int device_scale)
{
  width = MAX (width, 1);
  height = MAX (height, 1);
  if (self->width == width && self->height == height && self->device_scale == device_scale)
    return;
  self->width = width;
  self->height = height;
  self->device_scale = device_scale;
  update (self, self->fit, self->zoom, self->centre_x, self->centre_y);
}

/**
 * tsn_view_get_pane_side:
 *
 * Returns: the longer side of a pane in device pixels.
 */
guint
tsn_view_get_pane_side (TsnView *self)
{
  return lround (MAX (self->width, self->height) * self->device_scale);
}

double
tsn_view_get_zoom (TsnView *self)
{
  return self->zoom;
}

gboolean
tsn_view_get_fit (TsnView *self)
{
  return self->fit;
}

/**
 * tsn_view_get_origin:
 * @x: (out): the pane position of the photo's top left corner, on a device pixel, so that a photo
 *   at its actual size is shown pixel by pixel
 */
void
tsn_view_get_origin (TsnView *self, double *x, double *y)
{
  double left = self->width / 2 - self->centre_x * self->zoom;
  double top = self->height / 2 - self->centre_y * self->zoom;

  *x = floor (left * self->device_scale + 0.5) / self->device_scale;
  *y = floor (top * self->device_scale + 0.5) / self->device_scale;
}

void
tsn_view_to_image (TsnView *self, double x, double y, double *image_x, double *image_y)
{
  *image_x = self->centre_x + (x - self->width / 2) / self->zoom;
  *image_y = self->centre_y + (y - self->height / 2) / self->zoom;
}

void
tsn_view_to_pane (TsnView *self, double image_x, double image_y, double *x, double *y)
{
  *x = (image_x - self->centre_x) * self->zoom + self->width / 2;
  *y = (image_y - self->centre_y) * self->zoom + self->height / 2;
}

/**
 * tsn_view_fit:
 *
 * Shows the whole photo, and goes on doing so when the panes change size.
 */
void
tsn_view_fit (TsnView *self)
{
  update (self, TRUE, self->zoom, self->image_width / 2, self->image_height / 2);
}

/**
 * tsn_view_show_actual_size:
 *
 * Shows one pixel of the photo on each pixel of the screen.
 */
void
tsn_view_show_actual_size (TsnView *self)
{
  update (self, FALSE, 1.0 / self->device_scale, self->centre_x, self->centre_y);
}

/**
 * tsn_view_zoom_about:
 * @factor: above 1 to come closer
 * @x: the pane position that keeps its place on the photo, as far as the photo's border allows
 */
void
tsn_view_zoom_about (TsnView *self, double factor, double x, double y)
{
  double image_x, image_y, zoom;

  g_return_if_fail (factor > 0);

  tsn_view_to_image (self, x, y, &image_x, &image_y);
  zoom = clamp_zoom (self, self->zoom * factor);
  update (self, FALSE, zoom, image_x - (x - self->width / 2) / zoom,
          image_y - (y - self->height / 2) / zoom);
}

/**
 * tsn_view_zoom:
 *
 * Zooms about the middle of the panes.
 */
void
tsn_view_zoom (TsnView *self, double factor)
{
  tsn_view_zoom_about (self, factor, self->width / 2, self->height / 2);
}

/**
 * tsn_view_pan:
 * @dx: how far the photo moves to the right, in logical pixels
 * @dy: how far it moves down
 */
void
tsn_view_pan (TsnView *self, double dx, double dy)
{
  update (self, FALSE, self->zoom, self->centre_x - dx / self->zoom,
          self->centre_y - dy / self->zoom);
}

/**
 * tsn_view_get_centre:
 * @x: (out): what is in the middle of a pane, as a share of the photo's width
 * @y: (out): and of its height
 */
void
tsn_view_get_centre (TsnView *self, double *x, double *y)
{
  *x = self->centre_x / self->image_width;
  *y = self->centre_y / self->image_height;
}

/* What of a side is in sight, as shares of it. */
static void
find_part (double centre, double visible, double side, double *start, double *length)
{
  double first = CLAMP (centre - visible / 2, 0, side);
  double last = CLAMP (centre + visible / 2, 0, side);

  *start = first / side;
  *length = (last - first) / side;
}

/**
 * tsn_view_get_part:
 * @x: (out): the left border of what is in sight, as a share of the photo's width
 * @y: (out): its upper border, as a share of the photo's height
 * @width: (out): its width, as a share of the photo's
 * @height: (out): its height, as a share of the photo's
 *
 * Returns: whether it is less than the whole photo.
 */
gboolean
tsn_view_get_part (TsnView *self, double *x, double *y, double *width, double *height)
{
  find_part (self->centre_x, self->width / self->zoom, self->image_width, x, width);
  find_part (self->centre_y, self->height / self->zoom, self->image_height, y, height);
  return !self->fit && (*width < 1 || *height < 1);
}

/**
 * tsn_view_show:
 * @zoom: logical pixels per image pixel
 * @x: what is to be in the middle, as by tsn_view_get_centre()
 *
 * Goes back to a place, as far as the panes' size allows.
 */
void
tsn_view_show (TsnView *self, double zoom, double x, double y)
{
  update (self, FALSE, zoom, x * self->image_width, y * self->image_height);
}

/**
 * tsn_view_set_probe:
 *
 * Points at a position of the photo; outside of the photo there is nothing to point at.
 */
void
tsn_view_set_probe (TsnView *self, double image_x, double image_y)
{
  if (image_x < 0 || image_y < 0 || image_x >= self->image_width || image_y >= self->image_height)
    {
      tsn_view_clear_probe (self);
      return;
    }
  self->probing = TRUE;
  self->probe_held = FALSE;
  self->probe_x = image_x;
  self->probe_y = image_y;
  g_signal_emit (self, signals[PROBE_CHANGED], 0);
}

/**
 * tsn_view_hold_probe:
 *
 * Points as tsn_view_set_probe() does, by keys: until the pointer moves.
 */
void
tsn_view_hold_probe (TsnView *self, double image_x, double image_y)
{
  tsn_view_set_probe (self, image_x, image_y);
  self->probe_held = self->probing;
}

/**
 * tsn_view_get_probe_held:
 *
 * Returns: whether keys point at something.
 */
gboolean
tsn_view_get_probe_held (TsnView *self)
{
  return self->probe_held;
}

void
tsn_view_clear_probe (TsnView *self)
{
  if (!self->probing)
    return;
  self->probing = self->probe_held = FALSE;
  g_signal_emit (self, signals[PROBE_CHANGED], 0);
}

/**
 * tsn_view_get_probe:
 *
 * Returns: whether something is pointed at; if so, the position in image pixels.
 */
gboolean
tsn_view_get_probe (TsnView *self, double *image_x, double *image_y)
{
  if (self->probing)
    {
      *image_x = self->probe_x;
      *image_y = self->probe_y;
    }
  return self->probing;
}
