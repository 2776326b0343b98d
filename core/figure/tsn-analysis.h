/* What a model learned about its tasks, as tables and figures. */
#pragma once

#include <gio/gio.h>

#include "core/base/tsn-pool.h"
#include "core/evaluation/tsn-report.h"
#include "core/figure/tsn-figure.h"
#include "core/model/tsn-model.h"

G_BEGIN_DECLS

/**
 * TsnAnalysis:
 * @model: the model
 * @pool: threads
 * @folder: where files go; it must exist
 * @formats: flags of #TsnFigureFormat
 * @written: (element-type filename): gets the paths of the files, as they are done
 *
 * Where the figures of one model go.  Every figure NAME is written as NAME.pdf, NAME.svg and
 * NAME.png, and its numbers as NAME.csv.
 */
typedef struct
{
  TsnModel *model;
  TsnPool *pool;
  const char *folder;
  guint formats;
  GPtrArray *written;
} TsnAnalysis;

gboolean tsn_analysis_has_space (const TsnAnalysis *analysis);

gboolean tsn_analysis_write_parameters (const TsnAnalysis *analysis, GError **error);
gboolean tsn_analysis_write_space (const TsnAnalysis *analysis, GError **error);
gboolean tsn_analysis_write_coefficients (const TsnAnalysis *analysis, GError **error);
gboolean
tsn_analysis_write_transfer (const TsnAnalysis *analysis, const TsnReport *report, GError **error);
gboolean tsn_analysis_write_agreement (const TsnAnalysis *analysis,
                                       const double *agreement,
                                       guint n_photos,
                                       GError **error);
gboolean
tsn_analysis_write_convergence (const TsnAnalysis *analysis, char *const *runs, GError **error);

G_END_DECLS
