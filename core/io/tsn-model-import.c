#include "core/io/tsn-model-file.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-json.h"
#include "core/io/tsn-model-metadata.h"
#include "core/io/tsn-model-weights.h"
#include "core/io/tsn-task-json.h"

#include <string.h>

/* Class names are separated by spaces there; an underscore stands for a space inside of one. */
static gboolean
name_classes (TsnTask *task, TsnSafetensors *file, GError **error)
{
  g_autofree char *key = g_strconcat (task->name, "_classes", NULL);
  const char *text = tsn_safetensors_get_metadata (file, key);
  g_auto (GStrv) names = NULL;

  if (text == NULL)
    return TRUE;
  names = g_strsplit (text, " ", -1);
  if (task->kind != TSN_TASK_CLASSES || g_strv_length (names) != task->channels)
    return tsn_error_set (error, TSN_ERROR_MODEL,
                          "its metadata '%s' does not name the %u classes of the task", key,
                          task->channels);
  for (guint i = 0; i < task->channels; i++)
    g_strdelimit (names[i], "_", ' ');
  g_strfreev (task->class_names);
  task->class_names = g_steal_pointer (&names);
  return TRUE;
}

/* One pair of ["semseg", 21]. */
static TsnTask *
read_task (JsonNode *node, TsnSafetensors *file, GError **error)
{
  JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (TsnTask) task = NULL;
  JsonNode *channels;
  const char *name;

  if (pair == NULL || json_array_get_length (pair) != 2
      || (name = tsn_json_get_node_string (json_array_get_element (pair, 0))) == NULL
      || !JSON_NODE_HOLDS_VALUE (channels = json_array_get_element (pair, 1))
      || json_node_get_value_type (channels) != G_TYPE_INT64)
    {
      tsn_error_set (
          error, TSN_ERROR_MODEL,
          "its metadata 'tasks' is not a list of pairs of a name and a number of channels");
      return NULL;
    }
  if (json_node_get_int (channels) < 1 || json_node_get_int (channels) > TSN_MAX_CLASSES
      || !tsn_task_guess (name, json_node_get_int (channels), &task))
    {
      tsn_error_set (error, TSN_ERROR_MODEL,
                     "its task '%s' with %" G_GINT64_FORMAT " channels is of no kind that is known",
                     name, json_node_get_int (channels));
      return NULL;
    }
  return name_classes (task, file, error) ? g_steal_pointer (&task) : NULL;
}

static TsnTaskList *
read_tasks (TsnSafetensors *file, GError **error)
{
  const char *text = tsn_model_metadata_get (file, "tasks", error);
  g_autoptr (GPtrArray) list = tsn_task_list_new ();
  g_autoptr (JsonNode) root = text != NULL ? tsn_json_parse (text, strlen (text), 2, error) : NULL;
  JsonArray *array;

  if (root == NULL)
    {
      if (text != NULL)
        g_prefix_error (error, "its metadata 'tasks' ");
      return NULL;
    }
  array = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  for (guint i = 0; array != NULL && i < MIN (json_array_get_length (array), TSN_MAX_TASKS + 1);
       i++)
    {
      TsnTask *task = read_task (json_array_get_element (array, i), file, error);

      if (task == NULL)
        return NULL;
      g_ptr_array_add (list, task);
    }
  return tsn_task_list_check (list, error) ? g_steal_pointer (&list) : NULL;
}

