#include "core/io/tsn-safetensors.h"

#include "core/io/tsn-file-writer.h"
#include "core/io/tsn-half.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Numbers are converted in pieces of this many. */
#define CHUNK 4096

typedef struct
{
  char *name;
  TsnTensor *tensor;
  TsnDtype dtype;
} Item;

struct _TsnSafetensorsWriter
{
  GPtrArray *items; /* in the order in which their data are written */
  JsonObject *metadata;
};

static void
item_free (Item *item)
{
  g_free (item->name);
  tsn_tensor_unref (item->tensor);
  g_free (item);
}

/**
 * tsn_safetensors_writer_new:
 *
 * Returns: (transfer full): a writer of a file without tensors.
 */
TsnSafetensorsWriter *
tsn_safetensors_writer_new (void)
{
  TsnSafetensorsWriter *writer = g_new (TsnSafetensorsWriter, 1);

  writer->items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  writer->metadata = json_object_new ();
  return writer;
}

void
tsn_safetensors_writer_free (TsnSafetensorsWriter *writer)
{
  g_ptr_array_unref (writer->items);
  json_object_unref (writer->metadata);
  g_free (writer);
}

/**
 * tsn_safetensors_writer_set_metadata:
 * @value: UTF-8 text; replaces what @key had before
 */
void
tsn_safetensors_writer_set_metadata (TsnSafetensorsWriter *writer,
                                     const char *key,
                                     const char *value)
{
  json_object_set_string_member (writer->metadata, key, value);
}

static size_t
element_bytes (TsnDtype dtype)
{
  return dtype == TSN_DTYPE_F32 ? 4 : 2;
}

/**
 * tsn_safetensors_writer_add:
 * @name: one that was not added before
 * @tensor: must not change before the file is saved
 * @dtype: %TSN_DTYPE_F32, %TSN_DTYPE_F16 or %TSN_DTYPE_BF16; numbers are rounded to the nearest,
 *   ties to even, and become infinite where they are beyond the type's range
 *
 * Tensors are written in the order in which they were added, but those of 32 bits before those of
 * 16: the format allows no holes, and so every tensor is aligned to its elements.
 */
void
tsn_safetensors_writer_add (TsnSafetensorsWriter *writer,
                            const char *name,
                            TsnTensor *tensor,
                            TsnDtype dtype)
{
  Item *item;
  guint at = 0;

  g_return_if_fail (dtype <= TSN_DTYPE_BF16);

  while (at < writer->items->len
         && element_bytes (((Item *) writer->items->pdata[at])->dtype) >= element_bytes (dtype))
    at++;
  item = g_new (Item, 1);
  *item = (Item){ g_strdup (name), tsn_tensor_ref (tensor), dtype };
  g_ptr_array_insert (writer->items, at, item);
}

static JsonObject *
describe_item (const Item *item, size_t begin, size_t end)
{
  static const char *const names[] = { "F32", "F16", "BF16" };
  JsonObject *object = json_object_new ();
  JsonArray *shape = json_array_new ();
  JsonArray *offsets = json_array_new ();

  for (guint i = 0; i < item->tensor->rank; i++)
    json_array_add_int_element (shape, item->tensor->dim[i]);
  json_array_add_int_element (offsets, begin);
  json_array_add_int_element (offsets, end);
  json_object_set_string_member (object, "dtype", names[item->dtype]);
  json_object_set_array_member (object, "shape", shape);
  json_object_set_array_member (object, "data_offsets", offsets);
  return object;
}

/* The header's text, padded by spaces so that the data begin at a multiple of 8 bytes. */
static GString *
describe (TsnSafetensorsWriter *writer)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  JsonObject *object = json_object_new ();
  GString *header;
  size_t at = 0;

  json_node_take_object (root, object);
  if (json_object_get_size (writer->metadata) > 0)
    json_object_set_object_member (object, "__metadata__", json_object_ref (writer->metadata));
  for (guint i = 0; i < writer->items->len; i++)
    {
      const Item *item = writer->items->pdata[i];
      size_t end = at + tsn_tensor_length (item->tensor) * element_bytes (item->dtype);

      json_object_set_object_member (object, item->name, describe_item (item, at, end));
      at = end;
    }
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  header = g_string_new (text);
  while (header->len % 8 != 0)
    g_string_append_c (header, ' ');
  return header;
}

static gboolean
write_header (TsnSafetensorsWriter *writer, TsnFileWriter *file, GError **error)
{
  GString *header = describe (writer);
  guint64 length = GUINT64_TO_LE (header->len);
  gboolean written = tsn_file_writer_write (file, &length, sizeof length, error)
                     && tsn_file_writer_write (file, header->str, header->len, error);

  g_string_free (header, TRUE);
  return written;
}

static void
convert (const float *values, guint8 *out, size_t n, TsnDtype dtype)
{
  if (dtype == TSN_DTYPE_F16)
    tsn_half_write (values, out, n);
  else if (dtype == TSN_DTYPE_BF16)
    tsn_bfloat_write (values, out, n);
  else
    for (size_t i = 0; i < n; i++)
      {
        guint32 bits;

        memcpy (&bits, values + i, sizeof bits);
        bits = GUINT32_TO_LE (bits);
        memcpy (out + 4 * i, &bits, sizeof bits);
      }
}

static gboolean
write_item (const Item *item, TsnFileWriter *file, GError **error)
{
  size_t length = tsn_tensor_length (item->tensor);
  guint8 bytes[4 * CHUNK];

  for (size_t i = 0; i < length; i += CHUNK)
    {
      size_t n = MIN (CHUNK, length - i);

      convert (item->tensor->data + i, bytes, n, item->dtype);
      if (!tsn_file_writer_write (file, bytes, n * element_bytes (item->dtype), error))
        return FALSE;
    }
  return TRUE;
}

/**
 * tsn_safetensors_writer_save:
 * @path: appears complete, or stays as it was
 * @error: %TSN_ERROR_IO
 *
 * The same calls always give the same bytes.
 */
gboolean
tsn_safetensors_writer_save (TsnSafetensorsWriter *writer, const char *path, GError **error)
{
  g_autoptr (TsnFileWriter) file = tsn_file_writer_new (path, error);

  if (file == NULL || !write_header (writer, file, error))
    return FALSE;
  for (guint i = 0; i < writer->items->len; i++)
    if (!write_item (writer->items->pdata[i], file, error))
      return FALSE;
  return tsn_file_writer_finish (file, error);
}
