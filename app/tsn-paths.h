/* Where the programs find the files that come with them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The model that is used when nobody names one, below a data folder. */
#define TSN_DEFAULT_MODEL "models/everyday.safetensors"

char *tsn_paths_find_data (const char *name);
char *tsn_paths_find_model (const char *wanted, GError **error);

G_END_DECLS
