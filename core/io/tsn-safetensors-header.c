#include "core/io/tsn-safetensors-header.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-json.h"

#include <glib/gi18n-lib.h>

#define METADATA "__metadata__"

/* A header is an object of objects of arrays. */
#define MAX_DEPTH 3

static const struct
{
  const char *name;
  TsnDtype dtype;
  size_t bytes;
} dtypes[] = {
  { "F32", TSN_DTYPE_F32, 4 },   { "F16", TSN_DTYPE_F16, 2 },   { "BF16", TSN_DTYPE_BF16, 2 },
  { "F64", TSN_DTYPE_F64, 8 },   { "I64", TSN_DTYPE_I64, 8 },   { "I32", TSN_DTYPE_I32, 4 },
  { "U8", TSN_DTYPE_U8, 1 },     { "I8", TSN_DTYPE_OTHER, 1 },  { "BOOL", TSN_DTYPE_OTHER, 1 },
  { "I16", TSN_DTYPE_OTHER, 2 }, { "U16", TSN_DTYPE_OTHER, 2 }, { "U32", TSN_DTYPE_OTHER, 4 },
  { "U64", TSN_DTYPE_OTHER, 8 },
};

static void
entry_free (TsnSafetensorsEntry *entry)
{
  g_free (entry->name);
  g_free (entry->dtype_name);
  g_free (entry);
}

/* A whole number that is not negative; %FALSE for anything else. */
static gboolean
get_size (JsonNode *node, size_t *size)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64
      || json_node_get_int (node) < 0)
    return FALSE;
  *size = json_node_get_int (node);
  return TRUE;
}

static JsonArray *
get_array (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
parse_dtype (TsnSafetensorsEntry *entry, JsonObject *object, GError **error)
{
  const char *name = tsn_json_get_string (object, "dtype");

  if (name == NULL)
    return tsn_error_set (error, TSN_ERROR_FORMAT, _ ("tensor '%s' has no dtype"), entry->name);
  entry->dtype_name = g_strdup (name);
  entry->dtype = TSN_DTYPE_OTHER;
  for (guint i = 0; i < G_N_ELEMENTS (dtypes); i++)
    if (g_str_equal (dtypes[i].name, name))
      entry->dtype = dtypes[i].dtype;
  return TRUE;
}

static gboolean
parse_shape (TsnSafetensorsEntry *entry, JsonObject *object, GError **error)
{
  JsonArray *shape = get_array (object, "shape");

  if (shape == NULL)
    return tsn_error_set (error, TSN_ERROR_FORMAT, _ ("tensor '%s' has no shape"), entry->name);
  entry->rank = json_array_get_length (shape);
  entry->length = 1;
  for (guint i = 0; i < entry->rank; i++)
    {
      size_t dim;

      if (!get_size (json_array_get_element (shape, i), &dim))
        return tsn_error_set (error, TSN_ERROR_FORMAT,
                              _ ("dimension %u of tensor '%s' is not a whole number"), i,
                              entry->name);
      if (__builtin_mul_overflow (entry->length, dim, &entry->length))
        return tsn_error_set (error, TSN_ERROR_FORMAT, _ ("the shape of tensor '%s' overflows"),
                              entry->name);
      if (i < TSN_MAX_RANK)
        entry->dim[i] = dim;
    }
  return TRUE;
}

static gboolean
parse_offsets (TsnSafetensorsEntry *entry, JsonObject *object, size_t data_size, GError **error)
{
  JsonArray *offsets = get_array (object, "data_offsets");

  if (offsets == NULL || json_array_get_length (offsets) != 2
      || !get_size (json_array_get_element (offsets, 0), &entry->begin)
      || !get_size (json_array_get_element (offsets, 1), &entry->end))
    return tsn_error_set (error, TSN_ERROR_FORMAT, _ ("tensor '%s' has no pair of data_offsets"),
                          entry->name);
  if (entry->begin > entry->end)
    return tsn_error_set (error, TSN_ERROR_FORMAT,
                          _ ("tensor '%s' ends at byte %zu, before it begins at byte %zu"),
                          entry->name, entry->end, entry->begin);
  if (entry->end > data_size)
    return tsn_error_set (error, TSN_ERROR_FORMAT,
                          _ ("tensor '%s' ends at byte %zu of the data, which are only %zu bytes"),
                          entry->name, entry->end, data_size);
  return TRUE;
}

/* Bytes of elements whose dtype is unknown cannot be checked; they cannot be read either. */
static gboolean
check_bytes (const TsnSafetensorsEntry *entry, GError **error)
{
  g_autofree char *shape = NULL;
  size_t bytes;

  for (guint i = 0; i < G_N_ELEMENTS (dtypes); i++)
    {
      if (!g_str_equal (dtypes[i].name, entry->dtype_name))
        continue;
      if (__builtin_mul_overflow (entry->length, dtypes[i].bytes, &bytes) || bytes > G_MAXSSIZE)
        return tsn_error_set (error, TSN_ERROR_FORMAT, _ ("the shape of tensor '%s' overflows"),
                              entry->name);
      if (bytes == entry->end - entry->begin)
        return TRUE;
      shape = tsn_shape_to_string (MIN (entry->rank, TSN_MAX_RANK), entry->dim);
      return tsn_error_set (
          error, TSN_ERROR_FORMAT,
          _ ("tensor '%s' (%s, %s) takes %zu bytes, but its data_offsets span %zu"), entry->name,
          entry->dtype_name, shape, bytes, entry->end - entry->begin);
    }
  return TRUE;
}

static gboolean
parse_entry (TsnSafetensorsHeader *header,
             const char *name,
             JsonNode *node,
             size_t data_size,
             GError **error)
{
  TsnSafetensorsEntry *entry;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return tsn_error_set (error, TSN_ERROR_FORMAT, _ ("the header's member '%s' is not an object"),
                          name);
  object = json_node_get_object (node);
  entry = g_new0 (TsnSafetensorsEntry, 1);
  entry->name = g_strdup (name);
  g_ptr_array_add (header->entries, entry);
  return parse_dtype (entry, object, error) && parse_shape (entry, object, error)
         && parse_offsets (entry, object, data_size, error) && check_bytes (entry, error);
}

static gboolean
parse_metadata (TsnSafetensorsHeader *header, JsonNode *node, GError **error)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return tsn_error_set (error, TSN_ERROR_FORMAT, _ ("%s is not an object"), METADATA);
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &key, &value))
    {
      if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_STRING)
        return tsn_error_set (error, TSN_ERROR_FORMAT, _ ("%s '%s' is not a string"), METADATA,
                              key);
      g_hash_table_insert (header->metadata, g_strdup (key), json_node_dup_string (value));
    }
  return TRUE;
}

