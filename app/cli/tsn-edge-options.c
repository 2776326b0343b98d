#include "app/cli/tsn-edge-options.h"

/**
 * tsn_edge_options_add:
 * @edge: where the options are stored; it must outlive @context
 *
 * Adds the options to those of a verb.
 */
void
tsn_edge_options_add (TsnEdgeOptions *edge, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "nms", 0, 0, G_OPTION_ARG_NONE, &edge->nms,
      "Make edge maps thin by non-maximum suppression", NULL },
    { "no-nms", 0, 0, G_OPTION_ARG_NONE, &edge->no_nms,
      "Take edge maps as they are, without non-maximum suppression", NULL },
    { "no-thin", 0, 0, G_OPTION_ARG_NONE, &edge->no_thin,
      "Do not thin edges to single pixels at each threshold", NULL },
    { "thresholds", 0, 0, G_OPTION_ARG_INT, &edge->thresholds,
      "At how many thresholds edges are matched (default: 99)", "N" },
    { "max-distance", 0, 0, G_OPTION_ARG_DOUBLE, &edge->max_distance,
      "How far apart matched edge pixels may be, as a share of the diagonal", "X" },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

TsnExit
tsn_edge_options_check (const TsnEdgeOptions *edge)
{
  if (edge->nms && edge->no_nms)
    return tsn_cli_fail_usage ("--nms and --no-nms exclude each other");
  if (edge->thresholds < 0 || edge->thresholds > TSN_BOUNDARY_MAX_THRESHOLDS)
    return tsn_cli_fail_usage ("%d thresholds are not in 1 to %d", edge->thresholds,
                               TSN_BOUNDARY_MAX_THRESHOLDS);
  if (!(edge->max_distance >= 0 && edge->max_distance < 1))
    return tsn_cli_fail_usage ("A largest distance of %g is not a share of the diagonal",
                               edge->max_distance);
  return TSN_EXIT_OK;
}

/**
 * tsn_edge_options_get:
 * @boundary: (out caller-allocates): how edges are judged; suppressed unless @no_nms is set, and
 *   with a largest distance of 0 where that is the data set's own
 */
void
tsn_edge_options_get (const TsnEdgeOptions *edge, TsnBoundaryOptions *boundary)
{
  *boundary = (TsnBoundaryOptions) TSN_BOUNDARY_OPTIONS_INIT;
  if (edge->thresholds > 0)
    boundary->thresholds = edge->thresholds;
  boundary->thin = !edge->no_thin;
  boundary->suppress = !edge->no_nms;
  boundary->max_distance = edge->max_distance;
}
