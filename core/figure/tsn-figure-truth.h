/* Labels of photos that lie in a data set; private to core/figure. */
#pragma once

#include <cairo.h>

#include "core/evaluation/tsn-ground-truth.h"

G_BEGIN_DECLS

/**
 * TsnFigureTruths:
 *
 * Finds labels.  It remembers the data sets that it has opened.
 */
typedef GPtrArray TsnFigureTruths;

TsnFigureTruths *tsn_figure_truths_new (void);
TsnGroundTruth *
tsn_figure_truths_find (TsnFigureTruths *truths, const char *photo, const TsnTask *task);

void tsn_figure_truth_get_range (const TsnGroundTruth *truth, float *low, float *high);
void
tsn_figure_truth_count_classes (const TsnGroundTruth *truth, const TsnTask *task, float *shares);

G_END_DECLS
