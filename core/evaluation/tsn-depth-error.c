#include "core/evaluation/tsn-depth-error.h"

#include "core/base/tsn-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Predictions that are not positive count as this, in metres, to have a logarithm. */
#define LEAST_DEPTH 1e-9

#define DELTA 1.25

struct _TsnDepthError
{
  TsnDepthErrorResult sums;
};

/**
 * tsn_depth_error_new:
 *
 * Returns: (transfer full): an accumulator without images.
 */
TsnDepthError *
tsn_depth_error_new (void)
{
  return g_new0 (TsnDepthError, 1);
}

void
tsn_depth_error_free (TsnDepthError *depth)
{
  g_free (depth);
}

/* Adds one pixel to the sums of an image. */
static void
add_pixel (TsnDepthErrorResult *sums, double is, double should)
{
  double difference, log_difference;

  is = is > 0 ? is : LEAST_DEPTH;
  difference = is - should;
  log_difference = log (is) - log (should);
  sums->rmse += difference * difference;
  sums->log_rmse += log_difference * log_difference;
  sums->abs_rel += fabs (difference) / should;
  sums->delta_1 += MAX (is / should, should / is) < DELTA;
}

static gboolean
check_pixel (float is, float should, size_t pixel, GError **error)
{
  if (isfinite (is) && isfinite (should))
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
               isfinite (should)
                   ? _ ("Pixel %zu of the prediction should be a depth in metres, but it is %g.")
                   : _ ("Pixel %zu of the label should be a depth in metres, but it is %g."),
               pixel, isfinite (should) ? is : should);
  return FALSE;
}

/**
 * tsn_depth_error_add:
 * @prediction: @n_pixels depths in metres; what is not positive counts as 1e-9
 * @label: @n_pixels depths in metres, 0 where unknown
 * @image: (out) (optional): the numbers of this image alone
 * @error: set to %TSN_ERROR_ARGUMENT when a depth that counts is not finite; the accumulator then
 *   is as it was
 *
 * Returns: %TRUE when the image was taken in.
 */
gboolean
tsn_depth_error_add (TsnDepthError *depth,
                     const float *prediction,
                     const float *label,
                     size_t n_pixels,
                     TsnDepthErrorResult *image,
                     GError **error)
{
  TsnDepthErrorResult own = { 0 };
  size_t valid = 0;
  double n;

  for (size_t i = 0; i < n_pixels; i++)
    {
      if (label[i] <= 0)
        continue;
      if (!check_pixel (prediction[i], label[i], i, error))
        return FALSE;
      add_pixel (&own, prediction[i], label[i]);
      valid++;
    }
  n = valid > 0 ? (double)valid : NAN;
  own = (TsnDepthErrorResult){ .images = valid > 0,
                               .rmse = sqrt (own.rmse / n),
                               .log_rmse = sqrt (own.log_rmse / n),
                               .abs_rel = own.abs_rel / n,
                               .delta_1 = own.delta_1 / n };
  if (image != NULL)
    *image = own;
  if (valid == 0)
    return TRUE;
  depth->sums.images++;
  depth->sums.rmse += own.rmse;
  depth->sums.log_rmse += own.log_rmse;
  depth->sums.abs_rel += own.abs_rel;
  depth->sums.delta_1 += own.delta_1;
  return TRUE;
}

/**
 * tsn_depth_error_result:
 * @result: (out caller-allocates): the numbers over all images so far
 */
void
tsn_depth_error_result (const TsnDepthError *depth, TsnDepthErrorResult *result)
{
  const TsnDepthErrorResult *sums = &depth->sums;
  double n = sums->images > 0 ? (double)sums->images : NAN;

  *result = (TsnDepthErrorResult){ .images = sums->images,
                                   .rmse = sums->rmse / n,
                                   .log_rmse = sums->log_rmse / n,
                                   .abs_rel = sums->abs_rel / n,
                                   .delta_1 = sums->delta_1 / n };
}
