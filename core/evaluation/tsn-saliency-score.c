#include "core/evaluation/tsn-saliency-score.h"

#include "core/base/tsn-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define N TSN_SALIENCY_THRESHOLDS

/* Keeps shares of nothing from dividing by zero. */
#define TINY 1e-12

struct _TsnSaliencyScore
{
  GArray *images; /* of TsnSaliencyPoint, N in a row per image */
};

/**
 * tsn_saliency_score_new:
 *
 * Returns: (transfer full): an accumulator without images.
 */
TsnSaliencyScore *
tsn_saliency_score_new (void)
{
  TsnSaliencyScore *self = g_new (TsnSaliencyScore, 1);

  self->images = g_array_new (FALSE, FALSE, sizeof (TsnSaliencyPoint));
  return self;
}

void
tsn_saliency_score_free (TsnSaliencyScore *score)
{
  g_array_unref (score->images);
  g_free (score);
}

static double
get_threshold (guint i)
{
  return 0.2 + i * (0.9 - 0.2) / (N - 1);
}

static double
get_f (double precision, double recall)
{
  return 2 * precision * recall / (precision + recall + TINY);
}

/* How many pixels, salient and not, are above exactly that many thresholds. */
typedef struct
{
  size_t salient[N + 1];
  size_t other[N + 1];
} Histogram;

static gboolean
fill_histogram (Histogram *histogram,
                const float *prediction,
                const guint8 *label,
                size_t n_pixels,
                GError **error)
{
  float thresholds[N];

  /* Single precision as the values are, so that 0.4f is not above 0.4. */
  for (guint t = 0; t < N; t++)
    thresholds[t] = (float)get_threshold (t);
  for (size_t i = 0; i < n_pixels; i++)
    {
      guint above = 0;

      if (!isfinite (prediction[i]))
        {
          g_set_error (
              error, TSN_ERROR, TSN_ERROR_ARGUMENT,
              _ ("Pixel %zu of the prediction should be a saliency in 0..1, but it is %g."), i,
              prediction[i]);
          return FALSE;
        }
      while (above < N && prediction[i] > thresholds[above])
        above++;
      (label[i] != 0 ? histogram->salient : histogram->other)[above]++;
    }
  return TRUE;
}

/* The points of one image, from the highest threshold down, as ever more pixels are above. */
static void
fill_points (TsnSaliencyPoint *points, const Histogram *histogram)
{
  size_t salient = 0, hits = 0, false_alarms = 0;

  for (guint t = 0; t <= N; t++)
    salient += histogram->salient[t];
  for (guint t = N; t-- > 0;)
    {
      size_t either;

      hits += histogram->salient[t + 1];
      false_alarms += histogram->other[t + 1];
      either = salient + false_alarms;
      points[t] = (TsnSaliencyPoint){ .threshold = get_threshold (t),
                                      .iou = either > 0 ? hits / (double)either : 1,
                                      .precision = hits / (hits + false_alarms + TINY),
                                      .recall = hits / (salient + TINY) };
      points[t].f = get_f (points[t].precision, points[t].recall);
    }
}

static void
find_best (const TsnSaliencyPoint *points, TsnSaliencyResult *result)
{
  result->max_iou = result->max_f = points[0];
  for (guint t = 1; t < N; t++)
    {
      if (points[t].iou > result->max_iou.iou)
        result->max_iou = points[t];
      if (points[t].f > result->max_f.f)
        result->max_f = points[t];
    }
}

/**
 * tsn_saliency_score_add:
 * @prediction: @n_pixels values in 0..1
 * @label: @n_pixels bytes, not 0 where the pixel is salient
 * @image: (out) (optional): the numbers of this image alone
 * @error: set to %TSN_ERROR_ARGUMENT when a value is not finite; the accumulator then is as it was
 *
 * Returns: %TRUE when the image was taken in.
 */
gboolean
tsn_saliency_score_add (TsnSaliencyScore *score,
                        const float *prediction,
                        const guint8 *label,
                        size_t n_pixels,
                        TsnSaliencyResult *image,
                        GError **error)
{
  Histogram histogram = { 0 };
  TsnSaliencyPoint points[N];

  if (!fill_histogram (&histogram, prediction, label, n_pixels, error))
    return FALSE;
  fill_points (points, &histogram);
  g_array_append_vals (score->images, points, N);
  if (image != NULL)
    {
      image->images = 1;
      find_best (points, image);
    }
  return TRUE;
}

/**
 * tsn_saliency_score_get_image_point:
 * @image: index of an image in the order of tsn_saliency_score_add()
 * @threshold: index of a threshold
 *
 * Returns: the numbers of one image at one threshold.
 */
TsnSaliencyPoint
tsn_saliency_score_get_image_point (const TsnSaliencyScore *score, size_t image, guint threshold)
{
  return g_array_index (score->images, TsnSaliencyPoint, image * N + threshold);
}

/**
 * tsn_saliency_score_get_point:
 * @threshold: index of a threshold
 *
 * Returns: the numbers over all images so far at one threshold.
 */
TsnSaliencyPoint
tsn_saliency_score_get_point (const TsnSaliencyScore *score, guint threshold)
{
  TsnSaliencyPoint mean = { .threshold = get_threshold (threshold) };
  size_t images = score->images->len / N;
  double n = images > 0 ? (double)images : NAN;

  for (size_t i = 0; i < images; i++)
    {
      TsnSaliencyPoint point = tsn_saliency_score_get_image_point (score, i, threshold);

      mean.iou += point.iou;
      mean.precision += point.precision;
      mean.recall += point.recall;
    }
  mean.iou /= n;
  mean.precision /= n;
  mean.recall /= n;
  mean.f = get_f (mean.precision, mean.recall);
  return mean;
}

/**
 * tsn_saliency_score_result:
 * @result: (out caller-allocates): the numbers over all images so far
 */
void
tsn_saliency_score_result (const TsnSaliencyScore *score, TsnSaliencyResult *result)
{
  TsnSaliencyPoint points[N];

  for (guint t = 0; t < N; t++)
    points[t] = tsn_saliency_score_get_point (score, t);
  result->images = score->images->len / N;
  find_best (points, result);
}
