#include "core/figure/tsn-record.h"

#include "core/base/tsn-error.h"
#include "core/base/tsn-names.h"
#include "core/figure/tsn-record-path.h"
#include "core/io/tsn-json.h"

#include <math.h>
#include <string.h>

#define HASH_LENGTH 64

/* Where in a file something is being written or read. */
typedef struct
{
  const char *base;
  GString *text;  /* that is written */
  GString *where; /* names of the members around, for errors */
  guint level;    /* of indentation */
  GError **error;
} Stream;

static gboolean write_record (Stream *stream, const TsnRecord *record, gconstpointer data);
static gboolean
read_record (Stream *stream, const TsnRecord *record, gpointer data, JsonObject *object);

static void
break_line (Stream *stream)
{
  g_string_append_printf (stream->text, "\n%*s", (int) (2 * stream->level), "");
}

static gboolean
write_text (Stream *stream, const char *value)
{
  g_autofree char *escaped = NULL;

  if (g_utf8_validate (value, -1, NULL))
    {
      tsn_json_append_string (stream->text, value);
      return TRUE;
    }
  escaped = g_strescape (value, NULL);
  g_set_error (stream->error, TSN_ERROR, TSN_ERROR_ARGUMENT,
               "cannot hold the name '%s', which is not UTF-8", escaped);
  return FALSE;
}

static gboolean
write_path (Stream *stream, const char *path)
{
  g_autofree char *relative = tsn_record_path_write (path, stream->base);

  return write_text (stream, relative);
}

static gboolean
write_texts (Stream *stream, char *const *texts)
{
  g_string_append_c (stream->text, '[');
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_string_append (stream->text, i > 0 ? ", " : "");
      if (!write_text (stream, texts[i]))
        return FALSE;
    }
  g_string_append_c (stream->text, ']');
  return TRUE;
}

static gboolean
write_list (Stream *stream, const TsnRecord *record, const GPtrArray *list)
{
  g_string_append_c (stream->text, '[');
  stream->level++;
  for (guint i = 0; i < list->len; i++)
    {
      g_string_append (stream->text, i > 0 ? "," : "");
      break_line (stream);
      if (!write_record (stream, record, g_ptr_array_index (list, i)))
        return FALSE;
    }
  stream->level--;
  if (list->len > 0)
    break_line (stream);
  g_string_append_c (stream->text, ']');
  return TRUE;
}

static double
fit_number (const TsnField *field, double value)
{
  return isnan (value) ? field->initial : CLAMP (value, field->low, field->high);
}

static gboolean
write_value (Stream *stream, const TsnField *field, gconstpointer at)
{
  switch (field->type)
    {
    case TSN_FIELD_SWITCH:
      g_string_append (stream->text, *(const gboolean *) at ? "true" : "false");
      return TRUE;
    case TSN_FIELD_NUMBER:
      tsn_json_append_number (stream->text, fit_number (field, *(const double *) at));
      return TRUE;
    case TSN_FIELD_COUNT:
      tsn_json_append_number (stream->text, fit_number (field, *(const guint *) at));
      return TRUE;
    case TSN_FIELD_WORD:
      tsn_json_append_string (stream->text, field->words[*(const guint *) at]);
      return TRUE;
    case TSN_FIELD_PATH:
      return write_path (stream, *(char *const *) at);
    case TSN_FIELD_TEXTS:
      return write_texts (stream, *(char **const *) at);
    case TSN_FIELD_RECORD:
      return write_record (stream, field->record, at);
    case TSN_FIELD_LIST:
      return write_list (stream, field->record, *(GPtrArray *const *) at);
    case TSN_FIELD_TEXT:
    case TSN_FIELD_HASH:
    default:
      return write_text (stream, *(char *const *) at);
    }
}

