/* Judges files of predictions, whichever network they come from. */
#pragma once

#include <gio/gio.h>

#include "core/base/tsn-pool.h"
#include "core/data/tsn-dataset.h"
#include "core/evaluation/tsn-boundary.h"
#include "core/evaluation/tsn-report.h"

G_BEGIN_DECLS

/**
 * TsnSuppress:
 * @TSN_SUPPRESS_AUTO: if maps are soft: if thinning takes away more than half of what is above the
 *   lowest threshold in the first map that has anything there
 * @TSN_SUPPRESS_ALWAYS: always
 * @TSN_SUPPRESS_NEVER: never
 *
 * Whether edge maps are made thin by non-maximum suppression.
 */
typedef enum
{
  TSN_SUPPRESS_AUTO,
  TSN_SUPPRESS_ALWAYS,
  TSN_SUPPRESS_NEVER,
} TsnSuppress;

/**
 * TsnPredictionJudge:
 * @task: the task that was predicted
 * @predictions: folder of the predictions, see tsn_prediction_find()
 * @dataset: (nullable): the data set that has the labels
 * @labels: (nullable): without a data set, the folder of the labels, see tsn_ground_truth_list()
 * @strict: whether a prediction of another size than its label is an error; else it is resized by
 *   tsn_estimate_resize()
 * @suppress: for edges, whether there is non-maximum suppression
 * @boundary: how edges are judged, but for the suppression; a largest distance of 0 stands for
 *   what tsn_scorer_get_max_distance() says
 * @pool: threads
 * @progress: (nullable): called now and then with how many of how many photos are done
 * @data: for @progress
 *
 * What is to be judged, and how.
 */
typedef struct
{
  const TsnTask *task;
  const char *predictions;
  TsnDataset *dataset;
  const char *labels;
  gboolean strict;
  TsnSuppress suppress;
  TsnBoundaryOptions boundary;
  TsnPool *pool;
  void (*progress) (gpointer data, guint done, guint total, const char *photo);
  gpointer data;
} TsnPredictionJudge;

gboolean tsn_prediction_judge_run (const TsnPredictionJudge *judge,
                                   TsnReport *report,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
