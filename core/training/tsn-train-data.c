#include "core/training/tsn-train-data.h"

static GPtrArray *
new_source_lists (guint n)
{
  GPtrArray *lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (lists, g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_source_unref));
  return lists;
}

/* Opens one split of a source and adds it to its task's list. */
static gboolean
add_split (const TsnTrainConfig *config,
           const TsnTrainSource *source,
           const char *split,
           GPtrArray *lists,
           GError **error)
{
  int task = tsn_task_list_find (config->tasks, source->task);
  g_autofree char *folder = g_path_is_absolute (source->folder)
                                ? g_strdup (source->folder)
                                : g_build_filename (config->root, source->folder, NULL);
  g_autoptr (TsnDataset) dataset
      = tsn_dataset_open (folder, *source->layout != '\0' ? source->layout : NULL, split, error);
  TsnSourceOptions options;
  TsnSource *opened;

  if (dataset == NULL)
    return FALSE;
  tsn_source_options_init (&options);
  options.weight = source->weight;
  options.balance = source->balance;
  options.nobody = source->nobody;
  opened = tsn_source_new (dataset, tsn_task_list_get (config->tasks, task), &options, error);
  if (opened == NULL)
    return FALSE;
  g_ptr_array_add (g_ptr_array_index (lists, task), opened);
  return TRUE;
}

/**
 * tsn_train_data_open:
 * @config: must outlive the data, which use its tasks
 * @error: as by tsn_dataset_open() and tsn_source_new()
 *
 * Returns: (transfer full) (nullable): the data of all tasks.
 */
TsnTrainData *
tsn_train_data_open (const TsnTrainConfig *config, GError **error)
{
  g_autoptr (TsnTrainData) data = g_new (TsnTrainData, 1);

  data->sources = new_source_lists (config->tasks->len);
  data->validation = new_source_lists (config->tasks->len);
  for (guint i = 0; i < config->sources->len; i++)
    {
      const TsnTrainSource *source = g_ptr_array_index (config->sources, i);

      if (!add_split (config, source, source->split, data->sources, error))
        return NULL;
      if (*source->validation != '\0'
          && !add_split (config, source, source->validation, data->validation, error))
        return NULL;
    }
  return g_steal_pointer (&data);
}

void
tsn_train_data_free (TsnTrainData *data)
{
  g_ptr_array_unref (data->sources);
  g_ptr_array_unref (data->validation);
  g_free (data);
}

/**
 * tsn_train_data_load:
 * @error: %TSN_ERROR_ARGUMENT, such as a task without data
 *
 * Returns: (transfer full) (nullable): a loader of the training data at its first batch.
 */
TsnLoader *
tsn_train_data_load (const TsnTrainData *data, const TsnTrainConfig *config, GError **error)
{
  TsnLoaderOptions options = { .tasks = config->tasks,
                               .sources = data->sources,
                               .augment = config->augment,
                               .width = config->width,
                               .height = config->height,
                               .batch = config->batch,
                               .threads = config->threads,
                               .ahead = config->ahead,
                               .mode = config->mode,
                               .shares = config->shares,
                               .seed = config->seed };

  return tsn_loader_new (&options, error);
}

/* Photos of one source that are used to validate: the sources of a task share evenly. */
static guint
count_source (const TsnTrainConfig *config, GPtrArray *list, guint i)
{
  guint share = (config->validation_photos - 1) / list->len + 1;

  return MIN (tsn_source_get_length (g_ptr_array_index (list, i)), share);
}

/**
 * tsn_train_data_count_validation:
 *
 * Returns: how many photos of a task there are to validate on.
 */
guint
tsn_train_data_count_validation (const TsnTrainData *data,
                                 const TsnTrainConfig *config,
                                 guint task)
{
  GPtrArray *list = g_ptr_array_index (data->validation, task);
  guint n = 0;

  for (guint i = 0; i < list->len; i++)
    n += count_source (config, list, i);
  return n;
}

/**
 * tsn_train_data_load_validation:
 * @first: number of the first photo, below tsn_train_data_count_validation()
 * @error: as by tsn_source_load_batch()
 *
 * Returns: (transfer full) (nullable): a batch of photos from there on, at most the config's
 *   number, all from one source.
 */
TsnBatch *
tsn_train_data_load_validation (const TsnTrainData *data,
                                const TsnTrainConfig *config,
                                guint task,
                                guint first,
                                GError **error)
{
  GPtrArray *list = g_ptr_array_index (data->validation, task);
  guint i = 0, n;
  TsnBatch *batch;

  while (first >= count_source (config, list, i))
    first -= count_source (config, list, i++);
  n = MIN (config->batch, count_source (config, list, i) - first);
  batch = tsn_source_load_batch (g_ptr_array_index (list, i), first, n, config->height,
                                 config->width, error);
  if (batch != NULL)
    batch->task = task;
  return batch;
}
