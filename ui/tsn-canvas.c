#include "ui/tsn-canvas.h"

#include "ui/tsn-canvas-badges.h"
#include "ui/tsn-canvas-input.h"
#include "ui/tsn-canvas-marks.h"
#include "ui/tsn-layer.h"
#include "ui/tsn-resources.h"
#include "ui/tsn-tip.h"

#include <math.h>

/* How much closer than the pane the loupe looks, and the side of its square. */
#define LOUPE_FACTOR 4.0
#define LOUPE_SIDE 132.0

/* Between the pointer and the loupe. */
#define LOUPE_DISTANCE 18.0

/* How near to the divider the pointer takes hold of it. */
#define GRIP 9.0

struct _TsnCanvas
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkLabel *probe;
  GtkSpinner *spinner;

  GtkLabel *second_title;
  GtkLabel *note;

  TsnView *view;
  char *summary;

  TsnLayer base; /* lies under the others */
  TsnLayer picture;
  TsnLayer second; /* right of the divider, where there is one */
  double opacity;  /* of what lies upon the base */
  double wipe;     /* where the divider is, as a share of the part of the photo in sight */
  gboolean loupe;
};

enum
{
  ACTIVATE,
  WIPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsnCanvas, tsn_canvas, GTK_TYPE_WIDGET)

static void
get_frame (TsnCanvas *self, TsnLayerFrame *frame)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double zoom = tsn_view_get_zoom (self->view), width, height;

  tsn_view_get_origin (self->view, &frame->x, &frame->y);
  tsn_view_get_image_size (self->view, &width, &height);
  frame->photo_width = width * zoom;
  frame->photo_height = height * zoom;
  frame->area
      = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  frame->device_scale = gtk_widget_get_scale_factor (widget);
}

/* Where the photo is in sight, from left to right. */
static void
get_span (const TsnLayerFrame *frame, double *left, double *right)
{
  *left = MAX (frame->x, 0);
  *right = MIN (frame->x + frame->photo_width, frame->area.size.width);
}

static double
find_divider (TsnCanvas *self, const TsnLayerFrame *frame)
{
  double left, right;

  get_span (frame, &left, &right);
  return left + self->wipe * (right - left);
}

typedef void (*LayerFunc) (TsnLayer *layer, GtkSnapshot *snapshot, const TsnLayerFrame *frame);

/* Clipped to what is right of the divider.  Nothing is drawn into a clip without an area: GTK 4.8
 * would never free it. */
static void
draw_second (TsnCanvas *self,
             GtkSnapshot *snapshot,
             const TsnLayerFrame *frame,
             double divider,
             LayerFunc draw)
{
  graphene_rect_t right = frame->area;

  right.size.width += right.origin.x - divider;
  right.origin.x = divider;
  if (right.size.width <= 0 || right.size.height <= 0)
    return;
  gtk_snapshot_push_clip (snapshot, &right);
  draw (&self->second, snapshot, frame);
  gtk_snapshot_pop (snapshot);
}

/* All layers, one over the other. */
static void
draw_layers (TsnCanvas *self,
             GtkSnapshot *snapshot,
             const TsnLayerFrame *frame,
             double divider,
             LayerFunc draw)
{
  gboolean blended = self->base.picture != NULL && self->picture.picture != NULL;

  draw (&self->base, snapshot, frame);
  if (blended)
    gtk_snapshot_push_opacity (snapshot, self->opacity);
  draw (&self->picture, snapshot, frame);
  if (self->second.picture != NULL)
    draw_second (self, snapshot, frame, divider, draw);
  if (blended)
    gtk_snapshot_pop (snapshot);
}

/* Beside the pointer, on the side where there is room. */
static graphene_rect_t
place_loupe (const TsnLayerFrame *frame, double x, double y)
{
  double width = frame->area.size.width, height = frame->area.size.height;
  double side = MIN (LOUPE_SIDE, MIN (width, height) / 2);
  double left = x + LOUPE_DISTANCE, top = y - LOUPE_DISTANCE - side;

  if (left + side > width)
    left = x - LOUPE_DISTANCE - side;
  if (top < 0)
    top = y + LOUPE_DISTANCE;
  return GRAPHENE_RECT_INIT (round (CLAMP (left, 0, width - side)),
                             round (CLAMP (top, 0, height - side)), side, side);
}

