#include "core/evaluation/tsn-class-match.h"

#include "core/base/tsn-error.h"
#include "core/data/tsn-class-census.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAMES_FILE "classes.txt"

/* The number of classes that a layout fixes. */
static const struct
{
  const char *layout;
  const char *task;
  guint classes;
} fixed[] = {
  { "pascal", "semseg", 21 },
  { "pascal", "human_parts", 7 },
  { "nyud", "semseg", 41 },
};

static gboolean
check_count (const TsnDataset *dataset, const TsnTask *task, guint classes, GError **error)
{
  if (classes == task->channels)
    return TRUE;
  g_set_error (
      error, TSN_ERROR, TSN_ERROR_ARGUMENT,
      _ ("The labels of the task %s in '%s' have %u classes, but %u are predicted, so they "
         "cannot be compared"),
      task->name, tsn_dataset_get_root (dataset), classes, task->channels);
  return FALSE;
}

static gboolean
check_layout (const TsnDataset *dataset, const TsnTask *task, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    if (g_str_equal (tsn_dataset_get_layout (dataset)->name, fixed[i].layout)
        && g_str_equal (task->name, fixed[i].task))
      return check_count (dataset, task, fixed[i].classes, error);
  return TRUE;
}

static char **
read_names (const TsnDataset *dataset, const TsnTask *task)
{
  g_autofree char *path
      = g_build_filename (tsn_dataset_get_root (dataset), task->name, NAMES_FILE, NULL);
  g_autofree char *text = NULL;
  char **names;

  if (!g_file_get_contents (path, &text, NULL, NULL) || !g_utf8_validate (text, -1, NULL))
    return NULL;
  names = g_strsplit (g_strstrip (text), "\n", -1);
  for (guint i = 0; names[i] != NULL; i++)
    g_strstrip (names[i]);
  return names;
}

/* The folder layout may say what its classes are called, one a line. */
static gboolean
check_names (const TsnDataset *dataset, const TsnTask *task, GError **error)
{
  g_auto (GStrv) names = read_names (dataset, task);

  if (names == NULL)
    return TRUE;
  if (!check_count (dataset, task, g_strv_length (names), error))
    return FALSE;
  for (guint c = 0; task->class_names != NULL && c < task->channels; c++)
    if (g_ascii_strcasecmp (names[c], task->class_names[c]) != 0)
      {
        g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                     _ ("Class %u of the task %s is '%s' in '%s', but '%s' is predicted, so they "
                        "cannot be compared"),
                     c, task->name, names[c], tsn_dataset_get_root (dataset), task->class_names[c]);
        return FALSE;
      }
  return TRUE;
}

/* Without names, a class beyond the model's is the only sign. */
static gboolean
check_labels (const TsnDataset *dataset,
              const TsnTask *task,
              const guint *photos,
              guint n_photos,
              GError **error)
{
  g_autoptr (TsnTask) any = tsn_task_new (task->name, TSN_TASK_CLASSES, TSN_MAX_CLASSES);
  guint highest = 0;

  for (guint i = 0; i < n_photos; i++)
    {
      TsnClassSet set;

      if (!tsn_class_census_read (dataset, photos[i], any, &set, error))
        return FALSE;
      for (guint c = 0; c < TSN_MAX_CLASSES; c++)
        highest = tsn_class_set_has (&set, c) ? MAX (highest, c) : highest;
    }
  if (highest < task->channels)
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
               _ ("The labels of the task %s in '%s' go up to class %u, but %u classes are "
                  "predicted, so they cannot be compared"),
               task->name, tsn_dataset_get_root (dataset), highest, task->channels);
  return FALSE;
}

/**
 * tsn_class_match_check:
 * @task: a task of the model, of kind %TSN_TASK_CLASSES
 * @photos: (array length=n_photos): the photos of the data set that are to be judged and have a
 *   label for @task
 * @error: %TSN_ERROR_ARGUMENT when the classes are others; %TSN_ERROR_IO or %TSN_ERROR_FORMAT when
 *   a label is broken
 *
 * Compares the number of classes where the layout fixes it; number and names where the folder of
 * the labels has a file classes.txt with one name a line; and looks in all labels for classes that
 * the model does not know.
 *
 * Returns: whether the labels can judge the model.
 */
gboolean
tsn_class_match_check (const TsnDataset *dataset,
                       const TsnTask *task,
                       const guint *photos,
                       guint n_photos,
                       GError **error)
{
  return check_layout (dataset, task, error) && check_names (dataset, task, error)
         && check_labels (dataset, task, photos, n_photos, error);
}
