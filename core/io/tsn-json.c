#include "core/io/tsn-json.h"

#include "core/base/tsn-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Characters of JSON outside of strings.  Without the slash there are no comments, which JSON-GLib
 * would accept, so that what looks like a string here is one for it too. */
#define PLAIN " \t\r\n,:+-.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* JSON-GLib parses by recursion: how deep it goes has to be known before it starts. */
typedef struct
{
  guint depth;
  guint max_depth;
  gboolean in_string;
  gboolean escaped;
  guint zeros;    /* characters of an escaped zero so far */
  gboolean ended; /* the first value is complete */
} Scan;

/* Returns: what is wrong, untranslated, or %NULL */
static const char *
scan_string (Scan *scan, char c)
{
  scan->zeros = scan->escaped && c == 'u' ? 1 : scan->zeros > 0 && c == '0' ? scan->zeros + 1 : 0;
  if (scan->escaped)
    scan->escaped = FALSE;
  else if (c == '\\')
    scan->escaped = TRUE;
  else if (c == '"')
    scan->in_string = FALSE;
  /* It would end the string for everyone but JSON-GLib. */
  return scan->zeros == 5 ? N_ ("holds a zero character") : NULL;
}

/* Returns: what is wrong, untranslated, or %NULL */
static const char *
scan_character (Scan *scan, char c)
{
  if (scan->ended)
    return strchr (" \t\r\n", c) != NULL ? NULL : N_ ("goes on after its end");
  if (c == '{' || c == '[')
    return ++scan->depth <= scan->max_depth ? NULL : N_ ("is nested too deeply");
  if (scan->depth == 0)
    return strchr (" \t\r\n", c) != NULL ? NULL : N_ ("begins with neither '{' nor '['");
  if (c == '}' || c == ']')
    scan->ended = --scan->depth == 0;
  else if (c == '"')
    scan->in_string = TRUE;
  else if (strchr (PLAIN, c) == NULL)
    return N_ ("holds a character that JSON does not know");
  return NULL;
}

static const char *
scan_text (const char *text, size_t length, guint max_depth)
{
  Scan scan = { .max_depth = max_depth };
  const char *wrong = NULL;

  /* This also finds zero bytes, which end a string for everyone else. */
  if (!g_utf8_validate (text, length, NULL))
    return N_ ("is not UTF-8 text");
  for (size_t i = 0; i < length && wrong == NULL; i++)
    wrong = scan.in_string ? scan_string (&scan, text[i]) : scan_character (&scan, text[i]);
  return wrong != NULL || scan.ended ? wrong : N_ ("is not complete JSON");
}

/* Members seen so far of the objects that are open; JSON-GLib itself lets the last of several
 * members of one name win. */
typedef struct
{
  guint depth;
  guint members[TSN_JSON_MAX_DEPTH];
  char *duplicate;
} Census;

static void
object_start_cb (JsonParser *parser, gpointer data)
{
  Census *census = data;

  census->members[census->depth++] = 0;
}

static void
object_member_cb (JsonParser *parser, JsonObject *object, const char *name, gpointer data)
{
  Census *census = data;

  if (++census->members[census->depth - 1] != json_object_get_size (object)
      && census->duplicate == NULL)
    census->duplicate = g_strdup (name);
}

static void
object_end_cb (JsonParser *parser, JsonObject *object, gpointer data)
{
  Census *census = data;

  census->depth--;
}

/**
 * tsn_json_parse:
 * @text: (array length=length): need not be terminated
 * @max_depth: how many objects and arrays may be open at a time, up to %TSN_JSON_MAX_DEPTH
 * @error: %TSN_ERROR_FORMAT, as the end of a sentence ("is not complete JSON")
 *
 * Parses an object or array.  Unlike JSON-GLib alone it refuses invalid UTF-8, deep nesting,
 * comments, zero characters, names that occur twice in one object, and anything after the value.
 *
 * Returns: (transfer full) (nullable): the value.
 */
JsonNode *
tsn_json_parse (const char *text, size_t length, guint max_depth, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) json_error = NULL;
  g_autofree char *duplicate = NULL;
  const char *wrong = scan_text (text, length, MIN (max_depth, TSN_JSON_MAX_DEPTH));
  Census census = { 0 };
  gboolean parsed;

  if (wrong != NULL)
    {
      g_set_error_literal (error, TSN_ERROR, TSN_ERROR_FORMAT, _ (wrong));
      return NULL;
    }
  g_signal_connect (parser, "object-start", G_CALLBACK (object_start_cb), &census);
  g_signal_connect (parser, "object-member", G_CALLBACK (object_member_cb), &census);
  g_signal_connect (parser, "object-end", G_CALLBACK (object_end_cb), &census);
  parsed = json_parser_load_from_data (parser, text, length, &json_error);
  duplicate = census.duplicate;
  if (parsed && duplicate == NULL)
    return json_parser_steal_root (parser);
  if (parsed)
    g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT, _ ("has two members '%s'"), duplicate);
  else
    g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT, _ ("is not valid JSON (%s)"),
                 json_error->message);
  return NULL;
}

/**
 * tsn_json_get_node_string:
 * @node: (nullable)
 *
 * Returns: (nullable): the value if it is a string.
 */
const char *
tsn_json_get_node_string (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

/**
 * tsn_json_get_string:
 *
 * Returns: (nullable): the member if it is there and a string.
 */
const char *
tsn_json_get_string (JsonObject *object, const char *member)
{
  return tsn_json_get_node_string (json_object_get_member (object, member));
}

/**
 * tsn_json_append_number:
 * @value: written as short as it can be without being another; null if it is not finite
 */
void
tsn_json_append_number (GString *text, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      g_string_append (text, "null");
      return;
    }
  /* 17 digits tell all doubles apart, 15 are enough for most. */
  g_ascii_formatd (digits, sizeof digits, "%.15g", value);
  if (g_ascii_strtod (digits, NULL) != value)
    g_ascii_formatd (digits, sizeof digits, "%.17g", value);
  g_string_append (text, digits);
}

/**
 * tsn_json_append_string:
 * @string: UTF-8; written in quotation marks
 */
void
tsn_json_append_string (GString *text, const char *string)
{
  g_string_append_c (text, '"');
  for (const char *c = string; *c != '\0'; c++)
    if (*c == '"' || *c == '\\')
      g_string_append_printf (text, "\\%c", *c);
    else if ((guchar) *c < 0x20)
      g_string_append_printf (text, "\\u%04x", (guint) *c);
    else
      g_string_append_c (text, *c);
  g_string_append_c (text, '"');
}
