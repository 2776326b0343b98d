/* The Berkeley boundary benchmark: ODS-F, OIS-F, AP and R50. */
#pragma once

#include "core/base/tsn-pool.h"
#include "core/evaluation/tsn-boundary-curve.h"
#include "core/evaluation/tsn-boundary-nms.h"
#include "core/evaluation/tsn-boundary-truth.h"

G_BEGIN_DECLS

/** Largest distance of a match, as a share of the image diagonal, for BSDS500 and PASCAL. */
#define TSN_BOUNDARY_MAX_DISTANCE 0.0075

/** The same for NYUD. */
#define TSN_BOUNDARY_MAX_DISTANCE_NYUD 0.011

/** The most thresholds that are taken. */
#define TSN_BOUNDARY_MAX_THRESHOLDS 9999

/**
 * TsnBoundaryOptions:
 * @thresholds: how many, evenly spaced between 0 and 1, both excluded
 * @max_distance: how far apart matched pixels may be, as a share of the image diagonal
 * @suppress: make soft maps thin by non-maximum suppression before they meet the thresholds
 * @nms: how to suppress
 * @thin: thin each thresholded map to strokes of one pixel
 *
 * How boundaries are judged.
 */
typedef struct
{
  guint thresholds;
  double max_distance;
  gboolean suppress;
  TsnBoundaryNms nms;
  gboolean thin;
} TsnBoundaryOptions;

#define TSN_BOUNDARY_OPTIONS_INIT                                                                  \
  {                                                                                                \
    .thresholds = 99, .max_distance = TSN_BOUNDARY_MAX_DISTANCE, .suppress = FALSE,                \
    .nms = TSN_BOUNDARY_NMS_INIT, .thin = TRUE                                                     \
  }

/**
 * TsnBoundaryResult:
 * @images: how many photos were judged
 * @ods: the point of the best F at one threshold for all photos, interpolated between thresholds
 * @ois: recall, precision and F where each photo has its own best threshold; @threshold is NaN
 * @average_precision: area under the precision-recall curve
 * @r50: recall at a precision of one half; NaN when the curve does not reach it
 */
typedef struct
{
  size_t images;
  TsnBoundaryPoint ods;
  TsnBoundaryPoint ois;
  double average_precision;
  double r50;
} TsnBoundaryResult;

/**
 * TsnBoundary:
 *
 * The boundary benchmark of Martin, Fowlkes and Malik (PAMI 2004) and Arbelaez, Maire, Fowlkes
 * and Malik (PAMI 2011), fed photo by photo.  At each threshold the predicted pixels are matched
 * one to one with those of each annotator; recall counts matched annotated pixels of all
 * annotators, precision counts predicted pixels that any annotator's map matches.
 *
 * Photos are gathered and judged several at a time on the pool, so tsn_boundary_add() now and
 * then takes longer; calls must come from the thread that may use the pool.
 */
typedef struct _TsnBoundary TsnBoundary;

TsnBoundary *tsn_boundary_new (const TsnBoundaryOptions *options, TsnPool *pool);
void tsn_boundary_free (TsnBoundary *boundary);

gboolean tsn_boundary_add (TsnBoundary *boundary,
                           const double *map,
                           guint width,
                           guint height,
                           TsnBoundaryTruth *truth,
                           GError **error);
void tsn_boundary_result (TsnBoundary *boundary, TsnBoundaryResult *result);
TsnBoundaryPoint tsn_boundary_get_image (TsnBoundary *boundary, size_t image);
const TsnBoundaryCount *tsn_boundary_get_image_counts (TsnBoundary *boundary, size_t image);
TsnBoundaryPoint *tsn_boundary_get_curve (TsnBoundary *boundary);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnBoundary, tsn_boundary_free)

G_END_DECLS
