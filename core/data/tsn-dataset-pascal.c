/* PASCAL_MT: five tasks on the photos of PASCAL-Context. */
#include "core/base/tsn-error.h"
#include "core/data/tsn-dataset-layout.h"
#include "core/data/tsn-pascal-context.h"
#include "core/data/tsn-pascal-parts.h"

static const char *const folders[] = { "JPEGImages", "ImageSets/Context", NULL };

#define CONTEXT_FOLDER "pascal-context/trainval"

/* A task, and where its labels are; semantic segmentation has a second choice. */
static const TsnDatasetPlace places[] = {
  { "semseg", "semseg/VOC12", ".png" },     { "semseg", "semseg/pascal-context", ".png" },
  { "human_parts", "human_parts", ".mat" }, { "edge", CONTEXT_FOLDER, ".mat" },
  { "normals", "normals_distill", ".png" }, { "saliency", "sal_distill", ".png" },
};

static char *
get_split_path (const char *root, const char *split)
{
  return tsn_dataset_file (root, "ImageSets/Context", split, ".txt");
}

static char *
get_photo_path (const char *root, const char *id)
{
  return tsn_dataset_file (root, "JPEGImages", id, ".jpg");
}

static char *
get_label_path (const char *root, const char *task, const char *id)
{
  g_autofree char *path = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (task, places[i].task))
      {
        g_free (path);
        path = tsn_dataset_file (root, places[i].folder, id, places[i].suffix);
        if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
          break;
      }
  return g_steal_pointer (&path);
}

static TsnTruth *
read_normals (
    const char *root, const TsnTask *task, const char *id, const char *path, GError **error)
{
  g_autoptr (TsnTruth) truth = tsn_truth_load (task, path, error);
  g_autofree char *classes = tsn_dataset_file (root, CONTEXT_FOLDER, id, ".mat");

  if (truth == NULL || !tsn_pascal_context_mask_normals (truth, classes, error))
    return NULL;
  return g_steal_pointer (&truth);
}

static TsnTruth *
read_label (const char *root, const TsnTask *task, const char *id, const char *path, GError **error)
{
  if (g_str_equal (task->name, "human_parts"))
    return tsn_pascal_parts_load (path, task->channels, error);
  switch (task->kind)
    {
    case TSN_TASK_EDGE:
      return tsn_pascal_context_load_edges (path, error);
    case TSN_TASK_NORMALS:
      return read_normals (root, task, id, path, error);
    default:
      return tsn_truth_load (task, path, error);
    }
}

static GStrv
list_tasks (const char *root)
{
  return tsn_dataset_list_places (root, places, G_N_ELEMENTS (places));
}

const TsnDatasetLayout tsn_dataset_layout_pascal = {
  .name = "pascal",
  .folders = folders,
  .complete = TRUE,
  .get_split_path = get_split_path,
  .get_photo_path = get_photo_path,
  .get_label_path = get_label_path,
  .read_label = read_label,
  .list_tasks = list_tasks,
};
