/* The solids that scenes are made of. */
#pragma once

#include <glib.h>

#include "core/data/tsn-vec3.h"

G_BEGIN_DECLS

/**
 * TsnShapeKind:
 * @TSN_SHAPE_BOX: a box whose edges and corners are rounded with a radius, 0 for a sharp one
 * @TSN_SHAPE_CYLINDER: a cylinder about y, rims rounded likewise
 * @TSN_SHAPE_ELLIPSOID: an ellipsoid
 * @TSN_SHAPE_ROUND_CONE: the hull of two balls on the y axis: a limb
 *
 * Kinds of solids, each in a frame of its own about the origin.
 */
typedef enum
{
  TSN_SHAPE_BOX,
  TSN_SHAPE_CYLINDER,
  TSN_SHAPE_ELLIPSOID,
  TSN_SHAPE_ROUND_CONE,
} TsnShapeKind;

/**
 * TsnShape:
 * @kind: what it is
 * @centre: of its frame in the world, in metres
 * @axis: the axes of its frame, of length 1 and at right angles
 * @half: half of its extents along the axes
 * @min: lower corner of a box around it, along the axes of the world
 * @max: upper corner
 * @round: radius of edges, for %TSN_SHAPE_BOX and %TSN_SHAPE_CYLINDER
 * @low: radius of the ball at the negative end, for %TSN_SHAPE_ROUND_CONE
 * @high: radius of the ball at the positive end
 * @length: from ball to ball
 * @material: number of its material in the scene
 * @class_index: its class among the 21 of PASCAL VOC
 * @part: its part among the seven of human parts; 0 for what is no person
 * @segment: number of the surface it belongs to; boundaries run where it changes
 * @salient: whether it is what one looks at first
 * @glass: whether light passes through
 *
 * One solid with its labels.
 */
typedef struct
{
  TsnShapeKind kind;
  TsnVec3 centre;
  TsnVec3 axis[3];
  TsnVec3 half;
  TsnVec3 min;
  TsnVec3 max;
  double round;
  double low;
  double high;
  double length;
  guint material;
  guint8 class_index;
  guint8 part;
  guint16 segment;
  gboolean salient;
  gboolean glass;
} TsnShape;

/**
 * TsnRay:
 * @origin: where it starts
 * @direction: where it goes, of length 1
 * @inverse: one over each component of @direction
 */
typedef struct
{
  TsnVec3 origin;
  TsnVec3 direction;
  TsnVec3 inverse;
} TsnRay;

static inline TsnRay
tsn_ray (TsnVec3 origin, TsnVec3 direction)
{
  return (TsnRay){ origin, direction,
                   tsn_vec3 (1 / direction.x, 1 / direction.y, 1 / direction.z) };
}

static inline TsnVec3
tsn_ray_at (const TsnRay *ray, double t)
{
  return tsn_vec3_mad (ray->origin, t, ray->direction);
}

gboolean tsn_shape_hit (const TsnShape *shape, const TsnRay *ray, double near, double *t);
TsnVec3 tsn_shape_get_normal (const TsnShape *shape, TsnVec3 point);
TsnVec3 tsn_shape_to_local (const TsnShape *shape, TsnVec3 point);
void tsn_shape_find_bounds (TsnShape *shape);

/* The part of the ray's line that is between two planes at right angles to an axis. */
static inline void
tsn_ray_clip (double origin, double inverse, double min, double max, double *enter, double *leave)
{
  double a = (min - origin) * inverse, b = (max - origin) * inverse;
  double first = a < b ? a : b, second = a < b ? b : a;

  *enter = first > *enter ? first : *enter;
  *leave = second < *leave ? second : *leave;
}

/**
 * tsn_ray_hits_box:
 * @min: lower corner of a box along the axes of the world
 * @max: upper corner
 * @enter: (out): where the ray's line enters the box
 * @leave: (out): where it leaves it
 *
 * Returns: whether the line meets the box at or after the ray's origin.
 */
static inline gboolean
tsn_ray_hits_box (const TsnRay *ray, TsnVec3 min, TsnVec3 max, double *enter, double *leave)
{
  *enter = -INFINITY;
  *leave = INFINITY;
  tsn_ray_clip (ray->origin.x, ray->inverse.x, min.x, max.x, enter, leave);
  tsn_ray_clip (ray->origin.y, ray->inverse.y, min.y, max.y, enter, leave);
  tsn_ray_clip (ray->origin.z, ray->inverse.z, min.z, max.z, enter, leave);
  return *enter <= *leave && *leave > 0;
}

G_END_DECLS
