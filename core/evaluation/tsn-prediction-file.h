/* Predictions from files, whichever program wrote them. */
#pragma once

#include "core/evaluation/tsn-estimate.h"

G_BEGIN_DECLS

char *tsn_prediction_find (const char *folder, const char *id, const char *task);
TsnEstimate *tsn_prediction_load (const TsnTask *task, const char *path, GError **error);

G_END_DECLS
