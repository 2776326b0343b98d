/* NYUD_MT: segmentation and depth in MATLAB files, edges and normals in pictures. */
#include "core/base/tsn-error.h"
#include "core/data/tsn-batch.h"
#include "core/data/tsn-dataset-layout.h"
#include "core/data/tsn-mat.h"

#include <math.h>

static const char *const folders[] = { "images", "gt_sets", NULL };

/* A task, and where its labels are. */
static const TsnDatasetPlace places[] = {
  { "semseg", "segmentation", ".mat" },
  { "edge", "edge", ".png" },
  { "normals", "normals", ".jpg" },
  { "depth", "depth", ".mat" },
};

static char *
get_split_path (const char *root, const char *split)
{
  return tsn_dataset_file (root, "gt_sets", split, ".txt");
}

static char *
get_photo_path (const char *root, const char *id)
{
  return tsn_dataset_file (root, "images", id, ".jpg");
}

static char *
get_label_path (const char *root, const char *task, const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (task, places[i].task))
      return tsn_dataset_file (root, places[i].folder, id, places[i].suffix);
  return NULL;
}

static TsnTruth *
read_segmentation (const TsnTask *task, const char *path, GError **error)
{
  g_autoptr (TsnMatrix) matrix = tsn_matrix_load (path, "segmentation", error);
  g_autoptr (TsnLabel) label = NULL;
  size_t n;

  if (matrix == NULL)
    return NULL;
  n = (size_t)matrix->width * matrix->height;
  label = g_new (TsnLabel, 1);
  *label = (TsnLabel){ matrix->width, matrix->height, 16, g_new (guint16, n) };
  for (size_t i = 0; i < n; i++)
    /* Fractions and negative numbers are no classes; 65535 is out of every range. */
    label->values[i] = matrix->values[i] >= 0 && matrix->values[i] < G_MAXUINT16
                               && matrix->values[i] == floorf (matrix->values[i])
                           ? (guint16)matrix->values[i]
                           : G_MAXUINT16;
  return tsn_truth_from_classes (label, task->channels, path, error);
}

static TsnTruth *
read_depth (const char *path, GError **error)
{
  g_autoptr (TsnMatrix) matrix = tsn_matrix_load (path, "depth", error);
  TsnTruth *truth;
  size_t n;

  if (matrix == NULL)
    return NULL;
  truth = tsn_truth_new (TSN_TASK_DEPTH, matrix->width, matrix->height);
  n = (size_t)matrix->width * matrix->height;
  for (size_t i = 0; i < n; i++)
    if (isfinite (matrix->values[i]) && matrix->values[i] > 0)
      {
        truth->label->data[i] = matrix->values[i];
        truth->valid->data[i] = 1;
      }
  return truth;
}

static TsnTruth *
read_label (const char *root, const TsnTask *task, const char *id, const char *path, GError **error)
{
  switch (task->kind)
    {
    case TSN_TASK_CLASSES:
      return read_segmentation (task, path, error);
    case TSN_TASK_DEPTH:
      return read_depth (path, error);
    default:
      return tsn_truth_load (task, path, error);
    }
}

static GStrv
list_tasks (const char *root)
{
  return tsn_dataset_list_places (root, places, G_N_ELEMENTS (places));
}

const TsnDatasetLayout tsn_dataset_layout_nyud = {
  .name = "nyud",
  .folders = folders,
  .complete = TRUE,
  .get_split_path = get_split_path,
  .get_photo_path = get_photo_path,
  .get_label_path = get_label_path,
  .read_label = read_label,
  .list_tasks = list_tasks,
};
