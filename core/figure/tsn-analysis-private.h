/* What the figures of an analysis share; private to core/figure. */
#pragma once

#include "core/figure/tsn-analysis.h"
#include "core/figure/tsn-task-space.h"

G_BEGIN_DECLS

gboolean tsn_analysis_save_figure (const TsnAnalysis *analysis,
                                   const char *name,
                                   const TsnFigure *figure,
                                   GError **error);
gboolean tsn_analysis_save_table (const TsnAnalysis *analysis,
                                  const char *name,
                                  const TsnTable *table,
                                  GError **error);
char **tsn_analysis_list_tasks (const TsnAnalysis *analysis);

G_END_DECLS
