#include "core/figure/tsn-feature.h"

#include "core/figure/tsn-colour-map.h"

#include <math.h>
#include <string.h>

/* Shares of the numbers beyond which a few may lie without taking the colours of all others. */
#define LOW_SHARE 0.01
#define HIGH_SHARE 0.99

/* Numbers that a range is found from. */
#define MAX_SAMPLES 32768

static size_t
count_pixels (const TsnTensor *map)
{
  return map->dim[2] * map->dim[3];
}

/**
 * tsn_feature_reduce:
 * @map: [1, C, h, w]
 * @channel: for %TSN_FEATURE_CHANNEL
 * @plane: (out): [h, w]
 */
void
tsn_feature_reduce (const TsnTensor *map,
                    TsnFeatureReduction reduction,
                    guint channel,
                    float *plane)
{
  size_t pixels = count_pixels (map), n = map->dim[1];

  if (reduction == TSN_FEATURE_CHANNEL)
    {
      g_return_if_fail (channel < n);
      memcpy (plane, map->data + channel * pixels, pixels * sizeof *plane);
      return;
    }
  memset (plane, 0, pixels * sizeof *plane);
  for (size_t c = 0; c < n; c++)
    {
      const float *values = map->data + c * pixels;

      if (reduction == TSN_FEATURE_MEAN)
        for (size_t i = 0; i < pixels; i++)
          plane[i] += values[i] / n;
      else
        for (size_t i = 0; i < pixels; i++)
          plane[i] += values[i] * values[i];
    }
  for (size_t i = 0; reduction == TSN_FEATURE_ENERGY && i < pixels; i++)
    plane[i] = sqrtf (plane[i]);
}

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return (x > y) - (x < y);
}

/**
 * tsn_feature_find_range:
 * @planes: (array length=n_planes): numbers that are to share their colours
 * @length: of each
 * @range: (out): from the first to the 99th percentile of all numbers together, so that single
 *   pixels do not take the colours of all others; of equal numbers, a range about them
 */
void
tsn_feature_find_range (const float *const *planes,
                        guint n_planes,
                        size_t length,
                        TsnFeatureRange *range)
{
  size_t total = n_planes * length, stride = MAX (total / MAX_SAMPLES, 1), n = 0;
  g_autofree float *values = g_new (float, total / stride + 1);

  /* An odd step visits all columns of a map whose width is even. */
  stride |= 1;
  for (size_t i = 0; i < total; i += stride)
    if (isfinite (planes[i / length][i % length]))
      values[n++] = planes[i / length][i % length];
  *range = (TsnFeatureRange){ 0, 1 };
  if (n == 0)
    return;
  qsort (values, n, sizeof *values, compare_floats);
  range->low = values[(size_t) (LOW_SHARE * (n - 1))];
  range->high = values[(size_t) ceil (HIGH_SHARE * (n - 1))];
  /* What hardly ever differs from one number is shown from the least to the most there is. */
  if (range->low == range->high)
    {
      range->low = values[0];
      range->high = values[n - 1];
    }
}

/**
 * tsn_feature_colour:
 * @rgb: (out): 3 x @length bytes: viridis from the range's low to its high; of an empty range the
 *   middle
 */
void
tsn_feature_colour (const float *plane, size_t length, const TsnFeatureRange *range, guint8 *rgb)
{
  float span = range->high - range->low;

  for (size_t i = 0; i < length; i++)
    tsn_colour_map_look_up (TSN_COLOUR_MAP_VIRIDIS,
                            span > 0 ? (plane[i] - range->low) / span : 0.5f, rgb + 3 * i);
}

static double
sum_squares (const float *values, size_t n)
{
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += (double) values[i] * values[i];
  return sum;
}

/**
 * tsn_feature_rank:
 * @maps: (array length=n_maps): [1, C, h, w] each
 *
 * Returns: (transfer full) (array): the C channels, that of the most energy (sum of squares over
 *   all maps) first; equal ones stay in their order.
 */
guint *
tsn_feature_rank (TsnTensor *const *maps, guint n_maps)
{
  guint n = maps[0]->dim[1];
  g_autofree double *energy = g_new0 (double, n);
  guint *order = g_new (guint, n);

  for (guint c = 0; c < n; c++)
    {
      guint at = c;

      for (guint m = 0; m < n_maps; m++)
        energy[c]
            += sum_squares (maps[m]->data + c * count_pixels (maps[m]), count_pixels (maps[m]));
      for (; at > 0 && energy[order[at - 1]] < energy[c]; at--)
        order[at] = order[at - 1];
      order[at] = c;
    }
  return order;
}

/* The mean of the pixels that one pixel of a smaller picture stands for. */
static void
shrink (const float *plane, size_t width, size_t height, TsnFeatureTiles *tiles, float *small)
{
  for (guint y = 0; y < tiles->height; y++)
    for (guint x = 0; x < tiles->width; x++)
      {
        size_t left = x * width / tiles->width, right = (x + 1) * width / tiles->width;
        size_t top = y * height / tiles->height, bottom = (y + 1) * height / tiles->height;
        float sum = 0;

        for (size_t v = top; v < bottom; v++)
          for (size_t u = left; u < right; u++)
            sum += plane[v * width + u];
        small[y * tiles->width + x] = sum / ((right - left) * (bottom - top));
      }
}

