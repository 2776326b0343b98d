/* The pictures of a figure's cells. */
#include "core/figure/tsn-figure-maker-private.h"

#include "core/figure/tsn-figure-picture.h"
#include "core/figure/tsn-render-truth.h"

#include <math.h>

/* Ends of a scale of metres are rounded outward to such steps, so that its numbers are short. */
#define STEPS_PER_METRE 10

/* How many lines of the plainest pattern a picture has from left to right. */
#define HATCHES 40

static gboolean
has_task (const TsnFigureColumn *column, const char *task)
{
  return column->content != TSN_FIGURE_PHOTO && column->content != TSN_FIGURE_FEATURE
         && g_strcmp0 (column->task, task) == 0;
}

static void
widen (const TsnFigureShot *shot, const TsnFigureColumn *column, float *low, float *high)
{
  const TsnResult *result = tsn_figure_shot_get_result (shot, column);
  const TsnGroundTruth *truth = g_hash_table_lookup (shot->truths, column->task);
  float from, to;

  if (result != NULL)
    {
      tsn_result_get_range (result, &from, &to);
      *low = MIN (*low, from);
      *high = MAX (*high, to);
    }
  if (column->content == TSN_FIGURE_TRUTH && truth != NULL)
    tsn_figure_truth_get_range (truth, low, high);
}

/* The range of a task's values over the whole figure. */
void
tsn_figure_maker_get_range (const TsnFigureMaker *maker, const char *task, TsnRenderOptions *range)
{
  const TsnTask *known = tsn_figure_maker_find_task (maker, task);
  float low = G_MAXFLOAT, high = 0;

  *range = (TsnRenderOptions){ .low = 0, .high = 1 };
  if (known == NULL || known->kind != TSN_TASK_DEPTH)
    return;
  for (guint p = 0; p < maker->n_shots; p++)
    for (guint c = 0; c < maker->study.figure.columns->len; c++)
      {
        const TsnFigureColumn *column = tsn_figure_maker_get_column (maker, c);

        if (has_task (column, task))
          widen (&maker->shots[p], column, &low, &high);
      }
  if (low < high)
    {
      range->low = floorf (low * STEPS_PER_METRE) / STEPS_PER_METRE;
      range->high = ceilf (high * STEPS_PER_METRE) / STEPS_PER_METRE;
    }
}

/* That range, and how classes are drawn in pictures of @width pixels. */
void
tsn_figure_maker_get_options (const TsnFigureMaker *maker,
                              const TsnTask *task,
                              guint width,
                              TsnRenderOptions *options)
{
  const char *isolated = tsn_study_get_isolated (&maker->study, task->name);

  tsn_figure_maker_get_range (maker, task->name, options);
  if (maker->study.hatching)
    options->hatch = MAX (width / HATCHES, 4);
  for (guint c = 0; isolated != NULL && task->class_names != NULL && c < task->channels; c++)
    if (g_str_equal (task->class_names[c], isolated))
      {
        options->isolate = TRUE;
        options->isolated = c;
      }
}

static cairo_surface_t *
draw_result (const TsnFigureMaker *maker, guint photo, const TsnFigureColumn *column)
{
  const TsnFigureShot *shot = &maker->shots[photo];
  const TsnFigurePart *crop = &tsn_figure_maker_get_photo (maker, photo)->crop;
  const TsnResult *result = tsn_figure_shot_get_result (shot, column);
  TsnFigurePicture below = { shot->photo, shot->width, shot->height }, above = below;
  g_autofree guint8 *rgb = NULL;
  TsnRenderOptions options;

  tsn_figure_maker_get_options (maker, result->task, shot->width, &options);
  rgb = tsn_render (result, &options);
  above.rgb = rgb;
  if (column->content != TSN_FIGURE_OVERLAY)
    return tsn_figure_picture_crop (&above, crop);
  return tsn_figure_picture_blend (&below, &above, column->opacity, crop);
}

static cairo_surface_t *
draw_truth (const TsnFigureMaker *maker, guint photo, const TsnFigureColumn *column)
{
  const TsnGroundTruth *truth = g_hash_table_lookup (maker->shots[photo].truths, column->task);
  const TsnTask *task = tsn_figure_maker_find_task (maker, column->task);
  const TsnFigurePart *crop = &tsn_figure_maker_get_photo (maker, photo)->crop;
  g_autofree guint8 *rgb = NULL;
  TsnRenderOptions options;

  if (truth == NULL)
    return NULL;
  tsn_figure_maker_get_options (maker, task, truth->width, &options);
  rgb = tsn_render_truth (truth, task, &options);
  return tsn_figure_picture_crop (&(TsnFigurePicture){ rgb, truth->width, truth->height }, crop);
}

/* Insets name parts of the photo; a cell shows a crop of it. */
static GPtrArray *
crop_insets (const TsnFigurePhoto *photo)
{
  GPtrArray *insets = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < photo->insets->len; i++)
    {
      TsnFigureInset inset = *(const TsnFigureInset *) g_ptr_array_index (photo->insets, i);

      inset.part.x = (inset.part.x - photo->crop.x) / photo->crop.width;
      inset.part.y = (inset.part.y - photo->crop.y) / photo->crop.height;
      inset.part.width /= photo->crop.width;
      inset.part.height /= photo->crop.height;
      if (inset.part.x >= 0 && inset.part.y >= 0 && inset.part.x + inset.part.width <= 1.0001
          && inset.part.y + inset.part.height <= 1.0001)
        g_ptr_array_add (insets, g_memdup2 (&inset, sizeof inset));
    }
  return insets;
}

void
tsn_figure_maker_draw_cell (const TsnFigureMaker *maker,
                            guint photo,
                            guint column_index,
                            TsnFigureCell *cell)
{
  const TsnFigurePhoto *row = tsn_figure_maker_get_photo (maker, photo);
  const TsnFigureColumn *column = tsn_figure_maker_get_column (maker, column_index);
  const TsnFigureShot *shot = &maker->shots[photo];
  const TsnFigurePicture picture = { shot->photo, shot->width, shot->height };

  switch (column->content)
    {
    case TSN_FIGURE_PHOTO:
      cell->picture = tsn_figure_picture_crop (&picture, &row->crop);
      break;
    case TSN_FIGURE_TRUTH:
      cell->picture = draw_truth (maker, photo, column);
      cell->note = g_strdup ("no label");
      break;
    case TSN_FIGURE_FEATURE:
      cell->picture = tsn_figure_maker_draw_feature (maker, photo, column_index);
      if (column->mode == TSN_FEATURE_VIEW_CHANNELS)
        return; /* which does not show the photo's places */
      break;
    case TSN_FIGURE_DIFFERENCE:
      cell->picture = tsn_figure_maker_draw_difference (maker, photo, column_index);
      break;
    case TSN_FIGURE_PLOT:
      cell->plot = tsn_figure_maker_plot (maker, shot, column);
      break;
    case TSN_FIGURE_RESULT:
    case TSN_FIGURE_OVERLAY:
    case TSN_FIGURE_BLEND:
    default:
      cell->picture = draw_result (maker, photo, column);
      break;
    }
  cell->insets = crop_insets (row);
}
