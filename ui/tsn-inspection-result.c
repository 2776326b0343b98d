#include "ui/tsn-inspection-result.h"

#include "ui/tsn-reaper.h"

#include <string.h>

/* Longest side in pixels of one channel in the grid. */
#define TILE_SIDE 192

/**
 * tsn_inspection_query_clear:
 *
 * Frees what a query holds.
 */
void
tsn_inspection_query_clear (TsnInspectionQuery *query)
{
  g_clear_pointer (&query->node, g_free);
  g_clear_pointer (&query->tasks, g_array_unref);
  g_clear_pointer (&query->values, g_ptr_array_unref);
  g_clear_pointer (&query->basis, tsn_pca_unref);
  g_clear_pointer (&query->modules, g_strfreev);
  g_clear_pointer (&query->module_values, g_ptr_array_unref);
}

static const TsnTensor *
get_value (const TsnInspectionResult *result, guint index)
{
  return result->query.values->pdata[index];
}

static size_t
count_pixels (const TsnInspectionResult *result)
{
  return (size_t) result->width * result->height;
}

static void
add_picture (TsnInspectionResult *result, guint8 *rgb)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, 3 * count_pixels (result));

  g_ptr_array_add (result->pictures, tsn_picture_new (bytes, result->width, result->height));
}

static void
make_planes (TsnInspectionResult *result, GCancellable *cancellable)
{
  guint n = tsn_inspection_result_get_n_tasks (result);
  TsnFeatureReduction reduction = TSN_FEATURE_CHANNEL;

  if (result->query.mode == TSN_INSPECT_MEAN)
    reduction = TSN_FEATURE_MEAN;
  else if (result->query.mode == TSN_INSPECT_ENERGY)
    reduction = TSN_FEATURE_ENERGY;
  result->planes = g_new (float *, n);
  for (guint i = 0; i < n; i++)
    {
      result->planes[i] = g_new0 (float, count_pixels (result));
      if (g_cancellable_is_cancelled (cancellable))
        continue;
      tsn_feature_reduce (get_value (result, i), reduction, result->query.channel,
                          result->planes[i]);
    }
  tsn_feature_find_range ((const float *const *) result->planes, n, count_pixels (result),
                          &result->range);
}

static void
draw_planes (TsnInspectionResult *result)
{
  for (guint i = 0; i < tsn_inspection_result_get_n_tasks (result); i++)
    {
      guint8 *rgb = g_malloc (3 * count_pixels (result));

      tsn_feature_colour (result->planes[i], count_pixels (result), &result->range, rgb);
      add_picture (result, rgb);
    }
}

static void
draw_colours (TsnInspectionResult *result, GCancellable *cancellable)
{
  const TsnInspectionQuery *query = &result->query;
  guint n = tsn_inspection_result_get_n_tasks (result);
  gboolean fits = query->basis != NULL && query->basis->channels == result->n_channels;

  if (fits && query->locked)
    result->basis = tsn_pca_ref (query->basis);
  else
    result->basis = tsn_pca_fit ((TsnTensor *const *) query->values->pdata, n, query->basis);
  for (guint i = 0; i < n && !g_cancellable_is_cancelled (cancellable); i++)
    {
      guint8 *rgb = g_malloc (3 * count_pixels (result));

      tsn_pca_colour (result->basis, get_value (result, i), rgb);
      add_picture (result, rgb);
    }
}

static void
make_tiles (TsnInspectionResult *result)
{
  const TsnInspectionQuery *query = &result->query;
  g_autofree guint *order = NULL;
  guint index = 0;

  for (guint i = 0; i < query->tasks->len; i++)
    if (tsn_inspection_result_get_task (result, i) == query->grid_task)
      index = i;
  /* One order for all tasks, so that a channel keeps its place. */
  if (query->by_energy)
    order = tsn_feature_rank ((TsnTensor *const *) query->values->pdata, query->values->len);
  result->tiles_task = tsn_inspection_result_get_task (result, index);
  result->tiles = tsn_feature_tiles_new (get_value (result, index), order, TILE_SIDE);
}

/* Of one channel if that is what is shown, else of all. */
static void
measure (TsnInspectionResult *result, GCancellable *cancellable)
{
  guint n = tsn_inspection_result_get_n_tasks (result);

  result->stats = g_new0 (TsnFeatureStats, n);
  for (guint i = 0; i < n && !g_cancellable_is_cancelled (cancellable); i++)
    if (result->query.mode == TSN_INSPECT_CHANNEL)
      tsn_feature_measure (result->planes[i], count_pixels (result), &result->stats[i]);
    else
      tsn_feature_measure (get_value (result, i)->data, tsn_tensor_length (get_value (result, i)),
                           &result->stats[i]);
}

