/* What is to be in a figure of photos and results: rows, columns and looks, as plain data. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnFigureWidth:
 * @TSN_FIGURE_WIDTH_ONE: one column of a two-column paper, 3.3 in
 * @TSN_FIGURE_WIDTH_TWO: across both columns, 6.9 in
 * @TSN_FIGURE_WIDTH_SLIDE: a 16:9 slide, 13.333 in x 7.5 in
 */
typedef enum
{
  TSN_FIGURE_WIDTH_ONE,
  TSN_FIGURE_WIDTH_TWO,
  TSN_FIGURE_WIDTH_SLIDE,
} TsnFigureWidth;

/**
 * TsnFigureContent:
 * @TSN_FIGURE_PHOTO: the photo
 * @TSN_FIGURE_TRUTH: the label of a task
 * @TSN_FIGURE_RESULT: what a model says under a task
 * @TSN_FIGURE_OVERLAY: the same laid over the photo
 * @TSN_FIGURE_BLEND: what the first model says under the study's blend
 * @TSN_FIGURE_FEATURE: a feature map
 * @TSN_FIGURE_DIFFERENCE: where the two models differ under a task
 * @TSN_FIGURE_PLOT: how often a result has which class or value
 *
 * What the cells of a column show.
 */
typedef enum
{
  TSN_FIGURE_PHOTO,
  TSN_FIGURE_TRUTH,
  TSN_FIGURE_RESULT,
  TSN_FIGURE_OVERLAY,
  TSN_FIGURE_BLEND,
  TSN_FIGURE_FEATURE,
  TSN_FIGURE_DIFFERENCE,
  TSN_FIGURE_PLOT,
} TsnFigureContent;

/**
 * TsnFigureModel:
 * @TSN_FIGURE_MODEL_A: the study's model
 * @TSN_FIGURE_MODEL_B: its second model
 */
typedef enum
{
  TSN_FIGURE_MODEL_A,
  TSN_FIGURE_MODEL_B,
} TsnFigureModel;

/**
 * TsnFeatureView:
 * @TSN_FEATURE_VIEW_CHANNELS: every channel, side by side
 * @TSN_FEATURE_VIEW_CHANNEL: one channel
 * @TSN_FEATURE_VIEW_MEAN: mean over channels
 * @TSN_FEATURE_VIEW_ENERGY: root of the mean square over channels
 * @TSN_FEATURE_VIEW_PCA: the first three principal components as red, green and blue
 *
 * How a feature map of many channels becomes a picture.
 */
typedef enum
{
  TSN_FEATURE_VIEW_CHANNELS,
  TSN_FEATURE_VIEW_CHANNEL,
  TSN_FEATURE_VIEW_MEAN,
  TSN_FEATURE_VIEW_ENERGY,
  TSN_FEATURE_VIEW_PCA,
} TsnFeatureView;

/**
 * TsnFigureCorner:
 *
 * Where in a cell something stands.
 */
typedef enum
{
  TSN_FIGURE_TOP_LEFT,
  TSN_FIGURE_TOP_RIGHT,
  TSN_FIGURE_BOTTOM_LEFT,
  TSN_FIGURE_BOTTOM_RIGHT,
} TsnFigureCorner;

/**
 * TsnFigurePart:
 * @x, @y: its top left corner
 * @width, @height: more than 0
 *
 * A part of a photo, in shares of its width and height.
 */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} TsnFigurePart;

/**
 * TsnFigureInset:
 * @part: what is marked in the cell and shown larger
 * @corner: where it is shown
 * @size: its longer side as a share of the cell's, 0.1 to 0.9
 */
typedef struct
{
  TsnFigurePart part;
  TsnFigureCorner corner;
  double size;
} TsnFigureInset;

/**
 * TsnFigurePhoto:
 * @path: absolute
 * @label: (nullable): stands beside its row
 * @crop: what of the photo is shown
 * @insets: (element-type TsnFigureInset): in every picture of the row
 */
typedef struct
{
  char *path;
  char *label;
  TsnFigurePart crop;
  GPtrArray *insets;
} TsnFigurePhoto;

/**
 * TsnFigureColumn:
 * @content: what its cells show
 * @task: (nullable): name of the task, where there is one; of a feature map the task whose
 *   embedding the decoder was given
 * @model: of a result, overlay, feature map or plot
 * @node: (nullable): name of a node of the graph, for a feature map
 * @mode: for a feature map
 * @channel: for %TSN_FEATURE_VIEW_CHANNEL
 * @opacity: of an overlay, 0 to 1
 * @label: (nullable): stands above it; %NULL for the default, empty for none
 */
typedef struct
{
  TsnFigureContent content;
  char *task;
  TsnFigureModel model;
  char *node;
  TsnFeatureView mode;
  guint channel;
  double opacity;
  char *label;
} TsnFigureColumn;

/**
 * TsnFigurePlan:
 * @width: of the page
 * @font_size: of labels, in points
 * @gap: between cells, in points
 * @dpi: pixels to the inch of a PNG file
 * @letters: whether cells are marked (a), (b), ...
 * @labels: whether rows and columns are labelled
 * @legends: whether what the colours mean stands below
 * @transposed: whether photos are side by side and what @columns says is below one another
 * @wrap: cells in a line, after which a photo goes on in a line below; 0 for never
 * @photos: (element-type TsnFigurePhoto): the rows
 * @columns: (element-type TsnFigureColumn): the columns; without any the figure shows what the
 *   window shows, see tsn_study_plan_figure()
 *
 * A figure as people compose it.  Every cell shows what its column says of its row's photo.
 */
typedef struct
{
  TsnFigureWidth width;
  double font_size;
  double gap;
  double dpi;
  gboolean letters;
  gboolean labels;
  gboolean legends;
  gboolean transposed;
  guint wrap;
  GPtrArray *photos;
  GPtrArray *columns;
} TsnFigurePlan;

TsnFigurePhoto *tsn_figure_plan_add_photo (TsnFigurePlan *plan, const char *path);
TsnFigureInset *tsn_figure_photo_add_inset (TsnFigurePhoto *photo,
                                            const TsnFigurePart *part,
                                            TsnFigureCorner corner);
TsnFigureColumn *
tsn_figure_plan_add_column (TsnFigurePlan *plan, TsnFigureContent content, const char *task);

void tsn_figure_plan_add_comparison (TsnFigurePlan *plan,
                                     const char *task,
                                     gboolean second,
                                     gboolean truth);
double tsn_figure_width_get_font_size (TsnFigureWidth width);

G_END_DECLS
