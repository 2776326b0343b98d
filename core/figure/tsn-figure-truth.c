#include "core/figure/tsn-figure-truth.h"

#include "core/evaluation/tsn-class-match.h"
#include "core/figure/tsn-colour-map.h"

#include <string.h>

/* Where there is no label: the colour of paper. */
#define NO_LABEL 255

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

static float
edge_share (const TsnBoundaryTruth *boundaries, guint x, guint y)
{
  guint n = 0;

  for (guint a = 0; a < boundaries->n_annotators; a++)
    n += tsn_bitmap_get (boundaries->annotators[a], x, y);
  return n / (float) boundaries->n_annotators;
}

static void
render_classes (const TsnTruth *truth,
                const TsnTask *task,
                const TsnRenderOptions *options,
                guint8 *rgb)
{
  size_t n = truth->valid->dim[2] * truth->valid->dim[3];
  g_autofree guint8 *classes = g_malloc (n);

  for (size_t i = 0; i < n; i++)
    classes[i] = truth->valid->data[i] != 0 ? truth->label->data[i] : 0;
  tsn_render_classes (task, options, classes, truth->valid->dim[3], truth->valid->dim[2], rgb);
}

static void
colour_value (const TsnTruth *truth,
              const TsnTask *task,
              const TsnRenderOptions *options,
              size_t i,
              guint8 *rgb)
{
  const float *label = truth->label->data;
  size_t plane = truth->valid->dim[2] * truth->valid->dim[3];
  float span = options->high > options->low ? options->high - options->low : 1;

  if (task->kind == TSN_TASK_NORMALS)
    tsn_colour_map_normal ((const float[]){ label[i], label[plane + i], label[2 * plane + i] },
                           rgb);
  else if (task->kind == TSN_TASK_DEPTH)
    tsn_colour_map_look_up (TSN_COLOUR_MAP_VIRIDIS, 1 - (label[i] - options->low) / span, rgb);
  else
    tsn_colour_map_look_up (TSN_COLOUR_MAP_GREY, label[i], rgb);
}

static void
render_label (const TsnTruth *truth,
              const TsnTask *task,
              const TsnRenderOptions *options,
              guint8 *rgb)
{
  size_t n = truth->valid->dim[2] * truth->valid->dim[3];

  if (task->kind == TSN_TASK_CLASSES)
    render_classes (truth, task, options, rgb);
  for (size_t i = 0; i < n; i++)
    if (truth->valid->data[i] == 0)
      memset (rgb + 3 * i, NO_LABEL, 3);
    else if (task->kind != TSN_TASK_CLASSES)
      colour_value (truth, task, options, i, rgb + 3 * i);
}

static void
render_boundaries (const TsnBoundaryTruth *boundaries, guint8 *rgb)
{
  for (guint y = 0; y < boundaries->height; y++)
    for (guint x = 0; x < boundaries->width; x++, rgb += 3)
      tsn_colour_map_look_up (TSN_COLOUR_MAP_GREY, edge_share (boundaries, x, y), rgb);
}

/**
 * tsn_figure_truth_render:
 * @options: the range of depth, and how classes are drawn
 *
 * Draws a label in the colours of tsn_render(); white where there is none.
 *
 * Returns: (transfer full): 3 x width x height bytes, RGB, rows from the top.
 */
guint8 *
tsn_figure_truth_render (const TsnGroundTruth *truth,
                         const TsnTask *task,
                         const TsnRenderOptions *options)
{
  guint8 *rgb = g_malloc_n (3 * (size_t) truth->width, truth->height);

  if (truth->boundaries != NULL)
    render_boundaries (truth->boundaries, rgb);
  else
    render_label (truth->label, task, options, rgb);
  return rgb;
}
