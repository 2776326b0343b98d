/* Studies as files and as text. */
#include "core/figure/tsn-study.h"

#include "core/base/tsn-error.h"
#include "core/figure/tsn-study-record.h"
#include "core/io/tsn-file-writer.h"
#include "core/io/tsn-json.h"
#include "core/io/tsn-map-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT "tsn-session"
#define MAX_DEPTH 8

/* A thousand photos with insets are a megabyte. */
#define MAX_BYTES (16 * 1024 * 1024)

static char *
folder_of (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);

  return g_path_get_dirname (absolute);
}

/**
 * tsn_study_to_json:
 * @base: the folder that paths are relative to, absolute
 * @error: %TSN_ERROR_ARGUMENT, as the end of a sentence, for a path or name that is not UTF-8
 *
 * The same study always gives the same text.  Numbers outside of their bounds are written as the
 * nearest that is inside.
 *
 * Returns: (transfer full) (nullable): JSON.
 */
char *
tsn_study_to_json (const TsnStudy *study, const char *base, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "{\n  \"format\": \"%s\",\n  \"version\": %d", FORMAT, TSN_STUDY_VERSION);
  if (!tsn_record_write (tsn_study_get_record (), study, base, text, error))
    return NULL;
  g_string_append (text, "\n}\n");
  return g_strdup (text->str);
}

static gboolean
check_header (JsonObject *object, GError **error)
{
  JsonNode *node = json_object_get_member (object, "version");
  gint64 version;

  if (g_strcmp0 (tsn_json_get_string (object, "format"), FORMAT) != 0)
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                   _ ("should be a session of TSN Studio, but its format is not '%s'"), FORMAT);
      return FALSE;
    }
  version = node != NULL && JSON_NODE_HOLDS_VALUE (node)
                    && json_node_get_value_type (node) == G_TYPE_INT64
                ? json_node_get_int (node)
                : 0;
  if (version >= 1 && version <= TSN_STUDY_VERSION)
    return TRUE;
  if (version < 1)
    g_set_error_literal (error, TSN_ERROR, TSN_ERROR_FORMAT,
                         _ ("should have a whole number from 1 on as 'version'"));
  else
    g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                 _ ("is a session of version %lld from a newer program, and this one knows "
                    "versions up to %d"),
                 (long long) version, TSN_STUDY_VERSION);
  return FALSE;
}

/**
 * tsn_study_from_json:
 * @study: an initialised study; replaced if there is no error, else left as it is
 * @text: (array length=length): JSON, which nobody vouches for
 * @base: the folder that relative paths start from, absolute
 * @error: %TSN_ERROR_FORMAT, as the end of a sentence ("should have true or false as 'view.fit'")
 *
 * Members that are not known are left alone, those that are missing are as in a new study.  No file
 * is looked for: whether the photo and the model are where the study says is the caller's to find
 * out.
 */
gboolean
tsn_study_from_json (
    TsnStudy *study, const char *text, size_t length, const char *base, GError **error)
{
  g_auto (TsnStudy) read = { 0 };
  g_autoptr (JsonNode) root = tsn_json_parse (text, length, MAX_DEPTH, error);
  TsnStudy before;

  if (root == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, TSN_ERROR, TSN_ERROR_FORMAT,
                           _ ("should be a session of TSN Studio, but it is a list"));
      return FALSE;
    }
  tsn_study_init (&read);
  if (!check_header (json_node_get_object (root), error)
      || !tsn_record_read (tsn_study_get_record (), &read, json_node_get_object (root), base,
                           error))
    return FALSE;
  before = *study;
  *study = read;
  read = before;
  return TRUE;
}

/**
 * tsn_study_load:
 * @study: an initialised study; replaced if there is no error, else left as it is
 * @path: a .tsnsession file
 * @error: %TSN_ERROR_IO, %TSN_ERROR_FORMAT, as a sentence that names the file
 *
 * See tsn_study_from_json().
 */
gboolean
tsn_study_load (TsnStudy *study, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = tsn_map_file (path, error);
  g_autofree char *display = g_filename_display_name (path);
  g_autofree char *base = folder_of (path);
  g_autoptr (GError) reason = NULL;

  if (bytes == NULL)
    return FALSE;
  if (g_bytes_get_size (bytes) > MAX_BYTES)
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                   _ ("'%s' should be a session of at most %d bytes, but it has %zu"), display,
                   MAX_BYTES, g_bytes_get_size (bytes));
      return FALSE;
    }
  if (tsn_study_from_json (study, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), base,
                           &reason))
    return TRUE;
  /* Translators: a file, and what is wrong with it, as "is not complete JSON". */
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT, _ ("'%s' %s"), display, reason->message);
  return FALSE;
}

/**
 * tsn_study_save:
 * @path: a .tsnsession file to make or to replace; it appears complete or not at all
 * @error: %TSN_ERROR_IO, %TSN_ERROR_ARGUMENT, as a sentence that names the file
 *
 * Paths are written relative to the file's folder, so that it may be moved together with what it
 * names.
 */
gboolean
tsn_study_save (const TsnStudy *study, const char *path, GError **error)
{
  g_autofree char *display = g_filename_display_name (path);
  g_autofree char *base = folder_of (path);
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = tsn_study_to_json (study, base, &reason);
  g_autoptr (TsnFileWriter) writer = NULL;

  if (text == NULL)
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT, _ ("'%s' %s"), display, reason->message);
      return FALSE;
    }
  writer = tsn_file_writer_new (path, error);
  return writer != NULL && tsn_file_writer_write (writer, text, strlen (text), error)
         && tsn_file_writer_finish (writer, error);
}
