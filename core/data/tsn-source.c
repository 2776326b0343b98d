#include "core/data/tsn-source.h"

#include "core/base/tsn-error.h"
#include "core/data/tsn-class-census.h"

/* The class of people among the 21 of PASCAL VOC. */
#define VOC_PERSON 15
#define VOC_CLASSES 21

struct _TsnSource
{
  gatomicrefcount ref_count;
  TsnDataset *dataset;
  const TsnTask *task;
  TsnSourceOptions options;
  GArray *photos;     /* of guint: numbers in the data set */
  double *cumulative; /* (nullable): of the weights of balanced drawing */
};

/**
 * tsn_source_options_init:
 *
 * Weight 1, every photo as often as any other, labels as they are.
 */
void
tsn_source_options_init (TsnSourceOptions *options)
{
  *options = (TsnSourceOptions){ .weight = 1 };
}

static gboolean
check_options (const TsnTask *task, const TsnSourceOptions *options, GError **error)
{
  if (!(options->weight > 0 && options->weight <= 1e6))
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                 "The weight of a data set should be above 0, but it is %g.", options->weight);
  else if ((options->balance || options->nobody) && task->kind != TSN_TASK_CLASSES)
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                 "Only a task of classes can be balanced or shown nobody, but %s is one of %s.",
                 task->name, tsn_task_kind_get_name (task->kind));
  else
    return TRUE;
  return FALSE;
}

static void
find_labelled (TsnSource *source)
{
  guint n = tsn_dataset_get_length (source->dataset);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = tsn_dataset_get_label_path (source->dataset, i, source->task->name);

      if (path != NULL)
        g_array_append_val (source->photos, i);
    }
}

static gboolean
find_nobody (TsnSource *source, GError **error)
{
  g_autoptr (TsnTask) semseg = tsn_task_new ("semseg", TSN_TASK_CLASSES, VOC_CLASSES);
  guint n = tsn_dataset_get_length (source->dataset);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = tsn_dataset_get_label_path (source->dataset, i, semseg->name);
      TsnClassSet set;

      if (path == NULL)
        continue;
      if (!tsn_class_census_read (source->dataset, i, semseg, &set, error))
        return FALSE;
      if (!tsn_class_set_has (&set, VOC_PERSON))
        g_array_append_val (source->photos, i);
    }
  return TRUE;
}

static gboolean
balance (TsnSource *source, GError **error)
{
  guint n = source->photos->len;
  g_autofree TsnClassSet *sets = g_new (TsnClassSet, n);
  double sum = 0;

  for (guint i = 0; i < n; i++)
    if (!tsn_class_census_read (source->dataset, g_array_index (source->photos, guint, i),
                                source->task, &sets[i], error))
      return FALSE;
  source->cumulative = g_new (double, n);
  tsn_class_census_weigh (sets, n, source->cumulative);
  for (guint i = 0; i < n; i++)
    source->cumulative[i] = sum += source->cumulative[i];
  return TRUE;
}

static gboolean
find_photos (TsnSource *source, GError **error)
{
  if (!source->options.nobody)
    find_labelled (source);
  else if (!find_nobody (source, error))
    return FALSE;
  if (source->photos->len > 0)
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
               "The data set “%s” should have labels for the task %s in its split %s, but it has "
               "none.",
               tsn_dataset_get_root (source->dataset), source->task->name,
               tsn_dataset_get_split (source->dataset));
  return FALSE;
}

/**
 * tsn_source_new:
 * @task: what is taught; must outlive the source
 * @options: how
 * @error: set when no photo has a label for @task, or a label that had to be read is broken
 *
 * Finds the photos; for @balance and @nobody reads all labels of classes once, a few seconds for
 * some thousand photos.
 *
 * Returns: (transfer full): the source, or %NULL.
 */
TsnSource *
tsn_source_new (TsnDataset *dataset,
                const TsnTask *task,
                const TsnSourceOptions *options,
                GError **error)
{
  g_autoptr (TsnSource) source = NULL;

  if (!check_options (task, options, error))
    return NULL;
  source = g_new0 (TsnSource, 1);
  g_atomic_ref_count_init (&source->ref_count);
  source->dataset = tsn_dataset_ref (dataset);
  source->task = task;
  source->options = *options;
  source->photos = g_array_new (FALSE, FALSE, sizeof (guint));
  /* Photos that show nobody all have the same class: there is nothing to balance. */
  if (!find_photos (source, error)
      || (options->balance && !options->nobody && !balance (source, error)))
    return NULL;
  return g_steal_pointer (&source);
}

TsnSource *
tsn_source_ref (TsnSource *source)
{
  g_atomic_ref_count_inc (&source->ref_count);
  return source;
}

