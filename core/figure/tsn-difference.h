/* Where two predictions of the same photo differ. */
#pragma once

#include "core/inference/tsn-result.h"

G_BEGIN_DECLS

/**
 * TsnDifference:
 * @first: a result
 * @second: a result of a task of the same kind, of the same photo; its read-out may be of another
 *   size
 * @limit: the number at the end of the scale (at both ends, @limit and -@limit, of signed numbers);
 *   rounded up from what 98 of 100 pixels stay within
 * @agreement: the two in one number, taken at the larger of the resolutions of the two read-outs:
 *   for %TSN_TASK_CLASSES the mean IoU over the classes that either has, in 0..1; for
 *   %TSN_TASK_NORMALS the mean angle in degrees; for %TSN_TASK_DEPTH the RMSE in metres; for
 *   %TSN_TASK_EDGE and %TSN_TASK_SALIENCY the mean of |second - first|.  NaN where nothing counts,
 *   as when depth is 0 everywhere
 * @differing: share of the pixels whose class differs, for %TSN_TASK_CLASSES
 *
 * What there is to say about two results at once.  What the numbers at a pixel mean:
 *
 * - classes: 1 where the class differs, else 0
 * - normals: the angle between the two in degrees, 0 to 180; NaN where one has no direction
 * - depth: second minus first in metres
 * - edge and saliency: second minus first, of probabilities
 *
 * Immutable; it holds references to the results.
 */
typedef struct
{
  TsnResult *first;
  TsnResult *second;
  float limit;
  double agreement;
  double differing;
} TsnDifference;

gboolean tsn_difference_is_possible (const TsnTask *first, const TsnTask *second);
TsnDifference *tsn_difference_new (TsnResult *first, TsnResult *second);
void tsn_difference_free (TsnDifference *difference);

gboolean tsn_difference_is_signed (const TsnDifference *difference);
float tsn_difference_sample (const TsnDifference *difference, guint x, guint y);
guint8 *tsn_difference_render (const TsnDifference *difference);
void tsn_difference_get_colour (const TsnDifference *difference, float value, guint8 rgb[3]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnDifference, tsn_difference_free)

G_END_DECLS
