/* A figure with something of everything, made without a network. */
#pragma once

#include "core/figure/tsn-figure-export.h"

G_BEGIN_DECLS

TsnFigureGrid *figure_fixture_grid (const TsnFigurePlan *plan);
void figure_fixture_study (TsnStudy *study, const char *folder);

G_END_DECLS
