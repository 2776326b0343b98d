/* The safetensors format (github.com/huggingface/safetensors): a JSON header, then the data. */
#pragma once

#include <gio/gio.h>

#include "core/base/tsn-tensor.h"

G_BEGIN_DECLS

/**
 * TsnDtype:
 * Element types that are read as numbers; files may hold others as long as nobody asks for them.
 */
typedef enum
{
  TSN_DTYPE_F32,
  TSN_DTYPE_F16,
  TSN_DTYPE_BF16,
  TSN_DTYPE_F64,
  TSN_DTYPE_I64,
  TSN_DTYPE_I32,
  TSN_DTYPE_U8,
  TSN_DTYPE_OTHER,
} TsnDtype;

/**
 * TsnSafetensors:
 *
 * An open file, mapped into memory; its header has been checked completely, so that every tensor
 * lies inside the file, none overlap and no hole is left.  Immutable: several threads may read.
 */
typedef struct _TsnSafetensors TsnSafetensors;

TsnSafetensors *tsn_safetensors_open (const char *path, GError **error);
TsnSafetensors *tsn_safetensors_new_from_bytes (GBytes *bytes, const char *path, GError **error);
void tsn_safetensors_free (TsnSafetensors *file);
const char *tsn_safetensors_get_path (TsnSafetensors *file);
const char *tsn_safetensors_get_metadata (TsnSafetensors *file, const char *key);
guint tsn_safetensors_get_n_tensors (TsnSafetensors *file);
const char *tsn_safetensors_get_name (TsnSafetensors *file, guint index);
gboolean tsn_safetensors_has (TsnSafetensors *file, const char *name);
gboolean tsn_safetensors_check (
    TsnSafetensors *file, const char *name, guint rank, const size_t *dim, GError **error);
TsnTensor *tsn_safetensors_read (TsnSafetensors *file, const char *name, GError **error);
gboolean tsn_safetensors_read_into (TsnSafetensors *file,
                                    const char *name,
                                    TsnTensor *tensor,
                                    GError **error);

/**
 * TsnSafetensorsWriter:
 *
 * Collects tensors and metadata, then writes them to a temporary file and renames it.
 */
typedef struct _TsnSafetensorsWriter TsnSafetensorsWriter;

TsnSafetensorsWriter *tsn_safetensors_writer_new (void);
void tsn_safetensors_writer_free (TsnSafetensorsWriter *writer);
void tsn_safetensors_writer_set_metadata (TsnSafetensorsWriter *writer,
                                          const char *key,
                                          const char *value);
void tsn_safetensors_writer_add (TsnSafetensorsWriter *writer,
                                 const char *name,
                                 TsnTensor *tensor,
                                 TsnDtype dtype);
gboolean
tsn_safetensors_writer_save (TsnSafetensorsWriter *writer, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnSafetensors, tsn_safetensors_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnSafetensorsWriter, tsn_safetensors_writer_free)

G_END_DECLS
