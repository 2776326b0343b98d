#include "ui/tsn-layer.h"

#include <math.h>

/* From this magnification on, pixels are drawn as squares. */
#define SQUARE_PIXELS 2.0

/* Levels up to this many pixels become one texture; of larger ones only what is in sight does. */
#define WHOLE_TEXTURE_PIXELS (2u * 1024 * 1024)

/* What is in sight is rounded out to this many pixels, so that a small pan needs no new texture. */
#define CROP_GRID 256

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
find_visible (Placement *place, const graphene_rect_t *area, int level_width, int level_height)
{
  double x = area->origin.x, y = area->origin.y;
  int left = MAX (floor ((x - place->x) / place->scale_x), 0);
  int top = MAX (floor ((y - place->y) / place->scale_y), 0);
  int right = MIN (ceil ((x + area->size.width - place->x) / place->scale_x), level_width);
  int bottom = MIN (ceil ((y + area->size.height - place->y) / place->scale_y), level_height);

  place->visible = (cairo_rectangle_int_t){ left, top, right - left, bottom - top };
  return right > left && bottom > top;
}

static gboolean
place_picture (const TsnPicture *picture, const TsnLayerFrame *frame, Placement *place)
{
  double scale = frame->photo_width / tsn_picture_get_width (picture, 0);
  int width, height;

  place->level = tsn_picture_pick_level (picture, scale * frame->device_scale);
  width = tsn_picture_get_width (picture, place->level);
  height = tsn_picture_get_height (picture, place->level);
  place->x = frame->x;
  place->y = frame->y;
  place->scale_x = frame->photo_width / width;
  place->scale_y = frame->photo_height / height;
  return find_visible (place, &frame->area, width, height);
}

static graphene_rect_t
area_on_pane (const Placement *place, const cairo_rectangle_int_t *area)
{
  return GRAPHENE_RECT_INIT (place->x + area->x * place->scale_x,
                             place->y + area->y * place->scale_y, area->width * place->scale_x,
                             area->height * place->scale_y);
}

static void
draw_crop (TsnLayer *layer, GtkSnapshot *snapshot, const Placement *place, gboolean squares)
{
  graphene_rect_t bounds = area_on_pane (place, &place->visible);
  cairo_surface_t *surface
      = tsn_picture_crop_surface (layer->picture, place->level, &place->visible);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  cairo_translate (cr, bounds.origin.x, bounds.origin.y);
  cairo_scale (cr, place->scale_x, place->scale_y);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr),
                            squares ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_BILINEAR);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
choose_texture_area (const TsnPicture *picture, const Placement *place, cairo_rectangle_int_t *area)
{
  int width = tsn_picture_get_width (picture, place->level);
  int height = tsn_picture_get_height (picture, place->level);
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
draw_texture (TsnLayer *layer, GtkSnapshot *snapshot, const Placement *place)
{
  cairo_rectangle_int_t area;
  graphene_rect_t bounds;

  choose_texture_area (layer->picture, place, &area);
  if (layer->texture == NULL || layer->texture_level != place->level
      || memcmp (&layer->texture_area, &area, sizeof area) != 0)
    {
      g_clear_object (&layer->texture);
      layer->texture = tsn_picture_crop_texture (layer->picture, place->level, &area);
      layer->texture_level = place->level;
      layer->texture_area = area;
    }
  bounds = area_on_pane (place, &area);
  gtk_snapshot_append_texture (snapshot, layer->texture, &bounds);
}

/**
 * tsn_layer_set_picture:
 * @picture: (nullable): what to draw
 *
 * Returns: whether it is another one than before.
 */
gboolean
tsn_layer_set_picture (TsnLayer *layer, TsnPicture *picture)
{
  TsnPicture *old = layer->picture;

  if (old == picture)
    return FALSE;
  g_clear_object (&layer->texture);
  layer->picture = picture != NULL ? tsn_picture_ref (picture) : NULL;
  g_clear_pointer (&old, tsn_picture_unref);
  return TRUE;
}

void
tsn_layer_clear (TsnLayer *layer)
{
  tsn_layer_set_picture (layer, NULL);
}

/**
 * tsn_layer_snapshot:
 *
 * Draws what is in sight.  Magnified by more than two, pixels are squares.
 */
void
tsn_layer_snapshot (TsnLayer *layer, GtkSnapshot *snapshot, const TsnLayerFrame *frame)
{
  Placement place;

  if (layer->picture == NULL || !place_picture (layer->picture, frame, &place))
    return;
  if (place.scale_x * frame->device_scale > SQUARE_PIXELS)
    draw_crop (layer, snapshot, &place, TRUE);
  else
    draw_texture (layer, snapshot, &place);
}

/**
 * tsn_layer_snapshot_detail:
 *
 * Draws a small area without touching the texture that the pane as a whole is drawn with.
 */
void
tsn_layer_snapshot_detail (TsnLayer *layer, GtkSnapshot *snapshot, const TsnLayerFrame *frame)
{
  Placement place;

  if (layer->picture != NULL && place_picture (layer->picture, frame, &place))
    draw_crop (layer, snapshot, &place, place.scale_x * frame->device_scale > SQUARE_PIXELS);
}
