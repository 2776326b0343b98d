/* What the colours of a difference map mean. */
#pragma once

#include "ui/tsn-disagreement.h"

G_BEGIN_DECLS

#define TSN_TYPE_DIFFERENCE_LEGEND (tsn_difference_legend_get_type ())
G_DECLARE_FINAL_TYPE (TsnDifferenceLegend, tsn_difference_legend, TSN, DIFFERENCE_LEGEND, GtkBox)

void tsn_difference_legend_set_disagreement (TsnDifferenceLegend *self,
                                             const TsnDisagreement *disagreement);

G_END_DECLS
