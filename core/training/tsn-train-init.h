/* What a training starts from. */
#pragma once

#include "core/model/tsn-model.h"

G_BEGIN_DECLS

gboolean tsn_train_init (TsnModel *model, const char *path, gboolean encoder, GError **error);

G_END_DECLS