/* What nobody has set need not be written: reading starts from it. */
static gboolean
is_absent (const TsnField *field, gconstpointer at)
{
  switch (field->type)
    {
    case TSN_FIELD_TEXT:
    case TSN_FIELD_PATH:
    case TSN_FIELD_HASH:
    case TSN_FIELD_TEXTS:
      return *(const gpointer *) at == NULL;
    case TSN_FIELD_LIST:
      return (*(GPtrArray *const *) at)->len == 0;
    case TSN_FIELD_SWITCH:
    case TSN_FIELD_NUMBER:
    case TSN_FIELD_COUNT:
    case TSN_FIELD_WORD:
    case TSN_FIELD_RECORD:
    default:
      return FALSE;
    }
}

static gboolean
write_members (Stream *stream, const TsnRecord *record, gconstpointer data, gboolean first)
{
  for (guint i = 0; i < record->n_fields; i++)
    {
      const TsnField *field = &record->fields[i];
      gconstpointer at = (const char *) data + field->offset;

      if (is_absent (field, at))
        continue;
      g_string_append (stream->text, first ? "" : ",");
      first = FALSE;
      break_line (stream);
      g_string_append_printf (stream->text, "\"%s\": ", field->name);
      if (!write_value (stream, field, at))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_record (Stream *stream, const TsnRecord *record, gconstpointer data)
{
  g_string_append_c (stream->text, '{');
  stream->level++;
  if (!write_members (stream, record, data, TRUE))
    return FALSE;
  stream->level--;
  break_line (stream);
  g_string_append_c (stream->text, '}');
  return TRUE;
}

/**
 * tsn_record_write:
 * @base: the folder that paths are relative to, absolute
 * @text: an object that was begun and has a member already; the record's are added
 * @error: %TSN_ERROR_ARGUMENT, as the end of a sentence, for a text that is not UTF-8
 *
 * Numbers outside of their bounds are written as the nearest that is inside.
 */
gboolean
tsn_record_write (
    const TsnRecord *record, gconstpointer data, const char *base, GString *text, GError **error)
{
  Stream stream = { .base = base, .text = text, .level = 1, .error = error };

  return write_members (&stream, record, data, FALSE);
}

static gboolean refuse (Stream *stream, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Says what should have been where the stream is. */
static gboolean
refuse (Stream *stream, const char *format, ...)
{
  g_autofree char *expected = NULL;
  va_list args;

  va_start (args, format);
  expected = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (stream->error, TSN_ERROR, TSN_ERROR_FORMAT, "should have %s as '%s'", expected,
               stream->where->str);
  return FALSE;
}

static gboolean
read_number (Stream *stream, const TsnField *field, JsonNode *node, double *value)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  double number;

  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return refuse (stream, "a number from %g to %g", field->low, field->high);
  number = json_node_get_double (node);
  if (!(number >= field->low && number <= field->high))
    return refuse (stream, "a number from %g to %g", field->low, field->high);
  *value = number;
  return TRUE;
}

static gboolean
read_count (Stream *stream, const TsnField *field, JsonNode *node, guint *value)
{
  double number;

  if (!read_number (stream, field, node, &number))
    return FALSE;
  if (number != floor (number))
    return refuse (stream, "a whole number");
  *value = number;
  return TRUE;
}

static gboolean
read_switch (Stream *stream, JsonNode *node, gboolean *value)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return refuse (stream, "true or false");
  *value = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_word (Stream *stream, const TsnField *field, JsonNode *node, guint *value)
{
  guint n = g_strv_length ((char **) field->words);
  g_autofree char *known = NULL;

  if (tsn_names_find (field->words, n, tsn_json_get_node_string (node), value))
    return TRUE;
  known = g_strjoinv (", ", (char **) field->words);
  return refuse (stream, "one of %s", known);
}

static const char *
read_text (Stream *stream, JsonNode *node, double limit)
{
  const char *text = tsn_json_get_node_string (node);

  if (text != NULL && strlen (text) <= limit)
    return text;
  refuse (stream, "a text of at most %g bytes", limit);
  return NULL;
}

static gboolean
read_path (Stream *stream, JsonNode *node, char **value)
{
  const char *text = read_text (stream, node, TSN_RECORD_MAX_PATH);
  char *path = text != NULL ? tsn_record_path_read (text, stream->base) : NULL;

  if (path == NULL)
    return text != NULL && refuse (stream, "the path of a file");
  g_free (*value);
  *value = path;
  return TRUE;
}

static gboolean
read_hash (Stream *stream, JsonNode *node, char **value)
{
  const char *text = tsn_json_get_node_string (node);

  if (text == NULL || strlen (text) != HASH_LENGTH
      || strspn (text, "0123456789abcdef") != HASH_LENGTH)
    return refuse (stream, "%d hexadecimal digits", HASH_LENGTH);
  g_free (*value);
  *value = g_strdup (text);
  return TRUE;
}

static gboolean
read_plain_text (Stream *stream, const TsnField *field, JsonNode *node, char **value)
{
  const char *text = read_text (stream, node, field->high);

  if (text == NULL)
    return FALSE;
  g_free (*value);
  *value = g_strdup (text);
  return TRUE;
}

static gboolean
check_array (Stream *stream, JsonNode *node, double limit)
{
  if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) <= limit)
    return TRUE;
  return refuse (stream, "a list of at most %g items", limit);
}

