/* The boundary benchmark on one photo. */
#pragma once

#include "core/evaluation/tsn-boundary.h"

G_BEGIN_DECLS

void tsn_boundary_count_image (double *map,
                               const TsnBoundaryTruth *truth,
                               const TsnBoundaryOptions *options,
                               TsnBoundaryCount *counts);

G_END_DECLS
