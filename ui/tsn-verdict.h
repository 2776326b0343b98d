/* How good one prediction is. */
#pragma once

#include "core/evaluation/tsn-metric.h"

G_BEGIN_DECLS

/**
 * TsnVerdict:
 * @metric: the first metric of the task's kind
 * @value: of the prediction on one photo, to be multiplied by the metric's factor for people; NaN
 *   where the photo says nothing
 */
typedef struct
{
  const TsnMetric *metric;
  double value;
} TsnVerdict;

char *tsn_verdict_describe (const TsnVerdict *verdict);
char *tsn_verdict_explain (const TsnVerdict *verdict);

G_END_DECLS
