#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>

/* Names come from model files.  Those that most models use are listed here, so that they can be
 * translated; any other name is shown as it is. */
G_GNUC_UNUSED static const char *const known_titles[] = {
  N_ ("Semantic segmentation"), N_ ("Human parts"), N_ ("Edges"), N_ ("Saliency"),
  N_ ("Surface normals"),       N_ ("Depth"),
};

G_GNUC_UNUSED static const char *const known_classes[] = {
  NC_ ("class", "background"),
  NC_ ("class", "aeroplane"),
  NC_ ("class", "bicycle"),
  NC_ ("class", "bird"),
  NC_ ("class", "boat"),
  NC_ ("class", "bottle"),
  NC_ ("class", "bus"),
  NC_ ("class", "car"),
  NC_ ("class", "cat"),
  NC_ ("class", "chair"),
  NC_ ("class", "cow"),
  NC_ ("class", "diningtable"),
  NC_ ("class", "dining table"),
  NC_ ("class", "dog"),
  NC_ ("class", "horse"),
  NC_ ("class", "motorbike"),
  NC_ ("class", "person"),
  NC_ ("class", "pottedplant"),
  NC_ ("class", "potted plant"),
  NC_ ("class", "sheep"),
  NC_ ("class", "sofa"),
  NC_ ("class", "train"),
  NC_ ("class", "tvmonitor"),
  NC_ ("class", "tv monitor"),
  NC_ ("class", "head"),
  NC_ ("class", "torso"),
  NC_ ("class", "arms"),
  NC_ ("class", "lower body"),
  NC_ ("class", "legs"),
  NC_ ("class", "feet"),
  NC_ ("class", "upper arms"),
  NC_ ("class", "lower arms"),
  NC_ ("class", "upper legs"),
  NC_ ("class", "lower legs"),
  NC_ ("class", "wall"),
  NC_ ("class", "floor"),
  NC_ ("class", "cabinet"),
  NC_ ("class", "bed"),
  NC_ ("class", "table"),
  NC_ ("class", "door"),
  NC_ ("class", "window"),
  NC_ ("class", "bookshelf"),
  NC_ ("class", "picture"),
  NC_ ("class", "counter"),
  NC_ ("class", "blinds"),
  NC_ ("class", "desk"),
  NC_ ("class", "shelves"),
  NC_ ("class", "curtain"),
  NC_ ("class", "dresser"),
  NC_ ("class", "pillow"),
  NC_ ("class", "mirror"),
  NC_ ("class", "ceiling"),
  NC_ ("class", "books"),
  NC_ ("class", "television"),
  NC_ ("class", "lamp"),
  NC_ ("class", "box"),
  NC_ ("class", "floor mat"),
  NC_ ("class", "clothes"),
  NC_ ("class", "refrigerator"),
  NC_ ("class", "paper"),
  NC_ ("class", "towel"),
  NC_ ("class", "shower curtain"),
  NC_ ("class", "whiteboard"),
  NC_ ("class", "night stand"),
  NC_ ("class", "toilet"),
  NC_ ("class", "sink"),
  NC_ ("class", "bathtub"),
  NC_ ("class", "bag"),
  NC_ ("class", "other structure"),
  NC_ ("class", "other furniture"),
  NC_ ("class", "other prop"),
};

/**
 * tsn_task_text_title:
 *
 * Returns: (transfer none): the task's title, translated if it is a known one.
 */
const char *
tsn_task_text_title (const TsnTask *task)
{
  const char *title = task->title != NULL ? task->title : task->name;

  return *title != '\0' ? _ (title) : title;
}

/**
 * tsn_task_text_explanation:
 *
 * Returns: (transfer none): a sentence about what such a task predicts.
 */
const char *
tsn_task_text_explanation (TsnTaskKind kind)
{
  switch (kind)
    {
    case TSN_TASK_CLASSES:
      return _ ("The class of every pixel");
    case TSN_TASK_EDGE:
      return _ ("How likely every pixel is on the border of something");
    case TSN_TASK_SALIENCY:
      return _ ("How likely every pixel belongs to what draws the eye");
    case TSN_TASK_NORMALS:
      return _ ("The direction that the surface at every pixel faces");
    case TSN_TASK_DEPTH:
    default:
      return _ ("How far away every pixel is");
    }
}

/**
 * tsn_task_text_class:
 *
 * Returns: (transfer none): the name of a class, translated if it is a known one.
 */
const char *
tsn_task_text_class (const TsnTask *task, guint class_index)
{
  const char *name = "";

  if (task->class_names != NULL && class_index < task->channels)
    name = task->class_names[class_index];
  return *name != '\0' ? g_dpgettext2 (NULL, "class", name) : name;
}

/**
 * tsn_task_text_percent:
 * @share: between 0 and 1
 *
 * Returns: (transfer full): the share in per cent, with a decimal below ten.
 */
char *
tsn_task_text_percent (double share)
{
  double percent = 100 * share;

  /* What is nearly everything is not all of it. */
  return g_strdup_printf (
      percent < 9.95 || (percent > 99 && percent < 99.95) ? "%.1f %%" : "%.0f %%", percent);
}
