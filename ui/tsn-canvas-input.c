#include "ui/tsn-canvas-input.h"

#include <math.h>

/* Zoom of one click of the wheel. */
#define WHEEL_FACTOR 1.2

/* How far an arrow key moves the photo, in logical pixels. */
#define KEY_STEP 48.0

/* How far an arrow key with Shift moves the probe, in logical pixels. */
#define PROBE_STEP 8.0

/* A press that moves further than this is a drag, not a click. */
#define CLICK_SLOP 4.0

typedef struct
{
  TsnCanvas *canvas; /* borrowed: the controllers that hold this belong to it */
  TsnView *view;
  TsnCanvasActivateFunc activate;
  double pointer_x;
  double pointer_y;
  double start_x; /* of the drag */
  double last_x;
  double last_y;
  double last_scale; /* of the pinch */
  gboolean at_divider;
  gboolean wiping; /* the drag is of the divider */
} Input;

static void
input_free (Input *input)
{
  g_object_unref (input->view);
  g_free (input);
}

/* GTK tells again where the pointer is when something is laid out anew; a pointer that rests does not
 * take the probe from the keys. */
static void
motion_cb (Input *input, double x, double y)
{
  gboolean moved = !isnan (input->pointer_x) && (x != input->pointer_x || y != input->pointer_y);
  double image_x, image_y;

  input->pointer_x = x;
  input->pointer_y = y;
  if (!moved && tsn_view_get_probe_held (input->view))
    return;
  tsn_view_to_image (input->view, x, y, &image_x, &image_y);
  tsn_view_set_probe (input->view, image_x, image_y);
  if (tsn_canvas_is_at_divider (input->canvas, x) != input->at_divider)
    {
      input->at_divider = !input->at_divider;
      gtk_widget_set_cursor_from_name (GTK_WIDGET (input->canvas),
                                       input->at_divider ? "col-resize" : NULL);
    }
}

static void
leave_cb (Input *input)
{
  input->pointer_x = input->pointer_y = NAN;
  if (!tsn_view_get_probe_held (input->view))
    tsn_view_clear_probe (input->view);
}

static void
zoom_about_pointer (Input *input, double factor)
{
  if (isnan (input->pointer_x))
    tsn_view_zoom (input->view, factor);
  else
    tsn_view_zoom_about (input->view, factor, input->pointer_x, input->pointer_y);
}

/* A wheel zooms; two fingers on a touchpad pan, or zoom with Ctrl. */
static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, Input *input)
{
  GtkEventController *base = GTK_EVENT_CONTROLLER (controller);
  GdkDevice *device = gtk_event_controller_get_current_event_device (base);
  GdkModifierType state = gtk_event_controller_get_current_event_state (base);
  gboolean touchpad = device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHPAD;

  if ((state & GDK_SHIFT_MASK) != 0)
    tsn_view_pan (input->view, -KEY_STEP * (dx + dy), 0);
  else if (touchpad && (state & GDK_CONTROL_MASK) == 0)
    tsn_view_pan (input->view, -KEY_STEP / 2 * dx, -KEY_STEP / 2 * dy);
  else
    zoom_about_pointer (input, pow (WHEEL_FACTOR, -dy));
  return GDK_EVENT_STOP;
}

static void
drag_begin_cb (Input *input, double x)
{
  input->last_x = input->last_y = 0;
  input->start_x = x;
  input->wiping = tsn_canvas_is_at_divider (input->canvas, x);
  gtk_widget_grab_focus (GTK_WIDGET (input->canvas));
}

static void
drag_update_cb (Input *input, double dx, double dy)
{
  if (input->last_x == 0 && input->last_y == 0 && hypot (dx, dy) < CLICK_SLOP)
    return;
  if (input->wiping)
    tsn_canvas_drag_divider (input->canvas, input->start_x + dx);
  else if (!tsn_view_get_fit (input->view))
    {
      tsn_view_pan (input->view, dx - input->last_x, dy - input->last_y);
      gtk_widget_set_cursor_from_name (GTK_WIDGET (input->canvas), "grabbing");
    }
  input->last_x = dx;
  input->last_y = dy;
}

static void
drag_end_cb (Input *input)
{
  gtk_widget_set_cursor (GTK_WIDGET (input->canvas), NULL);
  input->wiping = input->at_divider = FALSE;
}

static void
click_cb (Input *input, int n_press)
{
  if (input->last_x == 0 && input->last_y == 0)
    input->activate (input->canvas, n_press);
}

static void
pinch_begin_cb (Input *input)
{
  input->last_scale = 1;
}

