#include "ui/tsn-channel-grid.h"

#include <glib/gi18n.h>
#include <math.h>

/* Sizes in logical pixels. */
#define GAP 4
#define LABEL_MARGIN 3
#define SMALLEST_TILE 84.0
#define LARGEST_TILE 240.0

/* Tiles are as wide as lets about this area show all of them, as far as they keep a good size. */
#define GOOD_AREA (900.0 * 560.0)

/* Columns that a grid asks for. */
#define NATURAL_COLUMNS 8

struct _TsnChannelGrid
{
  GtkWidget parent_instance;

  TsnInspectionResult *result;
  GBytes *rgb;  /* of all tiles */
  guint chosen; /* place of the tile that keys move from */
};

enum
{
  CHANNEL_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsnChannelGrid, tsn_channel_grid, GTK_TYPE_WIDGET)

/* Where tiles are. */
typedef struct
{
  guint columns;
  guint rows;
  double width; /* of a tile */
  double height;
} Layout;

static const TsnFeatureTiles *
get_tiles (TsnChannelGrid *self)
{
  return self->result != NULL ? self->result->tiles : NULL;
}

/* What a person hears who does not see the tiles. */
static void
update_accessible (TsnChannelGrid *self)
{
  const TsnFeatureTiles *tiles = get_tiles (self);
  g_autofree char *text = NULL;

  if (tiles == NULL)
    text = g_strdup (_ ("All channels"));
  else
    text = g_strdup_printf (
        ngettext ("%u channel of %s, at channel %u", "%u channels of %s, at channel %u", tiles->n),
        tiles->n, self->result->query.node, tiles->channels[self->chosen]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* As many columns as there is room for tiles of a good size. */
static gboolean
lay_out (TsnChannelGrid *self, double width, Layout *layout)
{
  const TsnFeatureTiles *tiles = get_tiles (self);
  double wanted;

  if (tiles == NULL)
    return FALSE;
  wanted = CLAMP (sqrt (GOOD_AREA / tiles->n * tiles->width / tiles->height), SMALLEST_TILE,
                  LARGEST_TILE);
  layout->columns = CLAMP ((width + GAP) / (0.9 * wanted + GAP), 1, tiles->n);
  layout->width = MIN ((width + GAP) / layout->columns - GAP, LARGEST_TILE);
  layout->height = layout->width * tiles->height / tiles->width;
  layout->rows = (tiles->n + layout->columns - 1) / layout->columns;
  return TRUE;
}

static void
tsn_channel_grid_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  Layout layout = { .columns = 1 };

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = SMALLEST_TILE;
      *natural = NATURAL_COLUMNS * (SMALLEST_TILE + GAP);
      return;
    }
  lay_out (TSN_CHANNEL_GRID (widget), for_size > 0 ? for_size : SMALLEST_TILE, &layout);
  *minimum = *natural = layout.rows * (layout.height + GAP);
}

static GtkSizeRequestMode
tsn_channel_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static graphene_rect_t
get_place (const Layout *layout, guint index)
{
  return GRAPHENE_RECT_INIT (index % layout->columns * (layout->width + GAP),
                             index / layout->columns * (layout->height + GAP), layout->width,
                             layout->height);
}

static void
draw_number (TsnChannelGrid *self, GtkSnapshot *snapshot, const graphene_rect_t *place, guint n)
{
  const GdkRGBA white = { 1, 1, 1, 1 }, dark = { 0, 0, 0, 0.6 };
  g_autofree char *text = g_strdup_printf ("%u", n);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_append_color (
      snapshot, &dark,
      &GRAPHENE_RECT_INIT (place->origin.x, place->origin.y, width + 2 * LABEL_MARGIN, height));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (place->origin.x + LABEL_MARGIN, place->origin.y));
  gtk_snapshot_append_layout (snapshot, layout, &white);
  gtk_snapshot_restore (snapshot);
}

static void
draw_frame (TsnChannelGrid *self, GtkSnapshot *snapshot, const graphene_rect_t *place)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  GskRoundedRect outline;
  const float widths[4] = { 3, 3, 3, 3 };
  GdkRGBA colour = { 1, 1, 1, 1 };

  gtk_style_context_lookup_color (context, "accent_bg_color", &colour);
  gsk_rounded_rect_init_from_rect (&outline, place, 0);
  gtk_snapshot_append_border (snapshot, &outline, widths,
                              (GdkRGBA[]){ colour, colour, colour, colour });
}

static void
draw_tile (TsnChannelGrid *self, GtkSnapshot *snapshot, const Layout *layout, guint index)
{
  const TsnFeatureTiles *tiles = get_tiles (self);
  size_t stride = 3 * (size_t) tiles->width, size = stride * tiles->height;
  g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (self->rgb, index * size, size);
  g_autoptr (GdkTexture) texture
      = gdk_memory_texture_new (tiles->width, tiles->height, GDK_MEMORY_R8G8B8, bytes, stride);
  graphene_rect_t place = get_place (layout, index);

  gtk_snapshot_append_texture (snapshot, texture, &place);
  draw_number (self, snapshot, &place, tiles->channels[index]);
  if (index == self->chosen)
    draw_frame (self, snapshot, &place);
}

/* Only what is in sight of the scrolled window is drawn. */
static void
get_sight (GtkWidget *widget, double *top, double *bottom)
{
  GtkWidget *viewport = gtk_widget_get_parent (widget);
  graphene_rect_t bounds;

  *top = 0;
  *bottom = gtk_widget_get_height (widget);
  if (!GTK_IS_VIEWPORT (viewport) || !gtk_widget_compute_bounds (viewport, widget, &bounds))
    return;
  *top = MAX (*top, bounds.origin.y);
  *bottom = MIN (*bottom, bounds.origin.y + bounds.size.height);
}

