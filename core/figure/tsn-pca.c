#include "core/figure/tsn-pca.h"

#include "core/figure/tsn-eigen.h"
#include "core/figure/tsn-feature.h"

#include <math.h>
#include <string.h>

/* Pixels that a basis is fitted to: many times the channels, few enough to be quick. */
#define MAX_SAMPLES 4096

/* Pixels of all maps, evenly spread: [n, channels]. */
typedef struct
{
  size_t n;
  guint channels;
  double *values;
} Samples;

static size_t
count_pixels (const TsnTensor *map)
{
  return map->dim[2] * map->dim[3];
}

static void
sample (Samples *samples, TsnTensor *const *maps, guint n_maps)
{
  size_t share = MAX (MAX_SAMPLES / n_maps, 1), most = 0;

  for (guint m = 0; m < n_maps; m++)
    most += MIN (count_pixels (maps[m]), 2 * share + maps[m]->dim[2] + maps[m]->dim[3]);
  *samples = (Samples){ 0, maps[0]->dim[1], NULL };
  samples->values = g_new (double, most * samples->channels);
  for (guint m = 0; m < n_maps; m++)
    {
      size_t pixels = count_pixels (maps[m]), width = maps[m]->dim[3];
      size_t stride = MAX (ceil (sqrt (pixels / (double) share)), 1);

      for (size_t y = stride / 2; y < maps[m]->dim[2]; y += stride)
        for (size_t x = stride / 2; x < width; x += stride)
          {
            double *row = samples->values + samples->n++ * samples->channels;

            for (guint c = 0; c < samples->channels; c++)
              row[c] = maps[m]->data[c * pixels + y * width + x];
          }
    }
}

static void
centre (Samples *samples, double *mean)
{
  for (size_t i = 0; i < samples->n; i++)
    for (guint c = 0; c < samples->channels; c++)
      mean[c] += samples->values[i * samples->channels + c] / samples->n;
  for (size_t i = 0; i < samples->n; i++)
    for (guint c = 0; c < samples->channels; c++)
      samples->values[i * samples->channels + c] -= mean[c];
}

static double *
make_covariance (const Samples *samples)
{
  guint n = samples->channels;
  double *covariance = g_new0 (double, (size_t) n *n);

  for (size_t i = 0; i < samples->n; i++)
    {
      const double *x = samples->values + i * n;

      for (guint a = 0; a < n; a++)
        for (guint b = 0; b <= a; b++)
          covariance[(size_t) a * n + b] += x[a] * x[b];
    }
  for (guint a = 0; a < n; a++)
    for (guint b = 0; b <= a; b++)
      {
        covariance[(size_t) a * n + b] /= samples->n;
        covariance[(size_t) b * n + a] = covariance[(size_t) a * n + b];
      }
  return covariance;
}

/* Signs mean nothing; chosen like those of an earlier basis, colours stay when a photo moves. */
static void
choose_sign (double *axis, const double *earlier, guint n)
{
  double product = 0;
  guint largest = 0;

  for (guint c = 0; c < n; c++)
    {
      product += earlier != NULL ? axis[c] * earlier[c] : 0;
      if (fabs (axis[c]) > fabs (axis[largest]) * (1 + 1e-9))
        largest = c;
    }
  if (product == 0)
    product = axis[largest];
  for (guint c = 0; product < 0 && c < n; c++)
    axis[c] = -axis[c];
}

static void
fit_axes (TsnPca *pca, const Samples *samples, const TsnPca *earlier)
{
  guint n = pca->channels;
  g_autofree double *covariance = make_covariance (samples);
  g_autofree double *values = g_new (double, n);
  g_autofree double *vectors = g_new (double, (size_t) n *n);
  double total = 0;

  tsn_symmetric_eigen (covariance, n, values, vectors);
  for (guint c = 0; c < n; c++)
    total += MAX (values[c], 0);
  for (guint k = 0; k < MIN (TSN_PCA_COMPONENTS, n); k++)
    {
      double *axis = pca->axes + (size_t) k * n;

      /* What is left beside rounding varies in no direction. */
      if (!(values[k] > 1e-12 * total))
        break;
      memcpy (axis, vectors + (size_t) k * n, n * sizeof *axis);
      choose_sign (axis, earlier != NULL ? earlier->axes + (size_t) k * n : NULL, n);
      pca->share[k] = values[k] / total;
    }
}

