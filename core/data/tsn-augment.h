/* Augmentation: random views of a labelled photo. */
#pragma once

#include "core/base/tsn-random.h"
#include "core/data/tsn-batch.h"
#include "core/data/tsn-photometry.h"
#include "core/data/tsn-truth.h"

G_BEGIN_DECLS

/**
 * TsnAugmentOptions:
 * @flip: probability of a horizontal flip
 * @rotation: largest turn either way, in degrees
 * @min_zoom: least zoom; at 1 the crop is the largest of its shape that fits into the photo
 * @max_zoom: greatest zoom
 * @move: whether the crop may be anywhere in the photo; else it is in the middle
 * @depth_follows_zoom: whether depth is divided by the zoom, as if one had come closer; else metres
 *   stay what they were
 * @brightness: factor drawn from 1 - @brightness to 1 + @brightness
 * @contrast: likewise, on the distance from the mean
 * @tint: likewise, for each channel by itself
 * @hue: largest turn of the hue either way, in degrees
 * @min_gamma: least exponent
 * @max_gamma: greatest exponent
 * @blur_chance: probability of a blur
 * @blur: its largest standard deviation in pixels
 * @noise_chance: probability of noise
 * @noise: its largest standard deviation, of a range of 1
 *
 * What augmentation may do.  All numbers are drawn uniformly from their ranges.
 */
typedef struct
{
  double flip;
  double rotation;
  double min_zoom;
  double max_zoom;
  gboolean move;
  gboolean depth_follows_zoom;
  double brightness;
  double contrast;
  double tint;
  double hue;
  double min_gamma;
  double max_gamma;
  double blur_chance;
  double blur;
  double noise_chance;
  double noise;
} TsnAugmentOptions;

/**
 * TsnAugmentation:
 * @affine: from the crop to the photo
 * @depth_factor: on depth in metres
 * @photometry: change of the photo's colours
 *
 * What is done to one photo and its label.
 */
typedef struct
{
  TsnAffine affine;
  float depth_factor;
  TsnPhotometry photometry;
} TsnAugmentation;

void tsn_augment_options_init (TsnAugmentOptions *options);
void tsn_augment_options_init_plain (TsnAugmentOptions *options);
gboolean tsn_augment_options_check (const TsnAugmentOptions *options, GError **error);

void tsn_augment_draw (const TsnAugmentOptions *options,
                       const TsnImage *photo,
                       const TsnBatchRow *row,
                       TsnRandom *random,
                       TsnAugmentation *augmentation);
void tsn_augment_apply (const TsnAugmentation *augmentation,
                        const TsnImage *photo,
                        const TsnTruth *truth,
                        TsnTaskKind kind,
                        TsnRandom *random,
                        TsnBatchRow *row);

G_END_DECLS
