#include "ui/tsn-canvas.h"

#include "ui/tsn-canvas-input.h"
#include "ui/tsn-resources.h"

#include <math.h>

/* From this magnification on, pixels are drawn as squares. */
#define SQUARE_PIXELS 2.0

/* Levels up to this many pixels become one texture; of larger ones only what is in sight does. */
#define WHOLE_TEXTURE_PIXELS (2u * 1024 * 1024)

/* What is in sight is rounded out to this many pixels, so that a small pan needs no new texture. */
#define CROP_GRID 256

struct _TsnCanvas
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkLabel *probe;
  GtkSpinner *spinner;

  TsnView *view;
  TsnPicture *picture;
  char *summary;

  /* The texture drawn last and what it shows. */
  GdkTexture *texture;
  guint texture_level;
  cairo_rectangle_int_t texture_area;
};

enum
{
  ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsnCanvas, tsn_canvas, GTK_TYPE_WIDGET)

/* Where a level of the picture lies on the pane, and which of its pixels are in sight. */
typedef struct
{
  guint level;
  double x;
  double y;
  double scale_x; /* logical pixels per pixel of the level */
  double scale_y;
  cairo_rectangle_int_t visible;
} Placement;

static gboolean
find_visible (const Placement *place,
              double width,
              double height,
              int level_width,
              int level_height,
              cairo_rectangle_int_t *visible)
{
  int left = MAX (floor (-place->x / place->scale_x), 0);
  int top = MAX (floor (-place->y / place->scale_y), 0);
  int right = MIN (ceil ((width - place->x) / place->scale_x), level_width);
  int bottom = MIN (ceil ((height - place->y) / place->scale_y), level_height);

  *visible = (cairo_rectangle_int_t){ left, top, right - left, bottom - top };
  return right > left && bottom > top;
}

static gboolean
place_picture (TsnCanvas *self, Placement *place)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double left, top, right, bottom, zoom = tsn_view_get_zoom (self->view), image_width, image_height;
  double scale;

  tsn_view_get_origin (self->view, &place->x, &place->y);
  tsn_view_get_image_size (self->view, &image_width, &image_height);
  left = place->x;
  top = place->y;
  right = left + image_width * zoom;
  bottom = top + image_height * zoom;
  scale = (right - left) / tsn_picture_get_width (self->picture, 0);
  place->level
      = tsn_picture_pick_level (self->picture, scale * gtk_widget_get_scale_factor (widget));
  place->scale_x = (right - left) / tsn_picture_get_width (self->picture, place->level);
  place->scale_y = (bottom - top) / tsn_picture_get_height (self->picture, place->level);
  return find_visible (place, gtk_widget_get_width (widget), gtk_widget_get_height (widget),
                       tsn_picture_get_width (self->picture, place->level),
                       tsn_picture_get_height (self->picture, place->level), &place->visible);
}

static graphene_rect_t
area_on_pane (const Placement *place, const cairo_rectangle_int_t *area)
{
  return GRAPHENE_RECT_INIT (place->x + area->x * place->scale_x,
                             place->y + area->y * place->scale_y, area->width * place->scale_x,
                             area->height * place->scale_y);
}

