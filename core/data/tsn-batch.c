#include "core/data/tsn-batch.h"

void
tsn_batch_free (TsnBatch *batch)
{
  g_clear_pointer (&batch->image, tsn_tensor_unref);
  g_clear_pointer (&batch->label, tsn_tensor_unref);
  g_clear_pointer (&batch->valid, tsn_tensor_unref);
  g_strfreev (batch->photos);
  g_free (batch);
}
