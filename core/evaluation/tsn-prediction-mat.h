/* Arrays from MATLAB files; private to core/evaluation. */
#pragma once

#include "core/io/tsn-array.h"

G_BEGIN_DECLS

TsnArray *tsn_array_load_mat (const char *path, GError **error);

G_END_DECLS
