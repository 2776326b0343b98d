/* Pieces of a command line; private to core/figure. */
#pragma once

#include "core/figure/tsn-study.h"

G_BEGIN_DECLS

/* All begin with a space.  Words are quoted where a shell needs it. */
void tsn_figure_command_add_word (GString *line, const char *text);
/* A path as seen from the folder @base. */
void tsn_figure_command_add_path (GString *line, const char *path, const char *base);
/* An option, unless its value is the usual one. */
void tsn_figure_command_add_number (GString *line, const char *option, double value, double usual);
/* A comment that says which model it was. */
void tsn_figure_command_add_hash (GString *line, const TsnStudyModel *model);

G_END_DECLS
