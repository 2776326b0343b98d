#include "core/training/tsn-train-init.h"

#include "core/io/tsn-safetensors.h"

/**
 * tsn_train_init:
 * @model: what is to be trained
 * @path: a safetensors file whose tensors are named as in model files
 * @encoder: take only the encoder, which any network of the same depth and width shares
 * @error: %TSN_ERROR_IO, %TSN_ERROR_FORMAT, or %TSN_ERROR_MODEL if a tensor is missing or has
 *   another shape
 *
 * Starts the parameters from those of another training.
 */
gboolean
tsn_train_init (TsnModel *model, const char *path, gboolean encoder, GError **error)
{
  g_autoptr (TsnSafetensors) file = tsn_safetensors_open (path, error);

  if (file == NULL)
    return FALSE;
  for (guint i = 0; i < model->graph->params->len; i++)
    {
      const TsnParam *param = tsn_graph_param (model->graph, i);

      if (encoder && param->stage != TSN_STAGE_ENCODER)
        continue;
      if (!tsn_safetensors_read_into (file, param->name, model->params[i], error))
        return FALSE;
    }
  if (encoder || !tsn_safetensors_has (file, "codes"))
    return TRUE;
  return tsn_safetensors_read_into (file, "codes", model->codes, error);
}
