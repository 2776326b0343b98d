/* From what a study says of a blend to what a decoder is given; private to core/figure. */
#pragma once

#include "core/figure/tsn-study.h"
#include "core/inference/tsn-mixture.h"

G_BEGIN_DECLS

/* The weights [n_tasks of the model] that a list names; 0 for tasks that it does not. */
void tsn_study_read_weights (const GPtrArray *list, const TsnModel *model, float *weights);
/* By whose head a blend is read: the task that it names, or the heaviest of @weights. */
gboolean tsn_study_find_readout (const TsnStudyBlend *blend,
                                 const float *weights,
                                 const TsnModel *model,
                                 guint *readout,
                                 GError **error);
/* The blend with @weights [n_tasks of the model] in all modules that have none of their own. */
TsnMixture *tsn_study_make_mixture (const TsnStudyBlend *blend,
                                    const float *weights,
                                    TsnModel *model,
                                    guint readout);

G_END_DECLS
