/* Which classes a legend has to name: all that are to be seen. */
#pragma once

#include "ui/tsn-annotation.h"
#include "ui/tsn-prediction.h"

G_BEGIN_DECLS

/**
 * TsnClassSources:
 * @prediction: (nullable): of a task of kind %TSN_TASK_CLASSES, the one whose shares are told
 * @truth: (nullable): what people labelled, if that is shown too
 * @second: (nullable): what another model says, if that is shown too; of the same classes
 * @isolated: the class that stands out, -1 for none
 */
typedef struct
{
  const TsnPrediction *prediction;
  const TsnAnnotation *truth;
  const TsnPrediction *second;
  int isolated;
} TsnClassSources;

/**
 * TsnClassItem:
 * @class_index: index of the class
 * @share: of the prediction's pixels, 0 to 1
 * @truth: of the labelled pixels; 0 without a label
 * @second: of the other model's pixels; 0 without one
 */
typedef struct
{
  guint class_index;
  float share;
  float truth;
  float second;
} TsnClassItem;

GArray *tsn_class_listing_new (const TsnClassSources *sources);
char *tsn_class_item_remark (const TsnClassItem *item);

G_END_DECLS
