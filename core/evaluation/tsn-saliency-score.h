/* Agreement of predicted and true saliency. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Thresholds on the predicted saliency: 0.2, 0.25, ..., 0.9. */
#define TSN_SALIENCY_THRESHOLDS 15

/**
 * TsnSaliencyPoint:
 * @threshold: a pixel above it is predicted to be salient
 * @iou: intersection over union; of an image where nothing is salient and nothing is predicted 1
 * @precision: share of predicted pixels that are salient
 * @recall: share of salient pixels that are predicted
 * @f: harmonic mean of @precision and @recall
 */
typedef struct
{
  double threshold;
  double iou;
  double precision;
  double recall;
  double f;
} TsnSaliencyPoint;

/**
 * TsnSaliencyResult:
 * @images: how many
 * @max_iou: the point of the greatest IoU
 * @max_f: the point of the greatest F
 *
 * IoU, precision and recall are computed per image and averaged over images at each threshold; F
 * is that of the averages.  Of equals the lowest threshold counts.  NaN when there are no images.
 */
typedef struct
{
  size_t images;
  TsnSaliencyPoint max_iou;
  TsnSaliencyPoint max_f;
} TsnSaliencyResult;

/**
 * TsnSaliencyScore:
 *
 * Gathers the agreement of saliency over a set of images.
 */
typedef struct _TsnSaliencyScore TsnSaliencyScore;

TsnSaliencyScore *tsn_saliency_score_new (void);
void tsn_saliency_score_free (TsnSaliencyScore *score);

gboolean tsn_saliency_score_add (TsnSaliencyScore *score,
                                 const float *prediction,
                                 const guint8 *label,
                                 size_t n_pixels,
                                 TsnSaliencyResult *image,
                                 GError **error);
void tsn_saliency_score_result (const TsnSaliencyScore *score, TsnSaliencyResult *result);
TsnSaliencyPoint tsn_saliency_score_get_point (const TsnSaliencyScore *score, guint threshold);
TsnSaliencyPoint
tsn_saliency_score_get_image_point (const TsnSaliencyScore *score, size_t image, guint threshold);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnSaliencyScore, tsn_saliency_score_free)

G_END_DECLS
