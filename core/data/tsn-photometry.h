/* Changes of a photo's colours that leave its labels alone. */
#pragma once

#include "core/base/tsn-random.h"
#include "core/data/tsn-warp.h"

G_BEGIN_DECLS

/**
 * TsnPhotometry:
 * @brightness: factor on all channels
 * @contrast: factor on the distance from the photo's mean
 * @tint: factor on each channel
 * @hue: turn of the chroma in the YIQ plane, in radians
 * @gamma: exponent
 * @blur: standard deviation of a Gaussian blur in pixels, 0 for none
 * @noise: standard deviation of white noise, 0 for none
 *
 * What is done to a photo, in this order: blur, brightness, contrast, tint, hue, gamma, noise.
 */
typedef struct
{
  float brightness;
  float contrast;
  float tint[3];
  float hue;
  float gamma;
  float blur;
  float noise;
} TsnPhotometry;

void tsn_photometry_init (TsnPhotometry *photometry);
void tsn_photometry_apply (const TsnPhotometry *photometry, TsnRandom *random, TsnPlanes *photo);

G_END_DECLS