void
tsn_source_unref (TsnSource *source)
{
  if (!g_atomic_ref_count_dec (&source->ref_count))
    return;
  tsn_dataset_unref (source->dataset);
  g_array_unref (source->photos);
  g_free (source->cumulative);
  g_free (source);
}

const TsnTask *
tsn_source_get_task (const TsnSource *source)
{
  return source->task;
}

const TsnDataset *
tsn_source_get_dataset (const TsnSource *source)
{
  return source->dataset;
}

guint
tsn_source_get_length (const TsnSource *source)
{
  return source->photos->len;
}

double
tsn_source_get_weight (const TsnSource *source)
{
  return source->options.weight;
}

gboolean
tsn_source_is_balanced (const TsnSource *source)
{
  return source->cumulative != NULL;
}

/**
 * tsn_source_draw_balanced:
 * @source: a balanced source
 *
 * Returns: the number of a photo, drawn with the weights of tsn_class_census_weigh().
 */
guint
tsn_source_draw_balanced (const TsnSource *source, TsnRandom *random)
{
  guint low = 0, high = source->photos->len - 1;
  double at = tsn_random_uniform (random) * source->cumulative[high];

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (source->cumulative[middle] > at)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

static guint
get_photo (const TsnSource *source, guint index)
{
  return g_array_index (source->photos, guint, index);
}

char *
tsn_source_get_photo_path (const TsnSource *source, guint index)
{
  g_return_val_if_fail (index < source->photos->len, NULL);

  return tsn_dataset_get_photo_path (source->dataset, get_photo (source, index));
}

static TsnTruth *
make_background (const TsnImage *photo)
{
  TsnTruth *truth = tsn_truth_new (TSN_TASK_CLASSES, photo->width, photo->height);
  size_t n = tsn_tensor_length (truth->valid);

  for (size_t i = 0; i < n; i++)
    truth->valid->data[i] = 1;
  return truth;
}

/**
 * tsn_source_load:
 * @index: below tsn_source_get_length()
 * @photo: (out) (transfer full): the photo
 * @truth: (out) (transfer full): its label, of the photo's size
 * @error: as by tsn_dataset_load()
 */
gboolean
tsn_source_load (
    const TsnSource *source, guint index, TsnImage **photo, TsnTruth **truth, GError **error)
{
  g_return_val_if_fail (index < source->photos->len, FALSE);

  if (!source->options.nobody)
    return tsn_dataset_load (source->dataset, get_photo (source, index), source->task, photo, truth,
                             error);
  *photo = tsn_dataset_load_photo (source->dataset, get_photo (source, index), error);
  if (*photo == NULL)
    return FALSE;
  *truth = make_background (*photo);
  return TRUE;
}

/**
 * tsn_source_load_row:
 * @augment: what augmentation may do
 * @random: (inout): where its numbers come from
 * @row: (inout): is filled with a crop of the photo and its label
 * @error: as by tsn_dataset_load()
 */
gboolean
tsn_source_load_row (const TsnSource *source,
                     guint index,
                     const TsnAugmentOptions *augment,
                     TsnRandom *random,
                     TsnBatchRow *row,
                     GError **error)
{
  g_autoptr (TsnImage) photo = NULL;
  g_autoptr (TsnTruth) truth = NULL;
  TsnAugmentation augmentation;

  if (!tsn_source_load (source, index, &photo, &truth, error))
    return FALSE;
  tsn_augment_draw (augment, photo, row, random, &augmentation);
  tsn_augment_apply (&augmentation, photo, truth, source->task->kind, random, row);
  return TRUE;
}

/**
 * tsn_source_load_batch:
 * @first: number of the first photo
 * @n: how many, at least 1
 * @height: of the crops
 * @width: of the crops
 * @error: as by tsn_dataset_load()
 *
 * For validation: photos one after the other, the largest crop from the middle of each, nothing
 * changed.
 *
 * Returns: (transfer full): a batch whose task is 0, or %NULL.
 */
TsnBatch *
tsn_source_load_batch (
    const TsnSource *source, guint first, guint n, guint height, guint width, GError **error)
{
  g_autoptr (TsnBatch) batch = tsn_batch_new (0, source->task->kind, n, height, width);
  TsnAugmentOptions plain;
  TsnRandom random;

  tsn_augment_options_init_plain (&plain);
  tsn_random_init (&random, 0);
  for (guint i = 0; i < n; i++)
    {
      TsnBatchRow row = tsn_batch_get_row (batch, i);

      batch->photos[i] = tsn_source_get_photo_path (source, first + i);
      if (!tsn_source_load_row (source, first + i, &plain, &random, &row, error))
        return NULL;
    }
  return g_steal_pointer (&batch);
}
