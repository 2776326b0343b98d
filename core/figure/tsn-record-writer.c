#include "core/figure/tsn-record.h"

#include "core/base/tsn-error.h"
#include "core/figure/tsn-record-path.h"
#include "core/io/tsn-json.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  const char *base;
  GString *text;
  guint level; /* of indentation */
  GError **error;
} Writer;

static gboolean write_record (Writer *writer, const TsnRecord *record, gconstpointer data);

static void
break_line (Writer *writer)
{
  g_string_append_printf (writer->text, "\n%*s", (int) (2 * writer->level), "");
}

static gboolean
write_text (Writer *writer, const char *value)
{
  g_autofree char *escaped = NULL;

  if (g_utf8_validate (value, -1, NULL))
    {
      tsn_json_append_string (writer->text, value);
      return TRUE;
    }
  escaped = g_strescape (value, NULL);
  g_set_error (writer->error, TSN_ERROR, TSN_ERROR_ARGUMENT,
               _ ("cannot hold the name '%s', which is not UTF-8"), escaped);
  return FALSE;
}

static gboolean
write_path (Writer *writer, const char *path)
{
  g_autofree char *relative = tsn_record_path_write (path, writer->base);

  return write_text (writer, relative);
}

static gboolean
write_texts (Writer *writer, char *const *texts)
{
  g_string_append_c (writer->text, '[');
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_string_append (writer->text, i > 0 ? ", " : "");
      if (!write_text (writer, texts[i]))
        return FALSE;
    }
  g_string_append_c (writer->text, ']');
  return TRUE;
}

static gboolean
write_list (Writer *writer, const TsnRecord *record, const GPtrArray *list)
{
  g_string_append_c (writer->text, '[');
  writer->level++;
  for (guint i = 0; i < list->len; i++)
    {
      g_string_append (writer->text, i > 0 ? "," : "");
      break_line (writer);
      if (!write_record (writer, record, g_ptr_array_index (list, i)))
        return FALSE;
    }
  writer->level--;
  if (list->len > 0)
    break_line (writer);
  g_string_append_c (writer->text, ']');
  return TRUE;
}

static double
fit_number (const TsnField *field, double value)
{
  return isnan (value) ? field->initial : CLAMP (value, field->low, field->high);
}

static gboolean
write_value (Writer *writer, const TsnField *field, gconstpointer at)
{
  switch (field->type)
    {
    case TSN_FIELD_SWITCH:
      g_string_append (writer->text, *(const gboolean *) at ? "true" : "false");
      return TRUE;
    case TSN_FIELD_NUMBER:
      tsn_json_append_number (writer->text, fit_number (field, *(const double *) at));
      return TRUE;
    case TSN_FIELD_COUNT:
      tsn_json_append_number (writer->text, fit_number (field, *(const guint *) at));
      return TRUE;
    case TSN_FIELD_WORD:
      tsn_json_append_string (writer->text, field->words[*(const guint *) at]);
      return TRUE;
    case TSN_FIELD_PATH:
      return write_path (writer, *(char *const *) at);
    case TSN_FIELD_TEXTS:
      return write_texts (writer, *(char **const *) at);
    case TSN_FIELD_RECORD:
      return write_record (writer, field->record, at);
    case TSN_FIELD_LIST:
      return write_list (writer, field->record, *(GPtrArray *const *) at);
    case TSN_FIELD_TEXT:
    case TSN_FIELD_ITEM:
    case TSN_FIELD_HASH:
    default:
      return write_text (writer, *(char *const *) at);
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
    case TSN_FIELD_ITEM:
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
write_members (Writer *writer, const TsnRecord *record, gconstpointer data, gboolean first)
{
  for (guint i = 0; i < record->n_fields; i++)
    {
      const TsnField *field = &record->fields[i];
      gconstpointer at = (const char *) data + field->offset;

      if (is_absent (field, at))
        continue;
      g_string_append (writer->text, first ? "" : ",");
      first = FALSE;
      break_line (writer);
      g_string_append_printf (writer->text, "\"%s\": ", field->name);
      if (!write_value (writer, field, at))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_record (Writer *writer, const TsnRecord *record, gconstpointer data)
{
  g_string_append_c (writer->text, '{');
  writer->level++;
  if (!write_members (writer, record, data, TRUE))
    return FALSE;
  writer->level--;
  break_line (writer);
  g_string_append_c (writer->text, '}');
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
  Writer writer = { .base = base, .text = text, .level = 1, .error = error };

  return write_members (&writer, record, data, FALSE);
}
