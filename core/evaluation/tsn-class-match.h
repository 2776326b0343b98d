/* Whether the classes of a model are those of a data set. */
#pragma once

#include "core/data/tsn-dataset.h"

G_BEGIN_DECLS

gboolean tsn_class_match_check (const TsnDataset *dataset,
                                const TsnTask *task,
                                const guint *photos,
                                guint n_photos,
                                GError **error);

G_END_DECLS
