/* What people say is right for one photo and one task, made ready for the window. */
#pragma once

#include "core/evaluation/tsn-ground-truth.h"
#include "core/figure/tsn-render.h"
#include "ui/tsn-picture.h"

G_BEGIN_DECLS

/**
 * TsnAnnotation:
 * @task: the task
 * @truth: the label
 * @picture: the label in the colours that predictions of the task have; striped where nothing is
 *   labelled
 * @shares: (nullable) (array): for %TSN_TASK_CLASSES of every class the share of the labelled
 * pixels
 * @low, @high: for %TSN_TASK_DEPTH the metres at the two ends of the colours
 *
 * Reference-counted and immutable.
 */
typedef struct _TsnAnnotation TsnAnnotation;

struct _TsnAnnotation
{
  TsnTask *task;
  const TsnGroundTruth *truth;
  TsnPicture *picture;
  float *shares;
  float low;
  float high;

  /*< private >*/
  TsnGroundTruth *owned;
  TsnAnnotation *origin;
  gatomicrefcount ref_count;
};

TsnAnnotation *tsn_annotation_new (const TsnTask *task, TsnGroundTruth *truth);
TsnAnnotation *tsn_annotation_new_scaled (TsnAnnotation *origin, float low, float high);
TsnAnnotation *tsn_annotation_ref (TsnAnnotation *annotation);
void tsn_annotation_unref (TsnAnnotation *annotation);
TsnPicture *tsn_annotation_draw (const TsnAnnotation *annotation, const TsnRenderOptions *options);

char *tsn_annotation_describe (const TsnAnnotation *annotation);
char *tsn_annotation_describe_at (const TsnAnnotation *annotation, double x, double y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnAnnotation, tsn_annotation_unref)

G_END_DECLS
