/* Non-maximum suppression of soft boundary maps. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnBoundaryNms:
 * @smoothing: radius in pixels of the triangle filter laid over the map first; 0 for none
 * @radius: how many pixels to either side, along the normal, a pixel is compared with
 * @tolerance: a pixel survives when its value times this is not below those compared with
 * @border: width in pixels of the frame in which values fade out to 0
 *
 * How soft boundary maps are made thin.
 */
typedef struct
{
  guint smoothing;
  guint radius;
  double tolerance;
  guint border;
} TsnBoundaryNms;

#define TSN_BOUNDARY_NMS_INIT                                                                      \
  {                                                                                                \
    .smoothing = 1, .radius = 1, .tolerance = 1.01, .border = 5                                    \
  }

void tsn_boundary_nms (double *map, guint width, guint height, const TsnBoundaryNms *nms);

G_END_DECLS
