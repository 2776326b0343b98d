/* What may change between two sessions of a run. */
#pragma once

#include "core/training/tsn-train-config.h"

G_BEGIN_DECLS

gboolean
tsn_train_resume_check (const TsnTrainConfig *before, const TsnTrainConfig *now, GError **error);

G_END_DECLS