static void
compare (TsnInspectionResult *result, GCancellable *cancellable)
{
  GPtrArray *values = result->query.module_values;
  guint n = result->n_channels;

  result->module_distances = g_new0 (double, values->len / 2);
  for (guint i = 0; i < values->len / 2 && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const TsnTensor *a = values->pdata[2 * i], *b = values->pdata[2 * i + 1];

      result->module_distances[i] = tsn_feature_distance (a->data, b->data, tsn_tensor_length (a));
    }
  if (tsn_inspection_result_get_n_tasks (result) < 2)
    return;
  result->distances = tsn_feature_channel_distances (get_value (result, 0), get_value (result, 1));
  result->ranked = g_new (guint, n);
  for (guint c = 0; c < n; c++)
    {
      guint at = c;

      for (; at > 0 && result->distances[result->ranked[at - 1]] < result->distances[c]; at--)
        result->ranked[at] = result->ranked[at - 1];
      result->ranked[at] = c;
    }
}

/**
 * tsn_inspection_result_new:
 * @query: (transfer full): what to find; emptied
 * @cancellable: (nullable): what is made after it was cancelled is good for nothing
 *
 * Computes and draws, which may take a second for a wide network: not for the main thread.
 *
 * Returns: (transfer full): the result.
 */
TsnInspectionResult *
tsn_inspection_result_new (TsnInspectionQuery *query, GCancellable *cancellable)
{
  TsnInspectionResult *result = g_new0 (TsnInspectionResult, 1);
  const TsnTensor *first;

  g_atomic_ref_count_init (&result->ref_count);
  result->query = *query;
  memset (query, 0, sizeof *query);
  first = get_value (result, 0);
  result->n_channels = first->dim[1];
  result->height = first->dim[2];
  result->width = first->dim[3];
  result->query.channel = MIN (result->query.channel, result->n_channels - 1);
  if (result->query.mode == TSN_INSPECT_GRID)
    make_tiles (result);
  else
    result->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_picture_unref);
  if (result->query.mode == TSN_INSPECT_COLOURS)
    draw_colours (result, cancellable);
  else if (result->query.mode > TSN_INSPECT_GRID)
    {
      make_planes (result, cancellable);
      draw_planes (result);
    }
  if (result->query.measure)
    measure (result, cancellable);
  if (result->query.module_values != NULL)
    compare (result, cancellable);
  return result;
}

TsnInspectionResult *
tsn_inspection_result_ref (TsnInspectionResult *result)
{
  g_atomic_ref_count_inc (&result->ref_count);
  return result;
}

static void
result_free (TsnInspectionResult *result)
{
  guint n = result->query.tasks->len;

  for (guint i = 0; result->planes != NULL && i < n; i++)
    g_free (result->planes[i]);
  g_free (result->planes);
  g_clear_pointer (&result->pictures, g_ptr_array_unref);
  g_clear_pointer (&result->basis, tsn_pca_unref);
  g_clear_pointer (&result->tiles, tsn_feature_tiles_free);
  g_free (result->stats);
  g_free (result->distances);
  g_free (result->ranked);
  g_free (result->module_distances);
  tsn_inspection_query_clear (&result->query);
  g_free (result);
}

void
tsn_inspection_result_unref (TsnInspectionResult *result)
{
  if (g_atomic_ref_count_dec (&result->ref_count))
    tsn_reaper_take (result, (GDestroyNotify) result_free);
}

guint
tsn_inspection_result_get_n_tasks (const TsnInspectionResult *result)
{
  return result->query.tasks->len;
}

guint
tsn_inspection_result_get_task (const TsnInspectionResult *result, guint index)
{
  return g_array_index (result->query.tasks, guint, index);
}

/**
 * tsn_inspection_result_describe_at:
 * @index: among the tasks
 * @x: from the left edge, as a share of the width
 * @y: from the upper edge, as a share of the height
 *
 * Returns: (transfer full) (nullable): the numbers at one position.
 */
char *
tsn_inspection_result_describe_at (const TsnInspectionResult *result,
                                   guint index,
                                   double x,
                                   double y)
{
  guint column = CLAMP (x * result->width, 0, result->width - 1);
  guint row = CLAMP (y * result->height, 0, result->height - 1);
  size_t pixel = (size_t) row * result->width + column;
  double at[TSN_PCA_COMPONENTS];

  if (result->planes != NULL)
    return g_strdup_printf ("%.3g", result->planes[index][pixel]);
  if (result->basis == NULL)
    return NULL;
  tsn_pca_project (result->basis, get_value (result, index), pixel, at);
  return g_strdup_printf ("(%.2f, %.2f, %.2f)", at[0], at[1], at[2]);
}