static TsnModelMetadata *
read_metadata (TsnSafetensors *file, GError **error)
{
  g_autoptr (TsnModelMetadata) metadata = g_new0 (TsnModelMetadata, 1);
  TsnNetworkSpec *spec = &metadata->spec;
  const char *conditioning;

  if (!tsn_model_metadata_is_reference (file))
    {
      tsn_error_set (error, TSN_ERROR_MODEL, "it does not come from the reference program");
      return NULL;
    }
  spec->depth = 18;
  spec->code = TSN_CODE_ORTHOGONAL;
  conditioning = tsn_safetensors_get_metadata (file, "conditioning");
  if (!tsn_conditioning_from_name (conditioning, &spec->conditioning))
    {
      tsn_error_set (error, TSN_ERROR_MODEL, "its conditioning '%s' is not known", conditioning);
      return NULL;
    }
  if (!tsn_model_metadata_get_width (file, "width", &spec->width, error)
      || !tsn_model_metadata_get_number (file, "ones", TSN_MAX_CODE_LENGTH, &spec->code_length,
                                         error))
    return NULL;
  spec->tasks = metadata->tasks = read_tasks (file, error);
  return metadata->tasks != NULL ? g_steal_pointer (&metadata) : NULL;
}

/* Appends "semseg mIoU 0.05, depth 0.9" if the metadata holds such figures; they are told, never
 * used, so what is not as expected is passed over. */
static void
append_figures (GString *text, TsnSafetensors *file)
{
  const char *figures = tsn_safetensors_get_metadata (file, "figures");
  g_autoptr (JsonNode) root
      = figures != NULL ? tsn_json_parse (figures, strlen (figures), 1, NULL) : NULL;
  const char *separator = "; validation: ";
  JsonObjectIter iter;
  const char *task;
  JsonNode *node;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (root));
  while (json_object_iter_next_ordered (&iter, &task, &node))
    if (tsn_json_get_node_string (node) != NULL)
      {
        g_string_append_printf (text, "%s%s %s", separator, task, json_node_get_string (node));
        separator = ", ";
      }
}

static char *
describe_provenance (TsnSafetensors *file)
{
  g_autofree char *name = g_filename_display_basename (tsn_safetensors_get_path (file));
  const char *steps = tsn_safetensors_get_metadata (file, "steps");
  const char *size = tsn_safetensors_get_metadata (file, "size");
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "Converted from %s of the reference program", name);
  if (steps != NULL)
    g_string_append_printf (text, "; trained for %s steps", steps);
  if (size != NULL)
    g_string_append_printf (text, "%s crops of %s pixels", steps != NULL ? " on" : "; trained on",
                            size);
  append_figures (text, file);
  g_string_append_c (text, '.');
  return g_string_free (text, FALSE);
}

/**
 * tsn_model_import_safetensors:
 * @file: an open file of the reference program
 *
 * Returns: (transfer full) (nullable): like tsn_model_import_reference().
 */
TsnModel *
tsn_model_import_safetensors (TsnSafetensors *file, GError **error)
{
  const char *prefix = tsn_safetensors_has (file, "param.head.weight") ? "param." : "";
  const char *path = tsn_safetensors_get_path (file);
  g_autoptr (TsnModelMetadata) metadata = read_metadata (file, error);
  TsnModel *model;

  if (metadata == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error, "Cannot convert '%s': ", name);
      return NULL;
    }
  model = tsn_model_weights_read (file, &metadata->spec, prefix, error);
  if (model == NULL)
    return NULL;
  model->provenance = describe_provenance (file);
  model->name = tsn_model_file_get_name (path);
  return model;
}

/**
 * tsn_model_import_reference:
 * @path: a file of the PyTorch reference, with or without "param." before the names
 * @error: as for tsn_model_load()
 *
 * Reads what the reference program writes: its metadata name conditioning, width, ones (the length
 * of a code per task), tasks as pairs of name and channels, and perhaps "semseg_classes" and the
 * like.  Kinds of tasks are told from their names; steps, size and figures become provenance.
 *
 * Returns: (transfer full) (nullable): the model, as if it had been a model file.
 */
TsnModel *
tsn_model_import_reference (const char *path, GError **error)
{
  g_autoptr (TsnSafetensors) file = tsn_safetensors_open (path, error);

  return file != NULL ? tsn_model_import_safetensors (file, error) : NULL;
}
