/* What a camera sees of a scene, with every label. */
#pragma once

#include "core/base/tsn-pool.h"
#include "core/data/tsn-scene.h"
#include "core/io/tsn-image.h"

G_BEGIN_DECLS

/**
 * TsnSceneView:
 * @width: in pixels
 * @height: in pixels
 * @photo: the picture
 * @semseg: class among the 21 of PASCAL VOC at each pixel's centre
 * @human_parts: background 0, head 1, torso 2, arms 3, lower body 4, legs 5, feet 6
 * @edge: 1 on boundaries between surfaces, one pixel wide
 * @saliency: 1 on people and animals
 * @normals: three planes: x right, y up, z toward the viewer, of length 1
 * @depth: distance from the camera's plane in metres
 * @segment: number of the surface
 *
 * A photo and its labels, which are exact: they come from where the ray through the middle of a
 * pixel meets a surface.
 */
typedef struct
{
  guint width;
  guint height;
  TsnImage *photo;
  guint8 *semseg;
  guint8 *human_parts;
  guint8 *edge;
  guint8 *saliency;
  float *normals;
  float *depth;
  guint16 *segment;
} TsnSceneView;

TsnSceneView *
tsn_scene_view_new (const TsnScene *scene, guint width, guint height, guint samples, TsnPool *pool);
void tsn_scene_view_free (TsnSceneView *view);

gboolean tsn_scene_view_save (
    const TsnSceneView *view, const char *root, const char *id, gboolean png, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnSceneView, tsn_scene_view_free)

G_END_DECLS