static void
tsn_channel_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TsnChannelGrid *self = TSN_CHANNEL_GRID (widget);
  double top, bottom;
  Layout layout;

  if (!lay_out (self, gtk_widget_get_width (widget), &layout))
    return;
  get_sight (widget, &top, &bottom);
  for (guint i = 0; i < get_tiles (self)->n; i++)
    {
      graphene_rect_t place = get_place (&layout, i);

      if (place.origin.y + place.size.height >= top && place.origin.y <= bottom)
        draw_tile (self, snapshot, &layout, i);
    }
}

static void
activate (TsnChannelGrid *self, guint index)
{
  g_signal_emit (self, signals[CHANNEL_ACTIVATED], 0, get_tiles (self)->channels[index]);
}

static gboolean
find_tile (TsnChannelGrid *self, double x, double y, guint *index)
{
  Layout layout;
  guint column, row;

  if (!lay_out (self, gtk_widget_get_width (GTK_WIDGET (self)), &layout) || x < 0 || y < 0)
    return FALSE;
  column = x / (layout.width + GAP);
  row = y / (layout.height + GAP);
  *index = row * layout.columns + column;
  return column < layout.columns && *index < get_tiles (self)->n;
}

static void
pressed_cb (TsnChannelGrid *self, int n_press, double x, double y)
{
  guint index;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (find_tile (self, x, y, &index))
    activate (self, index);
}

static void
scroll_to_chosen (TsnChannelGrid *self, const Layout *layout)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t place = get_place (layout, self->chosen);

  if (window != NULL)
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window)),
                               place.origin.y, place.origin.y + place.size.height + GAP);
}

static gboolean
move (TsnChannelGrid *self, int step)
{
  int to = (int) self->chosen + step;
  Layout layout;

  if (!lay_out (self, gtk_widget_get_width (GTK_WIDGET (self)), &layout) || to < 0
      || to >= (int) get_tiles (self)->n)
    return GDK_EVENT_PROPAGATE;
  self->chosen = to;
  update_accessible (self);
  scroll_to_chosen (self, &layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return GDK_EVENT_STOP;
}

static gboolean
key_cb (TsnChannelGrid *self, guint keyval, guint keycode, GdkModifierType state)
{
  int columns = tsn_channel_grid_get_n_columns (self);

  switch (keyval)
    {
    case GDK_KEY_Left:
      return move (self, -1);
    case GDK_KEY_Right:
      return move (self, 1);
    case GDK_KEY_Up:
      return move (self, -columns);
    case GDK_KEY_Down:
      return move (self, columns);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      if (get_tiles (self) != NULL)
        activate (self, self->chosen);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
query_tooltip_cb (TsnChannelGrid *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  g_autofree char *text = NULL;
  guint index;

  if (keyboard || !find_tile (self, x, y, &index))
    return FALSE;
  text
      = g_strdup_printf (_ ("Channel %u – click to see it large. Each tile has colours of its own, "
                            "from its lowest to its highest numbers."),
                         get_tiles (self)->channels[index]);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
tsn_channel_grid_dispose (GObject *object)
{
  tsn_channel_grid_set_result (TSN_CHANNEL_GRID (object), NULL);
  G_OBJECT_CLASS (tsn_channel_grid_parent_class)->dispose (object);
}

static void
tsn_channel_grid_class_init (TsnChannelGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_channel_grid_dispose;
  widget_class->measure = tsn_channel_grid_measure;
  widget_class->snapshot = tsn_channel_grid_snapshot;
  widget_class->get_request_mode = tsn_channel_grid_get_request_mode;
  signals[CHANNEL_ACTIVATED]
      = g_signal_new ("channel-activated", TSN_TYPE_CHANNEL_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "channelgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tsn_channel_grid_init (TsnChannelGrid *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  update_accessible (self);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  g_signal_connect_swapped (click, "released", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

TsnChannelGrid *
tsn_channel_grid_new (void)
{
  return g_object_new (TSN_TYPE_CHANNEL_GRID, NULL);
}

/**
 * tsn_channel_grid_set_result:
 * @result: (nullable): whose tiles to show
 */
void
tsn_channel_grid_set_result (TsnChannelGrid *self, TsnInspectionResult *result)
{
  const TsnFeatureTiles *old = get_tiles (self), *tiles;
  gboolean resized;

  tiles = result != NULL ? result->tiles : NULL;
  resized = tiles == NULL || old == NULL || tiles->n != old->n || tiles->width != old->width
            || tiles->height != old->height;
  if (result != NULL)
    tsn_inspection_result_ref (result);
  g_clear_pointer (&self->rgb, g_bytes_unref);
  g_clear_pointer (&self->result, tsn_inspection_result_unref);
  self->result = result;
  if (tiles != NULL)
    {
      self->chosen = MIN (self->chosen, tiles->n - 1);
      self->rgb = g_bytes_new_with_free_func (
          tiles->rgb, 3 * (size_t) tiles->n * tiles->width * tiles->height,
          (GDestroyNotify) tsn_inspection_result_unref, tsn_inspection_result_ref (result));
    }
  update_accessible (self);
  if (resized)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * tsn_channel_grid_set_channel:
 *
 * Frames the tile of a channel.
 */
void
tsn_channel_grid_set_channel (TsnChannelGrid *self, guint channel)
{
  const TsnFeatureTiles *tiles = get_tiles (self);

  for (guint i = 0; tiles != NULL && i < tiles->n; i++)
    if (tiles->channels[i] == channel)
      self->chosen = i;
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
tsn_channel_grid_get_n_columns (TsnChannelGrid *self)
{
  Layout layout = { .columns = 1 };

  lay_out (self, gtk_widget_get_width (GTK_WIDGET (self)), &layout);
  return layout.columns;
}
