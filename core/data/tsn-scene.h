/* Labelled scenes: solids, light and a camera. */
#pragma once

#include "core/base/tsn-random.h"
#include "core/data/tsn-scene-material.h"
#include "core/data/tsn-scene-shape.h"

G_BEGIN_DECLS

/**
 * TsnCamera:
 * @eye: where it is, in metres
 * @right: of the picture, of length 1
 * @up: of the picture
 * @back: toward the viewer
 * @tangent: half of the picture's shorter side at distance 1
 */
typedef struct
{
  TsnVec3 eye;
  TsnVec3 right;
  TsnVec3 up;
  TsnVec3 back;
  double tangent;
} TsnCamera;

/**
 * TsnLight:
 * @corner: of a parallelogram that shines to one side
 * @edge: its two edges
 * @normal: the side that it shines to, of length 1
 * @radiance: of each of its points
 */
typedef struct
{
  TsnVec3 corner;
  TsnVec3 edge[2];
  TsnVec3 normal;
  TsnVec3 radiance;
} TsnLight;

/** The most areas of light in a scene. */
#define TSN_SCENE_MAX_LIGHTS 4

/**
 * TsnScene:
 * @shapes: (element-type TsnShape): the solids, those of a thing one after the other
 * @things: (element-type TsnThing): what they make up
 * @materials: (element-type TsnMaterial): their surfaces
 * @camera: what looks at them
 * @lights: areas of light; the first is the window
 * @n_lights: how many
 * @sun: toward the sun, of length 1; it shines through the window only
 * @sun_radiance: its light on a surface that faces it
 * @ambient: light from everywhere, for what is reflected more than once
 * @n_segments: segment numbers given out
 */
typedef struct
{
  GArray *shapes;
  GArray *things;
  GArray *materials;
  TsnCamera camera;
  TsnLight lights[TSN_SCENE_MAX_LIGHTS];
  guint n_lights;
  TsnVec3 sun;
  TsnVec3 sun_radiance;
  TsnVec3 ambient;
  guint n_segments;
} TsnScene;

/**
 * TsnThing:
 * @first: its first shape
 * @last: one past its last shape
 * @min: lower corner of a box around them
 * @max: upper corner
 */
typedef struct
{
  guint first;
  guint last;
  TsnVec3 min;
  TsnVec3 max;
} TsnThing;

/**
 * TsnHit:
 * @t: distance along the ray
 * @shape: what was met
 * @point: where
 * @normal: of its surface, of length 1
 */
typedef struct
{
  double t;
  const TsnShape *shape;
  TsnVec3 point;
  TsnVec3 normal;
} TsnHit;

TsnScene *tsn_scene_new (guint64 seed);
TsnScene *tsn_scene_new_empty (void);
void tsn_scene_free (TsnScene *scene);

guint tsn_scene_add_material (TsnScene *scene, const TsnMaterial *material);
guint tsn_scene_add_segment (TsnScene *scene);
void tsn_scene_add_shape (TsnScene *scene, const TsnShape *shape);
void tsn_scene_end_thing (TsnScene *scene);

gboolean tsn_scene_trace (const TsnScene *scene, const TsnRay *ray, gboolean glass, TsnHit *hit);
gboolean tsn_scene_is_blocked (const TsnScene *scene, const TsnRay *ray, double distance);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnScene, tsn_scene_free)

G_END_DECLS
