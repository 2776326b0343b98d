/* Labels as pictures, the same in the window and in figures. */
#pragma once

#include "core/evaluation/tsn-ground-truth.h"
#include "core/figure/tsn-render.h"

G_BEGIN_DECLS

guint8 *tsn_render_truth (const TsnGroundTruth *truth,
                          const TsnTask *task,
                          const TsnRenderOptions *options);

G_END_DECLS
