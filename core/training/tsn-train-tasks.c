#include "core/training/tsn-train-tasks.h"

#include "core/base/tsn-error.h"

#include <string.h>

#define CUSTOM "custom"
#define KIND "kind"
#define TITLE "title"
#define CLASSES "classes"

/* Channels of the kinds that are not classes. */
static guint
count_channels (TsnTaskKind kind)
{
  return kind == TSN_TASK_NORMALS ? 3 : 1;
}

/* Task names become names of folders, files, keys and options. */
static gboolean
is_name (const char *name)
{
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '_' && *c != '-')
      return FALSE;
  return *name != '\0';
}

static TsnTask *
make_classes (GKeyFile *file, const char *group, const char *name, GError **error)
{
  g_auto (GStrv) names = g_key_file_get_string_list (file, group, CLASSES, NULL, NULL);
  guint n = names != NULL ? g_strv_length (names) : 0;

  for (guint i = 0; i < n; i++)
    g_strstrip (names[i]);
  if (n >= 2 && n <= TSN_MAX_CLASSES)
    return tsn_task_new_classes (name, (const char *const *) names);
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
               "“classes” of [%s] should be 2 to %d names with semicolons between them, in the order "
               "of their indices, but there are %u",
               group, TSN_MAX_CLASSES, n);
  return NULL;
}

static TsnTask *
make_task (GKeyFile *file, const char *group, GError **error)
{
  const char *name = group + strlen (TSN_TRAIN_TASK_PREFIX);
  g_autofree char *kind_name = g_key_file_get_string (file, group, KIND, NULL);
  g_autofree char *title = g_key_file_get_string (file, group, TITLE, NULL);
  TsnTask *task = NULL;
  TsnTaskKind kind;

  if (!is_name (name))
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                 "[%s] should name its task with letters, digits, “_” and “-” alone", group);
  else if (kind_name == NULL || !tsn_task_kind_from_name (g_strstrip (kind_name), &kind))
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                 "“kind” of [%s] should be classes, edge, saliency, normals or depth", group);
  else
    task = kind == TSN_TASK_CLASSES ? make_classes (file, group, name, error)
                                    : tsn_task_new (name, kind, count_channels (kind));
  if (task != NULL && title != NULL)
    {
      g_free (task->title);
      task->title = g_steal_pointer (&title);
    }
  return task;
}

/* The tasks that @file defines, in its order. */
static TsnTaskList *
make_custom (GKeyFile *file, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  g_autoptr (GPtrArray) tasks = tsn_task_list_new ();

  for (guint g = 0; groups[g] != NULL; g++)
    if (g_str_has_prefix (groups[g], TSN_TRAIN_TASK_PREFIX))
      {
        TsnTask *task = make_task (file, groups[g], error);

        if (task == NULL)
          return NULL;
        g_ptr_array_add (tasks, task);
      }
  if (tasks->len > 0)
    return g_steal_pointer (&tasks);
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
               "Tasks that are " CUSTOM " need a group [" TSN_TRAIN_TASK_PREFIX "NAME] each");
  return NULL;
}

/* The folder layout numbers NYU's classes from wall on and has no background. */
static TsnTaskList *
make_nyu40 (void)
{
  TsnTaskList *tasks = tsn_task_list_new_nyud ();
  const TsnTask *all = tsn_task_list_get (tasks, 0);
  g_auto (GStrv) names = g_strdupv (all->class_names + 1);

  g_clear_pointer (&names[g_strv_length (names) - 1], g_free); /* "other prop" is ignored */
  g_ptr_array_remove_index (tasks, 0);
  g_ptr_array_insert (tasks, 0, tsn_task_new_classes ("semseg", (const char *const *) names));
  return tasks;
}

static TsnTaskList *
make_profile (const char *name, GKeyFile *file, GError **error)
{
  if (g_str_equal (name, CUSTOM))
    return make_custom (file, error);
  if (g_str_equal (name, "pascal"))
    return tsn_task_list_new_pascal ();
  if (g_str_equal (name, "everyday"))
    return tsn_task_list_new_everyday ();
  if (g_str_equal (name, "nyud"))
    return tsn_task_list_new_nyud ();
  if (g_str_equal (name, "nyu40"))
    return make_nyu40 ();
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
               "There are the tasks of pascal, nyud, nyu40, everyday and " CUSTOM ", not of “%s”",
               name);
  return NULL;
}

/* Those of @all that @names says, in its order. */
static TsnTaskList *
choose (const TsnTaskList *all, const char *names, const char *profile, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (names, ",", 0);
  g_autoptr (GPtrArray) tasks = tsn_task_list_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      int task = tsn_task_list_find (all, g_strstrip (parts[i]));

      if (task < 0 || tsn_task_list_find (tasks, parts[i]) >= 0)
        {
          g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                       "“%s” is not one of %s's tasks, or is named twice", parts[i], profile);
          return NULL;
        }
      g_ptr_array_add (tasks, tsn_task_copy (tsn_task_list_get (all, task)));
    }
  return g_steal_pointer (&tasks);
}

/**
 * tsn_train_tasks_new:
 * @profile: "pascal", "nyud", "nyu40" (without a background, as in the folder layout), "everyday",
 *   or "custom" for those that @file defines in groups "task NAME"; then, after a colon, the names
 *   of some of them, as in "everyday:edge,depth"
 * @file: the config
 * @error: %TSN_ERROR_ARGUMENT
 *
 * Returns: (transfer full) (nullable): the tasks.
 */
TsnTaskList *
tsn_train_tasks_new (const char *profile, GKeyFile *file, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (profile, ":", 2);
  g_autoptr (GPtrArray) all
      = make_profile (parts[0] != NULL ? g_strstrip (parts[0]) : "", file, error);

  if (all == NULL)
    return NULL;
  if (parts[0] == NULL || parts[1] == NULL)
    return g_steal_pointer (&all);
  return choose (all, parts[1], parts[0], error);
}

/**
 * tsn_train_tasks_know_key:
 *
 * Returns: whether a group that defines a task may have the key.
 */
gboolean
tsn_train_tasks_know_key (const char *name)
{
  return g_str_equal (name, KIND) || g_str_equal (name, TITLE) || g_str_equal (name, CLASSES);
}

/* "semseg (21 classes), edge, outline (edge)": what tells one list of tasks from another. */
static char *
describe (const TsnTaskList *tasks)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < tasks->len; i++)
    {
      const TsnTask *task = tsn_task_list_get (tasks, i);
      const char *kind = tsn_task_kind_get_name (task->kind);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", task->name);
      if (task->kind == TSN_TASK_CLASSES)
        g_string_append_printf (text, " (%u classes)", task->channels);
      else if (!g_str_equal (task->name, kind))
        g_string_append_printf (text, " (%s)", kind);
    }
  return g_string_free (text, FALSE);
}

/**
 * tsn_train_tasks_check_same:
 * @before: tasks of weights that there are
 * @now: tasks of the network that is to have them
 * @error: %TSN_ERROR_MODEL, as the end of a sentence that speaks of the weights
 *
 * Weights go by the order of the tasks, not by their names.
 */
gboolean
tsn_train_tasks_check_same (const TsnTaskList *before, const TsnTaskList *now, GError **error)
{
  g_autofree char *old = describe (before), *new = describe (now);

  if (g_str_equal (old, new))
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_MODEL,
               "its tasks are %s, but those of the config are %s", old, new);
  return FALSE;
}
