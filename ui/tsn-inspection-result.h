/* What the inspector found: feature maps as pictures and numbers. */
#pragma once

#include "core/figure/tsn-feature.h"
#include "core/figure/tsn-pca.h"
#include "ui/tsn-picture.h"

G_BEGIN_DECLS

/**
 * TsnInspectMode:
 * @TSN_INSPECT_NETWORK: the network itself, large
 * @TSN_INSPECT_GRID: all channels of one task
 * @TSN_INSPECT_CHANNEL: one channel under all tasks
 * @TSN_INSPECT_MEAN: mean over channels
 * @TSN_INSPECT_ENERGY: length of the vector of channels
 * @TSN_INSPECT_COLOURS: principal components as colours, with one basis for all tasks
 *
 * How a feature map is looked at.
 */
typedef enum
{
  TSN_INSPECT_NETWORK,
  TSN_INSPECT_GRID,
  TSN_INSPECT_CHANNEL,
  TSN_INSPECT_MEAN,
  TSN_INSPECT_ENERGY,
  TSN_INSPECT_COLOURS,
} TsnInspectMode;

/**
 * TsnInspectionQuery:
 * @node: the node that is looked at
 * @mode: how
 * @channel: for %TSN_INSPECT_CHANNEL
 * @by_energy: whether %TSN_INSPECT_GRID sorts its channels
 * @measure: whether numbers are wanted
 * @tasks: (element-type guint): the tasks, in the order of @values
 * @values: (element-type TsnTensor): the node's value under each, [1, C, h, w]
 * @grid_task: the task whose channels %TSN_INSPECT_GRID shows; the first if it is not among @tasks
 * @basis: (nullable): for %TSN_INSPECT_COLOURS
 * @locked: whether @basis is used as it is; else only its signs are kept
 * @modules: (nullable) (array zero-terminated=1): modules whose features are compared
 * @module_values: (nullable) (element-type TsnTensor): under two tasks each, one after the other
 *
 * What is to be found.
 */
typedef struct
{
  char *node;
  TsnInspectMode mode;
  guint channel;
  gboolean by_energy;
  gboolean measure;
  GArray *tasks;
  GPtrArray *values;
  guint grid_task;
  TsnPca *basis;
  gboolean locked;
  char **modules;
  GPtrArray *module_values;
} TsnInspectionQuery;

/**
 * TsnInspectionResult:
 * @query: what was asked
 * @n_channels, @height, @width: of the node's value
 * @pictures: (nullable) (element-type TsnPicture): for each task, unless the mode is a grid
 * @planes: (nullable) (array): for each task the numbers behind its picture, unless it has three
 * @range: the scale that all pictures share, unless they are of principal components
 * @basis: (nullable): of %TSN_INSPECT_COLOURS
 * @tiles: (nullable): of %TSN_INSPECT_GRID
 * @tiles_task: whose they are
 * @stats: (nullable) (array): for each task
 * @distances: (nullable) (array length=n_channels): between the first two tasks, if there are
 *   modules to compare
 * @ranked: (nullable) (array length=n_channels): the channels, that of the largest distance first
 * @module_distances: (nullable) (array): for each module
 *
 * Immutable and reference-counted.
 */
typedef struct
{
  TsnInspectionQuery query;
  guint n_channels;
  guint height;
  guint width;
  GPtrArray *pictures;
  float **planes;
  TsnFeatureRange range;
  TsnPca *basis;
  TsnFeatureTiles *tiles;
  guint tiles_task;
  TsnFeatureStats *stats;
  double *distances;
  guint *ranked;
  double *module_distances;

  /*< private >*/
  gatomicrefcount ref_count;
} TsnInspectionResult;

void tsn_inspection_query_clear (TsnInspectionQuery *query);

TsnInspectionResult *
tsn_inspection_result_new (TsnInspectionQuery *query, GCancellable *cancellable);
TsnInspectionResult *tsn_inspection_result_ref (TsnInspectionResult *result);
void tsn_inspection_result_unref (TsnInspectionResult *result);

guint tsn_inspection_result_get_n_tasks (const TsnInspectionResult *result);
guint tsn_inspection_result_get_task (const TsnInspectionResult *result, guint index);
char *tsn_inspection_result_describe_at (const TsnInspectionResult *result,
                                         guint index,
                                         double x,
                                         double y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnInspectionResult, tsn_inspection_result_unref)

G_END_DECLS
