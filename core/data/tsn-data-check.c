#include "core/data/tsn-data-check.h"

#include "core/base/tsn-error.h"
#include "core/data/tsn-batch.h"

#include <string.h>

/* The number of classes that layouts with a fixed meaning have. */
static const struct
{
  const char *layout;
  const char *task;
  guint n_classes;
} known_classes[] = {
  { "pascal", "semseg", 21 },
  { "pascal", "human_parts", 7 },
  { "nyud", "semseg", 41 },
};

/* Labels without a photo that are named. */
#define MAX_NAMES 3

/* One split on its way through the check. */
typedef struct
{
  const TsnDataCheckOptions *options;
  TsnDataCheck *check;
  TsnDataset *dataset;
  TsnDataCheckSplit *split;
  GPtrArray *tasks;     /* of TsnTask, one for each entry of split->tasks */
  GPtrArray *checksums; /* of GChecksum, likewise */
  GHashTable *photos;   /* hash of a photo's file -> "split/id", over all splits */
} Walk;

static void
free_task (TsnDataCheckTask *task)
{
  g_free (task->task);
  g_free (task->sha256);
  g_free (task);
}

static void
free_split (TsnDataCheckSplit *split)
{
  g_free (split->split);
  g_free (split->sha256);
  g_ptr_array_unref (split->tasks);
  g_free (split);
}

void
tsn_data_check_free (TsnDataCheck *check)
{
  g_free (check->root);
  g_free (check->layout);
  g_ptr_array_unref (check->splits);
  g_ptr_array_unref (check->problems);
  g_free (check);
}

static void G_GNUC_PRINTF (2, 3) add_problem (TsnDataCheck *check, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (check->problems, g_strdup_vprintf (format, args));
  va_end (args);
}

/* Adds identifier, length and bytes of a file; a file that cannot be read adds its name alone. */
static void
hash_file (GChecksum *checksum, const char *id, const char *path, char **own)
{
  g_autofree char *bytes = NULL;
  size_t length = 0;
  guint64 little;

  g_checksum_update (checksum, (const guchar *) id, strlen (id) + 1);
  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return;
  little = GUINT64_TO_LE ((guint64) length);
  g_checksum_update (checksum, (const guchar *) &little, sizeof little);
  g_checksum_update (checksum, (const guchar *) bytes, length);
  if (own != NULL)
    *own = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
}

/* Tells the kind of a task from its folder's name. */
static TsnTask *
guess_task (const Walk *walk, const char *name)
{
  static const guint channels[] = { TSN_MAX_CLASSES, 1, 3 };
  guint n_classes = GPOINTER_TO_UINT (walk->options->n_classes != NULL
                                          ? g_hash_table_lookup (walk->options->n_classes, name)
                                          : NULL);
  TsnTask *task = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (known_classes) && n_classes == 0; i++)
    if (g_str_equal (walk->check->layout, known_classes[i].layout)
        && g_str_equal (name, known_classes[i].task))
      n_classes = known_classes[i].n_classes;
  if (n_classes != 0 && tsn_task_guess (name, n_classes, &task))
    return task;
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    if (tsn_task_guess (name, channels[i], &task))
      return task;
  return NULL;
}

static void
start_tasks (Walk *walk)
{
  g_auto (GStrv) names = tsn_dataset_list_tasks (walk->dataset);

  for (guint i = 0; names[i] != NULL; i++)
    {
      TsnTask *task = guess_task (walk, names[i]);
      TsnDataCheckTask *entry;

      if (task == NULL)
        {
          add_problem (walk->check,
                       "The folder “%s” of “%s” should be named after a task, but no task is "
                       "called that.",
                       names[i], walk->check->root);
          continue;
        }
      entry = g_new0 (TsnDataCheckTask, 1);
      entry->task = g_strdup (names[i]);
      entry->max_class = -1;
      g_ptr_array_add (walk->split->tasks, entry);
      g_ptr_array_add (walk->tasks, task);
      g_ptr_array_add (walk->checksums, g_checksum_new (G_CHECKSUM_SHA256));
    }
}

static void
note_max_class (TsnDataCheckTask *entry, const TsnTruth *truth)
{
  size_t n = tsn_tensor_length (truth->label);

  for (size_t i = 0; i < n; i++)
    if (truth->label->data[i] != TSN_IGNORED_CLASS)
      entry->max_class = MAX (entry->max_class, (int) truth->label->data[i]);
}

static gboolean
is_ignored_everywhere (const TsnTruth *truth)
{
  size_t n = tsn_tensor_length (truth->valid);

  for (size_t i = 0; i < n; i++)
    if (truth->valid->data[i] != 0)
      return FALSE;
  return TRUE;
}

/* In PASCAL_MT photos without people have parts that are ignored all over, and normals count only
 * on classes that NYU has, too: so it is made. */
