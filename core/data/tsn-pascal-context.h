/* The class maps of PASCAL-Context, and what is derived from them. */
#pragma once

#include "core/data/tsn-truth.h"

G_BEGIN_DECLS

TsnTruth *tsn_pascal_context_load_edges (const char *path, GError **error);
gboolean tsn_pascal_context_mask_normals (TsnTruth *normals, const char *path, GError **error);

G_END_DECLS