static int
compare_begin_cb (gconstpointer a, gconstpointer b)
{
  const TsnSafetensorsEntry *p = *(TsnSafetensorsEntry *const *) a;
  const TsnSafetensorsEntry *q = *(TsnSafetensorsEntry *const *) b;

  if (p->begin != q->begin)
    return p->begin < q->begin ? -1 : 1;
  /* An empty tensor sits before the one that shares its first byte. */
  return p->end < q->end ? -1 : p->end > q->end;
}

/* Every byte of the data belongs to one tensor. */
static gboolean
check_layout (TsnSafetensorsHeader *header, size_t data_size, GError **error)
{
  const char *before = NULL;
  size_t at = 0;

  g_ptr_array_sort (header->entries, compare_begin_cb);
  for (guint i = 0; i < header->entries->len; i++)
    {
      const TsnSafetensorsEntry *entry = header->entries->pdata[i];

      if (entry->begin < at)
        return tsn_error_set (error, TSN_ERROR_FORMAT, _ ("tensors '%s' and '%s' overlap"), before,
                              entry->name);
      if (entry->begin > at)
        return tsn_error_set (error, TSN_ERROR_FORMAT,
                              _ ("%zu bytes before tensor '%s' belong to no tensor"),
                              entry->begin - at, entry->name);
      at = entry->end;
      before = entry->name;
    }
  if (at != data_size)
    return tsn_error_set (error, TSN_ERROR_FORMAT, _ ("its last %zu bytes belong to no tensor"),
                          data_size - at);
  return TRUE;
}

static gboolean
parse_members (TsnSafetensorsHeader *header, JsonObject *root, size_t data_size, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, root);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (g_str_equal (name, METADATA) ? !parse_metadata (header, node, error)
                                     : !parse_entry (header, name, node, data_size, error))
      return FALSE;
  return check_layout (header, data_size, error);
}

/**
 * tsn_safetensors_header_parse:
 * @text: (array length=length): the JSON, not terminated
 * @data_size: number of bytes that follow the header
 * @error: %TSN_ERROR_FORMAT, as the end of a sentence: the caller names the file
 *
 * Returns: (transfer full) (nullable): the header, of which every tensor lies inside the data,
 *   none overlap, no byte is left over, and whose byte counts agree with shapes and dtypes.
 */
TsnSafetensorsHeader *
tsn_safetensors_header_parse (const char *text, size_t length, size_t data_size, GError **error)
{
  g_autoptr (TsnSafetensorsHeader) header = g_new0 (TsnSafetensorsHeader, 1);
  g_autoptr (JsonNode) root = NULL;

  header->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  header->metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  root = tsn_json_parse (text, length, MAX_DEPTH, error);
  if (root == NULL)
    {
      /* Translators: before what is wrong with it, as "is not complete JSON". */
      g_prefix_error (error, _ ("its header "));
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      tsn_error_set (error, TSN_ERROR_FORMAT, _ ("its header is not a JSON object"));
      return NULL;
    }
  if (!parse_members (header, json_node_get_object (root), data_size, error))
    return NULL;
  return g_steal_pointer (&header);
}

void
tsn_safetensors_header_free (TsnSafetensorsHeader *header)
{
  g_ptr_array_unref (header->entries);
  g_hash_table_unref (header->metadata);
  g_free (header);
}
