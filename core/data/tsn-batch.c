#include "core/data/tsn-batch.h"

/**
 * tsn_label_channels:
 *
 * Returns: the planes of a label of that kind: 3 for normals, else 1.
 */
guint
tsn_label_channels (TsnTaskKind kind)
{
  return kind == TSN_TASK_NORMALS ? 3 : 1;
}

/**
 * tsn_batch_new:
 * @n: number of photos, at least 1
 *
 * Returns: (transfer full): a batch of zeros whose photos have no names yet.
 */
TsnBatch *
tsn_batch_new (guint task, TsnTaskKind kind, size_t n, size_t height, size_t width)
{
  TsnBatch *batch = g_new0 (TsnBatch, 1);

  batch->task = task;
  batch->image = tsn_tensor_new_nchw (n, 3, height, width);
  batch->label = tsn_tensor_new_nchw (n, tsn_label_channels (kind), height, width);
  batch->valid = tsn_tensor_new_nchw (n, 1, height, width);
  batch->photos = g_new0 (char *, n + 1);
  return batch;
}

void
tsn_batch_free (TsnBatch *batch)
{
  size_t n = batch->image->dim[0];

  /* Not g_strfreev(): a batch that was given up half-way has gaps. */
  for (size_t i = 0; batch->photos != NULL && i < n; i++)
    g_free (batch->photos[i]);
  g_free (batch->photos);
  tsn_tensor_unref (batch->image);
  tsn_tensor_unref (batch->label);
  tsn_tensor_unref (batch->valid);
  g_free (batch);
}

/**
 * tsn_batch_get_row:
 * @row: number of the photo in the batch
 */
TsnBatchRow
tsn_batch_get_row (TsnBatch *batch, size_t row)
{
  const size_t *dim = batch->label->dim;
  size_t plane = dim[2] * dim[3];

  return (TsnBatchRow){
    .width = dim[3],
    .height = dim[2],
    .image = batch->image->data + row * 3 * plane,
    .label = batch->label->data + row * dim[1] * plane,
    .valid = batch->valid->data + row * plane,
  };
}
