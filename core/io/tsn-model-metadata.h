/* The description of a model in its file's metadata; private to core/io. */
#pragma once

#include "core/io/tsn-safetensors.h"
#include "core/model/tsn-model.h"

G_BEGIN_DECLS

#define TSN_MODEL_FORMAT "tsn-model"

/**
 * TsnModelMetadata:
 * @spec: the network
 * @tasks: what @spec.tasks points to
 * @mean, @std: of the image's channels
 * @size: preferred length in pixels of the shorter side
 */
typedef struct
{
  TsnNetworkSpec spec;
  TsnTaskList *tasks;
  float mean[3];
  float std[3];
  guint size;
} TsnModelMetadata;

/**
 * TsnModelMetadataFunc:
 * @data: what was given to tsn_model_metadata_foreach()
 */
typedef void (*TsnModelMetadataFunc) (gpointer data, const char *key, const char *value);

TsnModelMetadata *tsn_model_metadata_read (TsnSafetensors *file, GError **error);
void tsn_model_metadata_write (const TsnModel *model, TsnSafetensorsWriter *writer);
void tsn_model_metadata_foreach (const TsnModel *model, TsnModelMetadataFunc func, gpointer data);
void tsn_model_metadata_append_float (GString *text, float value);
gboolean tsn_model_metadata_check (const TsnModel *model, GError **error);
void tsn_model_metadata_free (TsnModelMetadata *metadata);

char *tsn_model_file_get_name (const char *path);
const char *tsn_model_metadata_get (TsnSafetensors *file, const char *key, GError **error);
gboolean
tsn_model_metadata_get_width (TsnSafetensors *file, const char *key, double *width, GError **error);
gboolean tsn_model_metadata_get_number (
    TsnSafetensors *file, const char *key, guint max, guint *number, GError **error);
gboolean tsn_model_metadata_is_reference (TsnSafetensors *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnModelMetadata, tsn_model_metadata_free)

G_END_DECLS
