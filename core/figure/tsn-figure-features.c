/* Feature maps as cells of a figure. */
#include "core/figure/tsn-figure-maker-private.h"

#include "core/figure/tsn-feature.h"
#include "core/figure/tsn-figure-picture.h"
#include "core/figure/tsn-pca.h"

#include <math.h>
#include <string.h>

/* Longest side in pixels of a channel among all channels. */
#define TILE 96

/* Space between them, as a share of their width. */
#define TILE_GAP 0.08

static const TsnFeatureReduction reductions[] = { [TSN_FEATURE_VIEW_CHANNEL] = TSN_FEATURE_CHANNEL,
                                                  [TSN_FEATURE_VIEW_MEAN] = TSN_FEATURE_MEAN,
                                                  [TSN_FEATURE_VIEW_ENERGY] = TSN_FEATURE_ENERGY };

static void
ignore_cb (guint index, TsnTensor *output, gpointer data)
{
}

/* Keeps the maps of a model's columns, which the last pass of each may have run over. */
gboolean
tsn_figure_maker_tap (TsnFigureMaker *maker,
                      TsnFigureShot *shot,
                      guint model,
                      GCancellable *cancellable,
                      GError **error)
{
  for (guint c = 0; c < maker->study.figure.columns->len; c++)
    {
      const TsnFigureColumn *column = tsn_figure_maker_get_column (maker, c);
      guint task;

      if (column->content != TSN_FIGURE_FEATURE || column->model != model)
        continue;
      task = column->task != NULL ? tsn_model_find_task (maker->models[model], column->task) : 0;
      if (!tsn_session_decode_tasks (maker->sessions[model], &task, 1, ignore_cb, NULL, cancellable,
                                     error))
        return FALSE;
      shot->maps[c] = tsn_session_tap (maker->sessions[model], column->node, error);
      if (shot->maps[c] == NULL)
        return FALSE;
    }
  return TRUE;
}

static size_t
plane_of (const TsnTensor *map)
{
  return map->dim[2] * map->dim[3];
}

static float *
reduce (const TsnTensor *map, const TsnFigureColumn *column, float *plane)
{
  guint channel = MIN (column->channel, (guint) map->dim[1] - 1);

  tsn_feature_reduce (map, reductions[column->mode], channel, plane);
  return plane + plane_of (map);
}

/* The colours of a column mean the same for all photos. */
static void
find_range (const TsnFigureMaker *maker, guint c, TsnFeatureRange *range)
{
  size_t length = 0;
  g_autofree float *values = NULL;
  float *end;

  for (guint p = 0; p < maker->n_shots; p++)
    length += plane_of (maker->shots[p].maps[c]);
  values = end = g_new (float, length);
  for (guint p = 0; p < maker->n_shots; p++)
    end = reduce (maker->shots[p].maps[c], tsn_figure_maker_get_column (maker, c), end);
  tsn_feature_find_range ((const float *const[]){ values }, 1, length, range);
}

static guint8 *
colour_components (const TsnFigureMaker *maker, const TsnTensor *map, guint c)
{
  g_autofree TsnTensor **maps = g_new (TsnTensor *, maker->n_shots);
  g_autoptr (TsnPca) basis = NULL;
  guint8 *rgb = g_malloc_n (3, plane_of (map));

  for (guint p = 0; p < maker->n_shots; p++)
    maps[p] = maker->shots[p].maps[c];
  basis = tsn_pca_fit (maps, maker->n_shots, NULL);
  tsn_pca_colour (basis, map, rgb);
  return rgb;
}

static guint8 *
colour_plane (const TsnFigureMaker *maker, const TsnTensor *map, guint c)
{
  g_autofree float *plane = g_new (float, plane_of (map));
  guint8 *rgb = g_malloc_n (3, plane_of (map));
  TsnFeatureRange range;

  find_range (maker, c, &range);
  reduce (map, tsn_figure_maker_get_column (maker, c), plane);
  tsn_feature_colour (plane, plane_of (map), &range, rgb);
  return rgb;
}

/* All channels in a square of as many rows as columns, so that it has the photo's shape. */
static cairo_surface_t *
draw_channels (const TsnTensor *map)
{
  static const TsnFigurePart whole = { 0, 0, 1, 1 };
  g_autoptr (TsnFeatureTiles) tiles = tsn_feature_tiles_new (map, NULL, TILE);
  guint n = ceil (sqrt (tiles->n)), gap = ceil (TILE_GAP * tiles->width);
  guint width = n * (tiles->width + gap) - gap, height = n * (tiles->height + gap) - gap;
  g_autofree guint8 *rgb = g_malloc_n ((size_t) width * height, 3);

  memset (rgb, 255, 3 * (size_t) width * height);
  for (guint i = 0; i < tiles->n; i++)
    for (guint y = 0; y < tiles->height; y++)
      {
        size_t row = (i / n) * (size_t) (tiles->height + gap) + y;
        size_t left = (i % n) * (size_t) (tiles->width + gap);

        memcpy (rgb + 3 * (row * width + left),
                tiles->rgb + 3 * ((size_t) i * tiles->height + y) * tiles->width,
                3 * (size_t) tiles->width);
      }
  return tsn_figure_picture_crop (&(TsnFigurePicture){ rgb, width, height }, &whole);
}

/* What a cell of %TSN_FIGURE_FEATURE shows: the map's own pixels. */
cairo_surface_t *
tsn_figure_maker_draw_feature (const TsnFigureMaker *maker, guint photo, guint c)
{
  const TsnTensor *map = maker->shots[photo].maps[c];
  const TsnFigureColumn *column = tsn_figure_maker_get_column (maker, c);
  g_autofree guint8 *rgb = NULL;
  TsnFigurePicture picture = { NULL, map->dim[3], map->dim[2] };

  if (column->mode == TSN_FEATURE_VIEW_CHANNELS)
    return draw_channels (map);
  rgb = column->mode == TSN_FEATURE_VIEW_PCA ? colour_components (maker, map, c)
                                             : colour_plane (maker, map, c);
  picture.rgb = rgb;
  return tsn_figure_picture_crop (&picture, &tsn_figure_maker_get_photo (maker, photo)->crop);
}
