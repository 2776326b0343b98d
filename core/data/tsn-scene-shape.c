#include "core/data/tsn-scene-shape.h"

/* A ray has met a surface when it is this close, in metres. */
#define TOUCH 1e-5

/* Steps after which a ray that grazes a surface is taken to have missed it. */
#define MAX_STEPS 128

/* How far apart the points are between which distances give the normal. */
#define NORMAL_STEP 1e-5

static TsnVec3
rotate_to_local (const TsnShape *shape, TsnVec3 v)
{
  return tsn_vec3 (tsn_vec3_dot (v, shape->axis[0]), tsn_vec3_dot (v, shape->axis[1]),
                   tsn_vec3_dot (v, shape->axis[2]));
}

static TsnVec3
rotate_to_world (const TsnShape *shape, TsnVec3 v)
{
  TsnVec3 sum = tsn_vec3_scale (shape->axis[0], v.x);

  return tsn_vec3_mad (tsn_vec3_mad (sum, v.y, shape->axis[1]), v.z, shape->axis[2]);
}

/**
 * tsn_shape_to_local:
 *
 * Returns: @point in the shape's own frame.
 */
TsnVec3
tsn_shape_to_local (const TsnShape *shape, TsnVec3 point)
{
  return rotate_to_local (shape, tsn_vec3_sub (point, shape->centre));
}

/**
 * tsn_shape_find_bounds:
 * @shape: (inout): gets the box around it
 */
void
tsn_shape_find_bounds (TsnShape *shape)
{
  const TsnVec3 *a = shape->axis;
  TsnVec3 h = shape->half;
  TsnVec3 reach = tsn_vec3 (fabs (a[0].x) * h.x + fabs (a[1].x) * h.y + fabs (a[2].x) * h.z,
                            fabs (a[0].y) * h.x + fabs (a[1].y) * h.y + fabs (a[2].y) * h.z,
                            fabs (a[0].z) * h.x + fabs (a[1].z) * h.y + fabs (a[2].z) * h.z);

  shape->min = tsn_vec3_sub (shape->centre, reach);
  shape->max = tsn_vec3_add (shape->centre, reach);
}

static double
box_distance (const TsnShape *shape, TsnVec3 p)
{
  double x = fabs (p.x) - shape->half.x + shape->round;
  double y = fabs (p.y) - shape->half.y + shape->round;
  double z = fabs (p.z) - shape->half.z + shape->round;
  TsnVec3 outside = tsn_vec3 (MAX (x, 0), MAX (y, 0), MAX (z, 0));

  return tsn_vec3_length (outside) + MIN (MAX (x, MAX (y, z)), 0) - shape->round;
}

static double
cylinder_distance (const TsnShape *shape, TsnVec3 p)
{
  double r = hypot (p.x, p.z) - shape->half.x + shape->round;
  double y = fabs (p.y) - shape->half.y + shape->round;

  return MIN (MAX (r, y), 0) + hypot (MAX (r, 0), MAX (y, 0)) - shape->round;
}

/* In the half plane through the axis the side is a straight line that touches both circles: its
 * direction follows from the difference of the radii. */
static double
round_cone_distance (const TsnShape *shape, TsnVec3 p)
{
  double lean = (shape->low - shape->high) / shape->length;
  double along = sqrt (MAX (1 - lean * lean, 0));
  double r = hypot (p.x, p.z), y = p.y + shape->length / 2;
  double k = along * y - lean * r;

  if (k < 0)
    return hypot (r, y) - shape->low;
  if (k > along * shape->length)
    return hypot (r, y - shape->length) - shape->high;
  return along * r + lean * y - shape->low;
}

static double
get_distance (const TsnShape *shape, TsnVec3 p)
{
  switch (shape->kind)
    {
    case TSN_SHAPE_CYLINDER:
      return cylinder_distance (shape, p);
    case TSN_SHAPE_ROUND_CONE:
      return round_cone_distance (shape, p);
    default:
      return box_distance (shape, p);
    }
}

/* Walks along the ray by the distance to the surface, which can never lead through it (Hart,
 * "Sphere tracing", 1996). */
