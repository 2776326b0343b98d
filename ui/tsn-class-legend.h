/* The legend of a task with classes: those that are present, with their shares. */
#pragma once

#include "ui/tsn-prediction.h"

G_BEGIN_DECLS

#define TSN_TYPE_CLASS_LEGEND (tsn_class_legend_get_type ())
G_DECLARE_FINAL_TYPE (TsnClassLegend, tsn_class_legend, TSN, CLASS_LEGEND, GtkGrid)

void tsn_class_legend_set_prediction (TsnClassLegend *self, const TsnPrediction *prediction);

G_END_DECLS
