/* From a study to a figure: runs the networks, reads the labels, draws the pictures. */
#pragma once

#include <gio/gio.h>

#include "core/base/tsn-pool.h"
#include "core/figure/tsn-figure-grid.h"
#include "core/figure/tsn-study.h"
#include "core/inference/tsn-result.h"

G_BEGIN_DECLS

/**
 * TsnFigureProgressFunc:
 * @data: what was given with it
 * @done: how many photos are done
 * @total: of how many
 * @photo: path of the photo that is next
 */
typedef void (*TsnFigureProgressFunc) (gpointer data, guint done, guint total, const char *photo);

/**
 * TsnFigureResultFunc:
 * @data: what was given with it
 * @photo: index of the photo in the figure's plan
 * @model: whose result it is
 * @result: (transfer none): it
 */
typedef void (*TsnFigureResultFunc) (gpointer data,
                                     guint photo,
                                     TsnFigureModel model,
                                     TsnResult *result);

/**
 * TsnFigureMaker:
 *
 * Makes the figure of one study.  It may be used on any thread, by one at a time.
 */
typedef struct _TsnFigureMaker TsnFigureMaker;

TsnFigureMaker *tsn_figure_maker_new (const TsnStudy *study, TsnPool *pool, GError **error);
void tsn_figure_maker_free (TsnFigureMaker *maker);

const TsnStudy *tsn_figure_maker_get_study (const TsnFigureMaker *maker);
const char *const *tsn_figure_maker_get_notes (const TsnFigureMaker *maker);
void tsn_figure_maker_set_progress (TsnFigureMaker *maker,
                                    TsnFigureProgressFunc progress,
                                    gpointer data);
gboolean tsn_figure_maker_plan_comparison (TsnFigureMaker *maker,
                                           char *const *tasks,
                                           gboolean truth,
                                           GError **error);
TsnFigureGrid *
tsn_figure_maker_make (TsnFigureMaker *maker, GCancellable *cancellable, GError **error);
void tsn_figure_maker_list_results (TsnFigureMaker *maker, TsnFigureResultFunc func, gpointer data);

char *tsn_study_hash_file (const char *path, GError **error);
char *tsn_study_get_photo_path (const TsnStudy *study);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnFigureMaker, tsn_figure_maker_free)

G_END_DECLS
