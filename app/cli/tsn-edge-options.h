/* How edges are judged, as options of a verb. */
#pragma once

#include "app/cli/tsn-cli.h"
#include "core/evaluation/tsn-boundary.h"

G_BEGIN_DECLS

/**
 * TsnEdgeOptions:
 * @nms: make maps thin by non-maximum suppression
 * @no_nms: take them as they are
 * @no_thin: do not thin what is left at each threshold
 * @thresholds: how many; 0 for the benchmark's 99
 * @max_distance: of a match, as a share of the diagonal; 0 for the data set's own
 *
 * All 0 to begin with.
 */
typedef struct
{
  gboolean nms;
  gboolean no_nms;
  gboolean no_thin;
  int thresholds;
  double max_distance;
} TsnEdgeOptions;

void tsn_edge_options_add (TsnEdgeOptions *edge, GOptionContext *context);
TsnExit tsn_edge_options_check (const TsnEdgeOptions *edge);
void tsn_edge_options_get (const TsnEdgeOptions *edge, TsnBoundaryOptions *boundary);

G_END_DECLS
