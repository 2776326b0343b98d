#include "core/io/tsn-safetensors-header.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-half.h"
#include "core/io/tsn-map-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The format's own bound on the header. */
#define MAX_HEADER 100000000u

struct _TsnSafetensors
{
  char *path;
  char *display_name;
  GBytes *bytes;
  const guint8 *data; /* first byte after the header */
  TsnSafetensorsHeader *header;
  GHashTable *by_name; /* borrows names and entries */
};

static guint64
get_u64 (const guint8 *bytes)
{
  guint64 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT64_FROM_LE (value);
}

static guint32
get_u32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_LE (value);
}

static gboolean
find_header (TsnSafetensors *file, const char **text, size_t *length, GError **error)
{
  size_t size;
  const guint8 *bytes = g_bytes_get_data (file->bytes, &size);
  guint64 stated;

  if (size < 8)
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                   size == 0 ? _ ("'%s' is not a safetensors file: it is empty")
                             : _ ("'%s' is not a safetensors file: it is shorter than 8 bytes"),
                   file->display_name);
      return FALSE;
    }
  stated = get_u64 (bytes);
  if (stated > size - 8 || stated > MAX_HEADER)
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                   _ ("'%s' is not a safetensors file or cut short: it claims a header of %llu "
                      "bytes in a file of %zu"),
                   file->display_name, (unsigned long long) stated, size);
      return FALSE;
    }
  *text = (const char *) bytes + 8;
  *length = stated;
  file->data = bytes + 8 + stated;
  return TRUE;
}

static gboolean
read_header (TsnSafetensors *file, GError **error)
{
  const char *text;
  size_t length;

  if (!find_header (file, &text, &length, error))
    return FALSE;
  file->header = tsn_safetensors_header_parse (text, length,
                                               g_bytes_get_size (file->bytes) - 8 - length, error);
  if (file->header == NULL)
    {
      g_prefix_error (error, _ ("'%s' is not a sound safetensors file: "), file->display_name);
      return FALSE;
    }
  for (guint i = 0; i < file->header->entries->len; i++)
    {
      TsnSafetensorsEntry *entry = file->header->entries->pdata[i];

      g_hash_table_insert (file->by_name, entry->name, entry);
    }
  return TRUE;
}

/**
 * tsn_safetensors_new_from_bytes:
 * @bytes: a whole file
 * @path: what errors call it
 * @error: %TSN_ERROR_FORMAT
 *
 * Returns: (transfer full) (nullable): like tsn_safetensors_open(), for a file that is in memory.
 */
TsnSafetensors *
tsn_safetensors_new_from_bytes (GBytes *bytes, const char *path, GError **error)
{
  g_autoptr (TsnSafetensors) file = g_new0 (TsnSafetensors, 1);

  file->path = g_strdup (path);
  file->display_name = g_filename_display_name (path);
  file->bytes = g_bytes_ref (bytes);
  file->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  return read_header (file, error) ? g_steal_pointer (&file) : NULL;
}

/**
 * tsn_safetensors_open:
 * @path: a file, which must not be shortened while it is open (replacing it is fine)
 * @error: %TSN_ERROR_IO, or %TSN_ERROR_FORMAT with what is wrong with the header
 *
 * Returns: (transfer full) (nullable): the file, mapped into memory.
 */
TsnSafetensors *
tsn_safetensors_open (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = tsn_map_file (path, error);

  return bytes != NULL ? tsn_safetensors_new_from_bytes (bytes, path, error) : NULL;
}

void
tsn_safetensors_free (TsnSafetensors *file)
{
  g_clear_pointer (&file->header, tsn_safetensors_header_free);
  g_hash_table_unref (file->by_name);
  g_bytes_unref (file->bytes);
  g_free (file->display_name);
  g_free (file->path);
  g_free (file);
}

/**
 * tsn_safetensors_get_path:
 *
 * Returns: the path as it was given.
 */
const char *
tsn_safetensors_get_path (TsnSafetensors *file)
{
  return file->path;
}

/**
 * tsn_safetensors_get_metadata:
 *
 * Returns: (nullable): what `__metadata__` says about @key.
 */
const char *
tsn_safetensors_get_metadata (TsnSafetensors *file, const char *key)
{
  return g_hash_table_lookup (file->header->metadata, key);
}

guint
tsn_safetensors_get_n_tensors (TsnSafetensors *file)
{
  return file->header->entries->len;
}

/**
 * tsn_safetensors_get_name:
 * @index: below tsn_safetensors_get_n_tensors()
 *
 * Returns: the name of a tensor; they come in the order of their data.
 */
const char *
tsn_safetensors_get_name (TsnSafetensors *file, guint index)
{
  g_return_val_if_fail (index < file->header->entries->len, NULL);

  return ((TsnSafetensorsEntry *) file->header->entries->pdata[index])->name;
}

gboolean
tsn_safetensors_has (TsnSafetensors *file, const char *name)
{
  return g_hash_table_contains (file->by_name, name);
}

