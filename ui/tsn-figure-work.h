/* Figures, made on a thread. */
#pragma once

#include "ui/tsn-figure-wish.h"

G_BEGIN_DECLS

#define TSN_TYPE_FIGURE_WORK (tsn_figure_work_get_type ())
G_DECLARE_FINAL_TYPE (TsnFigureWork, tsn_figure_work, TSN, FIGURE_WORK, TsnExportWork)

/**
 * TsnFigureWork:
 *
 * Fulfils #TsnFigureOrder.  It keeps the networks' results of the newest one, so that a figure that
 * differs from it only in its looks is there at once; a piece of its progress is a photo that the
 * networks look at.  Errors are those of tsn_figure_maker_make() and tsn_figure_export().
 */

G_END_DECLS
