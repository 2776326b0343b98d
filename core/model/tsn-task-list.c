#include "core/model/tsn-task-list.h"

static const char *const voc_classes[]
    = { "background", "aeroplane", "bicycle",   "bird",   "boat",        "bottle",
        "bus",        "car",       "cat",       "chair",  "cow",         "diningtable",
        "dog",        "horse",     "motorbike", "person", "pottedplant", "sheep",
        "sofa",       "train",     "tvmonitor", NULL };

static const char *const nyu_classes[] = { "background",
                                           "wall",
                                           "floor",
                                           "cabinet",
                                           "bed",
                                           "chair",
                                           "sofa",
                                           "table",
                                           "door",
                                           "window",
                                           "bookshelf",
                                           "picture",
                                           "counter",
                                           "blinds",
                                           "desk",
                                           "shelves",
                                           "curtain",
                                           "dresser",
                                           "pillow",
                                           "mirror",
                                           "floor mat",
                                           "clothes",
                                           "ceiling",
                                           "books",
                                           "refrigerator",
                                           "television",
                                           "paper",
                                           "towel",
                                           "shower curtain",
                                           "box",
                                           "whiteboard",
                                           "person",
                                           "night stand",
                                           "toilet",
                                           "sink",
                                           "lamp",
                                           "bathtub",
                                           "bag",
                                           "other structure",
                                           "other furniture",
                                           "other prop",
                                           NULL };

static const char *const pascal_parts[] = { "background", "head",       "torso",      "upper arms",
                                            "lower arms", "upper legs", "lower legs", NULL };

static const char *const everyday_parts[]
    = { "background", "head", "torso", "arms", "lower body", "legs", "feet", NULL };

TsnTaskList *
tsn_task_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_task_free);
}

/**
 * tsn_task_list_new_pascal:
 *
 * Returns: (transfer full): the five PASCAL-Context tasks in the paper's order.
 */
TsnTaskList *
tsn_task_list_new_pascal (void)
{
  TsnTaskList *list = tsn_task_list_new ();

  g_ptr_array_add (list, tsn_task_new_classes ("semseg", voc_classes));
  g_ptr_array_add (list, tsn_task_new_classes ("human_parts", pascal_parts));
  g_ptr_array_add (list, tsn_task_new ("edge", TSN_TASK_EDGE, 1));
  g_ptr_array_add (list, tsn_task_new ("normals", TSN_TASK_NORMALS, 3));
  g_ptr_array_add (list, tsn_task_new ("saliency", TSN_TASK_SALIENCY, 1));
  return list;
}

/**
 * tsn_task_list_new_nyud:
 *
 * Returns: (transfer full): the four NYUD tasks in the paper's order.
 */
TsnTaskList *
tsn_task_list_new_nyud (void)
{
  TsnTaskList *list = tsn_task_list_new ();

  g_ptr_array_add (list, tsn_task_new_classes ("semseg", nyu_classes));
  g_ptr_array_add (list, tsn_task_new ("edge", TSN_TASK_EDGE, 1));
  g_ptr_array_add (list, tsn_task_new ("normals", TSN_TASK_NORMALS, 3));
  g_ptr_array_add (list, tsn_task_new ("depth", TSN_TASK_DEPTH, 1));
  return list;
}

/**
 * tsn_task_list_new_everyday:
 *
 * Returns: (transfer full): the six tasks of the models that come with the program.
 */
TsnTaskList *
tsn_task_list_new_everyday (void)
{
  TsnTaskList *list = tsn_task_list_new ();

  g_ptr_array_add (list, tsn_task_new_classes ("semseg", voc_classes));
  g_ptr_array_add (list, tsn_task_new_classes ("human_parts", everyday_parts));
  g_ptr_array_add (list, tsn_task_new ("edge", TSN_TASK_EDGE, 1));
  g_ptr_array_add (list, tsn_task_new ("saliency", TSN_TASK_SALIENCY, 1));
  g_ptr_array_add (list, tsn_task_new ("normals", TSN_TASK_NORMALS, 3));
  g_ptr_array_add (list, tsn_task_new ("depth", TSN_TASK_DEPTH, 1));
  return list;
}

const TsnTask *
tsn_task_list_get (const TsnTaskList *list, guint index)
{
  return g_ptr_array_index ((GPtrArray *) list, index);
}

/**
 * tsn_task_list_find:
 *
 * Returns: the index of the task called @name, or -1.
 */
int
tsn_task_list_find (const TsnTaskList *list, const char *name)
{
  for (guint i = 0; i < list->len; i++)
    if (g_strcmp0 (tsn_task_list_get (list, i)->name, name) == 0)
      return i;
  return -1;
}

/**
 * tsn_task_list_max_channels:
 *
 * Returns: the channels of the widest task, which the head has; 0 for an empty list.
 */
guint
tsn_task_list_max_channels (const TsnTaskList *list)
{
  guint max = 0;

  for (guint i = 0; i < list->len; i++)
    max = MAX (max, tsn_task_list_get (list, i)->channels);
  return max;
}

/**
 * tsn_task_list_names:
 *
 * Returns: (transfer full): "semseg, edge, depth", for messages.
 */
char *
tsn_task_list_names (const TsnTaskList *list)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (names, "%s%s", i == 0 ? "" : ", ", tsn_task_list_get (list, i)->name);
  return g_string_free (names, FALSE);
}
