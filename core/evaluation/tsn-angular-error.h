/* Angles between predicted and true surface normals. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnAngularErrorResult:
 * @images: images with at least one pixel that counts
 * @pixels: pixels that count
 * @mean: of the angles, in degrees
 * @median: of the angles, in degrees, exact
 * @rms: root of the mean of the squared angles, in degrees
 * @within_11: share of angles below 11.25 degrees, in 0..1
 * @within_22: share of angles below 22.5 degrees, in 0..1
 * @within_30: share of angles below 30 degrees, in 0..1
 *
 * All pixels of all images count alike.  NaN when there are none.
 */
typedef struct
{
  size_t images;
  guint64 pixels;
  double mean;
  double median;
  double rms;
  double within_11;
  double within_22;
  double within_30;
} TsnAngularErrorResult;

/**
 * TsnAngularError:
 *
 * Gathers angles over a set of images.
 */
typedef struct _TsnAngularError TsnAngularError;

TsnAngularError *tsn_angular_error_new (double ignored_length);
void tsn_angular_error_free (TsnAngularError *angular);

gboolean tsn_angular_error_add (TsnAngularError *angular,
                                const float *prediction,
                                const float *label,
                                size_t n_pixels,
                                TsnAngularErrorResult *image,
                                GError **error);
gboolean
tsn_angular_error_result (TsnAngularError *angular, TsnAngularErrorResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnAngularError, tsn_angular_error_free)

G_END_DECLS
