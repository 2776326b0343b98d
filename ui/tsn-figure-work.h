/* Figures, made on a thread. */
#pragma once

#include "ui/tsn-figure-wish.h"

G_BEGIN_DECLS

#define TSN_TYPE_FIGURE_WORK (tsn_figure_work_get_type ())
G_DECLARE_FINAL_TYPE (TsnFigureWork, tsn_figure_work, TSN, FIGURE_WORK, GObject)

/**
 * TsnFigureWork:
 *
 * Makes one figure after the other.  It keeps the networks' results of the newest one, so that a
 * figure that differs from it only in its looks is there at once.
 *
 * Signals: `progress` (guint done, guint total, const char *photo) before the networks look at a
 * photo, on the main thread.
 */

TsnFigureWork *tsn_figure_work_new (void);
void tsn_figure_work_run (TsnFigureWork *self,
                          TsnFigureOrder *order,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data);
const TsnFigureOrder *tsn_figure_work_finish (GAsyncResult *result, GError **error);

G_END_DECLS
