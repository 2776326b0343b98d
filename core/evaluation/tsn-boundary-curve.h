/* Precision and recall of boundaries over thresholds, and the numbers drawn from them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnBoundaryCount:
 * @matched_truth: annotated pixels that are matched, over all annotators
 * @truth: annotated pixels, over all annotators
 * @matched_predicted: predicted pixels that any annotator's map matches
 * @predicted: predicted pixels
 *
 * What the benchmark counts at one threshold, of one photo or summed over photos.
 */
typedef struct
{
  guint64 matched_truth;
  guint64 truth;
  guint64 matched_predicted;
  guint64 predicted;
} TsnBoundaryCount;

/**
 * TsnBoundaryPoint:
 * @threshold: on the predicted boundary probability
 * @recall: in 0..1
 * @precision: in 0..1
 * @f: their harmonic mean
 */
typedef struct
{
  double threshold;
  double recall;
  double precision;
  double f;
} TsnBoundaryPoint;

double tsn_boundary_threshold (guint n, guint i);
double tsn_boundary_f (double recall, double precision);
TsnBoundaryPoint tsn_boundary_count_to_point (const TsnBoundaryCount *count, double threshold);

TsnBoundaryPoint tsn_boundary_curve_best (const TsnBoundaryPoint *points, guint n);
guint tsn_boundary_curve_best_index (const TsnBoundaryPoint *points, guint n);
double tsn_boundary_curve_area (const TsnBoundaryPoint *points, guint n);
double tsn_boundary_curve_r50 (const TsnBoundaryPoint *points, guint n);

G_END_DECLS
