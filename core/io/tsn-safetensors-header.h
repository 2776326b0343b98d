/* The JSON header of a safetensors file, checked; private to core/io. */
#pragma once

#include "core/io/tsn-safetensors.h"

G_BEGIN_DECLS

/**
 * TsnSafetensorsEntry:
 * @name: the tensor's name
 * @dtype: how its elements are stored
 * @dtype_name: the same as the file has it
 * @rank: number of dimensions, of any size
 * @dim: the dimensions, as far as they fit
 * @length: number of elements
 * @begin: first byte, counted from the end of the header
 * @end: one past its last byte
 *
 * What the header says about one tensor.
 */
typedef struct
{
  char *name;
  TsnDtype dtype;
  char *dtype_name;
  guint rank;
  size_t dim[TSN_MAX_RANK];
  size_t length;
  size_t begin;
  size_t end;
} TsnSafetensorsEntry;

/**
 * TsnSafetensorsHeader:
 * @entries: (element-type TsnSafetensorsEntry): in the order of their data
 * @metadata: (element-type utf8 utf8): the file's `__metadata__`
 */
typedef struct
{
  GPtrArray *entries;
  GHashTable *metadata;
} TsnSafetensorsHeader;

TsnSafetensorsHeader *
tsn_safetensors_header_parse (const char *text, size_t length, size_t data_size, GError **error);
void tsn_safetensors_header_free (TsnSafetensorsHeader *header);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnSafetensorsHeader, tsn_safetensors_header_free)

G_END_DECLS
