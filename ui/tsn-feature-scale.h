/* What the colours of feature maps mean. */
#pragma once

#include "ui/tsn-inspection-result.h"

G_BEGIN_DECLS

#define TSN_TYPE_FEATURE_SCALE (tsn_feature_scale_get_type ())
G_DECLARE_FINAL_TYPE (TsnFeatureScale, tsn_feature_scale, TSN, FEATURE_SCALE, GtkBox)

/**
 * TsnFeatureScale:
 *
 * A bar of colours between two numbers, or the shares of three principal components in red, green
 * and blue.
 */

void tsn_feature_scale_set_result (TsnFeatureScale *self, const TsnInspectionResult *result);

G_END_DECLS
