#include "core/evaluation/tsn-angular-error.h"

#include "core/base/tsn-error.h"
#include "core/evaluation/tsn-median.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  guint64 pixels;
  double sum;
  double sum_of_squares;
  guint64 within[3]; /* 11.25, 22.5 and 30 degrees */
} Sums;

struct _TsnAngularError
{
  double ignored_length;
  size_t images;
  Sums sums;
  TsnMedian *angles;
};

/**
 * tsn_angular_error_new:
 * @ignored_length: labels that are not longer than this do not count: 0 where unknown normals are
 *   stored as exact zeros, more where a lossy file stores them
 *
 * Returns: (transfer full): an accumulator without images.
 */
TsnAngularError *
tsn_angular_error_new (double ignored_length)
{
  TsnAngularError *self = g_new0 (TsnAngularError, 1);

  self->ignored_length = ignored_length;
  self->angles = tsn_median_new (0);
  return self;
}

void
tsn_angular_error_free (TsnAngularError *angular)
{
  tsn_median_free (angular->angles);
  g_free (angular);
}

typedef struct
{
  double x;
  double y;
  double z;
} Vector;

static Vector
get_vector (const float *planes, size_t n_pixels, size_t i)
{
  return (Vector){ planes[i], planes[n_pixels + i], planes[2 * n_pixels + i] };
}

static double
get_length (Vector v)
{
  return sqrt (v.x * v.x + v.y * v.y + v.z * v.z);
}

/* The arc cosine of the scalar product of unit vectors, which would lose digits near 0 and 180
 * degrees, from both products of the vectors. */
static double
get_angle (Vector a, Vector b)
{
  Vector cross = { a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x };
  double dot = a.x * b.x + a.y * b.y + a.z * b.z, sine = get_length (cross);

  return dot == 0 && sine == 0 ? 90 : atan2 (sine, dot) * (180 / G_PI);
}

static void
add_angle (Sums *sums, double angle)
{
  sums->pixels++;
  sums->sum += angle;
  sums->sum_of_squares += angle * angle;
  sums->within[0] += angle < 11.25;
  sums->within[1] += angle < 22.5;
  sums->within[2] += angle < 30;
}

static gboolean
check_vector (Vector v, gboolean is_label, size_t pixel, GError **error)
{
  if (isfinite (get_length (v)))
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
               is_label
                   ? _ ("Pixel %zu of the label should be a normal, but it is (%g, %g, %g).")
                   : _ ("Pixel %zu of the prediction should be a normal, but it is (%g, %g, %g)."),
               pixel, v.x, v.y, v.z);
  return FALSE;
}

/* One image: the sums and, for the median, the angles of the pixels that count. */
typedef struct
{
  Sums sums;
  double *angles;
} Image;

static gboolean
measure (const TsnAngularError *self,
         const float *prediction,
         const float *label,
         size_t n_pixels,
         Image *own,
         GError **error)
{
  for (size_t i = 0; i < n_pixels; i++)
    {
      Vector is = get_vector (prediction, n_pixels, i), should = get_vector (label, n_pixels, i);
      double angle;

      if (get_length (should) <= self->ignored_length)
        continue;
      if (!check_vector (is, FALSE, i, error) || !check_vector (should, TRUE, i, error))
        return FALSE;
      angle = get_angle (is, should);
      own->angles[own->sums.pixels] = angle;
      add_angle (&own->sums, angle);
    }
  return TRUE;
}

static gboolean
summarize (const Sums *sums, TsnMedian *angles, TsnAngularErrorResult *result, GError **error)
{
  double n = sums->pixels > 0 ? (double)sums->pixels : NAN;

  result->pixels = sums->pixels;
  result->mean = sums->sum / n;
  result->rms = sqrt (sums->sum_of_squares / n);
  result->within_11 = sums->within[0] / n;
  result->within_22 = sums->within[1] / n;
  result->within_30 = sums->within[2] / n;
  return tsn_median_result (angles, &result->median, error);
}

static gboolean
summarize_image (const Image *own, TsnAngularErrorResult *image, GError **error)
{
  size_t n = own->sums.pixels;
  g_autoptr (TsnMedian) median = tsn_median_new (MAX (n, 1));

  image->images = n > 0;
  return tsn_median_add (median, own->angles, n, error)
         && summarize (&own->sums, median, image, error);
}

static void
add_sums (Sums *sums, const Sums *more)
{
  sums->pixels += more->pixels;
  sums->sum += more->sum;
  sums->sum_of_squares += more->sum_of_squares;
  for (guint i = 0; i < G_N_ELEMENTS (sums->within); i++)
    sums->within[i] += more->within[i];
}

/**
 * tsn_angular_error_add:
 * @prediction: three planes (x, y, z) of @n_pixels, vectors of any length; one without length is
 *   at 90 degrees to its label
 * @label: three planes of @n_pixels
 * @image: (out) (optional): the numbers of this image alone
 * @error: set to %TSN_ERROR_ARGUMENT when a vector that counts is not finite, to %TSN_ERROR_IO
 *   when angles cannot be stored; in the first case the accumulator is as it was
 *
 * Returns: %TRUE when the image was taken in.
 */
gboolean
tsn_angular_error_add (TsnAngularError *angular,
                       const float *prediction,
                       const float *label,
                       size_t n_pixels,
                       TsnAngularErrorResult *image,
                       GError **error)
{
  g_autofree double *angles = g_new (double, n_pixels);
  Image own = { .angles = angles };

  if (!measure (angular, prediction, label, n_pixels, &own, error)
      || !tsn_median_add (angular->angles, angles, own.sums.pixels, error))
    return FALSE;
  add_sums (&angular->sums, &own.sums);
  angular->images += own.sums.pixels > 0;
  return image == NULL || summarize_image (&own, image, error);
}

/**
 * tsn_angular_error_result:
 * @result: (out caller-allocates): the numbers over all images so far
 * @error: set to %TSN_ERROR_IO when stored angles cannot be read
 *
 * Returns: %TRUE when @result is set.
 */
gboolean
tsn_angular_error_result (TsnAngularError *angular, TsnAngularErrorResult *result, GError **error)
{
  result->images = angular->images;
  return summarize (&angular->sums, angular->angles, result, error);
}
