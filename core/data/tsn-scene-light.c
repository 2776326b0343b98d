#include "core/data/tsn-scene-light.h"

#include <glib.h>

/* The sun's disc as seen from here, widened a little by haze. */
#define SUN_RADIUS 0.012

/* What a single reflection may bring at most: brighter ones are rare, and each makes a speck. */
#define MAX_REFLECTED 4

static const TsnMaterial *
get_material (const TsnScene *scene, const TsnShape *shape)
{
  return &g_array_index (scene->materials, TsnMaterial, shape->material);
}

/* Two directions at right angles to @n and to each other. */
static void
make_frame (TsnVec3 n, TsnVec3 *u, TsnVec3 *v)
{
  TsnVec3 other = fabs (n.y) < 0.9 ? tsn_vec3 (0, 1, 0) : tsn_vec3 (1, 0, 0);

  *u = tsn_vec3_normalize (tsn_vec3_cross (other, n));
  *v = tsn_vec3_cross (n, *u);
}

/* Irradiance from an area of light, estimated from one of its points. */
static TsnVec3
light_from_area (
    const TsnScene *scene, const TsnLight *light, const TsnHit *hit, double u, double v)
{
  TsnVec3 on_light
      = tsn_vec3_mad (tsn_vec3_mad (light->corner, u, light->edge[0]), v, light->edge[1]);
  TsnVec3 way = tsn_vec3_sub (on_light, hit->point);
  double distance = tsn_vec3_length (way);
  TsnRay ray = tsn_ray (hit->point, tsn_vec3_scale (way, 1 / distance));
  double at_surface = tsn_vec3_dot (hit->normal, ray.direction);
  double at_light = -tsn_vec3_dot (light->normal, ray.direction);
  double area = tsn_vec3_length (tsn_vec3_cross (light->edge[0], light->edge[1]));

  if (at_surface <= 0 || at_light <= 0 || tsn_scene_is_blocked (scene, &ray, distance - 1e-3))
    return tsn_vec3 (0, 0, 0);
  return tsn_vec3_scale (light->radiance,
                         at_surface * at_light * area / MAX (distance * distance, 0.05));
}

/* Whether a ray leaves the room through the window. */
static gboolean
goes_through (const TsnLight *window, const TsnRay *ray)
{
  double along = tsn_vec3_dot (window->normal, ray->direction);
  double t = tsn_vec3_dot (window->normal, tsn_vec3_sub (window->corner, ray->origin)) / along;
  TsnVec3 on_plane = tsn_vec3_sub (tsn_ray_at (ray, t), window->corner);
  double u
      = tsn_vec3_dot (on_plane, window->edge[0]) / tsn_vec3_dot (window->edge[0], window->edge[0]);
  double v
      = tsn_vec3_dot (on_plane, window->edge[1]) / tsn_vec3_dot (window->edge[1], window->edge[1]);

  return along < 0 && t > 0 && u > 0 && u < 1 && v > 0 && v < 1;
}

static TsnVec3
light_from_sun (const TsnScene *scene, const TsnHit *hit, double u, double v)
{
  double r = SUN_RADIUS * sqrt (u);
  TsnVec3 a, b;
  TsnRay ray;
  double facing;

  make_frame (scene->sun, &a, &b);
  a = tsn_vec3_mad (scene->sun, r * cos (2 * G_PI * v), a);
  ray = tsn_ray (hit->point, tsn_vec3_normalize (tsn_vec3_mad (a, r * sin (2 * G_PI * v), b)));
  facing = tsn_vec3_dot (hit->normal, ray.direction);
  if (scene->n_lights == 0 || facing <= 0 || !goes_through (&scene->lights[0], &ray)
      || tsn_scene_is_blocked (scene, &ray, INFINITY))
    return tsn_vec3 (0, 0, 0);
  return tsn_vec3_scale (scene->sun_radiance, facing);
}

/* Light on a surface that comes straight from its sources. */
static TsnVec3
direct_light (const TsnScene *scene, const TsnHit *hit, const double *u)
{
  TsnVec3 sum = light_from_sun (scene, hit, u[1], u[0]);

  for (guint i = 0; i < scene->n_lights; i++)
    sum = tsn_vec3_add (sum,
                        light_from_area (scene, &scene->lights[i], hit, u[i % 2], u[(i + 1) % 2]));
  return sum;
}

/* Light that a surface throws back, all that was reflected before being the same from
 * everywhere. */
