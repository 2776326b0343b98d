/* A result made ready for the window: its picture and what can be said about it in words. */
#pragma once

#include "core/figure/tsn-legend.h"
#include "core/figure/tsn-render.h"
#include "core/inference/tsn-result.h"
#include "ui/tsn-picture.h"

G_BEGIN_DECLS

/** Longest side in pixels at which a result is drawn; the network's own is far smaller. */
#define TSN_PREDICTION_MAX_SIDE 1536

/**
 * TsnPrediction:
 * @result: the numbers
 * @picture: the numbers as colours, covering the photo, at most %TSN_PREDICTION_MAX_SIDE long
 * @legend: what the colours mean; the classes that are present, the commonest first
 * @positive: share of the pixels whose probability is above one half, for %TSN_TASK_EDGE and
 *   %TSN_TASK_SALIENCY
 *
 * Reference-counted and immutable.
 */
typedef struct
{
  TsnResult *result;
  TsnPicture *picture;
  TsnLegend *legend;
  double positive;

  /*< private >*/
  gatomicrefcount ref_count;
} TsnPrediction;

#define TSN_TYPE_PREDICTION (tsn_prediction_get_type ())
GType tsn_prediction_get_type (void);

TsnPrediction *tsn_prediction_new (TsnResult *result);
TsnPrediction *tsn_prediction_new_limited (TsnResult *result, guint side);
TsnPrediction *tsn_prediction_ref (TsnPrediction *prediction);
void tsn_prediction_unref (TsnPrediction *prediction);
TsnResult *tsn_prediction_limit_size (TsnResult *result, guint side);

TsnPicture *
tsn_prediction_draw (TsnResult *result, const TsnRenderOptions *options, guint side);

char *tsn_prediction_describe (const TsnPrediction *prediction);
char *tsn_prediction_describe_at (const TsnPrediction *prediction, double x, double y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnPrediction, tsn_prediction_unref)

G_END_DECLS
