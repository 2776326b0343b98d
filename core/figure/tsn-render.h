/* Results as pictures, the same in the window, the command line and figures. */
#pragma once

#include "core/inference/tsn-result.h"

G_BEGIN_DECLS

/**
 * TsnRenderOptions:
 * @low, @high: depth in metres at the two ends of the scale; both 0 for the result's own range
 *
 * How numbers become colours: classes by the task's colours, edge and saliency as grey
 * (probability 1 is white), depth by viridis (near is bright), normals as (v + 1) / 2 in RGB.
 */
typedef struct
{
  float low;
  float high;
} TsnRenderOptions;

void tsn_render_rows (const TsnResult *result,
                      const TsnRenderOptions *options,
                      guint first_row,
                      guint n_rows,
                      guint8 *rgb);
guint8 *tsn_render (const TsnResult *result, const TsnRenderOptions *options);

G_END_DECLS
