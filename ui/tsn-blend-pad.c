#include "ui/tsn-blend-pad.h"

#include "ui/tsn-blend-pad-draw.h"
#include "ui/tsn-pad-shape.h"
#include "ui/tsn-resources.h"

#include <glib/gi18n.h>
#include <math.h>

/* Sizes that a pad can be used at, in logical pixels. */
#define MINIMUM 200
#define NATURAL 272

/* How far an arrow key moves the handle, in radii of the shape. */
#define KEY_STEP 0.1
#define SMALL_KEY_STEP 0.02

struct _TsnBlendPad
{
  GtkWidget parent_instance;

  TsnBlend *blend;
  TsnPadTitles *titles; /* NULL before they are needed */
  TsnPadLayout *layout; /* NULL before it is needed */
  int layout_width;
  int layout_height;
  double grab_x; /* from the pointer to the handle, while it is dragged */
  double grab_y;
};

G_DEFINE_FINAL_TYPE (TsnBlendPad, tsn_blend_pad, GTK_TYPE_WIDGET)

static void
forget_layout (TsnBlendPad *self)
{
  g_clear_pointer (&self->layout, tsn_pad_layout_free);
  g_clear_pointer (&self->titles, tsn_pad_titles_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The layout for the widget's size; NULL without tasks. */
static const TsnPadLayout *
get_layout (TsnBlendPad *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  guint n = self->blend != NULL ? tsn_blend_get_n_tasks (self->blend) : 0;

  if (n == 0)
    return NULL;
  if (self->titles == NULL)
    self->titles = tsn_pad_titles_new (widget, self->blend);
  if (self->layout == NULL || width != self->layout_width || height != self->layout_height)
    {
      g_clear_pointer (&self->layout, tsn_pad_layout_free);
      self->layout
          = tsn_pad_layout_new (n, tsn_pad_titles_get_labels (self->titles), width, height);
      self->layout_width = width;
      self->layout_height = height;
    }
  return self->layout;
}

static void
get_place (TsnBlendPad *self, double *x, double *y)
{
  tsn_pad_shape_get_place (tsn_blend_get_n_tasks (self->blend), tsn_blend_get_weights (self->blend),
                           x, y);
}

/* Moves the handle as far as it may go. */
static void
move_to (TsnBlendPad *self, double x, double y, gboolean beyond)
{
  double distance = hypot (x, y);

  if (!beyond)
    tsn_pad_shape_confine (tsn_blend_get_n_tasks (self->blend), &x, &y);
  else if (distance > TSN_BLEND_PAD_REACH)
    {
      x *= TSN_BLEND_PAD_REACH / distance;
      y *= TSN_BLEND_PAD_REACH / distance;
    }
  tsn_blend_set_place (self->blend, x, y);
}

static gboolean
is_shift_held (GtkGesture *gesture)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (gesture);

  return (gtk_event_controller_get_current_event_state (controller) & GDK_SHIFT_MASK) != 0;
}

static void
drag_to (TsnBlendPad *self, GtkGesture *gesture, double pad_x, double pad_y)
{
  const TsnPadLayout *layout = get_layout (self);
  double x, y;

  if (layout == NULL)
    return;
  tsn_pad_layout_to_shape (layout, pad_x + self->grab_x, pad_y + self->grab_y, &x, &y);
  move_to (self, x, y, is_shift_held (gesture));
}

/* A press on the handle takes it where it is, one on a corner's mark or title goes to the corner,
 * and one elsewhere fetches the handle. */
static void
drag_begin_cb (GtkGestureDrag *gesture, double pad_x, double pad_y, TsnBlendPad *self)
{
  const TsnPadLayout *layout = get_layout (self);
  double x, y;
  int corner;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->grab_x = self->grab_y = 0;
  if (layout == NULL)
    return;
  get_place (self, &x, &y);
  tsn_pad_layout_to_pad (layout, x, y, &x, &y);
  corner = tsn_pad_layout_find_corner (layout, pad_x, pad_y);
  if (hypot (x - pad_x, y - pad_y) <= TSN_PAD_MARK)
    {
      self->grab_x = x - pad_x;
      self->grab_y = y - pad_y;
    }
  else if (corner >= 0)
    {
      tsn_pad_shape_get_corner (layout->n, corner, &x, &y);
      tsn_pad_layout_to_pad (layout, x, y, &x, &y);
      self->grab_x = x - pad_x;
      self->grab_y = y - pad_y;
    }
  drag_to (self, GTK_GESTURE (gesture), pad_x, pad_y);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, TsnBlendPad *self)
{
  double x, y;

  if (gtk_gesture_drag_get_start_point (gesture, &x, &y))
    drag_to (self, GTK_GESTURE (gesture), x + dx, y + dy);
}

static void
move_by_key (TsnBlendPad *self, double dx, double dy, GdkModifierType state)
{
  double x, y, step = (state & GDK_CONTROL_MASK) != 0 ? SMALL_KEY_STEP : KEY_STEP;
  gboolean beyond = (state & GDK_SHIFT_MASK) != 0;

  get_place (self, &x, &y);
  /* A handle that is beyond already comes back in steps, not in a leap. */
  beyond = beyond || !tsn_pad_shape_contains (tsn_blend_get_n_tasks (self->blend), x, y);
  move_to (self, x + step * dx, y + step * dy, beyond);
}

static int
digit_of (guint keyval)
{
  if (keyval >= GDK_KEY_0 && keyval <= GDK_KEY_9)
    return keyval - GDK_KEY_0;
  if (keyval >= GDK_KEY_KP_0 && keyval <= GDK_KEY_KP_9)
    return keyval - GDK_KEY_KP_0;
  return -1;
}

static gboolean
jump_by_digit (TsnBlendPad *self, int digit, GdkModifierType state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (digit == 0)
    tsn_blend_set_place (self->blend, 0, 0);
  else if (digit > 0 && (guint) digit <= tsn_blend_get_n_tasks (self->blend))
    tsn_blend_set_task (self->blend, digit - 1);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
key_cb (TsnBlendPad *self, guint keyval, guint keycode, GdkModifierType state)
{
  static const struct
  {
    guint keyval;
    guint keypad;
    int dx;
    int dy;
  } arrows[] = { { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0 },
                 { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0 },
                 { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1 },
                 { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1 } };

  if (self->blend == NULL || tsn_blend_get_n_tasks (self->blend) == 0)
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    if (keyval == arrows[i].keyval || keyval == arrows[i].keypad)
      {
        move_by_key (self, arrows[i].dx, arrows[i].dy, state);
        return GDK_EVENT_STOP;
      }
  if (keyval == GDK_KEY_Home || keyval == GDK_KEY_KP_Home)
    return jump_by_digit (self, 0, 0);
  return jump_by_digit (self, digit_of (keyval), state);
}

static void
update_accessible (TsnBlendPad *self)
{
  const double *weights = tsn_blend_get_weights (self->blend);
  g_autofree char *text = tsn_blend_describe_weights (self->blend, weights);
  double heaviest = 0;

  for (guint i = 0; i < tsn_blend_get_n_tasks (self->blend); i++)
    heaviest = MAX (heaviest, weights[i]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 100.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, MIN (100 * heaviest, 100.0),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
changed_cb (TsnBlendPad *self)
{
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
tsn_blend_pad_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TsnBlendPad *self = TSN_BLEND_PAD (widget);
  const TsnPadLayout *layout = get_layout (self);

  if (layout != NULL)
    tsn_blend_pad_draw (widget, snapshot, self->blend, layout, self->titles);
}

static GtkSizeRequestMode
tsn_blend_pad_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* About as high as wide; a line needs less. */
static void
tsn_blend_pad_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  TsnBlendPad *self = TSN_BLEND_PAD (widget);
  guint n = self->blend != NULL ? tsn_blend_get_n_tasks (self->blend) : 0;

  *minimum = MINIMUM;
  *natural = NATURAL;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *natural = n == 2 ? MINIMUM / 2 : CLAMP (for_size, MINIMUM, NATURAL);
      *minimum = *natural;
    }
}

static void
tsn_blend_pad_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (tsn_blend_pad_parent_class)->css_changed (widget, change);
  forget_layout (TSN_BLEND_PAD (widget));
}

static void
tsn_blend_pad_dispose (GObject *object)
{
  TsnBlendPad *self = TSN_BLEND_PAD (object);

  g_clear_pointer (&self->layout, tsn_pad_layout_free);
  g_clear_pointer (&self->titles, tsn_pad_titles_free);
  g_clear_object (&self->blend);
  G_OBJECT_CLASS (tsn_blend_pad_parent_class)->dispose (object);
}

static void
tsn_blend_pad_class_init (TsnBlendPadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_blend_pad_dispose;
  widget_class->snapshot = tsn_blend_pad_snapshot;
  widget_class->get_request_mode = tsn_blend_pad_get_request_mode;
  widget_class->measure = tsn_blend_pad_measure;
  widget_class->css_changed = tsn_blend_pad_css_changed;
  gtk_widget_class_set_css_name (widget_class, "blendpad");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
tsn_blend_pad_init (TsnBlendPad *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Mix of tasks"), -1);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}

TsnBlendPad *
tsn_blend_pad_new (void)
{
  return g_object_new (TSN_TYPE_BLEND_PAD, NULL);
}

/* With other tasks the pad has another shape. */
static void
model_changed_cb (TsnBlendPad *self)
{
  forget_layout (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * tsn_blend_pad_set_blend:
 *
 * Says what to mix; to be called once.
 */
void
tsn_blend_pad_set_blend (TsnBlendPad *self, TsnBlend *blend)
{
  g_return_if_fail (self->blend == NULL);

  self->blend = g_object_ref (blend);
  g_signal_connect_object (blend, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (blend, "model-changed", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (tsn_blend_get_path (blend), "changed",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}
