/* One-to-one correspondence between the pixels of boundary maps. */
#pragma once

#include "core/evaluation/tsn-assignment.h"
#include "core/data/tsn-bitmap.h"

G_BEGIN_DECLS

/**
 * TsnBoundaryMatch:
 *
 * The correspondence between one annotator's boundary map and a predicted map that changes.  A
 * predicted and an annotated pixel may be matched when they are no further apart than a radius;
 * the matching is one to one and minimises the sum of the distances of the pairs plus 100 radii
 * for each annotated pixel left alone (Martin, Fowlkes and Malik, "Learning to detect natural
 * image boundaries using local brightness, color, and texture cues", PAMI 2004, appendix B).
 * Distances are rounded to hundredths of a pixel, as in the benchmark.  The benchmark links each
 * pixel to six random outliers; here every pixel may be left alone, which is the optimum
 * that the random graph approaches.
 */
typedef struct _TsnBoundaryMatch TsnBoundaryMatch;

TsnBoundaryMatch *
tsn_boundary_match_new (const TsnBitmap *all_predicted, const TsnBitmap *truth, double radius);
void tsn_boundary_match_free (TsnBoundaryMatch *match);

void tsn_boundary_match_update (TsnBoundaryMatch *match, const TsnBitmap *predicted);
size_t tsn_boundary_match_get_count (const TsnBoundaryMatch *match);
gint64 tsn_boundary_match_get_cost (const TsnBoundaryMatch *match);
void tsn_boundary_match_mark (const TsnBoundaryMatch *match, TsnBitmap *matched);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnBoundaryMatch, tsn_boundary_match_free)

G_END_DECLS
