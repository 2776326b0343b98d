/* A way through mixes of tasks, to be played. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define TSN_TYPE_BLEND_PATH (tsn_blend_path_get_type ())
G_DECLARE_FINAL_TYPE (TsnBlendPath, tsn_blend_path, TSN, BLEND_PATH, GObject)

/**
 * TsnBlendPath:
 *
 * Way-points, each a weight for every task, and a time on the way between them.  From one to the
 * next the weights change evenly, and every leg takes equally long.  Without way-points the path is
 * the tour of all tasks in their order.
 *
 * The path knows no clock: whoever plays it calls tsn_blend_path_advance().
 *
 * Properties: `time` (double, from 0 at the first way-point to 1 at the last, or at the first again
 * in a loop), `duration` (double, seconds from 0 to 1), `loop` (gboolean, whether the last
 * way-point leads back to the first, for ever), `playing` (gboolean).
 *
 * Signal: `changed` () when way-points came or went.
 */

/** The most way-points that a path has; more are not added. */
#define TSN_BLEND_PATH_MAX_POINTS 24

/** Bounds and default of the duration in seconds. */
#define TSN_BLEND_PATH_SHORTEST 1.0
#define TSN_BLEND_PATH_LONGEST 120.0
#define TSN_BLEND_PATH_DURATION 12.0

TsnBlendPath *tsn_blend_path_new (void);
void tsn_blend_path_set_n_tasks (TsnBlendPath *self, guint n_tasks);

void tsn_blend_path_add (TsnBlendPath *self, const double *weights);
void tsn_blend_path_remove (TsnBlendPath *self, guint point);
void tsn_blend_path_clear (TsnBlendPath *self);
void tsn_blend_path_add_tour (TsnBlendPath *self);
guint tsn_blend_path_get_n_points (TsnBlendPath *self);
const double *tsn_blend_path_get_point (TsnBlendPath *self, guint point);

double tsn_blend_path_get_time (TsnBlendPath *self);
void tsn_blend_path_set_time (TsnBlendPath *self, double time);
double tsn_blend_path_get_duration (TsnBlendPath *self);
void tsn_blend_path_set_duration (TsnBlendPath *self, double duration);
gboolean tsn_blend_path_get_loop (TsnBlendPath *self);
void tsn_blend_path_set_loop (TsnBlendPath *self, gboolean loop);
gboolean tsn_blend_path_get_playing (TsnBlendPath *self);
void tsn_blend_path_set_playing (TsnBlendPath *self, gboolean playing);
void tsn_blend_path_advance (TsnBlendPath *self, double seconds);
void tsn_blend_path_get_weights (TsnBlendPath *self, double time, double *weights);

G_END_DECLS
