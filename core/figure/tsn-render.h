/* Results as pictures, the same in the window, the command line and figures. */
#pragma once

#include "core/inference/tsn-result.h"

G_BEGIN_DECLS

/**
 * TsnRenderOptions:
 * @low, @high: depth in metres at the two ends of the scale; both 0 for the result's own range
 * @isolate: whether one class stands out and all others turn grey
 * @isolated: that class
 * @hatch: distance in pixels of the lines of the patterns laid over classes, see
 *   tsn_hatch_covers(); 0 for none
 *
 * How numbers become colours: classes by the task's colours, edge and saliency as grey
 * (probability 1 is white), depth by viridis (near is bright), normals as (v + 1) / 2 in RGB.
 */
typedef struct
{
  float low;
  float high;
  gboolean isolate;
  guint isolated;
  guint hatch;
} TsnRenderOptions;

void tsn_render_rows (const TsnResult *result,
                      const TsnRenderOptions *options,
                      guint first_row,
                      guint n_rows,
                      guint8 *rgb);
guint8 *tsn_render (const TsnResult *result, const TsnRenderOptions *options);
void tsn_render_classes (const TsnTask *task,
                         const TsnRenderOptions *options,
                         const guint8 *classes,
                         guint width,
                         guint height,
                         guint8 *rgb);

G_END_DECLS
