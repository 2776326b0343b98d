#include "core/figure/tsn-legend.h"

#include <math.h>
#include <string.h>

static void
clear_entry (gpointer data)
{
  TsnLegendEntry *entry = data;

  g_free (entry->label);
}

/* Pixels that are looked at together, so that planes are read in a row and the best stay at hand. */
#define BLOCK 512

static void
count_block (const TsnTensor *output, size_t first, size_t n, guint *counts)
{
  size_t plane = output->dim[2] * output->dim[3];
  float highest[BLOCK];
  guint best[BLOCK] = { 0 };

  memcpy (highest, output->data + first, n * sizeof (float));
  for (guint c = 1; c < output->dim[1]; c++)
    {
      const float *values = output->data + c * plane + first;

      for (size_t i = 0; i < n; i++)
        {
          best[i] = values[i] > highest[i] ? c : best[i];
          highest[i] = values[i] > highest[i] ? values[i] : highest[i];
        }
    }
  for (size_t i = 0; i < n; i++)
    counts[best[i]]++;
}

/* Pixels of the read-out per class: at the network's resolution, which is exact enough for a
 * share and as quick for a photo of any size. */
static void
count_classes (const TsnResult *result, guint *counts)
{
  size_t plane = result->output->dim[2] * result->output->dim[3];

  for (size_t first = 0; first < plane; first += BLOCK)
    count_block (result->output, first, MIN (BLOCK, plane - first), counts);
}

static void
add_entries (TsnLegend *legend, const TsnTask *task, const TsnResult *result)
{
  g_autofree guint *counts = g_new0 (guint, task->channels);
  size_t pixels = 1;

  if (result != NULL)
    {
      pixels = result->output->dim[2] * result->output->dim[3];
      count_classes (result, counts);
    }
  for (guint c = 0; c < task->channels; c++)
    {
      TsnLegendEntry entry = {
        .label = g_strdelimit (g_strdup (task->class_names[c]), "_", ' '),
        .colour = task->colours[c],
        .class_index = c,
        .share = counts[c] / (float) pixels,
      };

      if (result == NULL || counts[c] > 0)
        g_array_append_val (legend->entries, entry);
      else
        clear_entry (&entry);
    }
}

static int
compare_shares (gconstpointer a, gconstpointer b)
{
  const TsnLegendEntry *first = a;
  const TsnLegendEntry *second = b;

  if (first->share != second->share)
    return first->share < second->share ? 1 : -1;
  return (int) first->class_index - (int) second->class_index;
}

/**
 * tsn_legend_new:
 * @task: the task
 * @result: (nullable): a result of @task: the legend then lists only the classes that are in it,
 *   the commonest first, and its depth scale is the result's own range
 *
 * Returns: (transfer full): what the colours of tsn_render() mean.
 */
TsnLegend *
tsn_legend_new (const TsnTask *task, const TsnResult *result)
{
  TsnLegend *legend = g_new0 (TsnLegend, 1);

  legend->kind = TSN_LEGEND_SCALE;
  legend->title = g_strdup (task->title);
  legend->entries = g_array_new (FALSE, FALSE, sizeof (TsnLegendEntry));
  g_array_set_clear_func (legend->entries, clear_entry);
  legend->map = TSN_COLOUR_MAP_GREY;
  legend->high = 1;
  legend->unit = g_strdup (task->unit);
  switch (task->kind)
    {
    case TSN_TASK_CLASSES:
      legend->kind = TSN_LEGEND_CLASSES;
      add_entries (legend, task, result);
      g_array_sort (legend->entries, compare_shares);
      break;
    case TSN_TASK_NORMALS:
      legend->kind = TSN_LEGEND_SPHERE;
      legend->low = -1;
      break;
    case TSN_TASK_DEPTH:
      legend->map = TSN_COLOUR_MAP_VIRIDIS;
      legend->reversed = TRUE;
      if (result != NULL)
        tsn_result_get_range (result, &legend->low, &legend->high);
      break;
    case TSN_TASK_EDGE:
    case TSN_TASK_SALIENCY:
    default:
      break;
    }
  return legend;
}

void
tsn_legend_free (TsnLegend *legend)
{
  g_free (legend->title);
  g_array_unref (legend->entries);
  g_free (legend->unit);
  g_free (legend);
}

/**
 * tsn_legend_get_colour:
 * @legend: a scale
 * @value: a number between its low and its high end
 * @rgb: (out): the colour tsn_render() gives it
 */
void
tsn_legend_get_colour (const TsnLegend *legend, float value, guint8 rgb[3])
{
  float span = legend->high > legend->low ? legend->high - legend->low : 1;
  float t = (value - legend->low) / span;

  tsn_colour_map_look_up (legend->map, legend->reversed ? 1 - t : t, rgb);
}

/**
 * tsn_legend_draw_sphere:
 * @size: side of the square picture in pixels, at least 1
 *
 * Draws the unit sphere as the camera sees it, each point in the colour of its normal.
 *
 * Returns: (transfer full): 4 x @size x @size bytes, RGBA, alpha not premultiplied: transparent
 *   around the sphere, smooth at its rim.
 */
guint8 *
tsn_legend_draw_sphere (guint size)
{
  guint8 *rgba = g_malloc0_n (4 * (size_t) size, size);
  float radius = size / 2.0f;

  for (guint y = 0; y < size; y++)
    for (guint x = 0; x < size; x++)
      {
        guint8 *pixel = rgba + 4 * ((size_t) y * size + x);
        float right = (x + 0.5f - radius) / radius;
        float up = (radius - y - 0.5f) / radius;
        float distance = sqrtf (right * right + up * up);
        float inside = CLAMP ((1 - distance) * radius + 0.5f, 0, 1);
        float rim = MAX (distance, 1);
        float normal[3] = { right / rim, up / rim, 0 };

        normal[2] = sqrtf (MAX (1 - normal[0] * normal[0] - normal[1] * normal[1], 0));
        tsn_colour_map_normal (normal, pixel);
        pixel[3] = inside * 255 + 0.5f;
      }
  return rgba;
}