static gboolean
may_be_ignored (const Walk *walk, const TsnTask *task)
{
  return g_str_equal (walk->check->layout, "pascal")
         && (g_str_equal (task->name, "human_parts") || g_str_equal (task->name, "normals"));
}

static gboolean
examine_label (const Walk *walk,
               guint index,
               const TsnTask *task,
               TsnDataCheckTask *entry,
               const TsnImage *photo,
               const char *path,
               GError **error)
{
  g_autoptr (TsnTruth) truth = tsn_dataset_load_label (walk->dataset, index, task, error);

  if (truth == NULL || (photo != NULL && !tsn_truth_check_size (truth, photo, path, error)))
    return FALSE;
  if (task->kind == TSN_TASK_CLASSES)
    note_max_class (entry, truth);
  if (!is_ignored_everywhere (truth) || may_be_ignored (walk, task))
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
               "The label “%s” should have pixels that count, but all are ignored.", path);
  return FALSE;
}

static void
check_label (Walk *walk, guint index, guint task_index, const TsnImage *photo)
{
  const TsnTask *task = g_ptr_array_index (walk->tasks, task_index);
  TsnDataCheckTask *entry = g_ptr_array_index (walk->split->tasks, task_index);
  g_autofree char *path = tsn_dataset_get_label_path (walk->dataset, index, task->name);
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      entry->missing++;
      add_problem (walk->check, "There is no label “%s”.", path);
      return;
    }
  entry->labels++;
  hash_file (g_ptr_array_index (walk->checksums, task_index),
             tsn_dataset_get_id (walk->dataset, index), path, NULL);
  if (examine_label (walk, index, task, entry, photo, path, &error))
    return;
  entry->broken++;
  add_problem (walk->check, "%s", error->message);
}

/* Two photos of the same bytes teach what they are judged by, or count twice. */
static gboolean
is_new_photo (Walk *walk, const char *id, char *hash, const char *path)
{
  g_autofree char *own_hash = hash;
  g_autofree char *place = g_strdup_printf ("%s/%s", walk->split->split, id);
  const char *before = g_hash_table_lookup (walk->photos, own_hash);

  if (before == NULL)
    {
      g_hash_table_insert (walk->photos, g_steal_pointer (&own_hash), g_steal_pointer (&place));
      return TRUE;
    }
  add_problem (walk->check, "The photo “%s” of the split %s should occur once, but it is also %s.",
               path, walk->split->split, before);
  return FALSE;
}

static void
check_photo (Walk *walk, guint index, GChecksum *checksum)
{
  const char *id = tsn_dataset_get_id (walk->dataset, index);
  g_autofree char *path = tsn_dataset_get_photo_path (walk->dataset, index);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnImage) photo = tsn_dataset_load_photo (walk->dataset, index, &error);
  char *hash = NULL;

  hash_file (checksum, id, path, &hash);
  if (photo == NULL)
    add_problem (walk->check, "%s", error->message);
  if (photo == NULL)
    g_free (hash);
  if (photo == NULL || !is_new_photo (walk, id, hash, path))
    walk->split->broken++;
  for (guint t = 0; t < walk->tasks->len; t++)
    check_label (walk, index, t, photo);
}

static int
compare_ids (gconstpointer a, gconstpointer b, gpointer dataset)
{
  return strcmp (tsn_dataset_get_id (dataset, *(const guint *) a),
                 tsn_dataset_get_id (dataset, *(const guint *) b));
}

/* Tasks without a single label in this split are left out. */
static void
finish_tasks (Walk *walk)
{
  for (guint t = walk->tasks->len; t-- > 0;)
    {
      TsnDataCheckTask *entry = g_ptr_array_index (walk->split->tasks, t);

      entry->sha256 = g_strdup (g_checksum_get_string (g_ptr_array_index (walk->checksums, t)));
      if (entry->labels == 0 && entry->missing == 0)
        g_ptr_array_remove_index (walk->split->tasks, t);
    }
}

static void
check_split (Walk *walk, guint *done, guint total)
{
  guint n = tsn_dataset_get_length (walk->dataset);
  g_autofree guint *order = g_new (guint, n);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, n, sizeof *order, compare_ids, walk->dataset);
  start_tasks (walk);
  for (guint i = 0; i < n; i++)
    {
      check_photo (walk, order[i], checksum);
      if (walk->options->progress != NULL)
        walk->options->progress (walk->options->data, ++*done, total);
    }
  walk->split->photos = n;
  walk->split->sha256 = g_strdup (g_checksum_get_string (checksum));
  finish_tasks (walk);
}

static void
run_split (const TsnDataCheckOptions *options,
           TsnDataCheck *check,
           TsnDataset *dataset,
           GHashTable *photos,
           guint *done,
           guint total)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_task_free);
  g_autoptr (GPtrArray) checksums
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_checksum_free);
  TsnDataCheckSplit *split = g_new0 (TsnDataCheckSplit, 1);
  Walk walk = { options, check, dataset, split, tasks, checksums, photos };

  split->split = g_strdup (tsn_dataset_get_split (dataset));
  split->tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) free_task);
  g_ptr_array_add (check->splits, split);
  check_split (&walk, done, total);
}

