#include "core/figure/tsn-record.h"

#include "core/base/tsn-error.h"
#include "core/base/tsn-names.h"
#include "core/figure/tsn-record-path.h"
#include "core/io/tsn-json.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define HASH_LENGTH 64

typedef struct
{
  const char *base;
  GString *where; /* names of the members around, for errors */
  GError **error;
} Reader;

static gboolean
read_record (Reader *reader, const TsnRecord *record, gpointer data, JsonObject *object);

static gboolean refuse (Reader *reader, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Says what should have been where the reader is. */
static gboolean
refuse (Reader *reader, const char *format, ...)
{
  g_autofree char *expected = NULL;
  va_list args;

  va_start (args, format);
  expected = g_strdup_vprintf (format, args);
  va_end (args);
  /* Translators: as "a whole number", and the name of a member of a file. */
  g_set_error (reader->error, TSN_ERROR, TSN_ERROR_FORMAT, _ ("should have %s as '%s'"), expected,
               reader->where->str);
  return FALSE;
}

static gboolean
read_number (Reader *reader, const TsnField *field, JsonNode *node, double *value)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  double number;

  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return refuse (reader, _ ("a number from %g to %g"), field->low, field->high);
  number = json_node_get_double (node);
  if (!(number >= field->low && number <= field->high))
    return refuse (reader, _ ("a number from %g to %g"), field->low, field->high);
  *value = number;
  return TRUE;
}

static gboolean
read_count (Reader *reader, const TsnField *field, JsonNode *node, guint *value)
{
  double number;

  if (!read_number (reader, field, node, &number))
    return FALSE;
  if (number != floor (number))
    return refuse (reader, _ ("a whole number"));
  *value = number;
  return TRUE;
}

static gboolean
read_switch (Reader *reader, JsonNode *node, gboolean *value)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return refuse (reader, _ ("true or false"));
  *value = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_word (Reader *reader, const TsnField *field, JsonNode *node, guint *value)
{
  guint n = g_strv_length ((char **) field->words);
  g_autofree char *known = NULL;

  if (tsn_names_find (field->words, n, tsn_json_get_node_string (node), value))
    return TRUE;
  known = g_strjoinv (", ", (char **) field->words);
  return refuse (reader, _ ("one of %s"), known);
}

static const char *
read_text (Reader *reader, JsonNode *node, double limit)
{
  const char *text = tsn_json_get_node_string (node);

  if (text != NULL && strlen (text) <= limit)
    return text;
  refuse (reader, _ ("a text of at most %g bytes"), limit);
  return NULL;
}

static gboolean
read_path (Reader *reader, JsonNode *node, char **value)
{
  const char *text = read_text (reader, node, TSN_RECORD_MAX_PATH);
  char *path = text != NULL ? tsn_record_path_read (text, reader->base) : NULL;

  if (path == NULL)
    return text != NULL && refuse (reader, _ ("the path of a file"));
  g_free (*value);
  *value = path;
  return TRUE;
}

static gboolean
read_item (Reader *reader, JsonNode *node, char **value)
{
  const char *text = read_text (reader, node, TSN_RECORD_MAX_PATH);

  if (text == NULL)
    return FALSE;
  if (!tsn_record_path_is_inside (text))
    return refuse (reader, _ ("the name of a file within its folder"));
  g_free (*value);
  *value = g_strdup (text);
  return TRUE;
}

static gboolean
read_hash (Reader *reader, JsonNode *node, char **value)
{
  const char *text = tsn_json_get_node_string (node);

  if (text == NULL || strlen (text) != HASH_LENGTH
      || strspn (text, "0123456789abcdef") != HASH_LENGTH)
    return refuse (reader, _ ("%d hexadecimal digits"), HASH_LENGTH);
  g_free (*value);
  *value = g_strdup (text);
  return TRUE;
}

static gboolean
read_plain_text (Reader *reader, const TsnField *field, JsonNode *node, char **value)
{
  const char *text = read_text (reader, node, field->high);

  if (text == NULL)
    return FALSE;
  g_free (*value);
  *value = g_strdup (text);
  return TRUE;
}

static gboolean
check_array (Reader *reader, JsonNode *node, double limit)
{
  if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) <= limit)
    return TRUE;
  return refuse (reader, _ ("a list of at most %g items"), limit);
}

static gboolean
read_texts (Reader *reader, const TsnField *field, JsonNode *node, char ***value)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (!check_array (reader, node, TSN_RECORD_MAX_TEXTS))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *text = read_text (reader, json_array_get_element (array, i), field->high);

      if (text == NULL)
        return FALSE;
      g_strv_builder_add (builder, text);
    }
  g_strfreev (*value);
  *value = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_object (Reader *reader, const TsnRecord *record, gpointer data, JsonNode *node)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (reader, _ ("an object"));
  return read_record (reader, record, data, json_node_get_object (node));
}

static gboolean
read_list (Reader *reader, const TsnField *field, JsonNode *node, GPtrArray *list)
{
  JsonArray *array;

  if (!check_array (reader, node, field->high))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_object (reader, field->record, tsn_record_add_item (field->record, list),
                      json_array_get_element (array, i)))
      return FALSE;
  return TRUE;
}

static gboolean
read_value (Reader *reader, const TsnField *field, JsonNode *node, gpointer at)
{
  switch (field->type)
    {
    case TSN_FIELD_SWITCH:
      return read_switch (reader, node, at);
    case TSN_FIELD_NUMBER:
      return read_number (reader, field, node, at);
    case TSN_FIELD_COUNT:
      return read_count (reader, field, node, at);
    case TSN_FIELD_WORD:
      return read_word (reader, field, node, at);
    case TSN_FIELD_PATH:
      return read_path (reader, node, at);
    case TSN_FIELD_ITEM:
      return read_item (reader, node, at);
    case TSN_FIELD_HASH:
      return read_hash (reader, node, at);
    case TSN_FIELD_TEXTS:
      return read_texts (reader, field, node, at);
    case TSN_FIELD_RECORD:
      return read_object (reader, field->record, at, node);
    case TSN_FIELD_LIST:
      return read_list (reader, field, node, *(GPtrArray **) at);
    case TSN_FIELD_TEXT:
    default:
      return read_plain_text (reader, field, node, at);
    }
}

static gboolean
read_record (Reader *reader, const TsnRecord *record, gpointer data, JsonObject *object)
{
  size_t outside = reader->where->len;

  for (guint i = 0; i < record->n_fields; i++)
    {
      const TsnField *field = &record->fields[i];
      JsonNode *node = json_object_get_member (object, field->name);

      g_string_append_printf (reader->where, "%s%s", outside > 0 ? "." : "", field->name);
      if (node != NULL && !read_value (reader, field, node, (char *) data + field->offset))
        return FALSE;
      g_string_truncate (reader->where, outside);
    }
  return TRUE;
}

/**
 * tsn_record_read:
 * @data: an initialised structure; members that are missing in @object stay as they are
 * @base: the folder that relative paths start from, absolute
 * @error: %TSN_ERROR_FORMAT, as the end of a sentence; @data is incomplete then
 *
 * Members that are not known are left alone: a newer program wrote them.
 */
gboolean
tsn_record_read (
    const TsnRecord *record, gpointer data, JsonObject *object, const char *base, GError **error)
{
  g_autoptr (GString) where = g_string_new (NULL);
  Reader reader = { .base = base, .where = where, .error = error };

  return read_record (&reader, record, data, object);
}
