/* What a network said about a photo, as the metrics take it. */
#pragma once

#include "core/inference/tsn-result.h"

G_BEGIN_DECLS

/**
 * TsnEstimate:
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
} TsnEstimate;

TsnEstimate *tsn_estimate_new (TsnTaskKind kind, guint width, guint height);
TsnEstimate *tsn_estimate_new_from_result (const TsnResult *result);
TsnEstimate *tsn_estimate_resize (const TsnEstimate *estimate, guint width, guint height);
void tsn_estimate_free (TsnEstimate *estimate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnEstimate, tsn_estimate_free)

G_END_DECLS
