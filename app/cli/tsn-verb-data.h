/* The verbs below `tsn data`. */
#pragma once

#include "app/cli/tsn-cli.h"

G_BEGIN_DECLS

TsnExit tsn_verb_data_check (char ***args);
TsnExit tsn_verb_data_scenes (char ***args);

G_END_DECLS
