/* Names of the files that `tsn run` writes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char **tsn_run_names (char *const *photos);

G_END_DECLS