static void
draw_loupe (TsnCanvas *self, GtkSnapshot *snapshot, const TsnLayerFrame *frame, double x, double y)
{
  graphene_rect_t bounds = place_loupe (frame, x, y);
  double middle_x = bounds.origin.x + bounds.size.width / 2;
  double middle_y = bounds.origin.y + bounds.size.height / 2;
  const GdkRGBA behind = { 0.5, 0.5, 0.5, 1 };
  TsnLayerFrame closer = *frame;

  closer.x = middle_x + (frame->x - x) * LOUPE_FACTOR;
  closer.y = middle_y + (frame->y - y) * LOUPE_FACTOR;
  closer.photo_width = frame->photo_width * LOUPE_FACTOR;
  closer.photo_height = frame->photo_height * LOUPE_FACTOR;
  closer.area = bounds;
  if (bounds.size.width <= 0)
    return;
  gtk_snapshot_push_clip (snapshot, &bounds);
  gtk_snapshot_append_color (snapshot, &behind, &bounds);
  draw_layers (self, snapshot, &closer, middle_x + (find_divider (self, frame) - x) * LOUPE_FACTOR,
               tsn_layer_snapshot_detail);
  gtk_snapshot_pop (snapshot);
  tsn_canvas_marks_frame (snapshot, &bounds);
  tsn_canvas_marks_probe (snapshot, middle_x, middle_y);
}

static void
tsn_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TsnCanvas *self = TSN_CANVAS (widget);
  double image_x, image_y, x, y, divider;
  TsnLayerFrame frame;

  get_frame (self, &frame);
  divider = find_divider (self, &frame);
  draw_layers (self, snapshot, &frame, divider, tsn_layer_snapshot);
  if (self->second.picture != NULL)
    tsn_canvas_marks_divider (snapshot, divider, MAX (frame.y, 0),
                              MIN (frame.y + frame.photo_height, frame.area.size.height));
  if (self->picture.picture != NULL && tsn_view_get_probe (self->view, &image_x, &image_y))
    {
      tsn_view_to_pane (self->view, image_x, image_y, &x, &y);
      tsn_canvas_marks_probe (snapshot, x, y);
      if (self->loupe)
        draw_loupe (self, snapshot, &frame, x, y);
    }
  GTK_WIDGET_CLASS (tsn_canvas_parent_class)->snapshot (widget, snapshot);
}

static void
update_accessible (TsnCanvas *self)
{
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_label_get_text (self->title),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->summary != NULL ? self->summary : "", -1);
}

static void
activate_cb (TsnCanvas *self, int n_press)
{
  g_signal_emit (self, signals[ACTIVATE], 0, n_press);
}

static void
tsn_canvas_dispose (GObject *object)
{
  TsnCanvas *self = TSN_CANVAS (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  tsn_layer_clear (&self->base);
  tsn_layer_clear (&self->picture);
  tsn_layer_clear (&self->second);
  g_clear_object (&self->view);
  g_clear_pointer (&self->summary, g_free);
  G_OBJECT_CLASS (tsn_canvas_parent_class)->dispose (object);
}

static gboolean
is_empty (TsnCanvas *self)
{
  return self->base.picture == NULL && self->picture.picture == NULL
         && self->second.picture == NULL;
}

/* The part of the pane that the photo covers, or all of it while there is nothing to see. */
static void
find_covered (TsnCanvas *self, int width, int height, GtkAllocation *area)
{
  TsnLayerFrame frame;
  double left, right, top, bottom;

  *area = (GtkAllocation){ 0, 0, width, height };
  if (self->view == NULL || is_empty (self))
    return;
  get_frame (self, &frame);
  left = CLAMP (frame.x, 0, width);
  right = CLAMP (frame.x + frame.photo_width, left, width);
  top = CLAMP (frame.y, 0, height);
  bottom = CLAMP (frame.y + frame.photo_height, top, height);
  *area = (GtkAllocation){ round (left), round (top), round (right - left), round (bottom - top) };
}

static void
tsn_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkAllocation covered;

  find_covered (TSN_CANVAS (widget), width, height, &covered);
  tsn_canvas_badges_allocate (widget, &covered, width, height);
}