static gboolean
march (const TsnShape *shape, const TsnRay *local, double from, double to, double *t)
{
  double at = from;

  for (guint i = 0; i < MAX_STEPS && at <= to; i++)
    {
      double distance = get_distance (shape, tsn_ray_at (local, at));

      if (distance < TOUCH)
        {
          *t = at;
          return TRUE;
        }
      at += distance;
    }
  return FALSE;
}

static gboolean
hit_ellipsoid (const TsnShape *shape, const TsnRay *local, double near, double *t)
{
  TsnVec3 inverse = tsn_vec3 (1 / shape->half.x, 1 / shape->half.y, 1 / shape->half.z);
  TsnVec3 o = tsn_vec3_mul (local->origin, inverse), d = tsn_vec3_mul (local->direction, inverse);
  double a = tsn_vec3_dot (d, d), b = tsn_vec3_dot (o, d), c = tsn_vec3_dot (o, o) - 1;
  double root = b * b - a * c;

  if (root < 0)
    return FALSE;
  *t = (-b - sqrt (root)) / a;
  return *t > near;
}

/**
 * tsn_shape_hit:
 * @near: hits closer than this do not count
 * @t: (out): distance along the ray to where it enters the shape
 *
 * Returns: whether the ray, coming from outside, meets the shape.
 */
gboolean
tsn_shape_hit (const TsnShape *shape, const TsnRay *ray, double near, double *t)
{
  TsnRay local
      = tsn_ray (tsn_shape_to_local (shape, ray->origin), rotate_to_local (shape, ray->direction));
  TsnVec3 low = tsn_vec3_scale (shape->half, -1);
  double enter, leave;

  if (!tsn_ray_hits_box (&local, low, shape->half, &enter, &leave) || leave < near)
    return FALSE;
  if (shape->kind == TSN_SHAPE_ELLIPSOID)
    return hit_ellipsoid (shape, &local, near, t);
  if (shape->kind == TSN_SHAPE_BOX && shape->round == 0)
    {
      *t = enter;
      return enter > near;
    }
  return march (shape, &local, MAX (enter, near), leave, t) && *t > near;
}

static TsnVec3
box_normal (const TsnShape *shape, TsnVec3 p)
{
  double x = fabs (p.x) - shape->half.x, y = fabs (p.y) - shape->half.y;
  double z = fabs (p.z) - shape->half.z;

  if (x >= y && x >= z)
    return tsn_vec3 (copysign (1, p.x), 0, 0);
  return y >= z ? tsn_vec3 (0, copysign (1, p.y), 0) : tsn_vec3 (0, 0, copysign (1, p.z));
}

static TsnVec3
distance_gradient (const TsnShape *shape, TsnVec3 p)
{
  const double h = NORMAL_STEP;

  return tsn_vec3 (get_distance (shape, tsn_vec3 (p.x + h, p.y, p.z))
                       - get_distance (shape, tsn_vec3 (p.x - h, p.y, p.z)),
                   get_distance (shape, tsn_vec3 (p.x, p.y + h, p.z))
                       - get_distance (shape, tsn_vec3 (p.x, p.y - h, p.z)),
                   get_distance (shape, tsn_vec3 (p.x, p.y, p.z + h))
                       - get_distance (shape, tsn_vec3 (p.x, p.y, p.z - h)));
}

/**
 * tsn_shape_get_normal:
 * @point: on the surface
 *
 * Returns: the outward normal there, of length 1.
 */
TsnVec3
tsn_shape_get_normal (const TsnShape *shape, TsnVec3 point)
{
  TsnVec3 p = tsn_shape_to_local (shape, point), n;

  if (shape->kind == TSN_SHAPE_ELLIPSOID)
    n = tsn_vec3 (p.x / (shape->half.x * shape->half.x), p.y / (shape->half.y * shape->half.y),
                  p.z / (shape->half.z * shape->half.z));
  else if (shape->kind == TSN_SHAPE_BOX && shape->round == 0)
    n = box_normal (shape, p);
  else
    n = distance_gradient (shape, p);
  return tsn_vec3_normalize (rotate_to_world (shape, n));
}
