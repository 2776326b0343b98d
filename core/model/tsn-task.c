#include "core/model/tsn-task.h"

#include "core/base/tsn-names.h"
#include "core/model/tsn-class-colour.h"

#include <string.h>

static const char *const kind_names[] = { "classes", "edge", "saliency", "normals", "depth" };

const char *
tsn_task_kind_get_name (TsnTaskKind kind)
{
  return kind_names[kind];
}

gboolean
tsn_task_kind_from_name (const char *name, TsnTaskKind *kind)
{
  guint index;

  if (!tsn_names_find (kind_names, G_N_ELEMENTS (kind_names), name, &index))
    return FALSE;
  *kind = index;
  return TRUE;
}

static const char *
default_title (const char *name, TsnTaskKind kind)
{
  static const char *const titles[][2] = {
    { "semseg", "Semantic segmentation" },
    { "human_parts", "Human parts" },
    { "edge", "Edges" },
    { "saliency", "Saliency" },
    { "normals", "Surface normals" },
    { "depth", "Depth" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strcmp (name, titles[i][0]) == 0)
      return titles[i][1];
  return name;
}

/**
 * tsn_task_new:
 * @channels: output channels; for %TSN_TASK_CLASSES the number of classes, which get the names
 *   "class 0", "class 1" and so on and default colours
 *
 * Returns: (transfer full): a task with the title and unit that its name and kind suggest.
 */
TsnTask *
tsn_task_new (const char *name, TsnTaskKind kind, guint channels)
{
  TsnTask *task = g_new0 (TsnTask, 1);

  task->name = g_strdup (name);
  task->title = g_strdup (default_title (name, kind));
  task->kind = kind;
  task->channels = channels;
  if (kind == TSN_TASK_DEPTH)
    task->unit = g_strdup ("m");
  if (kind == TSN_TASK_CLASSES)
    {
      task->class_names = g_new0 (char *, channels + 1);
      task->colours = g_new (guint32, channels);
      for (guint i = 0; i < channels; i++)
        {
          task->class_names[i] = g_strdup_printf ("class %u", i);
          task->colours[i] = tsn_class_colour (i);
        }
    }
  return task;
}

/**
 * tsn_task_new_classes:
 * @class_names: (array zero-terminated=1): names in the order of the channels
 *
 * Returns: (transfer full): a task of kind %TSN_TASK_CLASSES with default colours.
 */
TsnTask *
tsn_task_new_classes (const char *name, const char *const *class_names)
{
  TsnTask *task = tsn_task_new (name, TSN_TASK_CLASSES, g_strv_length ((char **) class_names));

  g_strfreev (task->class_names);
  task->class_names = g_strdupv ((char **) class_names);
  return task;
}

TsnTask *
tsn_task_copy (const TsnTask *task)
{
  TsnTask *copy = g_new (TsnTask, 1);

  *copy = *task;
  copy->name = g_strdup (task->name);
  copy->title = g_strdup (task->title);
  copy->class_names = g_strdupv (task->class_names);
  copy->colours = g_memdup2 (task->colours, task->channels * sizeof *task->colours);
  copy->unit = g_strdup (task->unit);
  return copy;
}

void
tsn_task_free (TsnTask *task)
{
  g_free (task->name);
  g_free (task->title);
  g_strfreev (task->class_names);
  g_free (task->colours);
  g_free (task->unit);
  g_free (task);
}

/**
 * tsn_task_guess:
 * @name: the name that a checkpoint gives a task
 * @channels: its number of output channels
 * @task: (out): a new task
 *
 * Tells a task's kind from its usual name, for files that do not say it.
 *
 * Returns: %FALSE if the name is not a usual one or the channels do not fit it.
 */
gboolean
tsn_task_guess (const char *name, guint channels, TsnTask **task)
{
  static const struct
  {
    const char *name;
    TsnTaskKind kind;
    guint channels;
  } usual[] = {
    { "semseg", TSN_TASK_CLASSES, 0 }, { "human_parts", TSN_TASK_CLASSES, 0 },
    { "edge", TSN_TASK_EDGE, 1 },      { "saliency", TSN_TASK_SALIENCY, 1 },
    { "sal", TSN_TASK_SALIENCY, 1 },   { "normals", TSN_TASK_NORMALS, 3 },
    { "depth", TSN_TASK_DEPTH, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (g_strcmp0 (name, usual[i].name) == 0)
      {
        if (usual[i].channels != 0 ? channels != usual[i].channels
                                   : channels < 2 || channels > TSN_MAX_CLASSES)
          return FALSE;
        *task = tsn_task_new (name, usual[i].kind, channels);
        return TRUE;
      }
  return FALSE;
}
