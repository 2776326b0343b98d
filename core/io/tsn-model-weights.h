/* The numbers of a model between memory and safetensors; private to core/io. */
#pragma once

#include "core/io/tsn-safetensors.h"
#include "core/model/tsn-model.h"

G_BEGIN_DECLS

TsnModel *tsn_model_weights_read (TsnSafetensors *file,
                                  const TsnNetworkSpec *spec,
                                  const char *prefix,
                                  GError **error);
gboolean tsn_model_weights_read_codes (TsnSafetensors *file, TsnModel *model, GError **error);
gboolean tsn_model_weights_check (const TsnModel *model, TsnDtype dtype, GError **error);
void tsn_model_weights_write (const TsnModel *model, TsnSafetensorsWriter *writer, TsnDtype dtype);

G_END_DECLS
