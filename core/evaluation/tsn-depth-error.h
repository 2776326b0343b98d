/* Errors of predicted depth. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnDepthErrorResult:
 * @images: images with at least one pixel that counts
 * @rmse: root of the mean squared difference, in metres
 * @log_rmse: the same of natural logarithms
 * @abs_rel: mean of |prediction - label| / label
 * @delta_1: share of pixels where neither is 1.25 times the other or more, in 0..1
 *
 * Each is computed per image and then averaged over images; NaN when there are none.
 */
typedef struct
{
  size_t images;
  double rmse;
  double log_rmse;
  double abs_rel;
  double delta_1;
} TsnDepthErrorResult;

/**
 * TsnDepthError:
 *
 * Gathers depth errors over a set of images.
 */
typedef struct _TsnDepthError TsnDepthError;

TsnDepthError *tsn_depth_error_new (void);
void tsn_depth_error_free (TsnDepthError *depth);

gboolean tsn_depth_error_add (TsnDepthError *depth,
                              const float *prediction,
                              const float *label,
                              size_t n_pixels,
                              TsnDepthErrorResult *image,
                              GError **error);
void tsn_depth_error_result (const TsnDepthError *depth, TsnDepthErrorResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnDepthError, tsn_depth_error_free)

G_END_DECLS
