/* The decoder: modules of convolution, conditional norm and LeakyReLU, joined as a U-Net. */
#pragma once

#include "core/model/tsn-encoder.h"
#include "core/model/tsn-network.h"

G_BEGIN_DECLS

guint tsn_decoder_build (TsnGraph *graph,
                         const TsnNetworkSpec *spec,
                         const guint features[TSN_N_FEATURES],
                         guint embedding,
                         const char *prefix);

G_END_DECLS
