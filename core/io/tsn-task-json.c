#include "core/io/tsn-task-json.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-json.h"
#include "core/model/tsn-class-colour.h"
#include "core/model/tsn-network.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAME 64

/* A list of objects of lists. */
#define MAX_DEPTH 3

/* Task names become parts of file names and options. */
static gboolean
name_is_plain (const char *name)
{
  size_t length = strlen (name);

  return length > 0 && length <= MAX_NAME
         && strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
                == length;
}

static gboolean
channels_fit (TsnTaskKind kind, gint64 channels)
{
  switch (kind)
    {
    case TSN_TASK_CLASSES:
      return channels >= 1 && channels <= TSN_MAX_CLASSES;
    case TSN_TASK_NORMALS:
      return channels == 3;
    case TSN_TASK_EDGE:
    case TSN_TASK_SALIENCY:
    case TSN_TASK_DEPTH:
      return channels == 1;
    }
  return FALSE;
}

/* The array @member, which may be missing, with one string per channel. */
static gboolean
get_strings (
    JsonObject *object, const char *member, const TsnTask *task, char ***strings, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  *strings = NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node)
      || json_array_get_length (json_node_get_array (node)) != task->channels)
    return tsn_error_set (error, TSN_ERROR_MODEL,
                          _ ("'%s' of task '%s' is not a list of %u strings"), member, task->name,
                          task->channels);
  array = json_node_get_array (node);
  for (guint i = 0; i < task->channels; i++)
    {
      const char *string = tsn_json_get_node_string (json_array_get_element (array, i));

      if (string == NULL)
        return tsn_error_set (error, TSN_ERROR_MODEL,
                              _ ("'%s' of task '%s' is not a list of %u strings"), member,
                              task->name, task->channels);
      g_strv_builder_add (builder, string);
    }
  *strings = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
parse_colour (const char *text, guint32 *colour)
{
  guint64 value;

  if (text[0] != '#' || strlen (text) != 7 || strspn (text + 1, "0123456789abcdefABCDEF") != 6
      || !g_ascii_string_to_unsigned (text + 1, 16, 0, 0xffffff, &value, NULL))
    return FALSE;
  *colour = value;
  return TRUE;
}

/* Files that were written before the default palette was checked say what the defaults were then,
 * which nobody chose: they get today's. */
static void
renew_colours (TsnTask *task)
{
  for (guint i = 0; i < task->channels; i++)
    if (task->colours[i] != tsn_class_colour_golden (i))
      return;
  for (guint i = 0; i < task->channels; i++)
    task->colours[i] = tsn_class_colour (i);
}

static gboolean
read_classes (TsnTask *task, JsonObject *object, GError **error)
{
  g_auto (GStrv) names = NULL;
  g_auto (GStrv) colours = NULL;

  if (!get_strings (object, "classes", task, &names, error)
      || !get_strings (object, "colours", task, &colours, error))
    return FALSE;
  for (guint i = 0; colours != NULL && i < task->channels; i++)
    if (!parse_colour (colours[i], &task->colours[i]))
      return tsn_error_set (error, TSN_ERROR_MODEL,
                            _ ("colour '%s' of task '%s' is not of the form #rrggbb"), colours[i],
                            task->name);
  if (colours != NULL)
    renew_colours (task);
  if (names != NULL)
    {
      g_strfreev (task->class_names);
      task->class_names = g_steal_pointer (&names);
    }
  return TRUE;
}

static gboolean
read_texts (TsnTask *task, JsonObject *object, GError **error)
{
  const char *title = tsn_json_get_string (object, "title");
  const char *unit = tsn_json_get_string (object, "unit");

  if ((title == NULL && json_object_has_member (object, "title"))
      || (unit == NULL && json_object_has_member (object, "unit")))
    return tsn_error_set (error, TSN_ERROR_MODEL, _ ("title or unit of task '%s' is not a string"),
                          task->name);
  if (title != NULL)
    {
      g_free (task->title);
      task->title = g_strdup (title);
    }
  if (unit != NULL)
    {
      g_free (task->unit);
      task->unit = g_strdup (unit);
    }
  return TRUE;
}

static TsnTask *
read_task (JsonNode *node, guint index, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *name = object != NULL ? tsn_json_get_string (object, "name") : NULL;
  g_autoptr (TsnTask) task = NULL;
  JsonNode *channels;
  TsnTaskKind kind;

  if (name == NULL || !name_is_plain (name))
    tsn_error_set (error, TSN_ERROR_MODEL,
                   _ ("task %u has no name of up to %d letters, digits, '_' and '-'"), index,
                   MAX_NAME);
  else if (!tsn_task_kind_from_name (tsn_json_get_string (object, "kind"), &kind))
    tsn_error_set (error, TSN_ERROR_MODEL, _ ("task '%s' has no kind that is known"), name);
  else if ((channels = json_object_get_member (object, "channels")) == NULL
           || !JSON_NODE_HOLDS_VALUE (channels)
           || json_node_get_value_type (channels) != G_TYPE_INT64)
    tsn_error_set (error, TSN_ERROR_MODEL, _ ("task '%s' has no number of channels"), name);
  else if (!channels_fit (kind, json_node_get_int (channels)))
    tsn_error_set (error, TSN_ERROR_MODEL, _ ("task '%s' of kind '%s' cannot have %lld channels"),
                   name, tsn_task_kind_get_name (kind), (long long) json_node_get_int (channels));
  else
    task = tsn_task_new (name, kind, json_node_get_int (channels));
  if (task == NULL || !read_texts (task, object, error)
      || (kind == TSN_TASK_CLASSES && !read_classes (task, object, error)))
    return NULL;
  return g_steal_pointer (&task);
}

