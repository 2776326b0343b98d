/* Human parts from the annotations of PASCAL-Part. */
#pragma once

#include "core/data/tsn-truth.h"

G_BEGIN_DECLS

TsnTruth *tsn_pascal_parts_load (const char *path, guint n_classes, GError **error);

G_END_DECLS
