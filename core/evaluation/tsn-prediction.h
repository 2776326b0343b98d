/* What a network said about a photo, as the metrics take it. */
#pragma once

#include "core/inference/tsn-result.h"

G_BEGIN_DECLS

/**
 * TsnPrediction:
 * @kind: which of the fields below counts
 * @width: in pixels, at least 1
 * @height: in pixels, at least 1
 * @classes: (nullable): @height x @width class indices, for %TSN_TASK_CLASSES
 * @shares: (nullable): @height x @width probabilities, for %TSN_TASK_EDGE; double precision, so
 *   that of an 8-bit picture they are value / 255.0 and meet thresholds as the benchmark's do
 * @planes: (nullable): for the other kinds: one plane of @height x @width numbers, three (x, y, z)
 *   for %TSN_TASK_NORMALS
 *
 * A prediction for every pixel of a photo.
 */
typedef struct
{
  TsnTaskKind kind;
  guint width;
  guint height;
  guint8 *classes;
  double *shares;
  float *planes;
} TsnPrediction;

TsnPrediction *tsn_prediction_new (TsnTaskKind kind, guint width, guint height);
TsnPrediction *tsn_prediction_new_from_result (const TsnResult *result);
TsnPrediction *tsn_prediction_resize (const TsnPrediction *prediction, guint width, guint height);
void tsn_prediction_free (TsnPrediction *prediction);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnPrediction, tsn_prediction_free)

G_END_DECLS