/* A tensor that can be read, of whatever shape. */
static const TsnSafetensorsEntry *
find_readable (TsnSafetensors *file, const char *name, GError **error)
{
  const TsnSafetensorsEntry *entry = g_hash_table_lookup (file->by_name, name);
  size_t length;

  if (entry == NULL)
    g_set_error (error, TSN_ERROR, TSN_ERROR_MODEL, _ ("'%s' has no tensor '%s'"),
                 file->display_name, name);
  else if (entry->dtype == TSN_DTYPE_OTHER)
    g_set_error (error, TSN_ERROR, TSN_ERROR_MODEL,
                 _ ("Tensor '%s' of '%s' is of type %s, which cannot be read as numbers"), name,
                 file->display_name, entry->dtype_name);
  else if (entry->rank > TSN_MAX_RANK)
    g_set_error (error, TSN_ERROR, TSN_ERROR_MODEL,
                 _ ("Tensor '%s' of '%s' has %u dimensions, more than the %d that can be read"),
                 name, file->display_name, entry->rank, TSN_MAX_RANK);
  else if (!tsn_shape_length (entry->rank, entry->dim, &length))
    g_set_error (error, TSN_ERROR, TSN_ERROR_MODEL, _ ("Tensor '%s' of '%s' is too large"), name,
                 file->display_name);
  else
    return entry;
  return NULL;
}

static const TsnSafetensorsEntry *
find_shaped (TsnSafetensors *file, const char *name, guint rank, const size_t *dim, GError **error)
{
  const TsnSafetensorsEntry *entry = find_readable (file, name, error);
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  if (entry == NULL || (entry->rank == rank && memcmp (entry->dim, dim, rank * sizeof *dim) == 0))
    return entry;
  expected = tsn_shape_to_string (rank, dim);
  found = tsn_shape_to_string (entry->rank, entry->dim);
  g_set_error (error, TSN_ERROR, TSN_ERROR_MODEL, _ ("Tensor '%s' of '%s' should be %s, but is %s"),
               name, file->display_name, expected, found);
  return NULL;
}

/**
 * tsn_safetensors_check:
 * @error: %TSN_ERROR_MODEL
 *
 * Returns: whether there is a tensor @name of this shape that can be read.
 */
gboolean
tsn_safetensors_check (
    TsnSafetensors *file, const char *name, guint rank, const size_t *dim, GError **error)
{
  return find_shaped (file, name, rank, dim, error) != NULL;
}

static float
get_number (const guint8 *bytes, TsnDtype dtype, size_t i)
{
  union
  {
    guint64 bits;
    double number;
  } f64;

  switch (dtype)
    {
    case TSN_DTYPE_F64:
      f64.bits = get_u64 (bytes + 8 * i);
      return f64.number;
    case TSN_DTYPE_I64:
      return (gint64) get_u64 (bytes + 8 * i);
    case TSN_DTYPE_I32:
      return (gint32) get_u32 (bytes + 4 * i);
    default:
      return bytes[i];
    }
}

static void
read_f32 (const guint8 *bytes, float *out, size_t n)
{
  for (size_t i = 0; i < n; i++)
    {
      guint32 bits = get_u32 (bytes + 4 * i);

      memcpy (out + i, &bits, sizeof bits);
    }
}

static void
read_numbers (TsnSafetensors *file, const TsnSafetensorsEntry *entry, float *out)
{
  const guint8 *bytes = file->data + entry->begin;

  if (entry->dtype == TSN_DTYPE_F32)
    read_f32 (bytes, out, entry->length);
  else if (entry->dtype == TSN_DTYPE_F16)
    tsn_half_read (bytes, out, entry->length);
  else if (entry->dtype == TSN_DTYPE_BF16)
    tsn_bfloat_read (bytes, out, entry->length);
  else
    for (size_t i = 0; i < entry->length; i++)
      out[i] = get_number (bytes, entry->dtype, i);
}

/**
 * tsn_safetensors_read:
 * @error: %TSN_ERROR_MODEL: no such tensor, more than %TSN_MAX_RANK dimensions, or a type that
 *   cannot be read
 *
 * Returns: (transfer full) (nullable): the tensor, its elements converted to float.
 */
TsnTensor *
tsn_safetensors_read (TsnSafetensors *file, const char *name, GError **error)
{
  const TsnSafetensorsEntry *entry = find_readable (file, name, error);
  TsnTensor *tensor;

  if (entry == NULL)
    return NULL;
  tensor = tsn_tensor_new (entry->rank, entry->dim);
  read_numbers (file, entry, tensor->data);
  return tensor;
}

/**
 * tsn_safetensors_read_into:
 * @tensor: what to fill; the file's tensor must have its shape
 * @error: %TSN_ERROR_MODEL
 *
 * Like tsn_safetensors_read(), without an allocation.
 */
gboolean
tsn_safetensors_read_into (TsnSafetensors *file,
                           const char *name,
                           TsnTensor *tensor,
                           GError **error)
{
  const TsnSafetensorsEntry *entry = find_shaped (file, name, tensor->rank, tensor->dim, error);

  if (entry == NULL)
    return FALSE;
  read_numbers (file, entry, tensor->data);
  return TRUE;
}
