/* The legend of a task with one number: a bar of colours with its ends named. */
#pragma once

#include "ui/tsn-disagreement.h"

G_BEGIN_DECLS

#define TSN_TYPE_SCALE_LEGEND (tsn_scale_legend_get_type ())
G_DECLARE_FINAL_TYPE (TsnScaleLegend, tsn_scale_legend, TSN, SCALE_LEGEND, GtkBox)

void tsn_scale_legend_set_prediction (TsnScaleLegend *self, const TsnPrediction *prediction);
void tsn_scale_legend_set_disagreement (TsnScaleLegend *self, const TsnDisagreement *disagreement);
const char *tsn_scale_legend_get_low (TsnScaleLegend *self);
const char *tsn_scale_legend_get_high (TsnScaleLegend *self);

G_END_DECLS
