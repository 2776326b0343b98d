/* Batches: what one step of training is fed. */
#pragma once

#include "core/base/tsn-tensor.h"
#include "core/model/tsn-task.h"

G_BEGIN_DECLS

/** Class index that stands for "ignored" in the labels of classes. */
#define TSN_IGNORED_CLASS 255

/**
 * TsnBatch:
 * @task: index of the task in the network's list
 * @image: [N, 3, H, W], RGB in [0, 1] after augmentation, not normalised
 * @label: what the task should predict:
 *   classes: [N, 1, H, W], class index as a number, %TSN_IGNORED_CLASS where ignored;
 *   edge and saliency: [N, 1, H, W], 0 or 1;
 *   normals: [N, 3, H, W], unit vectors (x right, y up, z toward the viewer), 0 where ignored;
 *   depth: [N, 1, H, W], metres, 0 where ignored
 * @valid: [N, 1, H, W], 1 where the pixel counts, 0 where it is ignored; every kind of task has it
 * @photos: (nullable) (array zero-terminated=1): N file names, for messages
 * @step: number of the batch since training began, from 0
 * @round: how many times every task had its turn before this batch
 * @ends_round: whether this is the last batch of its round, the moment to validate
 *
 * N photos with the labels of one task.  The receiver owns it and may change it.
 */
typedef struct
{
  guint task;
  TsnTensor *image;
  TsnTensor *label;
  TsnTensor *valid;
  char **photos;
  guint64 step;
  guint64 round;
  gboolean ends_round;
} TsnBatch;

/**
 * TsnBatchRow:
 * @width: of the crops
 * @height: of the crops
 * @image: 3 planes of @height x @width values
 * @label: 1 plane, or 3 for normals
 * @valid: 1 plane
 *
 * Where the numbers of one photo of a batch are.
 */
typedef struct
{
  size_t width;
  size_t height;
  float *image;
  float *label;
  float *valid;
} TsnBatchRow;

TsnBatch *tsn_batch_new (guint task, TsnTaskKind kind, size_t n, size_t height, size_t width);
void tsn_batch_free (TsnBatch *batch);

TsnBatchRow tsn_batch_get_row (TsnBatch *batch, size_t row);
guint tsn_label_channels (TsnTaskKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnBatch, tsn_batch_free)

G_END_DECLS