static void
tsn_canvas_class_init (TsnCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_canvas_dispose;
  widget_class->measure = tsn_canvas_badges_measure;
  widget_class->size_allocate = tsn_canvas_size_allocate;
  widget_class->snapshot = tsn_canvas_snapshot;
  signals[ACTIVATE] = g_signal_new ("activate", TSN_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[WIPED] = g_signal_new ("wiped", TSN_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-canvas.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnCanvas, title);
  gtk_widget_class_bind_template_child (widget_class, TsnCanvas, probe);
  gtk_widget_class_bind_template_child (widget_class, TsnCanvas, spinner);
  gtk_widget_class_bind_template_child (widget_class, TsnCanvas, second_title);
  gtk_widget_class_bind_template_child (widget_class, TsnCanvas, note);
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tsn_canvas_init (TsnCanvas *self)
{
  self->opacity = 1;
  self->wipe = 0.5;
  gtk_widget_add_css_class (GTK_WIDGET (self), "empty");
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The titles stay on what is in sight of the photo. */
static void
view_changed_cb (TsnCanvas *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

TsnCanvas *
tsn_canvas_new (TsnView *view)
{
  TsnCanvas *self = g_object_new (TSN_TYPE_CANVAS, NULL);

  self->view = g_object_ref (view);
  g_signal_connect_object (view, "changed", G_CALLBACK (view_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "probe-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  tsn_canvas_input_attach (self, view, activate_cb);
  return self;
}

static void
set_layer (TsnCanvas *self, TsnLayer *layer, TsnPicture *picture)
{
  gboolean was_empty = is_empty (self);

  if (!tsn_layer_set_picture (layer, picture))
    return;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (is_empty (self) == was_empty)
    return;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  if (was_empty)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "empty");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "empty");
}

/**
 * tsn_canvas_set_picture:
 * @picture: (nullable): what to draw
 */
void
tsn_canvas_set_picture (TsnCanvas *self, TsnPicture *picture)
{
  set_layer (self, &self->picture, picture);
}

TsnPicture *
tsn_canvas_get_picture (TsnCanvas *self)
{
  return self->picture.picture;
}

/**
 * tsn_canvas_set_base:
 * @base: (nullable): the photo to lay the picture upon
 * @opacity: of the picture, 0 to 1; without a base it is opaque
 */
void
tsn_canvas_set_base (TsnCanvas *self, TsnPicture *base, double opacity)
{
  set_layer (self, &self->base, base);
  if (self->opacity == opacity)
    return;
  self->opacity = opacity;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

TsnPicture *
tsn_canvas_get_base (TsnCanvas *self)
{
  return self->base.picture;
}

/**
 * tsn_canvas_set_second:
 * @second: (nullable): what to draw right of a divider that can be dragged
 * @title: (nullable): its title
 */
void
tsn_canvas_set_second (TsnCanvas *self, TsnPicture *second, const char *title)
{
  set_layer (self, &self->second, second);
  gtk_label_set_text (self->second_title, title != NULL ? title : "");
  gtk_widget_set_visible (GTK_WIDGET (self->second_title), title != NULL);
}

TsnPicture *
tsn_canvas_get_second (TsnCanvas *self)
{
  return self->second.picture;
}

/**
 * tsn_canvas_set_wipe:
 * @wipe: where the divider is: 0 at the left end of the photo in sight, 1 at its right end
 */
void
tsn_canvas_set_wipe (TsnCanvas *self, double wipe)
{
  self->wipe = CLAMP (wipe, 0, 1);
  if (self->second.picture != NULL)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * tsn_canvas_is_at_divider:
 * @x: a position on the pane
 *
 * Returns: whether a press there takes hold of the divider.
 */
gboolean
tsn_canvas_is_at_divider (TsnCanvas *self, double x)
{
  TsnLayerFrame frame;

  if (self->second.picture == NULL)
    return FALSE;
  get_frame (self, &frame);
  return fabs (x - find_divider (self, &frame)) < GRIP;
}

/**
 * tsn_canvas_drag_divider:
 * @x: a position on the pane
 *
 * Asks for the divider to come there.
 */
void
tsn_canvas_drag_divider (TsnCanvas *self, double x)
{
  TsnLayerFrame frame;
  double left, right;

  get_frame (self, &frame);
  get_span (&frame, &left, &right);
  if (right > left)
    g_signal_emit (self, signals[WIPED], 0, CLAMP ((x - left) / (right - left), 0, 1));
}

/**
 * tsn_canvas_set_loupe:
 *
 * Shows what is around the probe closer, beside it.
 */
void
tsn_canvas_set_loupe (TsnCanvas *self, gboolean loupe)
{
  if (self->loupe == loupe)
    return;
  self->loupe = loupe;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * tsn_canvas_set_note:
 * @note: (nullable): why there is no picture
 */
void
tsn_canvas_set_note (TsnCanvas *self, const char *note)
{
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
}

void
tsn_canvas_set_title (TsnCanvas *self, const char *title)
{
  gtk_label_set_text (self->title, title);
  update_accessible (self);
}

const char *
tsn_canvas_get_title (TsnCanvas *self)
{
  return gtk_label_get_text (self->title);
}

/**
 * tsn_canvas_set_summary:
 * @summary: (nullable): what the picture shows, in words
 */
void
tsn_canvas_set_summary (TsnCanvas *self, const char *summary)
{
  if (g_strcmp0 (self->summary, summary) == 0)
    return;
  g_free (self->summary);
  self->summary = g_strdup (summary);
  tsn_tip_set (GTK_WIDGET (self->title), summary);
  update_accessible (self);
}

/**
 * tsn_canvas_set_probe_text:
 * @text: (nullable): the value under the probe
 */
void
tsn_canvas_set_probe_text (TsnCanvas *self, const char *text)
{
  gtk_label_set_text (self->probe, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->probe), text != NULL);
}

/**
 * tsn_canvas_set_selected:
 *
 * Frames the canvas whose task the legend explains.
 */
void
tsn_canvas_set_selected (TsnCanvas *self, gboolean selected)
{
  if (selected)
    gtk_widget_add_css_class (GTK_WIDGET (self), "selected");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "selected");
}

/**
 * tsn_canvas_set_waiting:
 *
 * Shows that a picture is on its way.
 */
void
tsn_canvas_set_waiting (TsnCanvas *self, gboolean waiting)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), waiting);
  gtk_spinner_set_spinning (self->spinner, waiting);
}
