/* The ResNet encoder (He et al., 2016), as in torchvision. */
#pragma once

#include "core/model/tsn-graph.h"

G_BEGIN_DECLS

#define TSN_N_FEATURES 5

gboolean tsn_encoder_has_depth (guint depth);
void tsn_encoder_build (TsnGraph *graph,
                        guint depth,
                        const guint channels[TSN_N_FEATURES],
                        guint features[TSN_N_FEATURES]);

G_END_DECLS
