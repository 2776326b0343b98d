/* One affine map from a picture's pixels to a crop's, for photo and labels alike. */
#pragma once

#include "core/io/tsn-image.h"

G_BEGIN_DECLS

/**
 * TsnAffine:
 * @m: takes a vector in the result to one in the source
 * @origin: the source's point under the result's upper left corner
 *
 * Point (x, y) of the result lies over point @origin + @m (x, y) of the source.  Both have x to the
 * right and y down; pixel (i, j) covers the square from (i, j) to (i + 1, j + 1), so its centre is
 * at (i + 1/2, j + 1/2).
 */
typedef struct
{
  double m[2][2];
  double origin[2];
} TsnAffine;

/**
 * TsnPlanes:
 * @width: in pixels
 * @height: in pixels
 * @channels: number of planes, @height x @width values each, one after the other
 * @values: (not owned): the values
 *
 * A picture or label as planes of numbers.
 */
typedef struct
{
  size_t width;
  size_t height;
  size_t channels;
  float *values;
} TsnPlanes;

void tsn_warp_photo (const TsnAffine *affine,
                     const TsnImage *source,
                     const float fill[3],
                     TsnPlanes *result);
void tsn_warp_marks (const TsnAffine *affine,
                     const TsnPlanes *source,
                     float threshold,
                     TsnPlanes *result);
void
tsn_warp_nearest (const TsnAffine *affine, const TsnPlanes *source, float fill, TsnPlanes *result);
double tsn_affine_get_step (const TsnAffine *affine);

G_END_DECLS