static gboolean
read_texts (Stream *stream, const TsnField *field, JsonNode *node, char ***value)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (!check_array (stream, node, TSN_RECORD_MAX_TEXTS))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *text = read_text (stream, json_array_get_element (array, i), field->high);

      if (text == NULL)
        return FALSE;
      g_strv_builder_add (builder, text);
    }
  g_strfreev (*value);
  *value = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_object (Stream *stream, const TsnRecord *record, gpointer data, JsonNode *node)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (stream, "an object");
  return read_record (stream, record, data, json_node_get_object (node));
}

static gboolean
read_list (Stream *stream, const TsnField *field, JsonNode *node, GPtrArray *list)
{
  JsonArray *array;

  if (!check_array (stream, node, field->high))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_object (stream, field->record, tsn_record_add_item (field->record, list),
                      json_array_get_element (array, i)))
      return FALSE;
  return TRUE;
}

static gboolean
read_value (Stream *stream, const TsnField *field, JsonNode *node, gpointer at)
{
  switch (field->type)
    {
    case TSN_FIELD_SWITCH:
      return read_switch (stream, node, at);
    case TSN_FIELD_NUMBER:
      return read_number (stream, field, node, at);
    case TSN_FIELD_COUNT:
      return read_count (stream, field, node, at);
    case TSN_FIELD_WORD:
      return read_word (stream, field, node, at);
    case TSN_FIELD_PATH:
      return read_path (stream, node, at);
    case TSN_FIELD_HASH:
      return read_hash (stream, node, at);
    case TSN_FIELD_TEXTS:
      return read_texts (stream, field, node, at);
    case TSN_FIELD_RECORD:
      return read_object (stream, field->record, at, node);
    case TSN_FIELD_LIST:
      return read_list (stream, field, node, *(GPtrArray **) at);
    case TSN_FIELD_TEXT:
    default:
      return read_plain_text (stream, field, node, at);
    }
}

static gboolean
read_record (Stream *stream, const TsnRecord *record, gpointer data, JsonObject *object)
{
  size_t outside = stream->where->len;

  for (guint i = 0; i < record->n_fields; i++)
    {
      const TsnField *field = &record->fields[i];
      JsonNode *node = json_object_get_member (object, field->name);

      g_string_append_printf (stream->where, "%s%s", outside > 0 ? "." : "", field->name);
      if (node != NULL && !read_value (stream, field, node, (char *) data + field->offset))
        return FALSE;
      g_string_truncate (stream->where, outside);
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
  Stream stream = { .base = base, .where = where, .error = error };

  return read_record (&stream, record, data, object);
}