static void
fit_range (TsnPca *pca, const Samples *samples)
{
  g_autofree float *along = g_new (float, samples->n);

  for (guint k = 0; k < TSN_PCA_COMPONENTS; k++)
    {
      const double *axis = pca->axes + (size_t) k * pca->channels;
      TsnFeatureRange range;

      for (size_t i = 0; i < samples->n; i++)
        {
          const double *x = samples->values + i * samples->channels;
          double sum = 0;

          for (guint c = 0; c < pca->channels; c++)
            sum += axis[c] * x[c];
          along[i] = sum;
        }
      tsn_feature_find_range (&(const float *){ along }, 1, samples->n, &range);
      pca->low[k] = range.low;
      pca->high[k] = range.high;
    }
}

/**
 * tsn_pca_fit:
 * @maps: (array length=n_maps): [1, C, h, w] each, of the same number of channels
 * @n_maps: at least 1
 * @earlier: (nullable): a basis of as many channels whose signs are kept where they can be
 *
 * Fits one basis to the pixels of all maps together.  Of an axis without an earlier one the largest
 * number is positive.
 *
 * Returns: (transfer full): the basis.
 */
TsnPca *
tsn_pca_fit (TsnTensor *const *maps, guint n_maps, const TsnPca *earlier)
{
  TsnPca *pca;
  Samples samples;

  g_return_val_if_fail (n_maps > 0, NULL);
  for (guint m = 0; m < n_maps; m++)
    g_return_val_if_fail (maps[m]->rank == 4 && maps[m]->dim[1] == maps[0]->dim[1], NULL);

  pca = g_new0 (TsnPca, 1);
  g_atomic_ref_count_init (&pca->ref_count);
  pca->channels = maps[0]->dim[1];
  pca->mean = g_new0 (double, pca->channels);
  pca->axes = g_new0 (double, TSN_PCA_COMPONENTS *(size_t) pca->channels);
  if (earlier != NULL && earlier->channels != pca->channels)
    earlier = NULL;
  sample (&samples, maps, n_maps);
  centre (&samples, pca->mean);
  fit_axes (pca, &samples, earlier);
  fit_range (pca, &samples);
  g_free (samples.values);
  return pca;
}

TsnPca *
tsn_pca_ref (TsnPca *pca)
{
  g_atomic_ref_count_inc (&pca->ref_count);
  return pca;
}

void
tsn_pca_unref (TsnPca *pca)
{
  if (!g_atomic_ref_count_dec (&pca->ref_count))
    return;
  g_free (pca->mean);
  g_free (pca->axes);
  g_free (pca);
}

/**
 * tsn_pca_project:
 * @map: [1, C, h, w]
 * @pixel: index of one of its pixels
 * @coordinates: (out) (array fixed-size=3): of that pixel along the axes
 */
void
tsn_pca_project (const TsnPca *pca, const TsnTensor *map, size_t pixel, double *coordinates)
{
  size_t pixels = count_pixels (map);

  for (guint k = 0; k < TSN_PCA_COMPONENTS; k++)
    {
      const double *axis = pca->axes + (size_t) k * pca->channels;

      coordinates[k] = 0;
      for (guint c = 0; c < pca->channels; c++)
        coordinates[k] += axis[c] * (map->data[c * pixels + pixel] - pca->mean[c]);
    }
}

/* Coordinates of all pixels along one axis, channel by channel, as they lie in memory. */
static void
project_all (const TsnPca *pca, const TsnTensor *map, guint k, float *along)
{
  const double *axis = pca->axes + (size_t) k * pca->channels;
  size_t pixels = count_pixels (map);

  memset (along, 0, pixels * sizeof *along);
  for (guint c = 0; c < pca->channels; c++)
    {
      const float *plane = map->data + c * pixels;
      float weight = axis[c], mean = pca->mean[c];

      for (size_t i = 0; i < pixels; i++)
        along[i] += weight * (plane[i] - mean);
    }
}

/**
 * tsn_pca_colour:
 * @map: [1, C, h, w] of as many channels as the basis has
 * @rgb: (out): 3 x h x w bytes
 *
 * Draws a map: its first three components as red, green and blue, each from the basis's low (0) to
 * its high (255).  A component that does not exist is a middle grey.
 */
void
tsn_pca_colour (const TsnPca *pca, const TsnTensor *map, guint8 *rgb)
{
  size_t pixels = count_pixels (map);
  g_autofree float *along = g_new (float, pixels);

  g_return_if_fail (map->dim[1] == pca->channels);

  for (guint k = 0; k < TSN_PCA_COMPONENTS; k++)
    {
      float low = pca->low[k], span = pca->high[k] - low;

      project_all (pca, map, k, along);
      for (size_t i = 0; i < pixels; i++)
        {
          float at = pca->share[k] > 0 && span > 0 ? (along[i] - low) / span : 0.5f;

          rgb[3 * i + k] = CLAMP (at, 0, 1) * 255 + 0.5f;
        }
    }
}
