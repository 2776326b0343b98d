/* What a loader hands the trainer: photos of one task with their labels. */
#pragma once

#include "core/base/tsn-tensor.h"

G_BEGIN_DECLS

/**
 * TsnBatch:
 * @task: index of the task in the network's list
 * @image: [N, 3, H, W] RGB in [0, 1] after augmentation, not normalised
 * @label: classes: [N, 1, H, W] class index as float, 255 = ignored; edge and saliency:
 *   [N, 1, H, W] 0 or 1; normals: [N, 3, H, W] unit vectors; depth: [N, 1, H, W] metres
 * @valid: [N, 1, H, W] 1 where the pixel counts, 0 where it is ignored
 * @photos: (array zero-terminated=1): N file names, for messages
 *
 * N photos of one task.  A photo of one task needs no labels of another.
 */
typedef struct
{
  guint task;
  TsnTensor *image;
  TsnTensor *label;
  TsnTensor *valid;
  char **photos;
} TsnBatch;

void tsn_batch_free (TsnBatch *batch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnBatch, tsn_batch_free)

G_END_DECLS
