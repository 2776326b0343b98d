/* The geometry of the pad that mixes tasks: a regular polygon with a task at each corner. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * The polygon has its corners on the unit circle: the first at the top, the others following
 * clockwise; x points right, y down.  Two tasks are the ends of the line from (-1, 0) to (1, 0), a
 * single one is a point.
 *
 * A place in the plane is turned into weights by mean value coordinates (Floater, "Mean value
 * coordinates", Computer Aided Geometric Design 20, 2003; beyond the polygon: Hormann and Floater,
 * "Mean value coordinates for arbitrary planar polygons", ACM Transactions on Graphics 25, 2006):
 *
 *     w_i = (tan (a_{i-1} / 2) + tan (a_i / 2)) / r_i,   weight_i = w_i / sum of all w_j
 *
 * r_i is the distance to corner i, a_i the signed angle under which the place sees the edge from
 * corner i to corner i + 1.  The weights always add up to one, are smooth between the corners, give
 * back the place as the weighted mean of the corners, and are positive inside.  Beyond an edge the
 * corners on the far side get negative weights: an extrapolation.  For two tasks only x counts.
 */

void tsn_pad_shape_get_corner (guint n, guint corner, double *x, double *y);
void tsn_pad_shape_get_weights (guint n, double x, double y, double *weights);
void tsn_pad_shape_get_place (guint n, const double *weights, double *x, double *y);
gboolean tsn_pad_shape_contains (guint n, double x, double y);
void tsn_pad_shape_confine (guint n, double *x, double *y);

G_END_DECLS