static void
pinch_cb (GtkGestureZoom *gesture, double scale, Input *input)
{
  double x, y;

  if (gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y) && scale > 0)
    tsn_view_zoom_about (input->view, scale / input->last_scale, x, y);
  input->last_scale = scale;
}

static gboolean
pan_by_key (TsnView *view, double dx, double dy)
{
  /* With the whole photo in sight, arrow keys move the focus instead. */
  if (tsn_view_get_fit (view))
    return GDK_EVENT_PROPAGATE;
  tsn_view_pan (view, dx, dy);
  return GDK_EVENT_STOP;
}

/* What the pointer does, without one: with Ctrl a pixel of the photo at a time. */
static gboolean
probe_by_key (Input *input, int dx, int dy, gboolean fine)
{
  double step = fine ? 1 : PROBE_STEP / tsn_view_get_zoom (input->view);
  double x, y, width, height;

  tsn_view_get_image_size (input->view, &width, &height);
  if (width < 1 || height < 1)
    return GDK_EVENT_PROPAGATE;
  if (tsn_view_get_probe (input->view, &x, &y))
    {
      x += dx * step;
      y += dy * step;
    }
  else
    {
      tsn_view_get_centre (input->view, &x, &y);
      x *= width;
      y *= height;
    }
  tsn_view_hold_probe (input->view, CLAMP (x, 0.5, width - 0.5), CLAMP (y, 0.5, height - 0.5));
  return GDK_EVENT_STOP;
}

static void
focus_left_cb (Input *input)
{
  if (tsn_view_get_probe_held (input->view))
    tsn_view_clear_probe (input->view);
}

static gboolean
probe_key (Input *input, guint keyval, gboolean fine)
{
  switch (keyval)
    {
    case GDK_KEY_Left:
      return probe_by_key (input, -1, 0, fine);
    case GDK_KEY_Right:
      return probe_by_key (input, 1, 0, fine);
    case GDK_KEY_Up:
      return probe_by_key (input, 0, -1, fine);
    case GDK_KEY_Down:
      return probe_by_key (input, 0, 1, fine);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
key_cb (Input *input, guint keyval, guint keycode, GdkModifierType state)
{
  if ((state & GDK_SHIFT_MASK) != 0
      && probe_key (input, keyval, (state & GDK_CONTROL_MASK) != 0) == GDK_EVENT_STOP)
    return GDK_EVENT_STOP;
  switch (keyval)
    {
    case GDK_KEY_Left:
      return pan_by_key (input->view, KEY_STEP, 0);
    case GDK_KEY_Right:
      return pan_by_key (input->view, -KEY_STEP, 0);
    case GDK_KEY_Up:
      return pan_by_key (input->view, 0, KEY_STEP);
    case GDK_KEY_Down:
      return pan_by_key (input->view, 0, -KEY_STEP);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      input->activate (input->canvas, 2);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
add_pointer (Input *input)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), input);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), input);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), input);
  gtk_widget_add_controller (GTK_WIDGET (input->canvas), motion);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), input);
  gtk_widget_add_controller (GTK_WIDGET (input->canvas), scroll);
}

static void
add_gestures (Input *input)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), input);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), input);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), input);
  gtk_widget_add_controller (GTK_WIDGET (input->canvas), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (click, "released", G_CALLBACK (click_cb), input);
  gtk_widget_add_controller (GTK_WIDGET (input->canvas), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_group (drag, click);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), input);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), input);
  gtk_widget_add_controller (GTK_WIDGET (input->canvas), GTK_EVENT_CONTROLLER (pinch));
}

/**
 * tsn_canvas_input_attach:
 *
 * Lets a person zoom (wheel, pinch), pan (drag, arrow keys), probe (pointer, arrow keys with Shift)
 * and activate.
 */
void
tsn_canvas_input_attach (TsnCanvas *canvas, TsnView *view, TsnCanvasActivateFunc activate)
{
  Input *input = g_new0 (Input, 1);
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  input->canvas = canvas;
  input->view = g_object_ref (view);
  input->activate = activate;
  input->last_scale = 1;
  input->pointer_x = input->pointer_y = NAN;
  add_pointer (input);
  add_gestures (input);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), input);
  gtk_widget_add_controller (GTK_WIDGET (canvas), key);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), input);
  gtk_widget_add_controller (GTK_WIDGET (canvas), focus);
  g_object_set_data_full (G_OBJECT (canvas), "tsn-canvas-input", input,
                          (GDestroyNotify) input_free);
}
