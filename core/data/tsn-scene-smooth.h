/* Smoothing of light that was sampled with few paths. */
#pragma once

#include "core/data/tsn-scene-view.h"

G_BEGIN_DECLS

void tsn_scene_smooth (const TsnSceneView *view, const float *colour, float *light, TsnPool *pool);

G_END_DECLS
