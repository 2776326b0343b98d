/* What the files of TsnFigureMaker share; private to core/figure. */
#pragma once

#include "core/figure/tsn-difference.h"
#include "core/figure/tsn-figure-maker.h"
#include "core/figure/tsn-figure-truth.h"
#include "core/figure/tsn-legend.h"
#include "core/figure/tsn-render.h"
#include "core/inference/tsn-session.h"
#include "core/io/tsn-image.h"

G_BEGIN_DECLS

/** How many models a study has at most. */
#define TSN_FIGURE_MODELS 2

/**
 * TsnFigureShot:
 * @width, @height: of the pictures of its row in pixels
 * @results: (element-type utf8 TsnResult): by "a/TASK", "b/TASK" or "blend"
 * @truths: (element-type utf8 TsnGroundTruth): by the task's name
 * @photo: the photo's pixels at @width x @height
 * @maps: (array): feature maps by the number of the column, %NULL for other columns
 * @differences: (array): by the number of the column, %NULL for other columns
 *
 * What is known of one photo.
 */
typedef struct
{
  guint width;
  guint height;
  guint8 *photo;
  GHashTable *results;
  GHashTable *truths;
  TsnTensor **maps;
  TsnDifference **differences;
} TsnFigureShot;

struct _TsnFigureMaker
{
  TsnStudy study;
  TsnPool *pool;
  GStrvBuilder *note_builder;
  char **notes;
  TsnModel *models[TSN_FIGURE_MODELS];
  TsnSession *sessions[TSN_FIGURE_MODELS];
  TsnFigureTruths *data_sets;
  TsnFigureShot *shots; /* one per photo of the plan */
  guint n_shots;
  TsnFigureProgressFunc progress;
  gpointer progress_data;
};

/* The task of that name of whichever model has it, or NULL. */
const TsnTask *tsn_figure_maker_find_task (const TsnFigureMaker *maker, const char *name);
const TsnFigurePhoto *tsn_figure_maker_get_photo (const TsnFigureMaker *maker, guint index);
const TsnFigureColumn *tsn_figure_maker_get_column (const TsnFigureMaker *maker, guint index);
TsnResult *tsn_figure_shot_get_result (const TsnFigureShot *shot, const TsnFigureColumn *column);

/* Whether any photo has a label of a task. */
gboolean tsn_figure_maker_has_truth (const TsnFigureMaker *maker, const char *task);
/* Fills an empty plan with what a window would show. */
gboolean tsn_figure_maker_plan (TsnFigureMaker *maker, GError **error);
/* Runs the networks and reads the labels of one photo. */
gboolean tsn_figure_maker_shoot (TsnFigureMaker *maker,
                                 guint photo,
                                 GCancellable *cancellable,
                                 GError **error);
/* The range of a task's values over the whole figure. */
void
tsn_figure_maker_get_range (const TsnFigureMaker *maker, const char *task, TsnRenderOptions *range);
/* That range, and how classes are drawn in pictures of @width pixels. */
void tsn_figure_maker_get_options (const TsnFigureMaker *maker,
                                   const TsnTask *task,
                                   guint width,
                                   TsnRenderOptions *options);
void tsn_figure_maker_draw_cell (const TsnFigureMaker *maker,
                                 guint photo,
                                 guint column,
                                 TsnFigureCell *cell);
/* What a cell of %TSN_FIGURE_PLOT shows. */
TsnPlot *tsn_figure_maker_plot (const TsnFigureMaker *maker,
                                const TsnFigureShot *shot,
                                const TsnFigureColumn *column);
gboolean tsn_figure_maker_tap (TsnFigureMaker *maker,
                               TsnFigureShot *shot,
                               guint model,
                               GCancellable *cancellable,
                               GError **error);
cairo_surface_t *
tsn_figure_maker_draw_feature (const TsnFigureMaker *maker, guint photo, guint column);
gboolean tsn_figure_maker_subtract (TsnFigureMaker *maker, TsnFigureShot *shot, GError **error);
cairo_surface_t *
tsn_figure_maker_draw_difference (const TsnFigureMaker *maker, guint photo, guint column);
TsnLegend *tsn_figure_maker_make_difference_legend (const TsnFigureMaker *maker, guint column);
/* Frees what is known of a photo. */
void tsn_figure_maker_clear_shot (const TsnFigureMaker *maker, TsnFigureShot *shot);
/* Headings, captions and legends. */
void tsn_figure_maker_label (const TsnFigureMaker *maker, TsnFigureGrid *grid);
void tsn_figure_maker_add_legends (const TsnFigureMaker *maker, TsnFigureGrid *grid);
/* Where the cell of a photo and a column stands in the grid. */
void tsn_figure_maker_place (
    const TsnFigureMaker *maker, guint photo, guint column, guint *row, guint *place);

G_END_DECLS