/**
 * tsn_feature_tiles_new:
 * @map: [1, C, h, w]
 * @order: (nullable) (array): the C channels in the order of their tiles, %NULL for their own
 * @longest: longest side of a tile; larger maps are reduced
 *
 * Returns: (transfer full): a tile for every channel.
 */
TsnFeatureTiles *
tsn_feature_tiles_new (const TsnTensor *map, const guint *order, guint longest)
{
  size_t height = map->dim[2], width = map->dim[3], side = MAX (width, height);
  double scale = side > longest ? (double) longest / side : 1;
  TsnFeatureTiles *tiles = g_new0 (TsnFeatureTiles, 1);
  g_autofree float *small = NULL;
  size_t length;

  tiles->n = map->dim[1];
  tiles->width = MAX (lround (width * scale), 1);
  tiles->height = MAX (lround (height * scale), 1);
  length = (size_t) tiles->width * tiles->height;
  tiles->channels = g_new (guint, tiles->n);
  tiles->rgb = g_malloc_n (tiles->n, 3 * length);
  small = g_new (float, length);
  for (guint i = 0; i < tiles->n; i++)
    {
      TsnFeatureRange range;

      tiles->channels[i] = order != NULL ? order[i] : i;
      shrink (map->data + tiles->channels[i] * width * height, width, height, tiles, small);
      tsn_feature_find_range (&(const float *){ small }, 1, length, &range);
      tsn_feature_colour (small, length, &range, tiles->rgb + 3 * length * i);
    }
  return tiles;
}

void
tsn_feature_tiles_free (TsnFeatureTiles *tiles)
{
  g_free (tiles->channels);
  g_free (tiles->rgb);
  g_free (tiles);
}

static void
fill_bins (const float *values, size_t length, TsnFeatureStats *stats)
{
  double low = stats->range.low, span = stats->range.high - low;

  for (size_t i = 0; i < length; i++)
    {
      double at = span > 0 ? (values[i] - low) / span : 0.5;

      stats->bins[(guint) CLAMP (at * TSN_FEATURE_BINS, 0, TSN_FEATURE_BINS - 1)] += 1.0 / length;
    }
}

/**
 * tsn_feature_measure:
 * @values: (array length=length): finite numbers, at least one
 * @stats: (out): about them
 *
 * The histogram spans the percentiles of tsn_feature_find_range().
 */
void
tsn_feature_measure (const float *values, size_t length, TsnFeatureStats *stats)
{
  double sum = 0, squares = 0;
  size_t zeros = 0, negative = 0;

  g_return_if_fail (length > 0);

  *stats = (TsnFeatureStats){ .min = values[0], .max = values[0] };
  for (size_t i = 0; i < length; i++)
    {
      stats->min = MIN (stats->min, values[i]);
      stats->max = MAX (stats->max, values[i]);
      sum += values[i];
      zeros += values[i] == 0;
      negative += values[i] < 0;
    }
  stats->mean = sum / length;
  for (size_t i = 0; i < length; i++)
    squares += (values[i] - stats->mean) * (values[i] - stats->mean);
  stats->deviation = sqrt (squares / length);
  stats->zeros = (double) zeros / length;
  stats->negative = (double) negative / length;
  tsn_feature_find_range (&values, 1, length, &stats->range);
  fill_bins (values, length, stats);
}

/**
 * tsn_feature_distance:
 * @a: (array length=length): numbers
 * @b: (array length=length): others
 *
 * Returns: how much they differ: the length of a - b over the root of the mean of the squared
 *   lengths of a and b.  0 is the same, sqrt 2 has nothing in common, 2 is the opposite.
 */
double
tsn_feature_distance (const float *a, const float *b, size_t length)
{
  double squares = 0, scale = (sum_squares (a, length) + sum_squares (b, length)) / 2;

  for (size_t i = 0; i < length; i++)
    squares += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
  return scale > 0 ? sqrt (squares / scale) : 0;
}

/**
 * tsn_feature_channel_distances:
 * @a: [1, C, h, w]
 * @b: of the same shape
 *
 * Returns: (transfer full) (array): the distance of each channel, see tsn_feature_distance().
 */
double *
tsn_feature_channel_distances (const TsnTensor *a, const TsnTensor *b)
{
  size_t pixels = count_pixels (a);
  double *distances;

  g_return_val_if_fail (tsn_tensor_has_shape (a, b->rank, b->dim), NULL);

  distances = g_new (double, a->dim[1]);
  for (size_t c = 0; c < a->dim[1]; c++)
    distances[c] = tsn_feature_distance (a->data + c * pixels, b->data + c * pixels, pixels);
  return distances;
}
