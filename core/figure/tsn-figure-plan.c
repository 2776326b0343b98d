#include "core/figure/tsn-figure-plan.h"

#include "core/figure/tsn-record-macros.h"
#include "core/figure/tsn-study-record.h"

/* No journal prints more; beyond it a figure is a mistake. */
#define MAX_PHOTOS 1000
#define MAX_COLUMNS 200
#define MAX_INSETS 4

static const char *const width_words[] = { "one", "two", "slide", NULL };
static const char *const content_words[]
    = { "photo", "truth", "result", "overlay", "blend", "feature", "difference", "plot", NULL };
static const char *const model_words[] = { "a", "b", NULL };
static const char *const corner_words[]
    = { "top-left", "top-right", "bottom-left", "bottom-right", NULL };
const char *const tsn_feature_view_words[]
    = { "channels", "channel", "mean", "energy", "pca", NULL };

static const TsnField part_fields[] = {
  NUMBER (TsnFigurePart, x, 0, 1, 0),
  NUMBER (TsnFigurePart, y, 0, 1, 0),
  NUMBER (TsnFigurePart, width, 1e-4, 1, 1),
  NUMBER (TsnFigurePart, height, 1e-4, 1, 1),
};
DEFINE_RECORD (part, TsnFigurePart);

static const TsnField inset_fields[] = {
  RECORD (TsnFigureInset, part, &part),
  WORD (TsnFigureInset, corner, corner_words, TSN_FIGURE_BOTTOM_RIGHT),
  NUMBER (TsnFigureInset, size, 0.1, 0.9, 0.45),
};
DEFINE_ITEM (inset, TsnFigureInset)

static const TsnField photo_fields[] = {
  PATH (TsnFigurePhoto, path),
  TEXT (TsnFigurePhoto, label, MAX_LABEL),
  RECORD (TsnFigurePhoto, crop, &part),
  LIST (TsnFigurePhoto, insets, &inset, MAX_INSETS),
};
DEFINE_ITEM (photo, TsnFigurePhoto)

static const TsnField column_fields[] = {
  WORD (TsnFigureColumn, content, content_words, TSN_FIGURE_PHOTO),
  TEXT (TsnFigureColumn, task, MAX_NAME),
  WORD (TsnFigureColumn, model, model_words, TSN_FIGURE_MODEL_A),
  TEXT (TsnFigureColumn, node, MAX_NAME),
  WORD (TsnFigureColumn, mode, tsn_feature_view_words, TSN_FEATURE_VIEW_ENERGY),
  COUNT (TsnFigureColumn, channel, 1e6),
  NUMBER (TsnFigureColumn, opacity, 0, 1, 0.6),
  TEXT (TsnFigureColumn, label, MAX_LABEL),
};
DEFINE_ITEM (column, TsnFigureColumn)

static const TsnField plan_fields[] = {
  WORD (TsnFigurePlan, width, width_words, TSN_FIGURE_WIDTH_TWO),
  NUMBER (TsnFigurePlan, font_size, 4, 48, 8),
  NUMBER (TsnFigurePlan, gap, 0, 36, 2),
  NUMBER (TsnFigurePlan, dpi, 36, 2400, 300),
  SWITCH (TsnFigurePlan, letters, FALSE),
  SWITCH (TsnFigurePlan, labels, TRUE),
  SWITCH (TsnFigurePlan, legends, TRUE),
  SWITCH (TsnFigurePlan, transposed, FALSE),
  COUNT (TsnFigurePlan, wrap, MAX_COLUMNS),
  LIST (TsnFigurePlan, photos, &photo, MAX_PHOTOS),
  LIST (TsnFigurePlan, columns, &column, MAX_COLUMNS),
};
const TsnRecord tsn_figure_plan_record
    = { sizeof (TsnFigurePlan), G_N_ELEMENTS (plan_fields), plan_fields, NULL };

/**
 * tsn_figure_plan_add_photo:
 * @path: absolute
 *
 * Returns: (transfer none): a new last row of the whole photo, to be changed at will.
 */
TsnFigurePhoto *
tsn_figure_plan_add_photo (TsnFigurePlan *plan, const char *path)
{
  TsnFigurePhoto *added = tsn_record_add_item (&photo, plan->photos);

  added->path = g_strdup (path);
  return added;
}

/**
 * tsn_figure_photo_add_inset:
 * @marked: what is shown larger
 *
 * Returns: (transfer none): a new inset of the usual size, to be changed at will.
 */
TsnFigureInset *
tsn_figure_photo_add_inset (TsnFigurePhoto *row,
                            const TsnFigurePart *marked,
                            TsnFigureCorner corner)
{
  TsnFigureInset *added = tsn_record_add_item (&inset, row->insets);

  added->part = *marked;
  added->corner = corner;
  return added;
}

/**
 * tsn_figure_plan_add_column:
 * @task: (nullable): name of a task
 *
 * Returns: (transfer none): a new last column, to be changed at will.
 */
TsnFigureColumn *
tsn_figure_plan_add_column (TsnFigurePlan *plan, TsnFigureContent content, const char *task)
{
  TsnFigureColumn *added = tsn_record_add_item (&column, plan->columns);

  added->content = content;
  added->task = g_strdup (task);
  return added;
}

/**
 * tsn_figure_plan_add_comparison:
 * @task: name of a task
 * @second: whether the second model is shown, too
 * @truth: whether labels are
 *
 * Adds the columns of one task in the qualitative figure of a paper.
 */
void
tsn_figure_plan_add_comparison (TsnFigurePlan *plan,
                                const char *task,
                                gboolean second,
                                gboolean truth)
{
  tsn_figure_plan_add_column (plan, TSN_FIGURE_RESULT, task);
  if (second)
    tsn_figure_plan_add_column (plan, TSN_FIGURE_RESULT, task)->model = TSN_FIGURE_MODEL_B;
  if (truth)
    tsn_figure_plan_add_column (plan, TSN_FIGURE_TRUTH, task);
}

/**
 * tsn_figure_width_get_font_size:
 *
 * Returns: the size in points of fonts that suit a page of that width.
 */
double
tsn_figure_width_get_font_size (TsnFigureWidth width)
{
  return width == TSN_FIGURE_WIDTH_SLIDE ? 16 : 8;
}