static TsnVec3
reflect_once (const TsnScene *scene, const TsnHit *hit, const double *u)
{
  const TsnMaterial *material = get_material (scene, hit->shape);
  TsnVec3 colour = tsn_material_get_colour (material, tsn_shape_to_local (hit->shape, hit->point));
  TsnVec3 light = tsn_vec3_add (direct_light (scene, hit, u), scene->ambient);
  TsnVec3 glow = tsn_vec3 (material->glow, material->glow, material->glow);

  return tsn_vec3_mul (colour, tsn_vec3_add (tsn_vec3_scale (light, 1 / G_PI), glow));
}

/* Light from the rest of the room, from one direction chosen by the cosine law.  What is seen
 * through the window was counted as an area of light. */
static TsnVec3
indirect_light (const TsnScene *scene, const TsnHit *hit, const double *u)
{
  double r = sqrt (u[0]), turn = 2 * G_PI * u[1];
  TsnVec3 a, b, way, light;
  TsnRay ray;
  TsnHit next;

  make_frame (hit->normal, &a, &b);
  way = tsn_vec3_mad (tsn_vec3_scale (hit->normal, sqrt (1 - u[0])), r * cos (turn), a);
  ray = tsn_ray (hit->point, tsn_vec3_mad (way, r * sin (turn), b));
  if (!tsn_scene_trace (scene, &ray, FALSE, &next))
    return tsn_vec3 (0, 0, 0);
  light = reflect_once (scene, &next, u + 2);
  return tsn_vec3_scale (tsn_vec3_min (light, MAX_REFLECTED), G_PI);
}

/* A blurred mirror image that grows toward grazing angles, as Schlick has it. */
static TsnVec3
mirror_light (const TsnScene *scene, const TsnRay *ray, const TsnHit *hit, const double *u)
{
  const TsnMaterial *material = get_material (scene, hit->shape);
  double facing = -tsn_vec3_dot (hit->normal, ray->direction);
  double strength = material->gloss * (0.06 + 0.94 * pow (1 - CLAMP (facing, 0, 1), 5));
  double blur = 0.06;
  TsnVec3 spread = tsn_vec3 (u[0] - 0.5, u[1] - 0.5, u[2] - 0.5);
  TsnVec3 way = tsn_vec3_mad (ray->direction, 2 * facing, hit->normal);
  TsnRay mirrored = tsn_ray (hit->point, tsn_vec3_normalize (tsn_vec3_mad (way, blur, spread)));
  TsnHit next;

  if (tsn_vec3_dot (mirrored.direction, hit->normal) <= 0)
    return tsn_vec3 (0, 0, 0);
  if (!tsn_scene_trace (scene, &mirrored, FALSE, &next))
    return tsn_vec3_scale (tsn_sky_get_colour (mirrored.direction), 6 * strength);
  return tsn_vec3_scale (reflect_once (scene, &next, u + 3), strength);
}

/**
 * tsn_scene_get_light:
 * @sample: the path's random numbers
 * @colour: (out): share of light that the surface throws back, or the sky's colour
 *
 * Follows light from its sources over at most two surfaces to the eye: areas and sun directly and
 * once reflected, mirror images where there is gloss, a constant for what was reflected more often.
 *
 * Returns: radiance in linear RGB; its mean over samples is what a pixel shows.
 */
TsnVec3
tsn_scene_get_light (const TsnScene *scene,
                     const TsnRay *ray,
                     const TsnLightSample *sample,
                     TsnVec3 *colour)
{
  const TsnMaterial *material;
  TsnVec3 light;
  TsnHit hit;

  *colour = tsn_sky_get_colour (ray->direction);
  if (!tsn_scene_trace (scene, ray, FALSE, &hit))
    return tsn_vec3_scale (*colour, 2.6);
  material = get_material (scene, hit.shape);
  *colour = tsn_material_get_colour (material, tsn_shape_to_local (hit.shape, hit.point));
  light = tsn_vec3_add (direct_light (scene, &hit, sample->u),
                        indirect_light (scene, &hit, sample->u + 2));
  light = tsn_vec3_scale (tsn_vec3_mul (*colour, light), 1 / G_PI);
  light = tsn_vec3_mad (light, material->glow, *colour);
  if (material->gloss > 0)
    light = tsn_vec3_add (light, mirror_light (scene, ray, &hit, sample->u + 2));
  return light;
}
