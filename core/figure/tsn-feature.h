/* Feature maps of a network as pictures and numbers. */
#pragma once

#include "core/base/tsn-tensor.h"

G_BEGIN_DECLS

/**
 * TsnFeatureReduction:
 * @TSN_FEATURE_CHANNEL: one channel
 * @TSN_FEATURE_MEAN: mean over channels
 * @TSN_FEATURE_ENERGY: sqrt of the sum of squares over channels
 *
 * How many channels become one number per pixel.
 */
typedef enum
{
  TSN_FEATURE_CHANNEL,
  TSN_FEATURE_MEAN,
  TSN_FEATURE_ENERGY,
} TsnFeatureReduction;

/**
 * TsnFeatureRange:
 * @low: number of the first colour
 * @high: number of the last colour, never below @low
 */
typedef struct
{
  float low;
  float high;
} TsnFeatureRange;

/** How many columns a histogram has. */
#define TSN_FEATURE_BINS 48

/**
 * TsnFeatureStats:
 * @min: smallest number
 * @max: largest number
 * @mean: of all
 * @deviation: standard deviation
 * @zeros: share of the numbers that are 0, as a ReLU makes them
 * @negative: share of those below 0, as a LeakyReLU lets them through
 * @range: of the histogram
 * @bins: share of the numbers in each column; the first and the last hold what lies beyond, too
 */
typedef struct
{
  double min;
  double max;
  double mean;
  double deviation;
  double zeros;
  double negative;
  TsnFeatureRange range;
  double bins[TSN_FEATURE_BINS];
} TsnFeatureStats;

/**
 * TsnFeatureTiles:
 * @n: how many
 * @width: of each in pixels
 * @height: of each
 * @channels: (array length=n): which channel each shows
 * @rgb: (array): @n pictures of 3 x @width x @height bytes
 *
 * All channels of a map as small pictures, each with colours from its own low to its own high.
 */
typedef struct
{
  guint n;
  guint width;
  guint height;
  guint *channels;
  guint8 *rgb;
} TsnFeatureTiles;

void tsn_feature_reduce (const TsnTensor *map,
                         TsnFeatureReduction reduction,
                         guint channel,
                         float *plane);
void tsn_feature_find_range (const float *const *planes,
                             guint n_planes,
                             size_t length,
                             TsnFeatureRange *range);
void
tsn_feature_colour (const float *plane, size_t length, const TsnFeatureRange *range, guint8 *rgb);

guint *tsn_feature_rank (TsnTensor *const *maps, guint n_maps);
TsnFeatureTiles *tsn_feature_tiles_new (const TsnTensor *map, const guint *order, guint longest);
void tsn_feature_tiles_free (TsnFeatureTiles *tiles);

void tsn_feature_measure (const float *values, size_t length, TsnFeatureStats *stats);
double tsn_feature_distance (const float *a, const float *b, size_t length);
double *tsn_feature_channel_distances (const TsnTensor *a, const TsnTensor *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnFeatureTiles, tsn_feature_tiles_free)

G_END_DECLS
