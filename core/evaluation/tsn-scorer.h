/* Judges predictions of one task, whatever its kind, photo by photo. */
#pragma once

#include "core/base/tsn-pool.h"
#include "core/evaluation/tsn-boundary.h"
#include "core/evaluation/tsn-estimate.h"
#include "core/evaluation/tsn-ground-truth.h"
#include "core/evaluation/tsn-report.h"

G_BEGIN_DECLS

/**
 * TsnScorer:
 *
 * Feeds the metrics of a task's kind.  Calls must come from the thread that may use the pool.
 */
typedef struct _TsnScorer TsnScorer;

TsnScorer *tsn_scorer_new (const TsnTask *task, const TsnBoundaryOptions *boundary, TsnPool *pool);
void tsn_scorer_free (TsnScorer *scorer);

guint tsn_scorer_get_n_photos (const TsnScorer *scorer);
gboolean tsn_scorer_add (TsnScorer *scorer,
                         const char *id,
                         const TsnEstimate *prediction,
                         const TsnGroundTruth *truth,
                         GError **error);
TsnTaskScore *tsn_scorer_finish (TsnScorer *scorer, GError **error);

double tsn_scorer_get_max_distance (const TsnDataset *dataset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnScorer, tsn_scorer_free)

G_END_DECLS
