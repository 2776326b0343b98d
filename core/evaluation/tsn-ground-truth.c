#include "core/evaluation/tsn-ground-truth.h"

#include "core/base/tsn-error.h"

#include <string.h>

static TsnGroundTruth *
take_label (TsnTruth *label)
{
  TsnGroundTruth *truth;

  if (label == NULL)
    return NULL;
  truth = g_new0 (TsnGroundTruth, 1);
  truth->label = label;
  truth->width = label->valid->dim[3];
  truth->height = label->valid->dim[2];
  return truth;
}

static TsnGroundTruth *
take_boundaries (TsnBoundaryTruth *boundaries)
{
  TsnGroundTruth *truth;

  if (boundaries == NULL)
    return NULL;
  truth = g_new0 (TsnGroundTruth, 1);
  truth->boundaries = boundaries;
  truth->width = boundaries->width;
  truth->height = boundaries->height;
  return truth;
}

void
tsn_ground_truth_free (TsnGroundTruth *truth)
{
  g_clear_pointer (&truth->label, tsn_truth_free);
  g_clear_pointer (&truth->boundaries, tsn_boundary_truth_unref);
  g_free (truth);
}

/* The folder layout may hold the maps of single annotators, which its reader for training, that
 * wants their mean, does not know. */
static char *
get_edge_folder (const TsnDataset *dataset, const TsnTask *task)
{
  if (task->kind != TSN_TASK_EDGE || tsn_dataset_get_layout (dataset) != &tsn_dataset_layout_folder)
    return NULL;
  return g_build_filename (tsn_dataset_get_root (dataset), task->name, NULL);
}

static gboolean
has_boundaries (const char *folder, const char *id)
{
  static const char *const suffixes[] = { ".mat", ".0.png", ".png" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = tsn_dataset_file (folder, "", id, suffixes[i]);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return TRUE;
    }
  return FALSE;
}

/**
 * tsn_ground_truth_exists:
 *
 * Returns: whether a photo has, or in a complete layout ought to have, a label for @task.
 */
gboolean
tsn_ground_truth_exists (const TsnDataset *dataset, guint index, const TsnTask *task)
{
  g_autofree char *edges = get_edge_folder (dataset, task);
  g_autofree char *path = NULL;

  if (edges != NULL)
    return has_boundaries (edges, tsn_dataset_get_id (dataset, index));
  path = tsn_dataset_get_label_path (dataset, index, task->name);
  return path != NULL;
}

/* Shares of annotators become the boundaries of one. */
static TsnBoundaryTruth *
shares_to_boundaries (const TsnTruth *label)
{
  guint width = label->valid->dim[3], height = label->valid->dim[2];
  TsnBitmap **annotators = g_new (TsnBitmap *, 1);
  const float *share = label->label->data;

  annotators[0] = tsn_bitmap_new (width, height);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++, share++)
      if (*share > 0 && *share >= TSN_EDGE_SHARE)
        tsn_bitmap_set (annotators[0], x, y);
  return tsn_boundary_truth_new (annotators, 1);
}

/**
 * tsn_ground_truth_load:
 * @task: says how to read the label
 * @error: as by tsn_dataset_load_label() or tsn_boundary_truth_load()
 *
 * Reads the label of one photo of a data set.  Edges are, if there are files of them, the maps of
 * single annotators; else the pixels that at least 0.3 of the annotators drew, as one's.
 *
 * Returns: (transfer full) (nullable): the label.
 */
TsnGroundTruth *
tsn_ground_truth_load (const TsnDataset *dataset, guint index, const TsnTask *task, GError **error)
{
  g_autofree char *edges = get_edge_folder (dataset, task);
  g_autoptr (TsnTruth) label = NULL;

  if (edges != NULL)
    return take_boundaries (
        tsn_boundary_truth_load (edges, tsn_dataset_get_id (dataset, index), error));
  label = tsn_dataset_load_label (dataset, index, task, error);
  if (label != NULL && task->kind == TSN_TASK_EDGE)
    return take_boundaries (shares_to_boundaries (label));
  return take_label (g_steal_pointer (&label));
}

/* The identifier that a label's file name starts with, or %NULL for other files. */
static char *
get_label_id (const char *name, TsnTaskKind kind)
{
  const char *end = strrchr (name, '.');
  g_autofree char *id = NULL;

  if (end == NULL || name[0] == '.')
    return NULL;
  if (!g_str_equal (end, ".png") && !(kind == TSN_TASK_EDGE && g_str_equal (end, ".mat"))
      && !(kind == TSN_TASK_NORMALS && g_str_equal (end, ".jpg")))
    return NULL;
  id = g_strndup (name, end - name);
  if (kind == TSN_TASK_EDGE && g_str_equal (end, ".png"))
    {
      char *dot = strrchr (id, '.');

      if (dot != NULL && dot[1] != '\0' && strspn (dot + 1, "0123456789") == strlen (dot + 1))
        *dot = '\0';
    }
  return g_steal_pointer (&id);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * tsn_ground_truth_list:
 * @folder: a folder of labels of one task: ID.png; ID.jpg, too, for normals; for edges ID.mat or
 *   ID.0.png and its fellows, too
 * @error: %TSN_ERROR_IO when it cannot be read, %TSN_ERROR_FORMAT when there is no label in it
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the photos' identifiers, sorted.
 */
GPtrArray *
tsn_ground_truth_list (const char *folder, const TsnTask *task, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) reason = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &reason);
  const char *name;

  if (dir == NULL)
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_IO, "Cannot read the ground truth: %s",
                   reason->message);
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *id = get_label_id (name, task->kind);

      if (id == NULL || !g_utf8_validate (id, -1, NULL) || g_hash_table_contains (seen, id))
        continue;
      g_hash_table_add (seen, id);
      g_ptr_array_add (ids, g_steal_pointer (&id));
    }
  g_ptr_array_sort (ids, compare_ids);
  if (ids->len > 0)
    return g_steal_pointer (&ids);
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
               "'%s' should be a data set or a folder of labels of the task %s, but it holds none",
               folder, task->name);
  return NULL;
}

/**
 * tsn_ground_truth_load_file:
 * @folder: a folder of labels of one task
 * @id: of the photo
 * @error: as by tsn_truth_load() or tsn_boundary_truth_load()
 *
 * Returns: (transfer full) (nullable): the label of a photo that tsn_ground_truth_list() named.
 */
TsnGroundTruth *
tsn_ground_truth_load_file (const char *folder, const char *id, const TsnTask *task, GError **error)
{
  static const char *const suffixes[] = { ".png", ".jpg", NULL };
  g_autofree char *path = NULL;

  if (task->kind == TSN_TASK_EDGE)
    return take_boundaries (tsn_boundary_truth_load (folder, id, error));
  path = tsn_dataset_first_file (folder, "", id, suffixes);
  if (path == NULL)
    path = tsn_dataset_file (folder, "", id, suffixes[0]);
  return take_label (tsn_truth_load (task, path, error));
}
