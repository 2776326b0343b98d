/* A picture as a pane draws it. */
#pragma once

#include "ui/tsn-picture.h"

G_BEGIN_DECLS

/**
 * TsnLayerFrame:
 * @x: pane position of the photo's left edge in logical pixels
 * @y: of its upper edge
 * @photo_width: of the photo on the pane, in logical pixels
 * @photo_height: of the same
 * @area: the part of the pane that is drawn
 * @device_scale: device pixels per logical pixel
 *
 * Where the photo lies on a pane.
 */
typedef struct
{
  double x;
  double y;
  double photo_width;
  double photo_height;
  graphene_rect_t area;
  int device_scale;
} TsnLayerFrame;

/**
 * TsnLayer:
 * @picture: (nullable): what it shows, stretched over the photo
 *
 * A picture and the texture that it was drawn with last.
 */
typedef struct
{
  TsnPicture *picture;

  /*< private >*/
  GdkTexture *texture;
  guint texture_level;
  cairo_rectangle_int_t texture_area;
} TsnLayer;

gboolean tsn_layer_set_picture (TsnLayer *layer, TsnPicture *picture);
void tsn_layer_clear (TsnLayer *layer);
void tsn_layer_snapshot (TsnLayer *layer, GtkSnapshot *snapshot, const TsnLayerFrame *frame);
void tsn_layer_snapshot_detail (TsnLayer *layer, GtkSnapshot *snapshot, const TsnLayerFrame *frame);

G_END_DECLS
