#include "core/data/tsn-scene.h"

/* Rays that leave a surface start this far off it, in metres. */
#define NEAR 1e-4

/**
 * tsn_scene_new_empty:
 *
 * Returns: (transfer full): a scene without anything, seen from the origin toward negative z.
 */
TsnScene *
tsn_scene_new_empty (void)
{
  TsnScene *scene = g_new0 (TsnScene, 1);

  scene->shapes = g_array_new (FALSE, FALSE, sizeof (TsnShape));
  scene->things = g_array_new (FALSE, FALSE, sizeof (TsnThing));
  scene->materials = g_array_new (FALSE, FALSE, sizeof (TsnMaterial));
  scene->camera = (TsnCamera){
    .right = { 1, 0, 0 },
    .up = { 0, 1, 0 },
    .back = { 0, 0, 1 },
    .tangent = 0.5,
  };
  scene->sun = tsn_vec3 (0, 1, 0);
  return scene;
}

void
tsn_scene_free (TsnScene *scene)
{
  g_array_unref (scene->shapes);
  g_array_unref (scene->things);
  g_array_unref (scene->materials);
  g_free (scene);
}

/**
 * tsn_scene_add_material:
 *
 * Returns: its number.
 */
guint
tsn_scene_add_material (TsnScene *scene, const TsnMaterial *material)
{
  g_array_append_vals (scene->materials, material, 1);
  return scene->materials->len - 1;
}

/**
 * tsn_scene_add_segment:
 *
 * Returns: a number that no surface has yet.
 */
guint
tsn_scene_add_segment (TsnScene *scene)
{
  return ++scene->n_segments;
}

/**
 * tsn_scene_add_shape:
 *
 * Adds a solid to the thing that tsn_scene_end_thing() will end.
 */
void
tsn_scene_add_shape (TsnScene *scene, const TsnShape *shape)
{
  TsnShape bounded = *shape;

  tsn_shape_find_bounds (&bounded);
  g_array_append_val (scene->shapes, bounded);
}

static void
widen (TsnThing *thing, TsnVec3 min, TsnVec3 max)
{
  thing->min
      = tsn_vec3 (MIN (thing->min.x, min.x), MIN (thing->min.y, min.y), MIN (thing->min.z, min.z));
  thing->max
      = tsn_vec3 (MAX (thing->max.x, max.x), MAX (thing->max.y, max.y), MAX (thing->max.z, max.z));
}

/**
 * tsn_scene_end_thing:
 *
 * Makes a thing of the shapes added since the last one.  Rays that miss the box around it need not
 * look at its shapes.
 */
void
tsn_scene_end_thing (TsnScene *scene)
{
  TsnThing thing
      = { .min = { INFINITY, INFINITY, INFINITY }, .max = { -INFINITY, -INFINITY, -INFINITY } };

  if (scene->things->len > 0)
    thing.first = g_array_index (scene->things, TsnThing, scene->things->len - 1).last;
  thing.last = scene->shapes->len;
  for (guint i = thing.first; i < thing.last; i++)
    {
      const TsnShape *shape = &g_array_index (scene->shapes, TsnShape, i);

      widen (&thing, shape->min, shape->max);
    }
  if (thing.last > thing.first)
    g_array_append_val (scene->things, thing);
}

static const TsnShape *
hit_thing (
    const TsnScene *scene, const TsnThing *thing, const TsnRay *ray, gboolean glass, double *t)
{
  const TsnShape *best = NULL;

  for (guint i = thing->first; i < thing->last; i++)
    {
      const TsnShape *shape = &g_array_index (scene->shapes, TsnShape, i);
      double enter, leave, at;

      if ((glass || !shape->glass) && tsn_ray_hits_box (ray, shape->min, shape->max, &enter, &leave)
          && enter < *t && tsn_shape_hit (shape, ray, NEAR, &at) && at < *t)
        {
          *t = at;
          best = shape;
        }
    }
  return best;
}

/**
 * tsn_scene_trace:
 * @glass: whether panes of glass stop the ray
 * @hit: (out): the nearest surface that it meets
 *
 * Returns: whether it meets any.
 */
gboolean
tsn_scene_trace (const TsnScene *scene, const TsnRay *ray, gboolean glass, TsnHit *hit)
{
  hit->t = INFINITY;
  hit->shape = NULL;
  for (guint i = 0; i < scene->things->len; i++)
    {
      const TsnThing *thing = &g_array_index (scene->things, TsnThing, i);
      const TsnShape *shape;
      double enter, leave;

      if (!tsn_ray_hits_box (ray, thing->min, thing->max, &enter, &leave) || enter > hit->t)
        continue;
      shape = hit_thing (scene, thing, ray, glass, &hit->t);
      if (shape != NULL)
        hit->shape = shape;
    }
  if (hit->shape == NULL)
    return FALSE;
  hit->point = tsn_ray_at (ray, hit->t);
  hit->normal = tsn_shape_get_normal (hit->shape, hit->point);
  return TRUE;
}

/**
 * tsn_scene_is_blocked:
 *
 * Returns: whether anything but glass is in the way for @distance.
 */
gboolean
tsn_scene_is_blocked (const TsnScene *scene, const TsnRay *ray, double distance)
{
  for (guint i = 0; i < scene->things->len; i++)
    {
      const TsnThing *thing = &g_array_index (scene->things, TsnThing, i);
      double enter, leave, at;

      if (!tsn_ray_hits_box (ray, thing->min, thing->max, &enter, &leave) || enter > distance)
        continue;
      for (guint j = thing->first; j < thing->last; j++)
        {
          const TsnShape *shape = &g_array_index (scene->shapes, TsnShape, j);

          if (!shape->glass && tsn_ray_hits_box (ray, shape->min, shape->max, &enter, &leave)
              && enter < distance && tsn_shape_hit (shape, ray, NEAR, &at) && at < distance)
            return TRUE;
        }
    }
  return FALSE;
}
