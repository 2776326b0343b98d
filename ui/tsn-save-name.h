/* Names of files that people save. */
#pragma once

#include "ui/tsn-loader.h"

G_BEGIN_DECLS

char *tsn_save_name_propose (const TsnPhoto *photo, const char *otherwise, const char *ending);
GFile *tsn_save_name_complete (GFile *file, const char *suffix);

G_END_DECLS
