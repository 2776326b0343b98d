#include "core/figure/tsn-figure-truth.h"

#include "core/evaluation/tsn-class-match.h"

#include <string.h>

/* How many photos of a data set say whether its classes are a task's. */
#define N_WITNESSES 12

/**
 * tsn_figure_truths_new:
 *
 * Returns: (transfer full): to be freed with g_ptr_array_unref().
 */
TsnFigureTruths *
tsn_figure_truths_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_dataset_unref);
}

/* Opens every split of the data set at a folder, if it is one. */
static void
open_splits (TsnFigureTruths *truths, const char *root)
{
  g_auto (GStrv) splits = NULL;

  for (guint i = 0; i < truths->len; i++)
    if (g_str_equal (tsn_dataset_get_root (g_ptr_array_index (truths, i)), root))
      return;
  splits = tsn_dataset_list_splits (root);
  for (guint i = 0; splits != NULL && splits[i] != NULL; i++)
    {
      TsnDataset *dataset = tsn_dataset_open (root, NULL, splits[i], NULL);

      if (dataset != NULL)
        g_ptr_array_add (truths, dataset);
    }
}

static gboolean
find_photo (const TsnDataset *dataset, const char *id, guint *index)
{
  for (guint i = 0; i < tsn_dataset_get_length (dataset); i++)
    if (g_str_equal (tsn_dataset_get_id (dataset, i), id))
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

/* One photo may happen to show only classes whose numbers the task has, too: some of its
 * neighbours are asked as well. */
static gboolean
has_same_classes (const TsnDataset *dataset, const TsnTask *task, guint index)
{
  guint photos[1 + N_WITNESSES] = { index };
  guint length = tsn_dataset_get_length (dataset), n = 1;

  for (guint i = 0; i < N_WITNESSES; i++)
    {
      guint witness = (guint64) i * length / N_WITNESSES;

      if (tsn_ground_truth_exists (dataset, witness, task))
        photos[n++] = witness;
    }
  return tsn_class_match_check (dataset, task, photos, n, NULL);
}

static TsnGroundTruth *
load (const TsnDataset *dataset, const char *photo, const char *id, const TsnTask *task)
{
  g_autofree char *path = NULL;
  guint index;

  if (!find_photo (dataset, id, &index))
    return NULL;
  path = tsn_dataset_get_photo_path (dataset, index);
  if (!g_str_equal (path, photo) || !tsn_ground_truth_exists (dataset, index, task))
    return NULL;
  if (task->kind == TSN_TASK_CLASSES && !has_same_classes (dataset, task, index))
    return NULL;
  return tsn_ground_truth_load (dataset, index, task, NULL);
}

/**
 * tsn_figure_truths_find:
 * @photo: absolute path
 * @task: a task of a model
 *
 * Looks for the label of a photo that is listed in a data set of a known layout, such as
 * NAME/images/ID.jpg.  Labels whose classes are not those of the task are none.
 *
 * Returns: (transfer full) (nullable): the label.
 */
TsnGroundTruth *
tsn_figure_truths_find (TsnFigureTruths *truths, const char *photo, const TsnTask *task)
{
  g_autofree char *folder = g_path_get_dirname (photo);
  g_autofree char *root = g_path_get_dirname (folder);
  g_autofree char *name = g_path_get_basename (photo);
  char *dot = strrchr (name, '.');

  if (dot == NULL)
    return NULL;
  *dot = '\0';
  if (tsn_dataset_layout_detect (root) == NULL)
    return NULL;
  open_splits (truths, root);
  for (guint i = 0; i < truths->len; i++)
    {
      TsnDataset *dataset = g_ptr_array_index (truths, i);
      TsnGroundTruth *truth;

      if (!g_str_equal (tsn_dataset_get_root (dataset), root))
        continue;
      truth = load (dataset, photo, name, task);
      if (truth != NULL)
        return truth;
    }
  return NULL;
}

/**
 * tsn_figure_truth_get_range:
 * @truth: of depth
 * @low: (inout): lowered to the nearest metres
 * @high: (inout): raised to the farthest
 */
void
tsn_figure_truth_get_range (const TsnGroundTruth *truth, float *low, float *high)
{
  size_t n = (size_t) truth->width * truth->height;

  for (size_t i = 0; i < n; i++)
    if (truth->label->valid->data[i] != 0)
      {
        *low = MIN (*low, truth->label->label->data[i]);
        *high = MAX (*high, truth->label->label->data[i]);
      }
}

/**
 * tsn_figure_truth_count_classes:
 * @truth: of classes
 * @shares: (inout) (array): of each class of the task; raised to its share of the pixels
 */
void
tsn_figure_truth_count_classes (const TsnGroundTruth *truth, const TsnTask *task, float *shares)
{
  g_autofree size_t *counts = g_new0 (size_t, task->channels);
  size_t n = (size_t) truth->width * truth->height;

  for (size_t i = 0; i < n; i++)
    if (truth->label->valid->data[i] != 0)
      counts[(guint) truth->label->label->data[i]]++;
  for (guint c = 0; c < task->channels; c++)
    shares[c] = MAX (shares[c], counts[c] / (float) n);
}