/**
 * tsn_task_list_check:
 * @error: %TSN_ERROR_MODEL, as the end of a sentence
 *
 * Returns: whether @list is one that a model file may hold: 1 to %TSN_MAX_TASKS tasks of different
 *   names which are plain, and with channels that their kinds can have.
 */
gboolean
tsn_task_list_check (const TsnTaskList *list, GError **error)
{
  if (list->len == 0 || list->len > TSN_MAX_TASKS)
    return tsn_error_set (error, TSN_ERROR_MODEL, _ ("it has %u tasks, not 1 to %d"), list->len,
                          TSN_MAX_TASKS);
  for (guint i = 0; i < list->len; i++)
    {
      const TsnTask *task = tsn_task_list_get (list, i);

      if (!name_is_plain (task->name))
        return tsn_error_set (error, TSN_ERROR_MODEL,
                              _ ("the name of task %u is not made of up to %d letters, digits, '_' "
                                 "and '-'"),
                              i, MAX_NAME);
      if (!channels_fit (task->kind, task->channels))
        return tsn_error_set (error, TSN_ERROR_MODEL,
                              _ ("task '%s' of kind '%s' cannot have %u channels"), task->name,
                              tsn_task_kind_get_name (task->kind), task->channels);
      if (tsn_task_list_find (list, task->name) != (int) i)
        return tsn_error_set (error, TSN_ERROR_MODEL, _ ("two tasks are called '%s'"), task->name);
    }
  return TRUE;
}

/**
 * tsn_task_list_from_json:
 * @text: a list of objects; README.md beside this file describes them
 * @error: %TSN_ERROR_FORMAT or %TSN_ERROR_MODEL, as the end of a sentence
 *
 * Returns: (transfer full) (nullable): a list for which tsn_task_list_check() holds.
 */
TsnTaskList *
tsn_task_list_from_json (const char *text, GError **error)
{
  g_autoptr (JsonNode) root = tsn_json_parse (text, strlen (text), MAX_DEPTH, error);
  g_autoptr (GPtrArray) list = tsn_task_list_new ();
  JsonArray *array;

  if (root == NULL)
    {
      /* Translators: before what is wrong with it, as "is not complete JSON". */
      g_prefix_error (error, _ ("metadata 'tasks' "));
      return NULL;
    }
  if (!JSON_NODE_HOLDS_ARRAY (root))
    {
      tsn_error_set (error, TSN_ERROR_MODEL, _ ("metadata 'tasks' is not a list"));
      return NULL;
    }
  array = json_node_get_array (root);
  for (guint i = 0; i < MIN (json_array_get_length (array), TSN_MAX_TASKS + 1); i++)
    {
      TsnTask *task = read_task (json_array_get_element (array, i), i, error);

      if (task == NULL)
        return NULL;
      g_ptr_array_add (list, task);
    }
  return tsn_task_list_check (list, error) ? g_steal_pointer (&list) : NULL;
}

static void
write_classes (JsonBuilder *builder, const TsnTask *task)
{
  json_builder_set_member_name (builder, "classes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < task->channels; i++)
    json_builder_add_string_value (builder, task->class_names[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "colours");
  json_builder_begin_array (builder);
  for (guint i = 0; i < task->channels; i++)
    {
      g_autofree char *colour = g_strdup_printf ("#%06x", task->colours[i]);

      json_builder_add_string_value (builder, colour);
    }
  json_builder_end_array (builder);
}

static void
write_string (JsonBuilder *builder, const char *member, const char *value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

static void
write_task (JsonBuilder *builder, const TsnTask *task)
{
  json_builder_begin_object (builder);
  write_string (builder, "name", task->name);
  write_string (builder, "title", task->title);
  write_string (builder, "kind", tsn_task_kind_get_name (task->kind));
  json_builder_set_member_name (builder, "channels");
  json_builder_add_int_value (builder, task->channels);
  if (task->kind == TSN_TASK_CLASSES)
    write_classes (builder, task);
  if (task->unit != NULL)
    write_string (builder, "unit", task->unit);
  json_builder_end_object (builder);
}

/**
 * tsn_task_list_to_json:
 *
 * Returns: (transfer full): what tsn_task_list_from_json() reads.
 */
char *
tsn_task_list_to_json (const TsnTaskList *list)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < list->len; i++)
    write_task (builder, tsn_task_list_get (list, i));
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}
