/* Model files: a TsnModel as safetensors.  README.md beside this file describes the format. */
#pragma once

#include "core/io/tsn-safetensors.h"
#include "core/model/tsn-model.h"

G_BEGIN_DECLS

#define TSN_MODEL_FORMAT_VERSION 1

TsnModel *tsn_model_load (const char *path, GError **error);
TsnModel *tsn_model_load_safetensors (TsnSafetensors *file, GError **error);
gboolean tsn_model_save (TsnModel *model, const char *path, TsnDtype dtype, GError **error);
TsnModel *tsn_model_import_reference (const char *path, GError **error);
TsnModel *tsn_model_import_safetensors (TsnSafetensors *file, GError **error);

G_END_DECLS
