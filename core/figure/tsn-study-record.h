/* The tables that describe a study; private to core/figure. */
#pragma once

#include "core/figure/tsn-record.h"
#include "core/figure/tsn-study.h"

G_BEGIN_DECLS

const TsnRecord *tsn_study_get_record (void);
extern const TsnRecord tsn_figure_plan_record;
extern const char *const tsn_feature_view_words[];

G_END_DECLS
