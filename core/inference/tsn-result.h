/* What a network said about one photo under one task. */
#pragma once

#include "core/base/tsn-tensor.h"
#include "core/model/tsn-task.h"

G_BEGIN_DECLS

/**
 * TsnResult:
 * @task: the task whose read-out it is
 * @output: [1, C, h, w] raw read-out (logits, vectors, metres) at the network's resolution
 * @width: of the photo in pixels
 * @height: of the photo in pixels
 *
 * A reference-counted, immutable prediction.  It stays at the network's resolution; the functions
 * below map it to the photo's pixels, a row at a time, so that a 12-megapixel photo costs no more
 * memory than a small one.
 *
 * The mapping is bilinear interpolation of the raw read-out with half-pixel centres (PyTorch's
 * F.interpolate with align_corners=False), followed by the task's non-linearity, so that class
 * borders and probabilities stay sharp at the photo's resolution.
 */
typedef struct _TsnResult TsnResult;

struct _TsnResult
{
  TsnTask *task;
  TsnTensor *output;
  guint width;
  guint height;

  /*< private >*/
  gatomicrefcount ref_count;
};

TsnResult *tsn_result_new (const TsnTask *task, TsnTensor *output, guint width, guint height);
TsnResult *tsn_result_ref (TsnResult *result);
void tsn_result_unref (TsnResult *result);

/**
 * TsnResultSample:
 * @value: probability for %TSN_TASK_EDGE and %TSN_TASK_SALIENCY and of the class for
 *   %TSN_TASK_CLASSES; metres for %TSN_TASK_DEPTH; z for %TSN_TASK_NORMALS
 * @class_index: for %TSN_TASK_CLASSES, else 0
 * @normal: unit vector for %TSN_TASK_NORMALS, else zero
 */
typedef struct
{
  float value;
  guint class_index;
  float normal[3];
} TsnResultSample;

void tsn_result_sample (const TsnResult *result, guint x, guint y, TsnResultSample *sample);
guint tsn_result_row_channels (const TsnResult *result);
void tsn_result_get_range (const TsnResult *result, float *low, float *high);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnResult, tsn_result_unref)

G_END_DECLS
