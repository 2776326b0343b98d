/* Where the two models of a figure differ. */
#include "core/figure/tsn-figure-maker-private.h"

#include "core/base/tsn-error.h"
#include "core/figure/tsn-figure-picture.h"

#include <glib/gi18n-lib.h>

/* Takes the results of both models of every column that shows a difference from each other. */
gboolean
tsn_figure_maker_subtract (TsnFigureMaker *maker, TsnFigureShot *shot, GError **error)
{
  for (guint c = 0; c < maker->study.figure.columns->len; c++)
    {
      TsnFigureColumn column = *tsn_figure_maker_get_column (maker, c);
      TsnResult *first, *second;

      if (column.content != TSN_FIGURE_DIFFERENCE)
        continue;
      column.model = TSN_FIGURE_MODEL_A;
      first = tsn_figure_shot_get_result (shot, &column);
      column.model = TSN_FIGURE_MODEL_B;
      second = tsn_figure_shot_get_result (shot, &column);
      if (!tsn_difference_is_possible (first->task, second->task))
        {
          g_set_error (
              error, TSN_ERROR, TSN_ERROR_ARGUMENT,
              _ ("The task %s should be the same in '%s' and '%s' to show a difference, but "
                 "its classes are others"),
              column.task, maker->models[0]->name, maker->models[1]->name);
          return FALSE;
        }
      shot->differences[c] = tsn_difference_new (first, second);
    }
  return TRUE;
}

/* The end of the scale of a column: it reaches to what any of the photos needs. */
static float
find_limit (const TsnFigureMaker *maker, guint c)
{
  float limit = 0;

  for (guint p = 0; p < maker->n_shots; p++)
    limit = MAX (limit, maker->shots[p].differences[c]->limit);
  return limit;
}

/* What a cell of %TSN_FIGURE_DIFFERENCE shows. */
cairo_surface_t *
tsn_figure_maker_draw_difference (const TsnFigureMaker *maker, guint photo, guint c)
{
  const TsnFigureShot *shot = &maker->shots[photo];
  TsnDifference scaled = *shot->differences[c];
  g_autofree guint8 *rgb = NULL;

  scaled.limit = find_limit (maker, c);
  rgb = tsn_difference_render (&scaled);
  return tsn_figure_picture_crop (&(TsnFigurePicture){ rgb, shot->width, shot->height },
                                  &tsn_figure_maker_get_photo (maker, photo)->crop);
}

static void
add_entry (TsnLegend *legend, const TsnDifference *difference, float value, const char *label)
{
  TsnLegendEntry entry = { .label = g_strdup (label) };
  guint8 rgb[3];

  tsn_difference_get_colour (difference, value, rgb);
  entry.colour = rgb[0] << 16 | rgb[1] << 8 | rgb[2];
  g_array_append_val (legend->entries, entry);
}

/* What the colours of a difference mean. */
TsnLegend *
tsn_figure_maker_make_difference_legend (const TsnFigureMaker *maker, guint c)
{
  const TsnDifference *difference = maker->shots[0].differences[c];
  const TsnTask *task = difference->first->task;
  TsnLegend *legend = tsn_legend_new (task, NULL);
  g_autofree char *title = g_steal_pointer (&legend->title);

  legend->title = g_strconcat (title, ", difference", NULL);
  if (task->kind == TSN_TASK_CLASSES)
    {
      g_array_set_size (legend->entries, 0);
      add_entry (legend, difference, 0, "same class");
      add_entry (legend, difference, 1, "another class");
      return legend;
    }
  legend->kind = TSN_LEGEND_SCALE;
  legend->reversed = FALSE;
  legend->high = find_limit (maker, c);
  legend->low = tsn_difference_is_signed (difference) ? -legend->high : 0;
  legend->map
      = tsn_difference_is_signed (difference) ? TSN_COLOUR_MAP_DIVERGING : TSN_COLOUR_MAP_VIRIDIS;
  if (task->kind == TSN_TASK_NORMALS)
    {
      g_free (legend->unit);
      legend->unit = g_strdup ("degrees");
    }
  return legend;
}
