/* Labels as the metrics take them, from data sets and from plain folders. */
#pragma once

#include "core/data/tsn-dataset.h"
#include "core/evaluation/tsn-boundary-truth.h"

G_BEGIN_DECLS

/**
 * TsnGroundTruth:
 * @width: in pixels
 * @height: in pixels
 * @label: (nullable): the label, but for %TSN_TASK_EDGE
 * @boundaries: (nullable): for %TSN_TASK_EDGE what each annotator drew
 *
 * The label of one photo for one task.
 */
typedef struct
{
  guint width;
  guint height;
  TsnTruth *label;
  TsnBoundaryTruth *boundaries;
} TsnGroundTruth;

gboolean tsn_ground_truth_exists (const TsnDataset *dataset, guint index, const TsnTask *task);
TsnGroundTruth *
tsn_ground_truth_load (const TsnDataset *dataset, guint index, const TsnTask *task, GError **error);
GPtrArray *tsn_ground_truth_list (const char *folder, const TsnTask *task, GError **error);
TsnGroundTruth *tsn_ground_truth_load_file (const char *folder,
                                            const char *id,
                                            const TsnTask *task,
                                            GError **error);
void tsn_ground_truth_free (TsnGroundTruth *truth);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnGroundTruth, tsn_ground_truth_free)

G_END_DECLS
