#include "core/figure/tsn-render-truth.h"

#include "core/figure/tsn-colour-map.h"

#include <string.h>

/* Where there is no label: the colour of paper. */
#define NO_LABEL 255

static float
edge_share (const TsnBoundaryTruth *boundaries, guint x, guint y)
{
  guint n = 0;

  for (guint a = 0; a < boundaries->n_annotators; a++)
    n += tsn_bitmap_get (boundaries->annotators[a], x, y);
  return n / (float) boundaries->n_annotators;
}

static void
render_classes (const TsnTruth *truth,
                const TsnTask *task,
                const TsnRenderOptions *options,
                guint8 *rgb)
{
  size_t n = truth->valid->dim[2] * truth->valid->dim[3];
  g_autofree guint8 *classes = g_malloc (n);

  for (size_t i = 0; i < n; i++)
    classes[i] = truth->valid->data[i] != 0 ? truth->label->data[i] : 0;
  tsn_render_classes (task, options, classes, truth->valid->dim[3], truth->valid->dim[2], rgb);
}

static void
colour_value (const TsnTruth *truth,
              const TsnTask *task,
              const TsnRenderOptions *options,
              size_t i,
              guint8 *rgb)
{
  const float *label = truth->label->data;
  size_t plane = truth->valid->dim[2] * truth->valid->dim[3];
  float span = options->high > options->low ? options->high - options->low : 1;

  if (task->kind == TSN_TASK_NORMALS)
    tsn_colour_map_normal ((const float[]){ label[i], label[plane + i], label[2 * plane + i] },
                           rgb);
  else if (task->kind == TSN_TASK_DEPTH)
    tsn_colour_map_look_up (TSN_COLOUR_MAP_VIRIDIS, 1 - (label[i] - options->low) / span, rgb);
  else
    tsn_colour_map_look_up (TSN_COLOUR_MAP_GREY, label[i], rgb);
}

static void
render_label (const TsnTruth *truth,
              const TsnTask *task,
              const TsnRenderOptions *options,
              guint8 *rgb)
{
  size_t n = truth->valid->dim[2] * truth->valid->dim[3];

  if (task->kind == TSN_TASK_CLASSES)
    render_classes (truth, task, options, rgb);
  for (size_t i = 0; i < n; i++)
    if (truth->valid->data[i] == 0)
      memset (rgb + 3 * i, NO_LABEL, 3);
    else if (task->kind != TSN_TASK_CLASSES)
      colour_value (truth, task, options, i, rgb + 3 * i);
}

static void
render_boundaries (const TsnBoundaryTruth *boundaries, guint8 *rgb)
{
  for (guint y = 0; y < boundaries->height; y++)
    for (guint x = 0; x < boundaries->width; x++, rgb += 3)
      tsn_colour_map_look_up (TSN_COLOUR_MAP_GREY, edge_share (boundaries, x, y), rgb);
}

/**
 * tsn_render_truth:
 * @options: the range of depth, and how classes are drawn
 *
 * Draws a label in the colours of tsn_render(); white where there is none.  Edges are as bright as the
 * share of annotators who drew one there.
 *
 * Returns: (transfer full): 3 x width x height bytes, RGB, rows from the top.
 */
guint8 *
tsn_render_truth (const TsnGroundTruth *truth, const TsnTask *task, const TsnRenderOptions *options)
{
  guint8 *rgb = g_malloc_n (3 * (size_t) truth->width, truth->height);

  if (truth->boundaries != NULL)
    render_boundaries (truth->boundaries, rgb);
  else
    render_label (truth->label, task, options, rgb);
  return rgb;
}
