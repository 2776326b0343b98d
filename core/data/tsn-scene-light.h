/* How much light comes along a ray. */
#pragma once

#include "core/data/tsn-scene.h"

G_BEGIN_DECLS

/**
 * TsnLightSample:
 * @u: numbers in [0, 1) that choose points of lights and directions of reflection
 *
 * The random numbers of one path of light.
 */
typedef struct
{
  double u[8];
} TsnLightSample;

TsnVec3 tsn_scene_get_light (const TsnScene *scene,
                             const TsnRay *ray,
                             const TsnLightSample *sample,
                             TsnVec3 *colour);

G_END_DECLS