static void
draw_squares (TsnCanvas *self, GtkSnapshot *snapshot, const Placement *place)
{
  graphene_rect_t bounds = area_on_pane (place, &place->visible);
  cairo_surface_t *surface
      = tsn_picture_crop_surface (self->picture, place->level, &place->visible);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  cairo_translate (cr, bounds.origin.x, bounds.origin.y);
  cairo_scale (cr, place->scale_x, place->scale_y);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
choose_texture_area (TsnCanvas *self, const Placement *place, cairo_rectangle_int_t *area)
{
  int width = tsn_picture_get_width (self->picture, place->level);
  int height = tsn_picture_get_height (self->picture, place->level);
  const cairo_rectangle_int_t *in = &place->visible;
  int left, top;

  *area = (cairo_rectangle_int_t){ 0, 0, width, height };
  if ((guint64) width * height <= WHOLE_TEXTURE_PIXELS)
    return;
  left = in->x / CROP_GRID * CROP_GRID;
  top = in->y / CROP_GRID * CROP_GRID;
  area->x = left;
  area->y = top;
  area->width
      = MIN ((in->x + in->width - left + CROP_GRID - 1) / CROP_GRID * CROP_GRID, width - left);
  area->height
      = MIN ((in->y + in->height - top + CROP_GRID - 1) / CROP_GRID * CROP_GRID, height - top);
}

static void
draw_texture (TsnCanvas *self, GtkSnapshot *snapshot, const Placement *place)
{
  cairo_rectangle_int_t area;
  graphene_rect_t bounds;

  choose_texture_area (self, place, &area);
  if (self->texture == NULL || self->texture_level != place->level
      || memcmp (&self->texture_area, &area, sizeof area) != 0)
    {
      g_clear_object (&self->texture);
      self->texture = tsn_picture_crop_texture (self->picture, place->level, &area);
      self->texture_level = place->level;
      self->texture_area = area;
    }
  bounds = area_on_pane (place, &area);
  gtk_snapshot_append_texture (snapshot, self->texture, &bounds);
}

/* A cross with a gap in its middle, light within dark, to be seen on any colour. */
static void
draw_probe (TsnCanvas *self, GtkSnapshot *snapshot)
{
  static const float arms[4][4]
      = { { -11, -1, 7, 2 }, { 4, -1, 7, 2 }, { -1, -11, 2, 7 }, { -1, 4, 2, 7 } };
  const GdkRGBA dark = { 0, 0, 0, 0.7 }, light = { 1, 1, 1, 1 };
  double image_x, image_y, x, y;

  if (!tsn_view_get_probe (self->view, &image_x, &image_y))
    return;
  tsn_view_to_pane (self->view, image_x, image_y, &x, &y);
  for (guint i = 0; i < 4; i++)
    {
      graphene_rect_t arm = GRAPHENE_RECT_INIT (round (x) + arms[i][0], round (y) + arms[i][1],
                                                arms[i][2], arms[i][3]);
      graphene_rect_t border = arm;

      graphene_rect_inset (&border, -1, -1);
      gtk_snapshot_append_color (snapshot, &dark, &border);
      gtk_snapshot_append_color (snapshot, &light, &arm);
    }
}

static void
tsn_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TsnCanvas *self = TSN_CANVAS (widget);
  Placement place;

  if (self->picture != NULL && place_picture (self, &place))
    {
      int device_scale = gtk_widget_get_scale_factor (widget);

      if (place.scale_x * device_scale > SQUARE_PIXELS)
        draw_squares (self, snapshot, &place);
      else
        draw_texture (self, snapshot, &place);
      draw_probe (self, snapshot);
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
  g_clear_object (&self->texture);
  g_clear_object (&self->view);
  g_clear_pointer (&self->picture, tsn_picture_unref);
  g_clear_pointer (&self->summary, g_free);
  G_OBJECT_CLASS (tsn_canvas_parent_class)->dispose (object);
}

static void
tsn_canvas_class_init (TsnCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_canvas_dispose;
  widget_class->snapshot = tsn_canvas_snapshot;
  signals[ACTIVATE] = g_signal_new ("activate", TSN_TYPE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-canvas.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnCanvas, title);
  gtk_widget_class_bind_template_child (widget_class, TsnCanvas, probe);
  gtk_widget_class_bind_template_child (widget_class, TsnCanvas, spinner);
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tsn_canvas_init (TsnCanvas *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

TsnCanvas *
tsn_canvas_new (TsnView *view)
{
  TsnCanvas *self = g_object_new (TSN_TYPE_CANVAS, NULL);

  self->view = g_object_ref (view);
  g_signal_connect_object (view, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "probe-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  tsn_canvas_input_attach (self, view, activate_cb);
  return self;
}

/**
 * tsn_canvas_set_picture:
 * @picture: (nullable): what to draw
 */
void
tsn_canvas_set_picture (TsnCanvas *self, TsnPicture *picture)
{
  if (self->picture == picture)
    return;
  g_clear_object (&self->texture);
  g_clear_pointer (&self->picture, tsn_picture_unref);
  if (picture != NULL)
    self->picture = tsn_picture_ref (picture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

TsnPicture *
tsn_canvas_get_picture (TsnCanvas *self)
{
  return self->picture;
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
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), summary);
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