/* Opens the splits; one that is missing is a problem as long as there is another. */
static GPtrArray *
open_splits (TsnDataCheck *check, const TsnDataCheckOptions *options, GError **error)
{
  static const char *const usual[] = { "train", "val", NULL };
  const char *const *names = options->splits != NULL ? options->splits : usual;
  g_autoptr (GPtrArray) datasets
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_dataset_unref);
  g_autoptr (GError) first = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) local = NULL;
      TsnDataset *dataset = tsn_dataset_open (check->root, NULL, names[i], &local);

      if (dataset != NULL)
        g_ptr_array_add (datasets, dataset);
      else
        add_problem (check, "%s", local->message);
      if (dataset == NULL && first == NULL)
        first = g_steal_pointer (&local);
    }
  if (datasets->len > 0)
    return g_steal_pointer (&datasets);
  g_propagate_error (error, g_steal_pointer (&first));
  return NULL;
}

/* The identifiers of every split, not only of those that are checked. */
static GHashTable *
list_ids (const char *root)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) splits = tsn_dataset_list_splits (root);

  for (guint i = 0; splits[i] != NULL; i++)
    {
      g_autoptr (TsnDataset) dataset = tsn_dataset_open (root, NULL, splits[i], NULL);

      for (guint k = 0; dataset != NULL && k < tsn_dataset_get_length (dataset); k++)
        g_hash_table_add (ids, g_strdup (tsn_dataset_get_id (dataset, k)));
    }
  return ids;
}

/* A label that is named otherwise than its photo is never read, and its photo never learned from.
 */
static gboolean
has_photo (const TsnDataCheck *check,
           const TsnDatasetLayout *layout,
           GHashTable *ids,
           const char *label)
{
  g_autofree char *id = g_strndup (label, strrchr (label, '.') - label);
  g_autofree char *path = layout->get_photo_path (check->root, id);

  return g_hash_table_contains (ids, id) || g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static void
check_folder (TsnDataCheck *check,
              const TsnDatasetLayout *layout,
              GHashTable *ids,
              const char *task)
{
  g_auto (GStrv) labels = layout->list_labels (check->root, task);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; labels[i] != NULL; i++)
    if (!has_photo (check, layout, ids, labels[i]) && ++n <= MAX_NAMES)
      g_string_append_printf (names, "%s%s", n > 1 ? ", " : "", labels[i]);
  if (labels[0] == NULL)
    add_problem (check, "The folder “%s” of “%s” should hold labels, but there are none.", task,
                 check->root);
  else if (n > 0)
    add_problem (check, "The folder “%s” of “%s” holds %u label%s without a photo: %s%s.", task,
                 check->root, n, n == 1 ? "" : "s", names->str, n > MAX_NAMES ? ", ..." : "");
}

static void
check_folders (TsnDataCheck *check, const TsnDataset *dataset)
{
  const TsnDatasetLayout *layout = tsn_dataset_get_layout (dataset);
  g_autoptr (GHashTable) ids = list_ids (check->root);
  g_auto (GStrv) tasks = tsn_dataset_list_tasks (dataset);

  for (guint i = 0; layout->list_labels != NULL && tasks[i] != NULL; i++)
    check_folder (check, layout, ids, tasks[i]);
}

/**
 * tsn_data_check:
 * @root: the folder of a data set in any of the layouts
 * @options: what to look at
 * @error: set when @root is no data set or has none of the splits
 *
 * Reads every photo and label of a data set, counts and hashes them.
 *
 * Returns: (transfer full): what was found, or %NULL; all is well if it has no problems.
 */
TsnDataCheck *
tsn_data_check (const char *root, const TsnDataCheckOptions *options, GError **error)
{
  g_autoptr (TsnDataCheck) check = g_new0 (TsnDataCheck, 1);
  g_autoptr (GHashTable) photos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) datasets = NULL;
  guint total = 0, done = 0;

  check->root = g_strdup (root);
  check->splits = g_ptr_array_new_with_free_func ((GDestroyNotify) free_split);
  check->problems = g_ptr_array_new_with_free_func (g_free);
  datasets = open_splits (check, options, error);
  if (datasets == NULL)
    return NULL;
  check->layout = g_strdup (tsn_dataset_get_layout (g_ptr_array_index (datasets, 0))->name);
  for (guint i = 0; i < datasets->len; i++)
    total += tsn_dataset_get_length (g_ptr_array_index (datasets, i));
  for (guint i = 0; i < datasets->len; i++)
    run_split (options, check, g_ptr_array_index (datasets, i), photos, &done, total);
  check_folders (check, g_ptr_array_index (datasets, 0));
  return g_steal_pointer (&check);
}
