#include "core/io/tsn-resample.h"

#include "core/base/tsn-arena.h"

#include <math.h>
#include <string.h>

/* Samples per step of the row loop: a length known to the compiler, so that it vectorises. */
#define BLOCK 16

static void
fill_weights (TsnResampleAxis *axis, guint i, guint n_in, double scale, double radius)
{
  double centre = (i + 0.5) * scale, sum = 0;
  guint first = MAX (0, floor (centre - radius + 0.5));
  guint last = MIN (n_in, floor (centre + radius + 0.5));
  float *weights = axis->weights + (size_t) i * axis->taps;

  /* An interval this narrow exists only by rounding; the nearest input then says it all. */
  if (last <= first)
    {
      first = MIN (first, n_in - 1);
      last = first + 1;
    }
  for (guint k = first; k < last; k++)
    sum += MAX (0, 1 - fabs (k + 0.5 - centre) / radius);
  for (guint k = first; k < last; k++)
    weights[k - first] =
        sum > 0 ? MAX (0, 1 - fabs (k + 0.5 - centre) / radius) / sum : 1.0 / (last - first);
  axis->first[i] = first;
  axis->count[i] = last - first;
}

/**
 * tsn_resample_axis_new:
 * @n_in: number of input positions, at least 1
 * @n_out: number of output positions, at least 1
 *
 * Output i sits at (i + 1/2) n_in / n_out of the input, whose samples sit at k + 1/2.  The filter
 * is a triangle that reaches one sample of the coarser grid to each side: linear interpolation
 * when there are more outputs than inputs, and when there are fewer a weighted mean of all inputs
 * that does not alias.  Beyond the edges there is nothing: weights are scaled to a sum of 1.
 *
 * Returns: (transfer full): the weights.
 */
TsnResampleAxis *
tsn_resample_axis_new (guint n_in, guint n_out)
{
  TsnResampleAxis *axis;
  double scale = (double) n_in / n_out, radius = MAX (scale, 1);

  g_return_val_if_fail (n_in > 0 && n_out > 0, NULL);

  axis = g_new (TsnResampleAxis, 1);
  axis->n_out = n_out;
  axis->taps = MIN (n_in, (guint) ceil (2 * radius) + 1);
  axis->first = g_new (guint, n_out);
  axis->count = g_new (guint, n_out);
  axis->weights = g_new0 (float, (size_t) n_out * axis->taps);
  for (guint i = 0; i < n_out; i++)
    fill_weights (axis, i, n_in, scale, radius);
  return axis;
}

void
tsn_resample_axis_free (TsnResampleAxis *axis)
{
  g_free (axis->first);
  g_free (axis->count);
  g_free (axis->weights);
  g_free (axis);
}

static void
add_row (float *restrict sum, const guint8 *restrict row, float weight, size_t n)
{
  size_t i = 0;

  for (; i + BLOCK <= n; i += BLOCK)
    for (size_t j = i; j < i + BLOCK; j++)
      sum[j] += weight * row[j];
  for (; i < n; i++)
    sum[i] += weight * row[i];
}

/* One output row of one channel from a row of RGB sums. */
static void
gather_row (const TsnResampleAxis *axis, const float *sums, guint channel, float *out)
{
  for (guint x = 0; x < axis->n_out; x++)
    {
      const float *weights = axis->weights + (size_t) x * axis->taps;
      const float *in = sums + 3 * (size_t) axis->first[x] + channel;
      float value = 0;

      for (guint k = 0; k < axis->count[x]; k++)
        value += weights[k] * in[3 * (size_t) k];
      out[x] = value;
    }
}

/**
 * tsn_resample_rgb:
 * @pixels: RGB bytes, 3 x @width a row
 * @out: room for 3 planes of @out_height x @out_width
 *
 * Resamples a picture with tsn_resample_axis_new()'s filter on both axes, and turns it into red,
 * green and blue planes from 0 to 1.  Works on one row of floats at a time: rows are summed first,
 * which is where all of a large photo's pixels are touched, in the order of memory.
 */
void
tsn_resample_rgb (
    const guint8 *pixels, guint width, guint height, guint out_width, guint out_height, float *out)
{
  g_autoptr (TsnResampleAxis) across = tsn_resample_axis_new (width, out_width);
  g_autoptr (TsnResampleAxis) down = tsn_resample_axis_new (height, out_height);
  size_t row = 3 * (size_t) width, plane = (size_t) out_width * out_height;
  float *sums = tsn_aligned_alloc (row * sizeof *sums);

  for (guint y = 0; y < out_height; y++)
    {
      const float *weights = down->weights + (size_t) y * down->taps;

      memset (sums, 0, row * sizeof *sums);
      for (guint k = 0; k < down->count[y]; k++)
        add_row (sums, pixels + row * (down->first[y] + k), weights[k] / 255, row);
      for (guint c = 0; c < 3; c++)
        gather_row (across, sums, c, out + c * plane + (size_t) out_width * y);
    }
  tsn_aligned_free (sums);
}
